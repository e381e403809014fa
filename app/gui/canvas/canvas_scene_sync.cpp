// SPDX-License-Identifier: GPL-3.0-or-later
// CanvasScene, following the document by differences.
#include <charconv>

#include "app/gui/canvas/canvas_scene.h"
#include "app/gui/canvas/node_faces.h"

namespace streamwright::gui {

namespace {

// "/nodes/3/properties/Name" with "/nodes/" gives 3.
std::optional<std::size_t> indexOf(const std::string& place, std::string_view list)
{
    if (!place.starts_with(list)) return {};
    std::size_t index = 0;
    const char* begin = place.data() + list.size();
    if (std::from_chars(begin, place.data() + place.size(), index).ptr == begin) return {};
    return index;
}

void appendLine(QString& text, const std::string& line)
{
    text += (text.isEmpty() ? "" : "\n") + QString::fromStdString(line);
}

} // namespace

void CanvasScene::sync()
{
    const NodeChanges changes = syncNodes();
    const std::vector<Edge>& edges = workbench_.document.pipeline().edges;
    if (changes.comeOrGone || edges != shownEdges_)
        syncEdges();
    else
        for (const std::string& node : changes.faces)
            for (EdgeItem* edge : edgesOf(node))
                fitEdge(*edge);
    syncProblems();
    dropLostSelection();
    takeSelection();
    emit synced();
}

template <typename Items>
void CanvasScene::removeAllBut(Items& items, const std::unordered_set<std::string>& kept)
{
    selecting_ = true; // a deleted item leaves the document's selection by takeSelection only
    std::erase_if(items, [&](const auto& entry) {
        if (kept.contains(entry.first)) return false;
        delete entry.second;
        return true;
    });
    selecting_ = false;
}

CanvasScene::NodeChanges CanvasScene::syncNodes()
{
    const Pipeline& pipeline = workbench_.document.pipeline();
    NodeChanges changes;
    // Of unknown kinds: their ports come from them. Made for the first of those.
    std::unordered_map<std::string, std::vector<const Edge*>> edges;
    const auto edgesAt = [&](const std::string& node) {
        if (edges.empty())
            for (const Edge& edge : pipeline.edges) {
                edges[edge.fromNode].push_back(&edge);
                edges[edge.toNode].push_back(&edge);
            }
        return edges[node];
    };
    const auto places = nodePlaces(pipeline);
    std::unordered_set<std::string> kept;
    for (const Node& node : pipeline.nodes) {
        if (!kept.insert(node.id).second) continue;
        const Registry::Entry* entry = workbench_.document.registry().find(node.kind);
        auto [slot, isNew] = nodes_.try_emplace(node.id, nullptr);
        if (isNew) slot->second = new NodeItem(node.id);
        NodeItem& item = *slot->second;
        Node& shown = shown_[node.id];
        if (isNew || !entry || shown != node) {
            NodeFace face = entry ? nodeFace(node, &entry->kind, {}) : nodeFace(node, nullptr, edgesAt(node.id));
            face.problems = item.face().problems;
            face.trouble = item.face().trouble;
            item.setFace(std::move(face));
            shown = node;
            changes.faces.push_back(node.id);
        }
        changes.comeOrGone = changes.comeOrGone || isNew;
        const QPointF place = places.at(node.id);
        if (isNew)
            item.setPos(place);
        else if (item.pos() != place)
            moveNode(node.id, place);
        if (isNew) addItem(&item);
    }
    if (nodes_.size() == kept.size()) return changes;
    changes.comeOrGone = true;
    for (auto& [id, item] : nodes_)
        if (!kept.contains(id)) shown_.erase(id);
    removeAllBut(nodes_, kept);
    return changes;
}

void CanvasScene::syncEdges()
{
    std::unordered_set<std::string> kept;
    edgesOf_.clear();
    for (const Edge& edge : workbench_.document.pipeline().edges) {
        if (!node(edge.fromNode) || !node(edge.toNode)) continue;
        const std::string key = edgeKey(edge.fromNode, edge.fromPort, edge.toNode, edge.toPort);
        if (!kept.insert(key).second) continue;
        auto [slot, isNew] = edges_.try_emplace(key, nullptr);
        if (isNew) slot->second = new EdgeItem(key, edge);
        EdgeItem* item = slot->second;
        fitEdge(*item);
        if (isNew) addItem(item);
        edgesOf_[edge.fromNode].push_back(item);
        if (edge.toNode != edge.fromNode) edgesOf_[edge.toNode].push_back(item);
    }
    removeAllBut(edges_, kept);
    shownEdges_ = workbench_.document.pipeline().edges;
}

// To what its nodes have become.
void CanvasScene::fitEdge(EdgeItem& edge)
{
    const NodeItem& from = *node(edge.fromNode());
    const NodeItem& to = *node(edge.toNode());
    edge.setDisabled(from.face().disabled || to.face().disabled);
    if (!edge.endsAt(from.portPosition(edge.fromPort(), false), to.portPosition(edge.toPort(), true))) route(edge);
}

void CanvasScene::syncProblems()
{
    std::unordered_map<std::size_t, std::pair<int, QString>> ofNodes;
    std::unordered_map<std::size_t, QString> ofEdges;
    for (const Problem& problem : workbench_.document.problems()) {
        if (const auto node = indexOf(problem.place, "/nodes/")) {
            ++ofNodes[*node].first;
            appendLine(ofNodes[*node].second, problem.message);
        } else if (const auto edge = indexOf(problem.place, "/edges/")) {
            appendLine(ofEdges[*edge], problem.message);
        }
    }
    const bool any = !ofNodes.empty() || !ofEdges.empty();
    if (!std::exchange(troubled_, any) && !any) return;
    const Pipeline& pipeline = workbench_.document.pipeline();
    for (const Node& node : pipeline.nodes) {
        const auto found = ofNodes.find(node.position);
        NodeItem& item = *nodes_.at(node.id);
        const int count = found == ofNodes.end() ? 0 : found->second.first;
        if (count == 0 && item.face().problems == 0) continue;
        NodeFace face = item.face();
        face.problems = count;
        face.trouble = count == 0 ? QString() : found->second.second;
        item.setFace(std::move(face));
    }
    for (const Edge& edge : pipeline.edges) {
        const auto found = ofEdges.find(edge.position);
        if (EdgeItem* item = this->edge(edgeKey(edge.fromNode, edge.fromPort, edge.toNode, edge.toPort)))
            item->setTrouble(found == ofEdges.end() ? QString() : found->second);
    }
}

} // namespace streamwright::gui
