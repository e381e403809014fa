// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/canvas_scene.h"

namespace streamwright::gui {

CanvasScene::CanvasScene(Workbench& workbench, QObject* parent) : QGraphicsScene(parent), workbench_(workbench)
{
    flashTimer_.setInterval(40);
    connect(&flashTimer_, &QTimer::timeout, this, &CanvasScene::fade);
    connect(&workbench.document, &DocumentModel::changed, this, &CanvasScene::sync);
    connect(&workbench.selection, &Selection::changed, this, &CanvasScene::takeSelection);
    connect(this, &QGraphicsScene::selectionChanged, this, &CanvasScene::giveSelection);
    connect(&workbench.run, &RunBridge::liveChanged, this, &CanvasScene::liveShown);
    connect(&Theme::instance(), &Theme::changed, this, [this] { update(); });
    sync();
}

CanvasScene::~CanvasScene() { disconnect(this, nullptr, this, nullptr); }

NodeItem* CanvasScene::node(const std::string& id) const
{
    const auto found = nodes_.find(id);
    return found == nodes_.end() ? nullptr : found->second;
}

EdgeItem* CanvasScene::edge(const std::string& key) const
{
    const auto found = edges_.find(key);
    return found == edges_.end() ? nullptr : found->second;
}

const std::vector<EdgeItem*>& CanvasScene::edgesOf(const std::string& node) const
{
    static const std::vector<EdgeItem*> none;
    const auto found = edgesOf_.find(node);
    return found == edgesOf_.end() ? none : found->second;
}

const NodeKind* CanvasScene::kindOf(const std::string& node) const
{
    const auto found = shown_.find(node);
    const Registry::Entry* entry =
        found == shown_.end() ? nullptr : workbench_.document.registry().find(found->second.kind);
    return entry ? &entry->kind : nullptr;
}

NodeItem* CanvasScene::nodeAt(QPointF position) const
{
    for (QGraphicsItem* item : items(position, Qt::IntersectsItemShape, Qt::DescendingOrder))
        if (item->type() == kNodeItem) return static_cast<NodeItem*>(item);
    return nullptr;
}

EdgeItem* CanvasScene::edgeAt(QPointF position) const
{
    for (QGraphicsItem* item : items(position, Qt::IntersectsItemShape, Qt::DescendingOrder))
        if (item->type() == kEdgeItem) return static_cast<EdgeItem*>(item);
    return nullptr;
}

std::pair<NodeItem*, const PortFace*> CanvasScene::portAt(QPointF position) const
{
    constexpr double kReach = 10;
    const QRectF around(position - QPointF(kReach, kReach), QSizeF(2 * kReach, 2 * kReach));
    for (QGraphicsItem* item : items(around, Qt::IntersectsItemBoundingRect, Qt::DescendingOrder))
        if (item->type() == kNodeItem)
            if (const PortFace* port = static_cast<NodeItem*>(item)->portAt(position, kReach))
                return {static_cast<NodeItem*>(item), port};
    return {nullptr, nullptr};
}

QRectF CanvasScene::frameOf(const std::string& node) const
{
    const auto found = frames_.find(node);
    return found == frames_.end() ? QRectF() : found->second;
}

QRectF CanvasScene::drawingRect() const
{
    QRectF rect;
    for (const auto& [id, item] : nodes_)
        if (item->isVisible()) rect |= item->card();
    const Pipeline& pipeline = workbench_.document.pipeline();
    if (pipeline.comments.empty() && pipeline.groups.empty()) return rect;
    for (QGraphicsItem* item : items())
        if (item->type() != kNodeItem && item->type() != kEdgeItem && item->isVisible())
            rect |= item->sceneBoundingRect();
    return rect;
}

void CanvasScene::moveNode(const std::string& id, QPointF position)
{
    NodeItem* item = node(id);
    if (!item || item->pos() == position) return;
    item->setPos(position);
    for (EdgeItem* edge : edgesOf(id))
        route(*edge);
    emit nodesMoved();
}

void CanvasScene::leaveFrames(std::set<std::string> nodes)
{
    if (nodes == outOfFrames_) return;
    outOfFrames_ = std::move(nodes);
    emit nodesMoved();
}

void CanvasScene::setEdgeStyle(EdgeStyle style)
{
    style_ = style;
    for (const auto& [key, edge] : edges_)
        route(*edge);
}

void CanvasScene::route(EdgeItem& edge)
{
    const NodeItem* from = node(edge.fromNode());
    const NodeItem* to = node(edge.toNode());
    if (!from || !to) return;
    const auto fromFrame = frames_.find(edge.fromNode()), toFrame = frames_.find(edge.toNode());
    const auto middleOf = [](const QRectF& frame, double x) { return QPointF(x, frame.center().y()); };
    const bool inside = fromFrame != frames_.end() && toFrame != frames_.end() && fromFrame->second == toFrame->second;
    edge.setVisible(!inside);
    edge.route(fromFrame == frames_.end() ? from->portPosition(edge.fromPort(), false)
                                          : middleOf(fromFrame->second, fromFrame->second.right()),
               toFrame == frames_.end() ? to->portPosition(edge.toPort(), true)
                                        : middleOf(toFrame->second, toFrame->second.left()),
               style_);
}

void CanvasScene::foldNodes(std::unordered_map<std::string, QRectF> frames)
{
    std::unordered_set<EdgeItem*> touched;
    for (const auto* folded : {&frames_, &frames})
        for (const auto& [id, frame] : *folded)
            touched.insert(edgesOf(id).begin(), edgesOf(id).end());
    for (const auto& [id, frame] : frames_)
        if (NodeItem* item = node(id)) item->setVisible(true);
    frames_ = std::move(frames);
    for (const auto& [id, frame] : frames_)
        if (NodeItem* item = node(id)) item->setVisible(false);
    for (EdgeItem* edge : touched)
        route(*edge);
}

} // namespace streamwright::gui
