// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/wiring_tool.h"

#include "app/gui/canvas/cursor_label.h"
#include "app/session/pipeline_edits.h"

namespace streamwright::gui {

namespace {

constexpr double kPortReach = 18; // how near to a port a wire snaps to it

} // namespace

std::pair<WireEnd, WireEnd> wireEnds(const HeldWire& held, const WireEnd& other)
{
    return held.isInput ? std::pair(other, held.end) : std::pair(held.end, other);
}

void joinWire(Workbench& bench, const HeldWire& held, const WireEnd& other)
{
    const auto [from, to] = wireEnds(held, other);
    const QString what = (held.replacing.empty() ? QObject::tr("Connect %1 to %2") : QObject::tr("Reconnect %1 to %2"))
                             .arg(QString::fromStdString(from.node), QString::fromStdString(to.node));
    std::string key;
    bench.document.edit(what, [&, from = from, to = to](Pipeline& pipeline) {
        key = held.replacing.empty() ? connect(pipeline, from, to)
                                     : reconnect(pipeline, held.replacing, held.isInput, other);
    });
    bench.selection.selectEdge(key);
}

WiringTool::WiringTool(CanvasScene& scene, HeldWire held, const QRectF& visible, const Pointer& pointer,
                       std::function<void(const HeldWire&, const Pointer&)> dropped)
    : scene_(scene),
      held_(std::move(held)),
      dropped_(std::move(dropped)),
      pointer_(pointer)
{
    if (const NodeItem* node = scene_.node(held_.end.node)) heldAt_ = node->portPosition(held_.end.port, held_.isInput);
    if (EdgeItem* edge = scene_.edge(held_.replacing)) edge->setMark(EdgeMark::Faint);
    markTargets(visible);
}

WiringTool::~WiringTool()
{
    for (const std::string& id : marked_)
        if (NodeItem* node = scene_.node(id)) {
            node->markPorts(PortMark::None);
            node->look().body = PortMark::None;
            node->update();
        }
    if (EdgeItem* edge = scene_.edge(held_.replacing)) edge->setMark(EdgeMark::None);
}

void WiringTool::markTargets(const QRectF& visible)
{
    const DocumentModel& document = scene_.workbench().document;
    for (QGraphicsItem* item : scene_.items(visible, Qt::IntersectsItemBoundingRect)) {
        if (item->type() != kNodeItem) continue;
        auto& node = static_cast<NodeItem&>(*item);
        marked_.push_back(node.id());
        bool any = false;
        for (const PortFace& port : std::vector<PortFace>(node.face().ports)) {
            if (node.id() == held_.end.node && port.name == held_.end.port && port.isInput == held_.isInput) continue;
            bool fits = port.isInput != held_.isInput;
            if (fits) {
                const auto [from, to] = wireEnds(held_, {node.id(), port.name});
                fits = bool(connectable(document.pipeline(), document.registry(), from.node, from.port, to.node,
                                        to.port, held_.replacing));
            }
            node.markPort(port.name, port.isInput, fits ? PortMark::Fits : PortMark::Dimmed);
            any |= fits;
        }
        if (!any && node.id() != held_.end.node) node.look().body = PortMark::Dimmed;
        node.update();
    }
}

void WiringTool::findTarget(const Pointer& pointer)
{
    const DocumentModel& document = scene_.workbench().document;
    target_.reset();
    over_.clear();
    label_ = held_.replacing.empty() ? QObject::tr("Let go to add a node here") : QString();
    const QRectF around(pointer.at - QPointF(kPortReach, kPortReach), QSizeF(2 * kPortReach, 2 * kPortReach));
    for (QGraphicsItem* item : scene_.items(around, Qt::IntersectsItemBoundingRect, Qt::DescendingOrder)) {
        if (item->type() != kNodeItem) continue;
        const auto& node = static_cast<const NodeItem&>(*item);
        const PortFace* port = node.portAt(pointer.at, kPortReach);
        const bool otherSide = port && port->isInput != held_.isInput;
        if (!otherSide && !node.card().contains(pointer.at)) continue;
        if (!otherSide && node.id() == held_.end.node) {
            label_.clear();
            return;
        }
        over_ = node.id();
        WireEnd end{node.id(), otherSide ? port->name : ""};
        Result<void> possible;
        if (otherSide) {
            const auto [from, to] = wireEnds(held_, end);
            possible = connectable(document.pipeline(), document.registry(), from.node, from.port, to.node, to.port,
                                   held_.replacing);
        } else if (auto fitting =
                       fittingPort(document.pipeline(), document.registry(), held_.end, node.id(), held_.replacing)) {
            end.port = *fitting;
        } else {
            possible = fitting.problem();
        }
        label_ = QString::fromStdString(possible ? end.node + "." + end.port : possible.problem().message);
        if (possible) target_ = end;
        return;
    }
}

void WiringTool::move(const Pointer& pointer)
{
    if (NodeItem* old = scene_.node(over_); old && old->look().body == PortMark::Fits) {
        old->look().body = PortMark::None;
        old->update();
    }
    pointer_ = pointer;
    findTarget(pointer);
    if (NodeItem* now = target_ ? scene_.node(over_) : nullptr) {
        now->look().body = PortMark::Fits;
        now->update();
    }
}

void WiringTool::release(const Pointer& pointer)
{
    move(pointer);
    if (target_)
        joinWire(scene_.workbench(), held_, *target_);
    else if (!over_.empty())
        emit scene_.workbench().message(label_);
    else if (held_.replacing.empty() && !label_.isEmpty())
        dropped_(held_, pointer);
}

void WiringTool::paint(QPainter& painter)
{
    QPointF loose = pointer_.at;
    if (target_)
        if (const NodeItem* node = scene_.node(target_->node))
            loose = node->portPosition(target_->port, !held_.isInput);
    const QColor ink = colour(target_ ? Theme::Ok : over_.empty() ? Theme::Accent : Theme::Failing);
    const EdgeRoute route =
        held_.isInput ? edgeRoute(loose, heldAt_, scene_.edgeStyle()) : edgeRoute(heldAt_, loose, scene_.edgeStyle());
    painter.setPen(QPen(ink, 2.4, target_ ? Qt::SolidLine : Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(route.path);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawEllipse(loose, 4, 4);
    if (!label_.isEmpty()) paintCursorLabel(painter, pointer_.inViewport, label_, ink);
}

} // namespace streamwright::gui
