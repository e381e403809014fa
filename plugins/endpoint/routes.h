// SPDX-License-Identifier: GPL-3.0-or-later
// Routes: from what a request calls an action to the action. Immutable but for the counters; any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/api/service.h"

namespace streamwright::endpoint {

struct Route {
    const api::Service* service = nullptr;
    const api::Action* action = nullptr;
    const api::ShapeTable::ActionShapes* shapes = nullptr; // null: the action has none
    std::string name; // "kinesis.PutRecord"
    mutable std::atomic<std::uint64_t> done = 0, refused = 0, failed = 0; // by status: below 400, below 500, the rest
};

class Routes {
public:
    using Services = std::vector<std::shared_ptr<const api::Service>>;
    explicit Routes(Services services);

    // Of "Kinesis_20131202.PutRecord"; null when there is none.
    const Route* byTarget(std::string_view target) const;
    const Route* byForm(std::string_view action, std::string_view version) const;
    // The service that such a request means, when it has no such action; null: none.
    const api::Service* serviceOfTarget(std::string_view target) const;
    const api::Service* serviceOfForm(std::string_view version) const;

    const Services& services() const { return services_; }
    const std::deque<Route>& all() const { return routes_; }

private:
    const Services services_;
    std::deque<Route> routes_;
    std::deque<std::string> targets_; // what the keys point into
    std::unordered_map<std::string_view, const Route*> byTarget_;
    std::unordered_map<std::string_view, std::vector<const Route*>> byForm_; // by the action's name
};

} // namespace streamwright::endpoint
