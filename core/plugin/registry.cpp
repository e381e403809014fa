// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plugin/registry.h"

#include <cstdio>
#include <cstdlib>

namespace streamwright {

void Registry::addKind(std::span<const std::string_view> descriptions, std::string_view name, OperatorFactory make,
                       NodeChecker check)
{
    for (const std::string_view text : descriptions) {
        auto kind = readNodeKind(text);
        if (!kind) {
            std::fprintf(stderr, "streamwright: a kind's description is faulty: %s\n", kind.problem().text().c_str());
            std::abort();
        }
        if (kind->name != name) continue;
        const bool added =
            kinds_.emplace(std::string(name), Entry{std::move(*kind), std::move(make), std::move(check)}).second;
        CHECK(added); // registered twice
        return;
    }
    std::fprintf(stderr, "streamwright: no description of the kind %s\n", std::string(name).c_str());
    std::abort();
}

const Registry::Entry* Registry::find(std::string_view kind) const
{
    const auto found = kinds_.find(kind);
    return found == kinds_.end() ? nullptr : &found->second;
}

void Registry::addService(api::Service service)
{
    services_.push_back(std::make_shared<const api::Service>(std::move(service)));
}

} // namespace streamwright
