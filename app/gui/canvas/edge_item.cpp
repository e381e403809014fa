// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/edge_item.h"

#include <QApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include "app/gui/canvas/node_painter.h"
#include "app/gui/theme/theme.h"

namespace streamwright::gui {

namespace {

constexpr double kReach = 7; // how near to the line a click hits it
constexpr double kLabelHeight = 18;

const QFont& labelFont()
{
    static const QFont font = [] {
        QFont font = QApplication::font();
        font.setPixelSize(11);
        return font;
    }();
    return font;
}

} // namespace

QColor fillColour(double share)
{
    return colour(share >= 0.9 ? Theme::Failing : share >= 0.65 ? Theme::Throttling : Theme::Ok);
}

EdgeItem::EdgeItem(const std::string& key, const Edge& edge)
    : key_(key),
      fromNode_(edge.fromNode),
      fromPort_(edge.fromPort),
      toNode_(edge.toNode),
      toPort_(edge.toPort)
{
    setData(kItemId, QString::fromStdString(key));
    setFlag(ItemIsSelectable);
    setZValue(kEdgeZ);
}

QPainterPath EdgeItem::shape() const
{
    if (shape_.isEmpty()) {
        QPainterPathStroker stroker;
        stroker.setWidth(2 * kReach);
        shape_ = stroker.createStroke(route_.path);
    }
    return shape_;
}

QColor EdgeItem::inkColour() const
{
    if (isSelected()) return colour(Theme::Accent);
    if (mark_ == EdgeMark::DropTarget) return colour(Theme::Ok);
    if (!trouble_.isEmpty()) return colour(Theme::Failing);
    if (live_.shown && live_.flows) return fillColour(live_.fill / 100.0);
    return colour(mark_ == EdgeMark::Hovered ? Theme::Text : Theme::Edge);
}

void EdgeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    const double zoom = QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform());
    const QColor ink = inkColour();
    if (zoom < kFlatZoom) {
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->setPen(QPen(ink, 0));
        painter->drawLine(from_, to_);
        return;
    }
    const qreal opacity = painter->opacity();
    if (disabled_ || mark_ == EdgeMark::Faint) painter->setOpacity(opacity * 0.4);
    double width = 1.6 + (live_.shown && live_.flows ? live_.fill / 100.0 * 2.4 : 0);
    if (isSelected() || mark_ == EdgeMark::Hovered || mark_ == EdgeMark::DropTarget) width += 1.2;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    if (flash_ > 0 || mark_ == EdgeMark::DropTarget) {
        QColor glow = mark_ == EdgeMark::DropTarget ? ink : colour(Theme::Accent);
        glow.setAlphaF(static_cast<float>(mark_ == EdgeMark::DropTarget ? 0.3 : 0.45 * flash_));
        painter->setPen(QPen(glow, width + 10));
        painter->drawPath(route_.path);
    }
    painter->setPen(QPen(ink, width, trouble_.isEmpty() && !disabled_ ? Qt::SolidLine : Qt::DashLine));
    painter->drawPath(route_.path);
    painter->setPen(Qt::NoPen);
    painter->setBrush(ink);
    const double half = (kArrowWidth + width) / 2;
    painter->drawPolygon(
        QPolygonF{to_, to_ + QPointF(-kArrowLength - width, -half), to_ + QPointF(-kArrowLength - width, half)});
    if (zoom >= kTextZoom && live_.shown && !live_.label.isEmpty()) paintLabel(*painter);
    painter->setOpacity(opacity);
}

void EdgeItem::paintLabel(QPainter& painter) const
{
    painter.setFont(labelFont());
    QString label = live_.label;
    double width = QFontMetricsF(labelFont()).horizontalAdvance(label) + 12;
    // Between cards that stand close there is room for the rate at most; a cut figure would be a wrong one.
    const double room = std::abs(to_.x() - from_.x()) - 4;
    if (width > room && std::abs(to_.y() - from_.y()) < 2 * kLabelHeight) {
        label = label.section(" · ", 0, 0);
        width = QFontMetricsF(labelFont()).horizontalAdvance(label) + 12;
        if (width > room) return;
    }
    const QRectF box(route_.middle.x() - width / 2, route_.middle.y() - kLabelHeight / 2, width, kLabelHeight);
    QPen frame(colour(Theme::Border), 1);
    frame.setCosmetic(true);
    painter.setPen(frame);
    painter.setBrush(colour(Theme::Canvas));
    painter.drawRoundedRect(box, kLabelHeight / 2, kLabelHeight / 2);
    painter.setPen(colour(Theme::Text));
    painter.drawText(box, Qt::AlignCenter, label);
}

void EdgeItem::route(QPointF from, QPointF to, EdgeStyle style)
{
    prepareGeometryChange();
    ends_ = QLineF(from, to);
    from_ = from + QPointF(kPortRadius, 0); // the circles of the ports stay free
    to_ = to - QPointF(kPortRadius, 0);
    route_ = edgeRoute(from_, to_, style);
    shape_.clear();
    constexpr double kAround = 12;
    bounds_ = route_.path.controlPointRect().united(QRectF(from_, to_).normalized());
    bounds_.adjust(-kAround, -kAround, kAround, kAround);
    const QRectF label(route_.middle - QPointF(90, kLabelHeight / 2 + 1), QSizeF(180, kLabelHeight + 2));
    bounds_ |= label;
    update();
}

void EdgeItem::setLive(EdgeFaceLive live)
{
    if (live == live_) return;
    live_ = std::move(live);
    update();
}

void EdgeItem::setMark(EdgeMark mark)
{
    if (mark == mark_) return;
    mark_ = mark;
    update();
}

void EdgeItem::setFlash(double flash)
{
    flash_ = flash;
    update();
}

void EdgeItem::setTrouble(const QString& trouble)
{
    if (trouble == trouble_) return;
    trouble_ = trouble;
    update();
}

void EdgeItem::setDisabled(bool disabled)
{
    if (disabled == disabled_) return;
    disabled_ = disabled;
    update();
}

} // namespace streamwright::gui
