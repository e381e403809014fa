// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/node_painter.h"

#include <QApplication>
#include <QFontMetricsF>
#include <algorithm>
#include <map>
#include <utility>

#include "app/gui/canvas/canvas_items.h"
#include "app/gui/canvas/icon_pixmaps.h"
#include "app/gui/theme/theme.h"

namespace streamwright::gui {

namespace {

constexpr QRectF kCard(0, 0, kNodeWidth, kNodeHeight);
constexpr QRectF kTile(10, 9, 34, 34);
constexpr QRectF kBadge(kNodeWidth - 26, 10, 16, 16);
constexpr QRectF kTrend(kNodeWidth - 74, 49, 64, 16);
constexpr double kTextLeft = 52, kRadius = 7;
// From afar the card is its name, its family and its state.
constexpr QRectF kFarTile(8, 6, 29, 29), kFarBadge(8, 38, 28, 28);
constexpr QRectF kFarName(43, 0, kNodeWidth - 47, kNodeHeight);

QFont fontOf(int pixels, bool bold)
{
    QFont font = QApplication::font();
    font.setPixelSize(pixels);
    font.setBold(bold);
    return font;
}
const QFont& idFont()
{
    static const QFont font = fontOf(13, true);
    return font;
}
const QFont& smallFont()
{
    static const QFont font = fontOf(11, false);
    return font;
}

// Letters of about ten pixels on the screen, as long as two lines of them fit the card.
int farSizeAt(double zoom) { return zoom >= 0.42 ? 24 : zoom >= 0.34 ? 28 : 33; }
const QFont& farFont(int size)
{
    static std::map<int, QFont> fonts;
    return fonts.try_emplace(size, fontOf(size, true)).first->second;
}

// A name that is a little too long for one line gets smaller letters instead of a second line.
int farSizeOf(const QString& name, double zoom)
{
    const int size = farSizeAt(zoom);
    const double width = QFontMetricsF(farFont(size)).horizontalAdvance(name);
    const int fitting = static_cast<int>(size * kFarName.width() / std::max(width, 1.0));
    return fitting < size && fitting * 4 >= size * 3 ? fitting : size;
}

// One line or two, broken behind a hyphen where there is one; what is too long loses its middle, for names often differ at
// their ends.
QStringList farLines(const QString& name, const QFontMetricsF& metrics)
{
    const double width = kFarName.width();
    if (metrics.horizontalAdvance(name) <= width) return {name};
    qsizetype fits = 1;
    while (fits < name.size() && metrics.horizontalAdvance(name.left(fits + 1)) <= width)
        ++fits;
    const qsizetype hyphen = std::max(name.lastIndexOf('-', fits - 1), name.lastIndexOf('_', fits - 1)) + 1;
    const qsizetype cut = hyphen > fits / 2 ? hyphen : fits;
    return {name.left(cut), metrics.elidedText(name.mid(cut), Qt::ElideMiddle, width)};
}

void prepare(QStaticText& text, const QString& words, const QFont& font, double width)
{
    text.setTextFormat(Qt::PlainText);
    text.setText(QFontMetricsF(font).elidedText(words, Qt::ElideRight, width));
    text.setPerformanceHint(QStaticText::AggressiveCaching);
}

QPen cosmetic(const QColor& colour, double width, Qt::PenStyle style = Qt::SolidLine)
{
    QPen pen(colour, width, style);
    pen.setCosmetic(true);
    return pen;
}

void paintTrend(QPainter& painter, const std::vector<float>& trend, const QColor& ink)
{
    if (trend.size() < 2) return;
    const float top = *std::max_element(trend.begin(), trend.end());
    if (top <= 0) return;
    QPolygonF line;
    line.reserve(static_cast<qsizetype>(trend.size()));
    for (std::size_t i = 0; i < trend.size(); ++i)
        line.append({kTrend.left() + kTrend.width() * static_cast<double>(i) / static_cast<double>(trend.size() - 1),
                     kTrend.bottom() - kTrend.height() * static_cast<double>(std::max(trend[i], 0.0F) / top)});
    painter.setPen(cosmetic(ink, 1.3));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(line);
}

void paintPorts(QPainter& painter, const NodeFace& face, bool large)
{
    const Theme& theme = Theme::instance();
    for (const PortFace& port : face.ports) {
        QColor fill = theme.colour(Theme::NodeBody), line = theme.colour(Theme::Edge);
        double radius = kPortRadius;
        if (port.mark == PortMark::Hovered || port.mark == PortMark::Fits) {
            fill = line = theme.colour(port.mark == PortMark::Fits ? Theme::Ok : Theme::Accent);
            radius += 2;
            QColor halo = fill;
            halo.setAlphaF(0.25F);
            painter.setPen(Qt::NoPen);
            painter.setBrush(halo);
            painter.drawEllipse(port.at, radius + 5, radius + 5);
        } else if (port.mark == PortMark::Dimmed) {
            line = theme.colour(Theme::CanvasGrid);
        }
        painter.setPen(cosmetic(line, large ? 1.6 : 1));
        painter.setBrush(fill);
        painter.drawEllipse(port.at, radius, radius);
    }
}

void paintPortName(QPainter& painter, const PortFace& port)
{
    const Theme& theme = Theme::instance();
    painter.setFont(smallFont());
    const QString name = QString::fromStdString(port.name);
    const double width = QFontMetricsF(smallFont()).horizontalAdvance(name) + 12;
    const double left = port.isInput ? port.at.x() - 14 - width : port.at.x() + 14;
    const QRectF box(left, port.at.y() - 10, width, 20);
    painter.setPen(cosmetic(theme.colour(Theme::Border), 1));
    painter.setBrush(theme.colour(Theme::Surface));
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(theme.colour(Theme::Text));
    painter.drawText(box, Qt::AlignCenter, name);
}

void paintProblems(QPainter& painter, int count)
{
    const Theme& theme = Theme::instance();
    const QRectF dot(kNodeWidth - 11, -7, 18, 18);
    painter.setPen(cosmetic(theme.colour(Theme::Canvas), 2));
    painter.setBrush(theme.colour(Theme::Failing));
    painter.drawEllipse(dot);
    QFont bold = smallFont();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(theme.colour(Theme::TextOnAccent));
    painter.drawText(dot, Qt::AlignCenter, count > 9 ? QStringLiteral("9+") : QString::number(count));
}

} // namespace

QColor nodeFlatColour(const NodeFace& face, const NodeFaceLive& live)
{
    const Theme& theme = Theme::instance();
    if (face.problems > 0) return theme.colour(Theme::Failing);
    if (face.disabled || face.unknown) return theme.colour(Theme::Border);
    return live.shown ? theme.stateColour(live.state) : theme.familyColour(face.family);
}

void paintStateBadge(QPainter& painter, NodeState state, const QRectF& r)
{
    const QColor ink = Theme::instance().stateColour(state), ground = Theme::instance().colour(Theme::NodeBody);
    const auto at = [&](double x, double y) { return QPointF(r.left() + r.width() * x, r.top() + r.height() * y); };
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    QPen glyph(ground, r.width() * 0.12, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    switch (state) {
    case NodeState::Ok:
        painter.drawEllipse(r);
        painter.setPen(glyph);
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(QPolygonF{at(0.28, 0.52), at(0.44, 0.68), at(0.73, 0.34)});
        return;
    case NodeState::Throttling:
        painter.drawPolygon(QPolygonF{at(0.5, 0.02), at(1, 0.95), at(0, 0.95)});
        painter.setPen(glyph);
        painter.drawLine(at(0.5, 0.36), at(0.5, 0.62));
        painter.drawPoint(at(0.5, 0.8));
        return;
    case NodeState::Failing:
        painter.drawPolygon(
            QPolygonF{at(0.3, 0), at(0.7, 0), at(1, 0.3), at(1, 0.7), at(0.7, 1), at(0.3, 1), at(0, 0.7), at(0, 0.3)});
        painter.setPen(glyph);
        painter.drawLine(at(0.32, 0.32), at(0.68, 0.68));
        painter.drawLine(at(0.68, 0.32), at(0.32, 0.68));
        return;
    case NodeState::Starved:
        glyph.setColor(ink);
        painter.setBrush(ground);
        painter.setPen(glyph);
        painter.drawEllipse(r.adjusted(1, 1, -1, -1));
        painter.setBrush(ink);
        painter.setPen(Qt::NoPen);
        painter.drawPolygon(QPolygonF{at(0.3, 0.26), at(0.7, 0.26), at(0.3, 0.74), at(0.7, 0.74)});
        return;
    case NodeState::Stopped:
        painter.drawRect(r.adjusted(2, 2, -2, -2));
    }
}

void NodePainter::setFace(const NodeFace& face)
{
    prepare(id_, face.id, idFont(), kBadge.left() - kTextLeft - 4);
    farZoomSize_ = 0;
    prepare(title_, face.title, smallFont(), kNodeWidth - kTextLeft - 10);
    prepare(bottom_, face.disabled ? QObject::tr("disabled") : face.summary, smallFont(), kNodeWidth - 20);
}

void NodePainter::setLive(const NodeFaceLive& live)
{
    if (live.shown) prepare(bottom_, live.rate, smallFont(), kTrend.left() - 14);
}

void NodePainter::paint(QPainter& painter, const NodeFace& face, const NodeFaceLive& live, const NodeLook& look,
                        double zoom)
{
    if (zoom < kFlatZoom) {
        painter.fillRect(kCard, look.selected ? colour(Theme::Accent) : nodeFlatColour(face, live));
        return;
    }
    const bool faint = face.disabled || look.body == PortMark::Dimmed;
    const qreal opacity = painter.opacity();
    if (faint) painter.setOpacity(opacity * 0.45);
    painter.setRenderHint(QPainter::Antialiasing, zoom >= kTextZoom);
    paintCard(painter, face, look, zoom);
    if (live.shown && !face.disabled) {
        painter.setRenderHint(QPainter::Antialiasing);
        paintStateBadge(painter, live.state, zoom < kTextZoom ? kFarBadge : kBadge);
    }
    if (zoom < kTextZoom) {
        paintFarName(painter, face, zoom);
    } else {
        paintTexts(painter, face, live);
        if (live.shown && !face.disabled) paintTrend(painter, live.trend, Theme::instance().stateColour(live.state));
        paintPorts(painter, face, true);
    }
    painter.setOpacity(opacity);
    painter.setRenderHint(QPainter::Antialiasing);
    if (face.problems > 0) paintProblems(painter, face.problems);
    if (zoom < kTextZoom) return;
    for (const PortFace& port : face.ports)
        if (port.mark == PortMark::Hovered || port.mark == PortMark::Fits) paintPortName(painter, port);
}

void NodePainter::paintCard(QPainter& painter, const NodeFace& face, const NodeLook& look, double zoom) const
{
    const Theme& theme = Theme::instance();
    QColor line = theme.colour(look.hovered ? Theme::Edge : Theme::NodeBorder);
    double width = 1;
    if (look.selected) {
        line = theme.colour(Theme::Accent);
        width = 2;
    } else if (look.body == PortMark::Fits) {
        line = theme.colour(Theme::Ok);
        width = 2;
    }
    if (look.flash > 0) {
        QColor glow = theme.colour(Theme::Accent);
        glow.setAlphaF(static_cast<float>(0.45 * look.flash));
        painter.setPen(Qt::NoPen);
        painter.setBrush(glow);
        painter.drawRoundedRect(kCard.adjusted(-9, -9, 9, 9), kRadius + 8, kRadius + 8);
    }
    painter.setPen(cosmetic(line, width, face.unknown ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(theme.colour(look.selected ? Theme::AccentSoft : Theme::NodeBody));
    if (zoom < kTextZoom)
        painter.drawRect(kCard);
    else
        painter.drawRoundedRect(kCard, kRadius, kRadius);
    if (face.disabled && zoom >= kTextZoom) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(QBrush(theme.colour(Theme::Border), Qt::BDiagPattern));
        painter.drawRoundedRect(kCard, kRadius, kRadius);
    }
    if (look.focused) {
        painter.setPen(cosmetic(theme.colour(Theme::Accent), 1.5, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(kCard.adjusted(-4, -4, 4, 4), kRadius + 3, kRadius + 3);
    }
    const QRectF tile = zoom < kTextZoom ? kFarTile : kTile;
    painter.setPen(Qt::NoPen);
    painter.setBrush(face.unknown ? theme.colour(Theme::Stopped) : theme.familyColour(face.family));
    if (zoom < kTextZoom)
        painter.drawRect(tile);
    else
        painter.drawRoundedRect(tile, kRadius, kRadius);
    const double margin = zoom < kTextZoom ? 3 : 6;
    paintIcon(painter, face.icon, theme.colour(Theme::TextOnAccent), tile.adjusted(margin, margin, -margin, -margin));
}

void NodePainter::paintFarName(QPainter& painter, const NodeFace& face, double zoom)
{
    if (farZoomSize_ != farSizeAt(zoom)) farSize_ = farSizeOf(face.id, zoom);
    const QFont& font = farFont(farSize_);
    const QFontMetricsF metrics(font);
    if (std::exchange(farZoomSize_, farSizeAt(zoom)) != farSizeAt(zoom)) {
        far_.clear();
        for (const QString& line : farLines(face.id, metrics))
            prepare(far_.emplace_back(), line, font, kFarName.width());
    }
    painter.setRenderHint(QPainter::TextAntialiasing);
    painter.setFont(font);
    painter.setPen(Theme::instance().colour(Theme::Text));
    const double height = metrics.ascent() + metrics.descent();
    double y = kFarName.center().y() - height * static_cast<double>(far_.size()) / 2;
    for (const QStaticText& line : far_) {
        painter.drawStaticText(QPointF(kFarName.left(), y), line);
        y += height;
    }
}

void NodePainter::paintTexts(QPainter& painter, const NodeFace& face, const NodeFaceLive& live) const
{
    const Theme& theme = Theme::instance();
    painter.setFont(idFont());
    painter.setPen(theme.colour(Theme::Text));
    painter.drawStaticText(QPointF(kTextLeft, 9), id_);
    painter.setFont(smallFont());
    painter.setPen(theme.colour(Theme::TextMuted));
    painter.drawStaticText(QPointF(kTextLeft, 27), title_);
    if (live.shown && !face.disabled) painter.setPen(theme.colour(Theme::Text));
    painter.drawStaticText(QPointF(11, 50), bottom_);
}

} // namespace streamwright::gui
