// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/routes.h"

namespace streamwright::endpoint {

Routes::Routes(Services services) : services_(std::move(services))
{
    for (const auto& service : services_)
        for (const auto& action : service->actions) {
            auto& route = routes_.emplace_back();
            route.service = service.get();
            route.action = &action;
            route.shapes = service->shapes ? service->shapes->find(action.name) : nullptr;
            route.name = service->name + "." + std::string(action.name);
            for (const auto& prefix : service->targets)
                byTarget_.emplace(targets_.emplace_back(prefix + "." + std::string(action.name)), &route);
            if (!service->queryVersion.empty()) byForm_[action.name].push_back(&route);
        }
}

const Route* Routes::byTarget(std::string_view target) const
{
    const auto found = byTarget_.find(target);
    return found == byTarget_.end() ? nullptr : found->second;
}

const Route* Routes::byForm(std::string_view action, std::string_view version) const
{
    const auto found = byForm_.find(action);
    if (found == byForm_.end()) return nullptr;
    for (const auto route : found->second)
        if (version.empty() || route->service->queryVersion == version) return route;
    return nullptr;
}

const api::Service* Routes::serviceOfTarget(std::string_view target) const
{
    const auto prefix = target.substr(0, target.find('.'));
    for (const auto& service : services_)
        for (const auto& own : service->targets)
            if (own == prefix) return service.get();
    return nullptr;
}

const api::Service* Routes::serviceOfForm(std::string_view version) const
{
    const api::Service* any = nullptr;
    for (const auto& service : services_) {
        if (service->queryVersion.empty()) continue;
        if (service->queryVersion == version) return service.get();
        any = any ? any : service.get();
    }
    return any;
}

} // namespace streamwright::endpoint
