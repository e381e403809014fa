// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/group_item.h"

#include <QGraphicsSceneMouseEvent>
#include <QGraphicsView>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include "app/gui/canvas/canvas_tips.h"
#include "app/gui/canvas/inline_editor.h"
#include "app/gui/canvas/node_painter.h"
#include "app/session/annotations.h"

namespace streamwright::gui {

namespace {

constexpr double kPadding = 20, kTitle = 28, kBorder = 8, kChevron = 16;

} // namespace

GroupItem::GroupItem(Workbench& workbench, const Group& group) : workbench_(workbench)
{
    setFlag(ItemIsSelectable);
    setData(kItemId, QString::fromStdString(group.id));
    setObjectName("group-" + QString::fromStdString(group.id));
}

void GroupItem::setGroup(const Group& group, const QRectF& nodes)
{
    const QRectF frame = nodes.adjusted(-kPadding, -kPadding - kTitle, kPadding, kPadding);
    const QRectF box = group.collapsed ? QRectF(nodes.topLeft(), QSizeF(kNodeWidth, kNodeHeight)) : frame;
    if (box == box_ && group == group_) return;
    prepareGeometryChange();
    group_ = group;
    box_ = box;
    setZValue(group.collapsed ? kNodeZ : kGroupZ);
    setToolTip(QObject::tr("Group %1: %n nodes", nullptr, static_cast<int>(group.nodes.size()))
                   .arg(QString::fromStdString(group.title)));
    update();
}

void GroupItem::setGlowing(bool glowing)
{
    if (glowing == glowing_) return;
    glowing_ = glowing;
    update();
}

void GroupItem::setRates(const QString& rates, NodeState worst, bool running)
{
    if (rates == rates_ && worst == worst_ && running == running_) return;
    rates_ = rates;
    worst_ = worst;
    running_ = running;
    update();
}

QRectF GroupItem::boundingRect() const { return box_.adjusted(-2, -2, 2, 2); }

QRectF GroupItem::titleBar() const { return {box_.left(), box_.top(), box_.width(), kTitle}; }

QRectF GroupItem::chevron() const
{
    return {box_.left() + 8, box_.top() + (kTitle - kChevron) / 2, kChevron, kChevron};
}

// A frame is taken by its title and its border: within it the canvas goes on.
QPainterPath GroupItem::shape() const
{
    QPainterPath path;
    path.addRect(box_);
    if (group_.collapsed) return path;
    QPainterPath inside;
    inside.addRect(box_.adjusted(kBorder, kTitle, -kBorder, -kBorder));
    return path.subtracted(inside);
}

void GroupItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*)
{
    const bool selected = option->state & QStyle::State_Selected;
    QColor line = colour(glowing_ ? Theme::Ok : Theme::GroupFrame), ground = line;
    ground.setAlpha(glowing_ ? 56 : 28);
    const bool strong = selected || glowing_;
    painter->setPen(QPen(selected ? colour(Theme::Accent) : line, strong ? 2 : 1.2,
                         group_.collapsed || strong ? Qt::SolidLine : Qt::DashLine));
    painter->setBrush(group_.collapsed ? colour(Theme::NodeBody) : ground);
    painter->drawRoundedRect(box_, 8, 8);
    if (group_.collapsed) { // a second edge: several nodes lie behind it
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(box_.adjusted(4, 4, -4, -4), 5, 5);
    }
    if (option->levelOfDetailFromTransform(painter->worldTransform()) < kTextZoom / 2) return;

    const QRectF fold = chevron();
    painter->setPen(QPen(colour(Theme::Text), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF middle = fold.center();
    const QPolygonF arrow = group_.collapsed
                                ? QPolygonF{middle + QPointF(-2, -5), middle + QPointF(3, 0), middle + QPointF(-2, 5)}
                                : QPolygonF{middle + QPointF(-5, -2), middle + QPointF(0, 3), middle + QPointF(5, -2)};
    painter->drawPolyline(arrow);

    const QFont plain = painter->font();
    QFont bold = plain;
    bold.setBold(true);
    painter->setFont(bold);
    const double left = fold.right() + 6;
    const double rateWidth =
        group_.collapsed ? 0 : std::min(box_.width() / 2, QFontMetricsF(plain).horizontalAdvance(rates_));
    const QRectF title(left, box_.top(), box_.right() - left - 12 - rateWidth, kTitle);
    painter->setPen(colour(Theme::Text));
    painter->drawText(
        title, Qt::AlignVCenter | Qt::TextSingleLine,
        QFontMetricsF(bold).elidedText(QString::fromStdString(group_.title), Qt::ElideRight, title.width()));
    painter->setFont(plain);
    painter->setPen(colour(Theme::TextMuted));
    const QFontMetricsF metrics(plain);
    if (!group_.collapsed) {
        painter->drawText(titleBar().adjusted(0, 0, -12, 0), Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine,
                          metrics.elidedText(rates_, Qt::ElideRight, box_.width() / 2));
        return;
    }
    const QString count = QObject::tr("%n nodes", nullptr, static_cast<int>(group_.nodes.size()));
    const QString first = running_ ? count + QString::fromUtf8(" \u00b7 ") + stateWord(worst_) : count;
    const QRectF lower(box_.left() + 14, box_.top() + kTitle, box_.width() - 28, box_.height() - kTitle - 6);
    if (running_) painter->setPen(Theme::instance().stateColour(worst_));
    painter->drawText(lower, Qt::AlignTop | Qt::TextSingleLine,
                      metrics.elidedText(first, Qt::ElideRight, lower.width()));
    painter->setPen(colour(Theme::Text));
    painter->drawText(lower, Qt::AlignBottom | Qt::TextSingleLine,
                      metrics.elidedText(rates_, Qt::ElideRight, lower.width()));
}

void GroupItem::mousePressEvent(QGraphicsSceneMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && chevron().contains(event->scenePos()))
        event->accept();
    else
        event->ignore();
}

void GroupItem::mouseReleaseEvent(QGraphicsSceneMouseEvent* event)
{
    if (chevron().contains(event->scenePos())) toggle();
}

void GroupItem::mouseDoubleClickEvent(QGraphicsSceneMouseEvent* event)
{
    auto* view = event->widget() ? qobject_cast<QGraphicsView*>(event->widget()->parentWidget()) : nullptr;
    if (group_.collapsed || chevron().contains(event->scenePos()))
        toggle();
    else if (view && titleBar().contains(event->scenePos()))
        editGroupTitle(workbench_, *view, group_.id, titleBar());
    event->accept();
}

void GroupItem::toggle()
{
    const std::string id = group_.id; // the edit may rebuild this item's group
    const bool collapsed = !group_.collapsed;
    workbench_.document.edit(collapsed ? tr("Collapse group") : tr("Expand group"),
                             [&](Pipeline& pipeline) { setCollapsed(pipeline, id, collapsed); });
}

} // namespace streamwright::gui
