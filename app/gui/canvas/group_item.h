// SPDX-License-Identifier: GPL-3.0-or-later
// GroupItem: the frame of a group on the canvas, or the one box it is collapsed to, with the rates of what goes in and
// comes out. Selecting and moving it moves its nodes. Made and kept up to date by AnnotationLayer. GUI thread.
#pragma once

#include <QGraphicsObject>

#include "app/gui/canvas/canvas_items.h"
#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class GroupItem : public QGraphicsObject {
    Q_OBJECT
public:
    GroupItem(Workbench& workbench, const Group& group);

    int type() const override { return kGroupItem; }
    QRectF boundingRect() const override;
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

    // nodes: the rectangle around its nodes' cards.
    void setGroup(const Group& group, const QRectF& nodes);
    void setRates(const QString& rates, NodeState worst, bool running);
    void setGlowing(bool glowing); // what is dragged would be let go into it
    bool glowing() const { return glowing_; }
    QRectF box() const { return box_; } // in the scene: the frame, or the box when collapsed
    QRectF titleBar() const;
    QRectF chevron() const; // in the scene: folds and unfolds
    const QString& rates() const { return rates_; }

private:
    void mousePressEvent(QGraphicsSceneMouseEvent* event) override;
    void mouseReleaseEvent(QGraphicsSceneMouseEvent* event) override;
    void mouseDoubleClickEvent(QGraphicsSceneMouseEvent* event) override;
    void toggle();

    Workbench& workbench_;
    Group group_;
    QRectF box_;
    QString rates_;
    NodeState worst_ = NodeState::Stopped;
    bool running_ = false;
    bool glowing_ = false;
};

} // namespace streamwright::gui
