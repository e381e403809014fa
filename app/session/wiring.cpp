// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/wiring.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>

#include "app/session/live_view.h"

namespace streamwright {

namespace {

Problem refusal(std::string message) { return {ProblemCode::InvalidInput, std::move(message), ""}; }

std::string listed(const std::vector<std::string>& words, const char* last)
{
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i)
        out += (i == 0 ? "" : i + 1 == words.size() ? std::string(" ") + last + " " : ", ") + words[i];
    return out;
}

const NodeKind* kindOf(const Pipeline& pipeline, const Registry& registry, const std::string& id)
{
    const Node* node = pipeline.node(id);
    const Registry::Entry* entry = node ? registry.find(node->kind) : nullptr;
    return entry ? &entry->kind : nullptr;
}

bool accepts(const Port& in, const Port& out)
{
    return std::find(in.accepts.begin(), in.accepts.end(), out.carries) != in.accepts.end();
}

std::vector<const Port*> portsOf(const NodeKind& kind, Port::Direction direction)
{
    std::vector<const Port*> ports;
    for (const Port& port : kind.ports)
        if (port.direction == direction) ports.push_back(&port);
    return ports;
}

// Either of the two ends of a node, or why there is none.
Result<const Port*> portOf(const Pipeline& pipeline, const Registry& registry, const std::string& node,
                           const std::string& name)
{
    if (!pipeline.node(node)) return refusal("there is no node " + node);
    const NodeKind* kind = kindOf(pipeline, registry, node);
    if (!kind) return refusal(node + " is of an unknown kind: nothing is known of its ports");
    const Port* port = kind->port(name);
    if (!port) return refusal(kind->title + " has no port " + name);
    return port;
}

Result<void> room(const Pipeline& pipeline, const Port& port, const WireEnd& end, const std::string& replacing)
{
    if (port.maximumEdges == 0) return {};
    const bool isInput = port.direction == Port::Direction::In;
    const auto taken = std::count_if(pipeline.edges.begin(), pipeline.edges.end(), [&](const Edge& edge) {
        const bool here = isInput ? edge.toNode == end.node && edge.toPort == end.port
                                  : edge.fromNode == end.node && edge.fromPort == end.port;
        return here && (replacing.empty() || keyOf(edge) != replacing);
    });
    if (static_cast<std::size_t>(taken) < port.maximumEdges) return {};
    return refusal(end.node + "." + end.port + " has its " +
                   (port.maximumEdges == 1 ? "only edge" : std::to_string(port.maximumEdges) + " edges") + " already");
}

// Whether a way leads from one node to another without passing anything that keeps data (or, for dead letters, along
// dead-letter edges): an edge back would close a circle that never ends.
bool leadsTo(const Pipeline& pipeline, const Registry& registry, const std::string& from, const std::string& to,
             bool deadLetters, const std::string& replacing)
{
    std::unordered_multimap<std::string_view, const Edge*> edgesFrom;
    for (const Edge& edge : pipeline.edges)
        if (replacing.empty() || keyOf(edge) != replacing) edgesFrom.emplace(edge.fromNode, &edge);
    std::unordered_map<std::string_view, const Node*> nodes;
    for (const Node& node : pipeline.nodes)
        nodes.emplace(node.id, &node);
    std::set<std::string_view> seen{from};
    std::vector<std::string_view> open{from};
    while (!open.empty()) {
        const std::string_view at = open.back();
        open.pop_back();
        if (at == to) return true;
        const auto node = nodes.find(at);
        const Registry::Entry* entry = node == nodes.end() ? nullptr : registry.find(node->second->kind);
        if (!entry || (!deadLetters && entry->kind.keeps)) continue;
        const auto [begin, end] = edgesFrom.equal_range(at);
        for (auto edge = begin; edge != end; ++edge) {
            const Port* port = entry->kind.port(edge->second->fromPort);
            if (!port || (port->carries == "dead-letters") != deadLetters) continue;
            if (seen.insert(edge->second->toNode).second) open.push_back(edge->second->toNode);
        }
    }
    return false;
}

bool keeps(const Pipeline& pipeline, const Registry& registry, const std::string& node)
{
    const NodeKind* kind = kindOf(pipeline, registry, node);
    return kind && kind->keeps;
}

} // namespace

std::string keyOf(const Edge& edge) { return edgeKey(edge.fromNode, edge.fromPort, edge.toNode, edge.toPort); }

const Edge* findEdge(const Pipeline& pipeline, const std::string& key)
{
    const auto found = std::find_if(pipeline.edges.begin(), pipeline.edges.end(),
                                    [&](const Edge& edge) { return keyOf(edge) == key; });
    return found == pipeline.edges.end() ? nullptr : &*found;
}

Result<void> connectable(const Pipeline& pipeline, const Registry& registry, const std::string& from,
                         const std::string& fromPort, const std::string& to, const std::string& toPort,
                         const std::string& replacing)
{
    const auto out = portOf(pipeline, registry, from, fromPort), in = portOf(pipeline, registry, to, toPort);
    if (!out) return out.problem();
    if (!in) return in.problem();
    if ((*out)->direction == (*in)->direction)
        return refusal((*out)->direction == Port::Direction::Out ? "both are outputs: a wire ends at an input"
                                                                 : "both are inputs: a wire begins at an output");
    if ((*out)->direction == Port::Direction::In)
        return connectable(pipeline, registry, to, toPort, from, fromPort, replacing);
    if (from == to) return refusal(from + " would feed itself: what it passes on would never end");
    if (!accepts(**in, **out))
        return refusal(from + "." + fromPort + " carries " + (*out)->carries + ", but " + to + "." + toPort +
                       " takes " + listed((*in)->accepts, "or"));
    const bool joined = std::any_of(pipeline.edges.begin(), pipeline.edges.end(), [&](const Edge& edge) {
        return edge.fromNode == from && edge.toNode == to && edge.fromPort == fromPort && edge.toPort == toPort;
    });
    if (joined && edgeKey(from, fromPort, to, toPort) != replacing) return refusal("the two are joined already");
    if (auto free = room(pipeline, **out, {from, fromPort}, replacing); !free) return free;
    if (auto free = room(pipeline, **in, {to, toPort}, replacing); !free) return free;
    const bool deadLetters = (*out)->carries == "dead-letters";
    if ((deadLetters || !keeps(pipeline, registry, from)) &&
        leadsTo(pipeline, registry, to, from, deadLetters, replacing))
        return refusal(deadLetters ? "the dead-letter queues would form a circle: a message could never be given up"
                                   : "the nodes would feed each other in a circle with nothing between that keeps the "
                                     "data (a stream or a queue)");
    return {};
}

Result<std::string> fittingPort(const Pipeline& pipeline, const Registry& registry, const WireEnd& held,
                                const std::string& node, const std::string& replacing)
{
    const auto end = portOf(pipeline, registry, held.node, held.port);
    if (!end) return end.problem();
    if (!pipeline.node(node)) return refusal("there is no node " + node);
    const NodeKind* kind = kindOf(pipeline, registry, node);
    if (!kind) return refusal(node + " is of an unknown kind: nothing is known of its ports");
    const bool fromOutput = (*end)->direction == Port::Direction::Out;
    const auto ports = portsOf(*kind, fromOutput ? Port::Direction::In : Port::Direction::Out);
    if (ports.empty()) return refusal(kind->title + " has no " + (fromOutput ? "input" : "output"));
    std::vector<std::string> fitting;
    std::optional<Problem> why;
    for (const Port* port : ports) {
        auto joined = connectable(pipeline, registry, held.node, held.port, node, port->name, replacing);
        if (joined)
            fitting.push_back(port->name);
        else if (!why)
            why = joined.problem();
    }
    if (fitting.size() == 1) return fitting.front();
    if (fitting.empty()) return *why;
    return refusal("fits at " + listed(fitting, "and") + ": drop it on one of these ports");
}

std::vector<FittingKind> fittingKinds(const Pipeline& pipeline, const Registry& registry, const WireEnd& held)
{
    std::vector<FittingKind> out;
    const auto end = portOf(pipeline, registry, held.node, held.port);
    if (!end || !room(pipeline, **end, held, {})) return out;
    const bool fromOutput = (*end)->direction == Port::Direction::Out;
    for (const auto& [name, entry] : registry.kinds())
        for (const Port& port : entry.kind.ports) {
            if (port.direction == (*end)->direction) continue;
            if (fromOutput ? !accepts(port, **end) : !accepts(**end, port)) continue;
            out.push_back({&entry.kind, port.name});
            break;
        }
    std::stable_sort(out.begin(), out.end(),
                     [](const FittingKind& a, const FittingKind& b) { return a.kind->title < b.kind->title; });
    return out;
}

Result<SplicePorts> spliceable(const Pipeline& pipeline, const Registry& registry, const std::string& node,
                               const std::string& key)
{
    const Edge* edge = findEdge(pipeline, key);
    if (!edge) return refusal("there is no such edge");
    if (edge->fromNode == node || edge->toNode == node) return refusal("the edge is one of " + node + "'s own");
    const WireEnd from{edge->fromNode, edge->fromPort}, to{edge->toNode, edge->toPort};
    const auto in = fittingPort(pipeline, registry, from, node, key);
    if (!in) return in.problem();
    const auto out = fittingPort(pipeline, registry, to, node, key);
    if (!out) return out.problem();
    return SplicePorts{*in, *out};
}

} // namespace streamwright
