// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/monitor/heat_map_view.h"

#include <QMouseEvent>
#include <QPainter>
#include <cmath>

#include "app/gui/monitor/number_text.h"
#include "app/gui/theme/theme.h"
#include "app/session/chart_plan.h"

namespace streamwright::gui {

namespace {

constexpr double kLeastNotchRoom = 5; // pixels: smaller cells share a notch
constexpr double kZoomStep = 1.25;

struct Lab {
    double l, a, b;
};

// Oklab: equal steps in it look equal.
Lab labOf(const QColor& colour)
{
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    const double r = linear(colour.redF()), g = linear(colour.greenF()), b = linear(colour.blueF());
    const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

QColor colourOf(const Lab& lab)
{
    const double l = std::pow(lab.l + 0.3963377774 * lab.a + 0.2158037573 * lab.b, 3);
    const double m = std::pow(lab.l - 0.1055613458 * lab.a - 0.0638541728 * lab.b, 3);
    const double s = std::pow(lab.l - 0.0894841775 * lab.a - 1.2914855480 * lab.b, 3);
    const auto encoded = [](double c) {
        c = std::clamp(c, 0.0, 1.0);
        return static_cast<float>(c <= 0.0031308 ? 12.92 * c : 1.055 * std::pow(c, 1 / 2.4) - 0.055);
    };
    return QColor::fromRgbF(encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
                            encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
                            encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
}

// "hash keys " of "hash keys 0 .. 25 %" and "hash keys 25 .. 50 %".
qsizetype sharedBeginning(const HeatMap& map)
{
    if (map.rows.size() < 2) return 0;
    const std::string& first = map.rows[0].label;
    std::size_t same = first.size();
    for (const HeatRow& row : map.rows)
        same = std::min(same, static_cast<std::size_t>(
                                  std::mismatch(first.begin(), first.end(), row.label.begin(), row.label.end()).first -
                                  first.begin()));
    const std::size_t space = first.rfind(' ', same);
    return space == std::string::npos || space >= same ? 0 : static_cast<qsizetype>(space + 1);
}

QColor mixed(const QColor& from, const QColor& to, double share)
{
    const Lab a = labOf(from), b = labOf(to);
    return colourOf({std::lerp(a.l, b.l, share), std::lerp(a.a, b.a, share), std::lerp(a.b, b.b, share)});
}

} // namespace

QColor HeatMapView::heatColour(double share)
{
    constexpr double kBusy = 0.7; // of the limit: from here on the colour turns to the one of failing
    share = std::clamp(share, 0.0, 1.0);
    if (share <= kBusy) return mixed(colour(Theme::SurfaceRaised), colour(Theme::Accent), share / kBusy);
    return mixed(colour(Theme::Accent), colour(Theme::Failing), (share - kBusy) / (1 - kBusy));
}

HeatMapView::HeatMapView(TimeWindow& window, QWidget* parent) : QWidget(parent), window_(window)
{
    setObjectName("heatMap");
    setAccessibleName(tr("Heat map: load of every shard over time"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    connect(&window, &TimeWindow::changed, this, qOverload<>(&QWidget::update));
    connect(&Theme::instance(), &Theme::changed, this, &HeatMapView::redraw);
}

QSize HeatMapView::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 40, fontMetrics().height() * 5};
}

double HeatMapView::labelWidth() const { return fontMetrics().averageCharWidth() * 28.0; }

QRectF HeatMapView::plotRect() const
{
    return QRectF(rect()).adjusted(labelWidth(), 2, -2, -fontMetrics().height() - 4);
}

std::size_t HeatMapView::columnsWanted() const
{
    return static_cast<std::size_t>(std::clamp(plotRect().width(), 60.0, 2000.0));
}

std::size_t HeatMapView::laneCount() const
{
    return std::min(map_.rows.size(), static_cast<std::size_t>(std::max(1.0, plotRect().height())));
}

HeatMapView::Lane HeatMapView::laneOf(std::size_t lane) const
{
    const std::size_t lanes = laneCount(), rows = map_.rows.size();
    return {lane * rows / lanes, (lane + 1) * rows / lanes};
}

double HeatMapView::secondsOf(std::size_t column) const
{
    return inSeconds(map_.from - runStart_) + static_cast<double>(column) * inSeconds(map_.column);
}

double HeatMapView::xOf(double seconds) const
{
    const QRectF plot = plotRect();
    return plot.left() + (seconds - window_.from()) / (window_.to() - window_.from()) * plot.width();
}

void HeatMapView::setMap(HeatMap map, Time runStart)
{
    map_ = std::move(map);
    runStart_ = runStart;
    sharedLabel_ = sharedBeginning(map_);
    redraw();
}

void HeatMapView::redraw()
{
    const std::size_t lanes = map_.rows.empty() ? 0 : laneCount();
    image_ = QImage(static_cast<int>(map_.columns), static_cast<int>(lanes), QImage::Format_ARGB32_Premultiplied);
    image_.fill(Qt::transparent);
    throttled_.assign(lanes, std::vector<bool>(map_.columns));
    std::array<QRgb, 101> ramp{};
    for (std::size_t i = 0; i < ramp.size(); ++i)
        ramp[i] = heatColour(static_cast<double>(i) / 100).rgba();
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        auto* pixels = reinterpret_cast<QRgb*>(image_.scanLine(static_cast<int>(lane)));
        const Lane rows = laneOf(lane);
        for (std::size_t column = 0; column < map_.columns; ++column) {
            float hottest = -1;
            for (std::size_t row = rows.first; row < rows.last; ++row) {
                if (column < map_.rows[row].share.size()) hottest = std::max(hottest, map_.rows[row].share[column]);
                if (column < map_.rows[row].throttled.size() && map_.rows[row].throttled[column])
                    throttled_[lane][column] = true;
            }
            if (hottest >= 0) pixels[column] = ramp[static_cast<std::size_t>(std::min(hottest, 1.0f) * 100)];
        }
    }
    update();
}

void HeatMapView::resizeEvent(QResizeEvent*) { redraw(); }

QRectF HeatMapView::cellRect(const Cell& cell) const
{
    const QRectF plot = plotRect();
    const auto lanes = static_cast<double>(laneCount());
    const auto lane = std::floor(static_cast<double>(cell.row) * lanes /
                                 static_cast<double>(std::max<std::size_t>(map_.rows.size(), 1)));
    const double left = xOf(secondsOf(cell.column)), right = xOf(secondsOf(cell.column + 1));
    return {left, plot.top() + lane * plot.height() / lanes, right - left, plot.height() / lanes};
}

std::optional<HeatMapView::Cell> HeatMapView::cellAt(const QPointF& at) const
{
    const QRectF plot = plotRect();
    if (map_.rows.empty() || map_.columns == 0 || !plot.contains(at)) return {};
    const double seconds = window_.from() + (at.x() - plot.left()) / plot.width() * (window_.to() - window_.from());
    const double column = std::floor((seconds - secondsOf(0)) / inSeconds(map_.column));
    if (column < 0 || column >= static_cast<double>(map_.columns)) return {};
    const std::size_t lanes = laneCount();
    const auto lane = std::min(
        lanes - 1, static_cast<std::size_t>((at.y() - plot.top()) / plot.height() * static_cast<double>(lanes)));
    Cell best{laneOf(lane).first, static_cast<std::size_t>(column)};
    for (std::size_t row = laneOf(lane).first; row < laneOf(lane).last; ++row)
        if (map_.rows[row].share.at(best.column) > map_.rows[best.row].share.at(best.column)) best.row = row;
    return best;
}

QString HeatMapView::describe(const Cell& cell) const
{
    const HeatRow& row = map_.rows.at(cell.row);
    const float share = row.share.at(cell.column);
    QString text = QString::fromStdString(shortPart(row.part));
    if (!row.label.empty()) text += ", " + QString::fromStdString(row.label);
    text += tr(", at %1: ").arg(runTimeText(secondsOf(cell.column)));
    text += share < 0 ? tr("not there") : tr("%1 % of its limit").arg(std::lround(share * 100));
    if (row.throttled.at(cell.column)) text += tr(", throttled");
    return text;
}

void HeatMapView::select(std::optional<Cell> cell)
{
    chosen_.reset();
    if (cell) chosen_ = Chosen{map_.rows.at(cell->row).part, map_.from + map_.column * static_cast<long>(cell->column)};
    update();
}

void HeatMapView::choose(const Cell& cell)
{
    select(cell);
    emit cellChosen(cell);
}

void HeatMapView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF plot = plotRect();
    painter.fillRect(plot, colour(Theme::Surface));
    if (map_.rows.empty()) return;
    painter.setClipRect(plot);
    const QRectF target(QPointF(xOf(secondsOf(0)), plot.top()), QPointF(xOf(secondsOf(map_.columns)), plot.bottom()));
    painter.drawImage(target, image_);
    if (laneCount() * 4 < plot.height()) { // thin lines between rows that are high enough
        painter.setPen(QPen(colour(Theme::Surface), 1));
        for (std::size_t lane = 1; lane < laneCount(); ++lane) {
            const double y =
                std::round(plot.top() + static_cast<double>(lane) * plot.height() / static_cast<double>(laneCount()));
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        }
    }
    paintNotches(painter);
    painter.setClipping(false);
    paintRowLabels(painter);
    paintTimes(painter);
    paintReadout(painter);
}

void HeatMapView::paintNotches(QPainter& painter) const
{
    const QRectF plot = plotRect();
    const double cellWidth = xOf(secondsOf(1)) - xOf(secondsOf(0));
    const double cellHeight = plot.height() / static_cast<double>(laneCount());
    const auto columns =
        static_cast<std::size_t>(std::max(1.0, std::ceil(kLeastNotchRoom / std::max(cellWidth, 0.01))));
    const auto lanes = static_cast<std::size_t>(std::max(1.0, std::ceil(kLeastNotchRoom / cellHeight)));
    const double size = std::clamp(
        std::min(cellWidth * static_cast<double>(columns), cellHeight * static_cast<double>(lanes)) * 0.6, 3.0, 8.0);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (std::size_t lane = 0; lane < throttled_.size(); lane += lanes)
        for (std::size_t column = 0; column < map_.columns; column += columns) {
            bool any = false;
            std::size_t at = column;
            for (std::size_t l = lane; l < std::min(lane + lanes, throttled_.size()) && !any; ++l)
                for (std::size_t c = column; c < std::min(column + columns, map_.columns) && !any; ++c)
                    if (any = throttled_[l][c]; any) at = c;
            if (!any) continue;
            // A triangle in the upper left corner, seen on any heat.
            const bool hot = qAlpha(image_.pixel(static_cast<int>(at), static_cast<int>(lane))) == 0 ||
                             qGray(image_.pixel(static_cast<int>(at), static_cast<int>(lane))) < 140;
            painter.setBrush(hot == Theme::instance().dark() ? colour(Theme::Text) : colour(Theme::Surface));
            const QPointF corner(xOf(secondsOf(column)), plot.top() + static_cast<double>(lane) * cellHeight);
            const QPointF points[] = {corner + QPointF(0.5, 0.5), corner + QPointF(size, 0.5),
                                      corner + QPointF(0.5, size)};
            painter.drawPolygon(points, 3);
        }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void HeatMapView::paintRowLabels(QPainter& painter) const
{
    const QRectF plot = plotRect();
    const double height = plot.height() / static_cast<double>(laneCount());
    const int line = fontMetrics().height();
    const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil(line / height)));
    for (std::size_t lane = 0; lane < laneCount(); lane += every) {
        const HeatRow& row = map_.rows[laneOf(lane).first];
        const double room = height * static_cast<double>(every);
        const double y =
            plot.top() + static_cast<double>(lane) * height + (room - line) / 2 - (every > 1 ? (room - height) / 2 : 0);
        if (y + line > plot.bottom() + line / 2.0) break;
        const QString part = QString::fromStdString(shortPart(row.part));
        const QString range = QString::fromStdString(row.label).mid(sharedLabel_);
        const double partWidth = fontMetrics().horizontalAdvance(part);
        painter.setPen(colour(Theme::Text));
        painter.drawText(QRectF(4, y, plot.left() - 8, line), Qt::AlignLeft | Qt::AlignVCenter, part);
        painter.setPen(colour(Theme::TextMuted));
        const double rest = plot.left() - 8 - partWidth - 10;
        if (rest > 20)
            painter.drawText(QRectF(plot.left() - 6 - rest, y, rest, line), Qt::AlignRight | Qt::AlignVCenter,
                             fontMetrics().elidedText(range, Qt::ElideRight, static_cast<int>(rest)));
    }
}

void HeatMapView::paintTimes(QPainter& painter) const
{
    const QRectF plot = plotRect();
    double step = 1;
    const int room = fontMetrics().horizontalAdvance("00:00:00") + 16;
    painter.setPen(colour(Theme::TextMuted));
    for (const double t :
         timeSteps(window_.from(), window_.to(), std::max(1, static_cast<int>(plot.width()) / room), &step)) {
        const QString label = runTimeText(t, step);
        const double width = fontMetrics().horizontalAdvance(label);
        const double left = std::clamp(xOf(t) - width / 2, plot.left() - width / 2, this->width() - width);
        painter.drawText(QPointF(left, plot.bottom() + fontMetrics().ascent() + 3), label);
    }
}

void HeatMapView::paintReadout(QPainter& painter) const
{
    const QRectF plot = plotRect();
    if (chosen_) {
        for (std::size_t row = 0; row < map_.rows.size(); ++row) {
            if (map_.rows[row].part != chosen_->part) continue;
            const double left = xOf(inSeconds(chosen_->time - runStart_));
            QRectF cell = cellRect({row, 0});
            cell.moveLeft(left);
            painter.setClipRect(plot.adjusted(-2, -2, 2, 2));
            painter.setPen(QPen(colour(Theme::Text), 2));
            painter.drawRect(cell.adjusted(-1, 0, 1, 0));
            painter.setClipping(false);
        }
    }
    if (!mouse_) return;
    const auto cell = cellAt(*mouse_);
    if (!cell) return;
    const QString text = describe(*cell);
    const int line = fontMetrics().height();
    const double width = fontMetrics().horizontalAdvance(text) + 14;
    double left = std::min(mouse_->x() + 14, this->width() - width - 1);
    double top = mouse_->y() + 16;
    if (top + line + 8 > height()) top = mouse_->y() - line - 14;
    const QRectF box(std::max(0.0, left), std::max(0.0, top), width, line + 8);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour(Theme::Border), 1));
    painter.setBrush(colour(Theme::SurfaceRaised));
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setPen(colour(Theme::Text));
    painter.drawText(box, Qt::AlignCenter, text);
}

void HeatMapView::mousePressEvent(QMouseEvent* event)
{
    if (const auto cell = cellAt(event->position())) choose(*cell);
}

void HeatMapView::mouseMoveEvent(QMouseEvent* event)
{
    mouse_ = event->position();
    update();
}

void HeatMapView::leaveEvent(QEvent*)
{
    mouse_.reset();
    update();
}

void HeatMapView::wheelEvent(QWheelEvent* event)
{
    const QRectF plot = plotRect();
    if (!plot.contains(event->position())) return event->ignore();
    const double around =
        window_.from() + (event->position().x() - plot.left()) / plot.width() * (window_.to() - window_.from());
    if (event->modifiers() & Qt::ShiftModifier)
        window_.pan(-event->angleDelta().y() / 120.0 * (window_.to() - window_.from()) / 10);
    else
        window_.zoom(std::pow(kZoomStep, -event->angleDelta().y() / 120.0), around);
    event->accept();
}

void HeatMapView::mouseDoubleClickEvent(QMouseEvent*) { window_.reset(); }

void HeatMapView::keyPressEvent(QKeyEvent* event)
{
    // Arrows walk the cells; the first step takes the newest cell of the first row.
    if (map_.rows.empty() || map_.columns == 0) return QWidget::keyPressEvent(event);
    Cell cell{0, map_.columns - 1};
    if (chosen_) {
        for (std::size_t row = 0; row < map_.rows.size(); ++row)
            if (map_.rows[row].part == chosen_->part) cell.row = row;
        const auto column = (chosen_->time - map_.from) / map_.column;
        cell.column = static_cast<std::size_t>(std::clamp<long>(column, 0, static_cast<long>(map_.columns) - 1));
    }
    switch (event->key()) {
    case Qt::Key_Up:
        cell.row -= cell.row > 0;
        break;
    case Qt::Key_Down:
        cell.row += cell.row + 1 < map_.rows.size();
        break;
    case Qt::Key_Left:
        cell.column -= cell.column > 0;
        break;
    case Qt::Key_Right:
        cell.column += cell.column + 1 < map_.columns;
        break;
    default:
        return QWidget::keyPressEvent(event);
    }
    choose(cell);
}

} // namespace streamwright::gui
