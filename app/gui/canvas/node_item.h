// SPDX-License-Identifier: GPL-3.0-or-later
// NodeItem: a node on the canvas: its card and ports. Made and kept up to date by CanvasScene; changes nothing itself.
// GUI thread.
#pragma once

#include "app/gui/canvas/canvas_items.h"
#include "app/gui/canvas/node_painter.h"

namespace streamwright::gui {

class NodeItem : public QGraphicsItem {
public:
    explicit NodeItem(const std::string& id);

    int type() const override { return kNodeItem; }
    QRectF boundingRect() const override;
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

    const std::string& id() const { return id_; }
    const NodeFace& face() const { return face_; }
    const NodeFaceLive& live() const { return live_; }
    const NodeLook& look() const { return look_; }
    NodeLook& look() { return look_; } // call update() after a change
    QRectF card() const { return {pos(), QSizeF(kNodeWidth, kNodeHeight)}; } // in the scene

    void setFace(NodeFace face); // the marks of its ports stay
    void setLive(NodeFaceLive live);

    // In the scene; without that port: the middle of the side.
    QPointF portPosition(const std::string& port, bool isInput) const;
    const PortFace* portAt(QPointF scenePosition, double reach) const; // the nearest within reach
    void markPort(const std::string& port, bool isInput, PortMark mark);
    void markPorts(PortMark mark); // all

private:
    const std::string id_;
    NodeFace face_;
    NodeFaceLive live_;
    NodeLook look_;
    NodePainter painter_;
};

} // namespace streamwright::gui
