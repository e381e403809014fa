// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/engine_host.h"

namespace streamwright::endpoint {

namespace {

constexpr std::chrono::seconds kPatience(5);

} // namespace

EngineHost::EngineHost(Engine& engine, std::string account, std::string region)
    : engine_(engine),
      account_(std::move(account)),
      region_(std::move(region)),
      timers_([&engine] { return engine.liveNow(); }, [&engine] { return engine.speed(); })
{
}

// What services keep may ask for timers until it is gone (a record put by the engine wakes a subscription).
EngineHost::~EngineHost()
{
    std::map<std::type_index, std::shared_ptr<void>> states;
    const MutexLock lock(statesMutex_);
    states.swap(states_);
}

std::shared_ptr<Resource> EngineHost::find(std::string_view kind, std::string_view name) const
{
    return engine_.resource(kind, name).resource;
}

std::vector<std::shared_ptr<Resource>> EngineHost::all(std::string_view kind) const
{
    std::vector<std::shared_ptr<Resource>> all;
    for (auto& named : engine_.resources(kind))
        all.push_back(std::move(named.resource));
    return all;
}

std::string EngineHost::nodeOf(std::string_view kind, std::string_view name) const
{
    return engine_.resource(kind, name).node;
}

Result<void> EngineHost::settle()
{
    if (engine_.settle(kPatience)) return {};
    return Problem{ProblemCode::Conflict, "the run stands still: resume it and try again", ""};
}

Result<std::shared_ptr<Resource>> EngineHost::createJoined(std::string_view kind, const std::string& name,
                                                           const Json& properties, const std::vector<NewEdge>& edges)
{
    const MutexLock lock(managing_);
    if (engine_.resource(kind, name).resource) return Problem{ProblemCode::Conflict, name + " exists already", name};
    const auto id = engine_.addGuest(std::string(kind), name, properties, edges);
    if (!id) return id.problem();
    auto problem = [&]() -> Result<void> {
        if (auto settled = settle(); !settled) return settled;
        if (engine_.resource(kind, name).resource) return {};
        return Problem{ProblemCode::Internal, "it could not be opened; the run's log says why", name};
    }();
    if (problem) return engine_.resource(kind, name).resource;
    (void)engine_.removeGuest(*id);
    return problem.problem();
}

Result<void> EngineHost::remove(std::string_view kind, const std::string& name)
{
    const MutexLock lock(managing_);
    const std::string node = engine_.resource(kind, name).node;
    if (node.empty()) return Problem{ProblemCode::NotFound, "there is no " + name, name};
    if (!engine_.removeGuest(node))
        return Problem{ProblemCode::Conflict, name + " is part of the pipeline: take it out of the drawing", name};
    return settle();
}

Result<void> EngineHost::edit(std::string_view kind, const std::string& name, const Json& properties)
{
    const MutexLock lock(managing_);
    const std::string node = engine_.resource(kind, name).node;
    if (node.empty()) return Problem{ProblemCode::NotFound, "there is no " + name, name};
    if (auto settled = settle(); !settled) return settled;
    Json wanted = engine_.properties(node);
    for (const auto& [property, value] : properties.items())
        if (value.is_null())
            wanted.erase(property);
        else
            wanted[property] = value;
    const auto problems = engine_.edit(node, wanted);
    if (!problems.empty()) return problems.front();
    return settle();
}

std::shared_ptr<void> EngineHost::stateOf(std::type_index type, const std::function<std::shared_ptr<void>()>& make)
{
    const MutexLock lock(statesMutex_);
    std::shared_ptr<void>& state = states_[type];
    if (!state) state = make();
    return state;
}

} // namespace streamwright::endpoint
