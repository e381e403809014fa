// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/guests.h"

#include <algorithm>
#include <optional>

namespace streamwright {

namespace {

const std::string kPrefix = "guest/";

// Nothing when an end is not there or the ports do not fit.
std::optional<EdgeInfo> edgeOf(const PipelinePlan& plan, const Registry& registry, const std::string& guest,
                               const NewEdge& edge)
{
    const auto nodeOf = [&](const std::string& id) {
        return std::find_if(plan.nodes.begin(), plan.nodes.end(), [&](const NodeSetup& node) { return node.id == id; });
    };
    const auto own = nodeOf(guest), other = nodeOf(edge.otherNode);
    if (own == plan.nodes.end() || other == plan.nodes.end()) return std::nullopt;
    const Port* ownPort = registry.find(own->kind)->kind.port(edge.port);
    const Port* otherPort = registry.find(other->kind)->kind.port(edge.otherPort);
    if (!ownPort || !otherPort || ownPort->direction == otherPort->direction) return std::nullopt;
    const bool outward = ownPort->direction == Port::Direction::Out;
    const Port &out = outward ? *ownPort : *otherPort, &in = outward ? *otherPort : *ownPort;
    if (std::find(in.accepts.begin(), in.accepts.end(), out.carries) == in.accepts.end()) return std::nullopt;
    return EdgeInfo{outward ? guest : edge.otherNode,
                    out.name,
                    outward ? edge.otherNode : guest,
                    in.name,
                    out.carries,
                    completeProperties(out.fields, Json::object()),
                    plan.edges.size()};
}

Result<Guest> readGuest(const Registry& registry, const std::string& id, const std::string& text)
{
    const auto json = parseJson(text);
    if (!json) return json.problem();
    try {
        std::vector<NewEdge> edges;
        for (const Json& edge : json->at("edges"))
            edges.push_back({edge.at("port"), edge.at("node"), edge.at("otherPort")});
        return makeGuest(registry, json->at("kind"), id, json->at("properties"), std::move(edges));
    } catch (const Json::exception& error) {
        return Problem{ProblemCode::Corrupt, error.what(), id};
    }
}

} // namespace

Result<Guest> makeGuest(const Registry& registry, const std::string& kind, const std::string& id, const Json& written,
                        std::vector<NewEdge> edges)
{
    const Registry::Entry* entry = registry.find(kind);
    if (!entry) return Problem{ProblemCode::NotFound, "there is no kind " + kind, id};
    NodeSetup setup;
    setup.id = id;
    setup.kind = kind;
    setup.written = written;
    auto problems = checkProperties(entry->kind.fields, written);
    if (problems.empty()) {
        setup.properties = completeProperties(entry->kind.fields, written);
        NodeSetup joined = setup; // what a node says of itself may depend on what leaves it
        for (const NewEdge& edge : edges)
            if (const Port* port = entry->kind.port(edge.port); port && port->direction == Port::Direction::Out)
                joined.outputs.push_back({id, edge.port, edge.otherNode, edge.otherPort, port->carries, {}, 0});
        if (entry->check) problems = entry->check(joined);
    }
    if (!problems.empty()) return problems.front();
    return Guest{std::move(setup), std::move(edges)};
}

std::vector<Guest> storedGuests(const LogStore& store, const Registry& registry, std::vector<Problem>& problems)
{
    std::vector<Guest> guests;
    for (const auto& [key, text] : store.withPrefix(kPrefix)) {
        const std::string id = key.substr(kPrefix.size());
        auto guest = readGuest(registry, id, text);
        if (guest)
            guests.push_back(std::move(*guest));
        else
            problems.push_back({guest.problem().code,
                                id + ", made by a client in an earlier run, is left out: " + guest.problem().message,
                                id});
    }
    return guests;
}

void storeGuest(LogStore& store, const Guest& guest)
{
    Json edges = Json::array();
    for (const NewEdge& edge : guest.edges)
        edges.push_back({{"port", edge.port}, {"node", edge.otherNode}, {"otherPort", edge.otherPort}});
    const Json fact{{"kind", guest.node.kind}, {"properties", guest.node.written}, {"edges", edges}};
    store.put(kPrefix + guest.node.id, fact.dump());
}

Result<void> eraseGuest(LogStore& store, const std::string& id)
{
    store.erase(kPrefix + id);
    for (const auto& [key, value] : store.withPrefix("")) {
        const auto family = key.find('/');
        if (family == std::string::npos) continue;
        const std::string_view rest = std::string_view(key).substr(family + 1);
        if (rest == id || rest.starts_with(id + "/")) store.erase(key);
    }
    for (const std::string& name : store.logNames())
        if (name.starts_with(id + "/"))
            if (auto removed = store.removeLog(name); !removed) return removed;
    return {};
}

PipelinePlan withGuests(PipelinePlan drawn, const std::vector<Guest>& guests, const Registry& registry)
{
    const std::size_t drawnNodes = drawn.nodes.size();
    const auto isDrawn = [&](const std::string& id) {
        const auto end = drawn.nodes.begin() + static_cast<std::ptrdiff_t>(drawnNodes);
        return std::any_of(drawn.nodes.begin(), end, [&](const NodeSetup& node) { return node.id == id; });
    };
    for (const Guest& guest : guests)
        if (!isDrawn(guest.node.id)) drawn.nodes.push_back(guest.node);
    for (const Guest& guest : guests) {
        if (isDrawn(guest.node.id)) continue;
        for (const NewEdge& wanted : guest.edges) {
            const auto edge = edgeOf(drawn, registry, guest.node.id, wanted);
            if (!edge) continue;
            for (NodeSetup& node : drawn.nodes) {
                if (node.id == edge->fromNode) node.outputs.push_back(*edge);
                if (node.id == edge->toNode) node.inputs.push_back(*edge);
            }
            drawn.edges.push_back(*edge);
        }
    }
    return drawn;
}

} // namespace streamwright
