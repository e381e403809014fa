// SPDX-License-Identifier: GPL-3.0-or-later
// EngineTestHost: the host of API actions over an engine that the test itself runs: what an action asks of the run takes
// effect before it goes on. One thread.
#pragma once

#include <map>

#include "core/api/host.h"
#include "core/engine/engine.h"

namespace streamwright::test {

class EngineTestHost : public api::Host {
public:
    explicit EngineTestHost(Engine& engine) : engine_(engine) { }

    Time now() const override { return engine_.now(); }
    const std::string& account() const override { return account_; }
    const std::string& region() const override { return region_; }

    std::shared_ptr<Resource> find(std::string_view kind, std::string_view name) const override
    {
        return engine_.resource(kind, name).resource;
    }
    std::vector<std::shared_ptr<Resource>> all(std::string_view kind) const override
    {
        std::vector<std::shared_ptr<Resource>> all;
        for (auto& named : engine_.resources(kind))
            all.push_back(std::move(named.resource));
        return all;
    }
    std::string nodeOf(std::string_view kind, std::string_view name) const override
    {
        return engine_.resource(kind, name).node;
    }

    Result<std::shared_ptr<Resource>> create(std::string_view kind, const std::string& name,
                                             const Json& properties) override
    {
        return createJoined(kind, name, properties, {});
    }
    Result<std::shared_ptr<Resource>> createJoined(std::string_view kind, const std::string& name,
                                                   const Json& properties, const std::vector<NewEdge>& edges) override
    {
        if (find(kind, name)) return Problem{ProblemCode::Conflict, name + " exists already", name};
        const auto id = engine_.addGuest(std::string(kind), name, properties, edges);
        if (!id) return id.problem();
        tick();
        if (auto made = find(kind, name)) return made;
        (void)engine_.removeGuest(*id);
        tick();
        return Problem{ProblemCode::Internal, "it could not be opened", name};
    }
    Result<void> remove(std::string_view kind, const std::string& name) override
    {
        const std::string node = nodeOf(kind, name);
        if (node.empty()) return Problem{ProblemCode::NotFound, "there is no " + name, name};
        if (!engine_.removeGuest(node)) return Problem{ProblemCode::Conflict, name + " is part of the pipeline", name};
        tick();
        return {};
    }
    Result<void> edit(std::string_view kind, const std::string& name, const Json& properties) override
    {
        const std::string node = nodeOf(kind, name);
        if (node.empty()) return Problem{ProblemCode::NotFound, "there is no " + name, name};
        Json wanted = engine_.properties(node);
        for (const auto& [property, value] : properties.items())
            wanted[property] = value;
        const auto problems = engine_.edit(node, wanted);
        if (!problems.empty()) return problems.front();
        tick();
        return {};
    }

    MetricStore& metrics() const override { return engine_.metrics(); }
    LogStore& store() const override { return engine_.store(); }
    // Kept for the test, which calls what is due.
    void at(Time t, std::function<void()> then) override { timers.emplace(t, std::move(then)); }

    std::multimap<Time, std::function<void()>> timers;

protected:
    std::shared_ptr<void> stateOf(std::type_index type, const std::function<std::shared_ptr<void>()>& make) override
    {
        std::shared_ptr<void>& state = states_[type];
        if (!state) state = make();
        return state;
    }

private:
    // Everything that happens at this instant.
    void tick() { (void)engine_.runTicks(16, engine_.now()); }

    Engine& engine_;
    const std::string account_ = "000000000000", region_ = "us-east-1";
    std::map<std::type_index, std::shared_ptr<void>> states_;
};

} // namespace streamwright::test
