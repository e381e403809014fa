// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/pipeline_edits.h"

#include <algorithm>
#include <cctype>

#include "app/session/annotations.h"
#include "app/session/arrange.h"
#include "app/session/live_view.h"

namespace streamwright {

namespace {

template <typename Items, typename Matches>
void eraseIf(Items& items, Matches matches)
{
    items.erase(std::remove_if(items.begin(), items.end(), matches), items.end());
}

Node* find(Pipeline& pipeline, const std::string& id) { return const_cast<Node*>(pipeline.node(id)); }

// A word for a node of the kind: the title's last ("Kinesis data stream" -> "stream").
std::string shortTitle(const std::string& title)
{
    const auto space = title.rfind(' ');
    return space == std::string::npos ? title : title.substr(space + 1);
}

std::string idLetters(const std::string& text)
{
    std::string id;
    for (const char c : text) {
        if (std::isalnum(static_cast<unsigned char>(c)) || c == '_')
            id.push_back(c);
        else if (!id.empty() && id.back() != '-')
            id.push_back('-');
    }
    while (!id.empty() && id.back() == '-')
        id.pop_back();
    return id.substr(0, kLongestNodeId);
}

// Joins what led to the node with what it led to, while it and its edges are still there.
void healAround(Pipeline& pipeline, const Registry& registry, const std::string& node)
{
    std::vector<Edge> into, outOf;
    for (const Edge& edge : pipeline.edges) {
        if (edge.toNode == node && edge.fromNode != node) into.push_back(edge);
        if (edge.fromNode == node && edge.toNode != node) outOf.push_back(edge);
    }
    std::set<std::string> gone;
    for (const Edge& edge : into)
        gone.insert(keyOf(edge));
    for (const Edge& edge : outOf)
        gone.insert(keyOf(edge));
    if (into.empty() || outOf.empty()) return;
    removeEdges(pipeline, gone);
    for (const Edge& before : into)
        for (const Edge& after : outOf) {
            if (!connectable(pipeline, registry, before.fromNode, before.fromPort, after.toNode, after.toPort))
                continue;
            connect(pipeline, {before.fromNode, before.fromPort}, {after.toNode, after.toPort});
            pipeline.edges.back().properties = before.properties; // an edge's properties belong to where it begins
        }
}

} // namespace

std::string freshId(const Pipeline& pipeline, const std::string& wish) { return FreshIds(pipeline).take(wish); }

FreshIds::FreshIds(const Pipeline& pipeline)
{
    for (const Node& node : pipeline.nodes)
        taken_.insert(node.id);
}

std::string FreshIds::take(const std::string& wish)
{
    std::string stem = idLetters(wish);
    if (stem.empty()) stem = "node";
    if (taken_.insert(stem).second) return stem;
    // "clicks-2" wished for again is "clicks-3", not "clicks-2-2".
    const auto dash = stem.rfind('-');
    if (dash != std::string::npos && dash > 0 && dash + 1 < stem.size() &&
        stem.find_first_not_of("0123456789", dash + 1) == std::string::npos)
        stem.resize(dash);
    stem = stem.substr(0, kLongestNodeId - 8);
    for (std::size_t& number = next_.try_emplace(stem, 2).first->second;; ++number)
        if (std::string id = stem + "-" + std::to_string(number); taken_.insert(id).second) return id;
}

std::string addNode(Pipeline& pipeline, const Registry& registry, const std::string& kind, Point at)
{
    const Registry::Entry* entry = registry.find(kind);
    std::string wish = entry ? shortTitle(entry->kind.title) : kind.substr(kind.rfind(':') + 1);
    std::transform(wish.begin(), wish.end(), wish.begin(), [](unsigned char c) { return std::tolower(c); });
    Node node;
    node.id = freshId(pipeline, wish);
    node.kind = kind;
    setPlace(pipeline, node.id, at);
    pipeline.nodes.push_back(std::move(node));
    return pipeline.nodes.back().id;
}

std::string connect(Pipeline& pipeline, const WireEnd& from, const WireEnd& to)
{
    const std::string key = edgeKey(from.node, from.port, to.node, to.port);
    if (findEdge(pipeline, key)) return key;
    Edge edge;
    edge.fromNode = from.node;
    edge.fromPort = from.port;
    edge.toNode = to.node;
    edge.toPort = to.port;
    pipeline.edges.push_back(std::move(edge));
    return key;
}

std::string reconnect(Pipeline& pipeline, const std::string& key, bool fromEnd, const WireEnd& to)
{
    const auto edge = std::find_if(pipeline.edges.begin(), pipeline.edges.end(),
                                   [&](const Edge& candidate) { return keyOf(candidate) == key; });
    if (edge == pipeline.edges.end()) return key;
    Edge moved = *edge;
    if (fromEnd) {
        if (to.node != moved.fromNode || to.port != moved.fromPort) moved.properties = Json::object();
        moved.fromNode = to.node;
        moved.fromPort = to.port;
    } else {
        moved.toNode = to.node;
        moved.toPort = to.port;
    }
    const std::string newKey = keyOf(moved);
    if (newKey == key) return key;
    if (findEdge(pipeline, newKey))
        pipeline.edges.erase(edge);
    else
        *edge = std::move(moved);
    return newKey;
}

void removeEdges(Pipeline& pipeline, const std::set<std::string>& edges)
{
    eraseIf(pipeline.edges, [&](const Edge& edge) { return edges.contains(keyOf(edge)); });
}

void splice(Pipeline& pipeline, const Registry& registry, const std::string& node, const std::string& key)
{
    const auto ports = spliceable(pipeline, registry, node, key);
    if (!ports) return;
    const Edge* edge = findEdge(pipeline, key);
    const WireEnd to{edge->toNode, edge->toPort};
    reconnect(pipeline, key, false, {node, ports->in});
    connect(pipeline, {node, ports->out}, to);
}

void removeNodes(Pipeline& pipeline, const Registry& registry, const std::set<std::string>& nodes, bool heal)
{
    if (heal)
        for (const std::string& node : nodes)
            healAround(pipeline, registry, node);
    const auto gone = [&](const std::string& id) { return nodes.contains(id); };
    eraseIf(pipeline.nodes, [&](const Node& node) { return gone(node.id); });
    eraseIf(pipeline.edges, [&](const Edge& edge) { return gone(edge.fromNode) || gone(edge.toNode); });
    eraseIf(pipeline.edits, [&](const TimedEdit& edit) { return gone(edit.node); });
    eraseIf(pipeline.expect, [&](const Expectation& expectation) { return gone(expectation.node); });
    for (PinnedChart& chart : pipeline.charts)
        eraseIf(chart.series, [&](const MetricName& series) { return gone(series.node); });
    eraseIf(pipeline.charts, [](const PinnedChart& chart) { return chart.series.empty(); });
    removePlaces(pipeline, nodes);
    takeOutOfGroups(pipeline, nodes);
}

void removeParts(Pipeline& pipeline, const Registry& registry, const Parts& parts, bool heal)
{
    removeEdges(pipeline, parts.edges);
    removeComments(pipeline, parts.comments);
    removeNodes(pipeline, registry, nodesOf(pipeline, parts), heal);
}

Result<void> checkNewId(const Pipeline& pipeline, const std::string& id)
{
    if (!isNodeId(id)) return Problem{ProblemCode::InvalidInput, kNodeIdRule, ""};
    if (pipeline.node(id)) return Problem{ProblemCode::Conflict, "another node is called " + id + " already", ""};
    return {};
}

Result<void> renameNode(Pipeline& pipeline, const std::string& id, const std::string& newId)
{
    Node* node = find(pipeline, id);
    if (!node) return Problem{ProblemCode::NotFound, "there is no node " + id, ""};
    if (id == newId) return {};
    if (auto good = checkNewId(pipeline, newId); !good) return good;
    node->id = newId;
    const auto follow = [&](std::string& name) {
        if (name == id) name = newId;
    };
    for (Edge& edge : pipeline.edges) {
        follow(edge.fromNode);
        follow(edge.toNode);
    }
    for (TimedEdit& edit : pipeline.edits)
        follow(edit.node);
    for (Expectation& expectation : pipeline.expect)
        follow(expectation.node);
    for (Group& group : pipeline.groups)
        std::for_each(group.nodes.begin(), group.nodes.end(), follow);
    for (PinnedChart& chart : pipeline.charts)
        for (MetricName& series : chart.series)
            follow(series.node);
    renamePlace(pipeline, id, newId);
    return {};
}

void setDisabled(Pipeline& pipeline, const std::set<std::string>& nodes, bool disabled)
{
    for (Node& node : pipeline.nodes)
        if (nodes.contains(node.id)) node.disabled = disabled;
}

} // namespace streamwright
