// SPDX-License-Identifier: GPL-3.0-or-later
// CommentItem: a sticky note on the canvas: its corner resizes it, a double-click edits it in place. Made and kept up to
// date by AnnotationLayer. GUI thread.
#pragma once

#include <QGraphicsObject>
#include <optional>

#include "app/gui/canvas/canvas_items.h"
#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class CommentItem : public QGraphicsObject {
    Q_OBJECT
public:
    CommentItem(Workbench& workbench, const Comment& comment);

    int type() const override { return kCommentItem; }
    QRectF boundingRect() const override;
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;
    void setComment(const Comment& comment);
    QRectF resizeCorner() const; // in the scene

private:
    void mousePressEvent(QGraphicsSceneMouseEvent* event) override;
    void mouseMoveEvent(QGraphicsSceneMouseEvent* event) override;
    void mouseReleaseEvent(QGraphicsSceneMouseEvent* event) override;
    void mouseDoubleClickEvent(QGraphicsSceneMouseEvent* event) override;
    void hoverMoveEvent(QGraphicsSceneHoverEvent* event) override;
    QRectF corner() const;

    Workbench& workbench_;
    Comment comment_;
    QSizeF size_; // as drawn: differs while it is resized
    std::optional<QPointF> grip_; // of the corner, while it is dragged
};

} // namespace streamwright::gui
