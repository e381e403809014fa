// SPDX-License-Identifier: GPL-3.0-or-later
// Host: the running pipeline as the actions of an API see it. Made by the endpoint over an Engine; every method may be
// called from any thread. create, remove and edit wait for the engine (at most some seconds): only for actions that manage.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <typeindex>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/log/log_store.h"
#include "core/metrics/metric_store.h"
#include "core/runtime/channel.h"
#include "core/runtime/resource.h"

namespace streamwright::api {

using streamwright::NewEdge;

class Host {
public:
    virtual ~Host() = default;

    virtual Time now() const = 0;
    virtual const std::string& account() const = 0; // 12 digits
    virtual const std::string& region() const = 0;

    // A resource of a node kind by the name that clients know; null when there is none.
    virtual std::shared_ptr<Resource> find(std::string_view kind, std::string_view name) const = 0;
    // Sorted by name.
    virtual std::vector<std::shared_ptr<Resource>> all(std::string_view kind) const = 0;
    virtual std::string nodeOf(std::string_view kind, std::string_view name) const = 0; // "" without one

    // A node beside the drawn ones, kept over restarts of a durable run. properties: as in a pipeline file, without name.
    virtual Result<std::shared_ptr<Resource>> create(std::string_view kind, const std::string& name,
                                                     const Json& properties) = 0;
    // The same with edges, which last as long as both ends do.
    virtual Result<std::shared_ptr<Resource>> createJoined(std::string_view kind, const std::string& name,
                                                           const Json& properties, const std::vector<NewEdge>& edges)
    {
        if (edges.empty()) return create(kind, name, properties);
        return Problem{ProblemCode::InvalidInput, "edges cannot be laid here", name};
    }
    // Also all it stored. A Conflict for a node of the drawing.
    virtual Result<void> remove(std::string_view kind, const std::string& name) = 0;
    // Sets these properties and leaves the others; null takes a property away.
    virtual Result<void> edit(std::string_view kind, const std::string& name, const Json& properties) = 0;

    virtual MetricStore& metrics() const = 0;
    // Small facts; they are durable when the action's answer is given.
    virtual LogStore& store() const = 0;

    // Calls it once at or after t of the run's time.
    virtual void at(Time t, std::function<void()> then) = 0;

    // What a service keeps for a run beyond its resources; made at first use, of any copyable type, one a type.
    template <typename State>
    std::shared_ptr<State> state()
    {
        return std::static_pointer_cast<State>(
            stateOf(typeid(State), [] { return std::static_pointer_cast<void>(std::make_shared<State>()); }));
    }

protected:
    virtual std::shared_ptr<void> stateOf(std::type_index type, const std::function<std::shared_ptr<void>()>& make) = 0;
};

} // namespace streamwright::api
