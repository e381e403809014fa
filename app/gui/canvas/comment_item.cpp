// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/comment_item.h"

#include <QGraphicsSceneMouseEvent>
#include <QGraphicsView>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include "app/gui/canvas/inline_editor.h"
#include "app/session/annotations.h"

namespace streamwright::gui {

namespace {

constexpr double kCorner = 16, kMargin = 10;

Theme::Token tokenOf(const std::string& colour)
{
    if (colour == "blue") return Theme::NoteBlue;
    if (colour == "green") return Theme::NoteGreen;
    if (colour == "red") return Theme::NoteRed;
    if (colour == "grey") return Theme::NoteGrey;
    return Theme::NoteYellow;
}

} // namespace

CommentItem::CommentItem(Workbench& workbench, const Comment& comment) : workbench_(workbench)
{
    setFlag(ItemIsSelectable);
    setAcceptHoverEvents(true);
    setZValue(kCommentZ);
    setData(kItemId, QString::fromStdString(comment.id));
    setObjectName("note-" + QString::fromStdString(comment.id));
    setComment(comment);
}

void CommentItem::setComment(const Comment& comment)
{
    prepareGeometryChange();
    comment_ = comment;
    size_ = {comment.width, comment.height};
    setPos(comment.x, comment.y);
    setToolTip(QString::fromStdString(comment.text).left(2000));
    update();
}

QRectF CommentItem::boundingRect() const { return QRectF(QPointF(), size_).adjusted(-3, -3, 3, 3); }

QPainterPath CommentItem::shape() const
{
    QPainterPath path;
    path.addRect(QRectF(QPointF(), size_));
    return path;
}

QRectF CommentItem::corner() const { return {size_.width() - kCorner, size_.height() - kCorner, kCorner, kCorner}; }

QRectF CommentItem::resizeCorner() const { return mapRectToScene(corner()); }

void CommentItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*)
{
    const QRectF rect(QPointF(), size_);
    const bool selected = option->state & QStyle::State_Selected;
    const QColor ground = colour(tokenOf(comment_.colour));
    painter->setPen(QPen(selected ? colour(Theme::Accent) : ground.darker(115), selected ? 2 : 1));
    painter->setBrush(ground);
    painter->drawRoundedRect(rect, 4, 4);
    const double zoom = option->levelOfDetailFromTransform(painter->worldTransform());
    if (zoom < kTextZoom / 2) return;
    painter->setPen(colour(comment_.text.empty() ? Theme::TextMuted : Theme::Text));
    const QString text = comment_.text.empty() ? tr("Double-click to write") : QString::fromStdString(comment_.text);
    painter->drawText(rect.adjusted(kMargin, kMargin, -kMargin, -kMargin), Qt::TextWordWrap, text);
    if (!selected && !(option->state & QStyle::State_MouseOver)) return;
    painter->setPen(QPen(colour(Theme::TextMuted), 1.2));
    for (const double in : {4.0, 8.0, 12.0})
        painter->drawLine(QPointF(rect.right() - in, rect.bottom() - 3), QPointF(rect.right() - 3, rect.bottom() - in));
}

void CommentItem::mousePressEvent(QGraphicsSceneMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !corner().contains(event->pos())) return event->ignore();
    grip_ = event->pos() - QPointF(size_.width(), size_.height());
    event->accept();
}

void CommentItem::mouseMoveEvent(QGraphicsSceneMouseEvent* event)
{
    if (!grip_) return;
    const QPointF to = event->pos() - *grip_;
    prepareGeometryChange();
    size_ = {std::max(to.x(), kSmallestNote), std::max(to.y(), kSmallestNote)};
    update();
}

void CommentItem::mouseReleaseEvent(QGraphicsSceneMouseEvent*)
{
    if (!grip_) return;
    grip_.reset();
    const QSizeF size = size_;
    const std::string id = comment_.id;
    const Point place{comment_.x, comment_.y};
    workbench_.document.edit(tr("Resize note"), [&](Pipeline& pipeline) {
        resizeComment(pipeline, id, place, size.width(), size.height());
    });
}

void CommentItem::mouseDoubleClickEvent(QGraphicsSceneMouseEvent* event)
{
    auto* view = event->widget() ? qobject_cast<QGraphicsView*>(event->widget()->parentWidget()) : nullptr;
    if (view) editNoteText(workbench_, *view, comment_.id);
    event->accept();
}

void CommentItem::hoverMoveEvent(QGraphicsSceneHoverEvent* event)
{
    if (corner().contains(event->pos()))
        setCursor(Qt::SizeFDiagCursor);
    else
        unsetCursor();
}

} // namespace streamwright::gui
