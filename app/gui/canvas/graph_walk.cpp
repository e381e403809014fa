// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/graph_walk.h"

#include <cmath>
#include <unordered_set>

namespace streamwright::gui {

namespace {

std::vector<const NodeItem*> neighbours(const CanvasScene& scene, const std::string& node, bool forward)
{
    std::vector<const NodeItem*> found;
    for (const EdgeItem* edge : scene.edgesOf(node)) {
        if ((forward ? edge->fromNode() : edge->toNode()) != node) continue;
        const NodeItem* other = scene.node(forward ? edge->toNode() : edge->fromNode());
        if (other && other->isVisible() && other->id() != node) found.push_back(other);
    }
    const auto higher = [](const NodeItem* a, const NodeItem* b) {
        return std::pair(a->y(), a->x()) < std::pair(b->y(), b->x());
    };
    std::sort(found.begin(), found.end(), higher);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

// Sources first, the upper before the lower; behind each what it leads to.
std::vector<std::string> order(const CanvasScene& scene)
{
    std::vector<const NodeItem*> starts;
    for (const auto& [id, item] : scene.nodes())
        if (item->isVisible()) starts.push_back(item);
    std::sort(starts.begin(), starts.end(), [&](const NodeItem* a, const NodeItem* b) {
        const auto rank = [&](const NodeItem* item) {
            return std::tuple(!neighbours(scene, item->id(), false).empty(), item->y(), item->x(), item->id());
        };
        return rank(a) < rank(b);
    });
    std::vector<std::string> order;
    std::unordered_set<std::string> seen;
    for (const NodeItem* start : starts) {
        std::vector<const NodeItem*> waiting{start};
        while (!waiting.empty()) {
            const NodeItem* item = waiting.back();
            waiting.pop_back();
            if (!seen.insert(item->id()).second) continue;
            order.push_back(item->id());
            const auto next = neighbours(scene, item->id(), true);
            waiting.insert(waiting.end(), next.rbegin(), next.rend());
        }
    }
    return order;
}

// The nearest one above or below, those in the same column first.
std::string vertical(const CanvasScene& scene, const NodeItem& from, bool down)
{
    const NodeItem* best = nullptr;
    double least = 0;
    for (const auto& [id, item] : scene.nodes()) {
        const double dy = (item->y() - from.y()) * (down ? 1 : -1), dx = std::abs(item->x() - from.x());
        if (!item->isVisible() || dy < 1 || dx > 3 * dy + kNodeWidth) continue;
        const double distance = dy + 2 * dx;
        if (best && (distance > least || (distance == least && item->id() > best->id()))) continue;
        best = item;
        least = distance;
    }
    return best ? best->id() : "";
}

} // namespace

std::string walkFrom(const CanvasScene& scene, const std::string& from, Walk walk)
{
    const NodeItem* item = scene.node(from);
    if (!item || walk == Walk::Next || walk == Walk::Previous) {
        const std::vector<std::string> all = order(scene);
        if (all.empty()) return {};
        const auto at = std::find(all.begin(), all.end(), from);
        if (at == all.end()) return walk == Walk::Previous ? all.back() : all.front();
        const std::size_t index = static_cast<std::size_t>(at - all.begin());
        return all[(index + (walk == Walk::Next ? 1 : all.size() - 1)) % all.size()];
    }
    if (walk == Walk::Up || walk == Walk::Down) return vertical(scene, *item, walk == Walk::Down);
    const NodeItem* best = nullptr;
    for (const NodeItem* next : neighbours(scene, from, walk == Walk::Right))
        if (!best || std::abs(next->y() - item->y()) < std::abs(best->y() - item->y())) best = next;
    return best ? best->id() : "";
}

std::string nextEdgeAt(const CanvasScene& scene, const std::string& node, const std::string& before)
{
    std::vector<std::pair<bool, std::pair<double, std::string>>> edges; // outgoing ones first, from above
    for (const EdgeItem* edge : scene.edgesOf(node))
        edges.push_back({edge->fromNode() != node, {edge->middle().y(), edge->key()}});
    if (edges.empty()) return {};
    std::sort(edges.begin(), edges.end());
    for (std::size_t i = 0; i < edges.size(); ++i)
        if (edges[i].second.second == before) return edges[(i + 1) % edges.size()].second.second;
    return edges.front().second.second;
}

} // namespace streamwright::gui
