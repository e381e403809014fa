// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/node_item.h"

#include <QLineF>
#include <QStyleOptionGraphicsItem>

namespace streamwright::gui {

NodeItem::NodeItem(const std::string& id) : id_(id)
{
    setData(kItemId, QString::fromStdString(id));
    setFlag(ItemIsSelectable);
    setZValue(kNodeZ);
}

QRectF NodeItem::boundingRect() const
{
    constexpr double kAround = 14; // ports that glow, the flash, the mark of problems
    QRectF bounds(-kAround, -kAround, kNodeWidth + 2 * kAround, kNodeHeight + 2 * kAround);
    for (const PortFace& port : face_.ports)
        if (port.mark == PortMark::Hovered || port.mark == PortMark::Fits) return bounds.adjusted(-110, 0, 110, 0);
    return bounds;
}

QPainterPath NodeItem::shape() const
{
    QPainterPath path;
    path.addRect(-kPortRadius, 0, kNodeWidth + 2 * kPortRadius, kNodeHeight);
    return path;
}

void NodeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    const double zoom = QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform());
    NodeLook look = look_;
    look.selected = isSelected();
    painter_.paint(*painter, face_, live_, look, zoom);
}

void NodeItem::setFace(NodeFace face)
{
    for (PortFace& port : face.ports)
        for (const PortFace& old : face_.ports)
            if (old.name == port.name && old.isInput == port.isInput) port.mark = old.mark;
    if (face == face_) return;
    face_ = std::move(face);
    painter_.setFace(face_);
    painter_.setLive(live_);
    update();
}

void NodeItem::setLive(NodeFaceLive live)
{
    if (live == live_) return;
    if (live.shown != live_.shown) painter_.setFace(face_);
    live_ = std::move(live);
    painter_.setLive(live_);
    update();
}

QPointF NodeItem::portPosition(const std::string& name, bool isInput) const
{
    for (const PortFace& port : face_.ports)
        if (port.name == name && port.isInput == isInput) return pos() + port.at;
    return pos() + QPointF(isInput ? 0 : kNodeWidth, kNodeHeight / 2);
}

const PortFace* NodeItem::portAt(QPointF scenePosition, double reach) const
{
    const PortFace* nearest = nullptr;
    for (const PortFace& port : face_.ports) {
        const double distance = QLineF(scenePosition - pos(), port.at).length();
        if (distance > reach) continue;
        nearest = &port;
        reach = distance;
    }
    return nearest;
}

void NodeItem::markPort(const std::string& name, bool isInput, PortMark mark)
{
    for (PortFace& port : face_.ports) {
        if (port.name != name || port.isInput != isInput || port.mark == mark) continue;
        prepareGeometryChange();
        port.mark = mark;
        update();
    }
}

void NodeItem::markPorts(PortMark mark)
{
    for (const PortFace& port : std::vector<PortFace>(face_.ports))
        markPort(port.name, port.isInput, mark);
}

} // namespace streamwright::gui
