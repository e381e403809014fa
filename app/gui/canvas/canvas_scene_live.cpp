// SPDX-License-Identifier: GPL-3.0-or-later
// CanvasScene, the live view: on what is in sight, as colours from afar, and flashing.
#include <cmath>

#include "app/gui/canvas/canvas_scene.h"
#include "app/gui/canvas/figure_text.h"
#include "app/gui/canvas/node_painter.h"

namespace streamwright::gui {

QColor CanvasScene::flatColour(const NodeItem& node) const
{
    const NodeLive* live = stateOf(node.id());
    NodeFaceLive shown;
    shown.shown = live != nullptr;
    if (live) shown.state = live->state;
    return nodeFlatColour(node.face(), shown);
}

QColor CanvasScene::flatColour(const EdgeItem& edge) const
{
    if (edge.isSelected()) return colour(Theme::Accent);
    if (!edge.trouble().isEmpty()) return colour(Theme::Failing);
    const auto& edges = workbench_.run.live().edges;
    const auto live = edges.empty() || !workbench_.run.hasRun() ? edges.end() : edges.find(edge.key());
    if (live == edges.end() || (live->second.recordsPerSecond <= 0 && live->second.backlog == 0))
        return colour(Theme::Edge);
    return fillColour(live->second.fill);
}

const NodeLive* CanvasScene::stateOf(const std::string& node) const
{
    if (!workbench_.run.hasRun()) return nullptr;
    const auto& nodes = workbench_.run.live().nodes;
    const auto found = nodes.find(node);
    return found == nodes.end() ? nullptr : &found->second;
}

void CanvasScene::freshen(const QRectF& visible)
{
    for (QGraphicsItem* item : items(visible, Qt::IntersectsItemBoundingRect)) {
        if (item->type() == kNodeItem)
            static_cast<NodeItem*>(item)->setLive(liveOf(*static_cast<NodeItem*>(item)));
        else if (item->type() == kEdgeItem)
            static_cast<EdgeItem*>(item)->setLive(liveOf(*static_cast<EdgeItem*>(item)));
    }
}

NodeFaceLive CanvasScene::liveOf(const NodeItem& node) const
{
    const NodeLive* live = stateOf(node.id());
    if (!live) return {};
    return {true, live->state, shortNumber(live->rate) + " " + QString::fromStdString(live->rateUnit), live->trend};
}

EdgeFaceLive CanvasScene::liveOf(const EdgeItem& edge) const
{
    if (!workbench_.run.hasRun()) return {};
    const auto& edges = workbench_.run.live().edges;
    const auto found = edges.find(edge.key());
    if (found == edges.end()) return {};
    const EdgeLive& live = found->second;
    EdgeFaceLive face{true,
                      live.recordsPerSecond > 0 || live.backlog > 0,
                      static_cast<int>(std::lround(std::clamp(live.fill, 0.0, 1.0) * 100)),
                      {}};
    if (live.recordsPerSecond > 0) face.label = shortNumber(live.recordsPerSecond) + "/s";
    if (live.age >= milliseconds(100)) face.label += (face.label.isEmpty() ? "" : " · ") + shortAge(live.age) + " old";
    return face;
}

void CanvasScene::flash(const std::string& nodeOrEdge)
{
    flashLeft_ = 0;
    fade();
    flashed_ = nodeOrEdge;
    flashLeft_ = 1;
    flashTimer_.start();
    fade();
}

void CanvasScene::fade()
{
    flashLeft_ = std::max(0.0, flashLeft_ - 0.03);
    if (NodeItem* item = node(flashed_)) {
        item->look().flash = flashLeft_;
        item->update();
    }
    if (EdgeItem* item = edge(flashed_)) item->setFlash(flashLeft_);
    if (flashLeft_ <= 0) flashTimer_.stop();
}

} // namespace streamwright::gui
