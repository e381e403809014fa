// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/monitor/plot_view.h"

#include <QMouseEvent>
#include <QtCharts/QChart>
#include <QtCharts/QValueAxis>
#include <cmath>

#include "app/gui/monitor/number_text.h"
#include "app/gui/theme/theme.h"

namespace streamwright::gui {

namespace {

constexpr double kZoomStep = 1.25;
constexpr auto kDataFollows = std::chrono::milliseconds(50);
constexpr double kLimitInSight = 0.25; // a limit four times above the highest value would flatten the lines
// Points of a chart: more are drawn without smoothing and a pixel wide, which the painter does at a fraction of the cost.
constexpr std::size_t kSmoothPoints = 1500;

QFont smallFont(const QWidget& widget)
{
    QFont font = widget.font();
    font.setPointSizeF(font.pointSizeF() * 0.85);
    return font;
}

QColor faded(QColor colour, double alpha)
{
    colour.setAlphaF(static_cast<float>(alpha));
    return colour;
}

} // namespace

PlotView::PlotView(TimeWindow& window, QWidget* parent)
    : QChartView(new QChart, parent), // a view's own first chart would belong to nobody after setChart
      window_(window)
{
    QChart* const chart = this->chart();
    chart->legend()->hide();
    chart->setBackgroundVisible(false);
    chart->setMargins({});
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->setAnimationOptions(QChart::NoAnimation);
    for (const Qt::Alignment side : {Qt::AlignBottom, Qt::AlignLeft}) {
        auto* axis = new QValueAxis(chart);
        axis->setRange(0, 1);
        axis->setVisible(false);
        chart->addAxis(axis, side);
    }
    const auto add = [&](QLineSeries*& series) {
        series = new QLineSeries(chart);
        chart->addSeries(series);
        for (QAbstractAxis* axis : chart->axes())
            series->attachAxis(axis);
    };
    for (QLineSeries*& series : baselines_)
        add(series);
    for (QLineSeries*& series : lines_)
        add(series);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setObjectName("plot");
    soon_.setSingleShot(true);
    soon_.setInterval(kDataFollows);
    connect(&soon_, &QTimer::timeout, this, &PlotView::redraw);
    // One that follows the run gets its data in a moment; both at once cost half.
    connect(&window, &TimeWindow::changed, this, [this] {
        if (!window_.following())
            redraw();
        else if (!soon_.isActive())
            soon_.start();
    });
    connect(&window, &TimeWindow::hoveredChanged, viewport(), qOverload<>(&QWidget::update));
    connect(&Theme::instance(), &Theme::changed, this, &PlotView::restyle);
    restyle();
}

void PlotView::restyle()
{
    setRenderHint(QPainter::Antialiasing, smooth_);
    for (int i = 0; i < kMostLines; ++i) {
        const QColor colour = Theme::instance().seriesColour(i);
        lines_[i]->setPen(QPen(colour, smooth_ ? 1.5 : 1));
        QPen dashed(faded(colour, 0.55), 1.2, Qt::DashLine);
        dashed.setDashPattern({4, 3});
        baselines_[i]->setPen(dashed);
    }
    viewport()->update();
}

void PlotView::setData(ChartData data)
{
    data_ = std::move(data);
    if (data_.lines.size() > kMostLines) data_.lines.resize(kMostLines);
    std::size_t points = 0;
    for (const ChartLine& line : data_.lines)
        points += line.points.size() + line.baseline.size();
    if (const bool smooth = points <= kSmoothPoints; smooth != smooth_) {
        smooth_ = smooth;
        restyle();
    }
    setAccessibleName(tr("%1, chart").arg(data_.title));
    redraw();
}

void PlotView::setHidden(const std::set<std::string>& hidden)
{
    hidden_ = hidden;
    redraw();
}

void PlotView::setLogarithmic(bool on)
{
    if (on == logarithmic_) return;
    logarithmic_ = on;
    redraw();
    emit logarithmicChanged();
}

double PlotView::highest(bool withLimit) const
{
    double most = 0;
    const auto take = [&](const std::vector<QPointF>& points) {
        for (const QPointF& point : points)
            if (point.x() >= window_.from() && point.x() <= window_.to()) most = std::max(most, point.y());
    };
    for (const ChartLine& line : data_.lines)
        if (!hidden_.contains(line.key)) {
            take(line.points);
            take(line.baseline);
        }
    double limit = 0;
    for (const QPointF& step : data_.limit)
        limit = std::max(limit, step.y());
    return withLimit && most >= limit * kLimitInSight ? std::max(most, limit * 1.05) : most;
}

double PlotView::lowestAbove0() const
{
    double least = top_;
    for (const ChartLine& line : data_.lines)
        for (const QPointF& point : line.points)
            if (!hidden_.contains(line.key) && point.y() > 0) least = std::min(least, point.y());
    return least;
}

void PlotView::rescale()
{
    const double most = highest(true);
    if (logarithmic_) {
        top_ = std::pow(10, std::ceil(std::log10(std::max(most, 1.0)) + 1e-9));
        bottom_ = std::pow(10, std::floor(std::log10(std::max(lowestAbove0(), top_ / 1e6))));
        if (bottom_ >= top_) bottom_ = top_ / 10;
    } else {
        top_ = roundTop(most, isBytes(data_.unit));
        bottom_ = 0;
    }
    layOut();
}

void PlotView::redraw()
{
    soon_.stop();
    rescale();
    remap();
}

void PlotView::remap()
{
    for (std::size_t i = 0; i < kMostLines; ++i) {
        const bool shown = i < data_.lines.size() && !hidden_.contains(data_.lines[i].key);
        mapInto(*lines_[i], shown ? data_.lines[i].points : std::vector<QPointF>());
        mapInto(*baselines_[i], shown ? data_.lines[i].baseline : std::vector<QPointF>());
    }
    viewport()->update();
}

void PlotView::mapInto(QLineSeries& series, const std::vector<QPointF>& points)
{
    if (points.empty() && series.count() == 0) return;
    const double from = window_.from(), span = window_.to() - window_.from();
    QList<QPointF> mapped;
    mapped.reserve(static_cast<qsizetype>(points.size()));
    for (const QPointF& point : points)
        mapped.append({(point.x() - from) / span, shareOf(point.y())});
    series.replace(mapped);
}

double PlotView::shareOf(double value) const
{
    if (!logarithmic_) return value / top_;
    if (value <= bottom_) return 0;
    return std::log10(value / bottom_) / std::log10(top_ / bottom_);
}

double PlotView::timeAt(double x) const
{
    return window_.from() + (x - plot_.left()) / std::max(plot_.width(), 1.0) * (window_.to() - window_.from());
}

double PlotView::xOf(double seconds) const
{
    return plot_.left() + (seconds - window_.from()) / (window_.to() - window_.from()) * plot_.width();
}

double PlotView::yOf(double value) const { return plot_.bottom() - shareOf(value) * plot_.height(); }

std::vector<double> PlotView::valueSteps() const
{
    const int line = QFontMetrics(smallFont(*this)).height();
    const int most = std::max(2, static_cast<int>(height() - 2 * line) / (line * 2));
    if (!logarithmic_) return roundSteps(0, top_, std::min(most, 5), isBytes(data_.unit));
    std::vector<double> out;
    const int decades = static_cast<int>(std::lround(std::log10(top_ / bottom_)));
    const int every = std::max(1, (decades + most - 1) / most);
    for (int i = 0; i <= decades; i += every)
        out.push_back(bottom_ * std::pow(10, i));
    return out;
}

void PlotView::layOut()
{
    const QFontMetrics metrics(smallFont(*this));
    int widest = metrics.horizontalAdvance("00:00");
    for (const double step : valueSteps())
        widest = std::max(widest, metrics.horizontalAdvance(axisText(step, data_.unit)));
    // In steps, so that the frame stays where it is while the figures change.
    const int unit = metrics.horizontalAdvance("00");
    const int left = (widest + 6 + unit - 1) / unit * unit;
    const QRectF plot = QRectF(viewport()->rect()).adjusted(left, metrics.height() / 2 + 2, -10, -metrics.height() - 3);
    if (plot == plot_ || plot.width() < 10 || plot.height() < 10) return;
    plot_ = plot;
    chart()->setPlotArea(plot_);
}

void PlotView::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    layOut();
}

void PlotView::drawBackground(QPainter* painter, const QRectF& rect)
{
    painter->fillRect(rect, colour(Theme::Surface));
    painter->setFont(smallFont(*this));
    painter->setRenderHint(QPainter::Antialiasing, false);
    const QFontMetrics metrics(painter->font());
    const QPen grid(colour(Theme::CanvasGrid), 0), text(colour(Theme::TextMuted));
    for (const double step : valueSteps()) {
        const double y = std::round(yOf(step));
        painter->setPen(step == bottom_ ? QPen(colour(Theme::Border), 0) : grid);
        painter->drawLine(QPointF(plot_.left(), y), QPointF(plot_.right(), y));
        painter->setPen(text);
        painter->drawText(QRectF(0, y - metrics.height() / 2.0, plot_.left() - 5, metrics.height()),
                          Qt::AlignRight | Qt::AlignVCenter, axisText(step, data_.unit));
    }
    double step = 1;
    const int room = metrics.horizontalAdvance("00:00:00") + 16;
    for (const double t :
         timeSteps(window_.from(), window_.to(), std::max(1, static_cast<int>(plot_.width()) / room), &step)) {
        const double x = std::round(xOf(t));
        painter->setPen(grid);
        painter->drawLine(QPointF(x, plot_.top()), QPointF(x, plot_.bottom()));
        painter->setPen(text);
        const QString label = runTimeText(t, step);
        const double width = metrics.horizontalAdvance(label);
        const double left = std::clamp(x - width / 2, 0.0, std::max(0.0, viewport()->width() - width));
        painter->drawText(QPointF(left, plot_.bottom() + metrics.ascent() + 3), label);
    }
}

void PlotView::drawForeground(QPainter* painter, const QRectF&)
{
    painter->save();
    painter->setFont(smallFont(*this));
    paintLimit(*painter);
    if (data_.lines.empty() || std::all_of(data_.lines.begin(), data_.lines.end(),
                                           [](const ChartLine& line) { return line.points.empty(); })) {
        painter->setPen(colour(Theme::TextMuted));
        painter->drawText(plot_, Qt::AlignCenter, tr("Nothing recorded here yet"));
    }
    if (window_.moment()) {
        const double x = std::round(xOf(*window_.moment()));
        painter->setPen(QPen(colour(Theme::Accent), 2));
        if (x >= plot_.left() && x <= plot_.right())
            painter->drawLine(QPointF(x, plot_.top()), QPointF(x, plot_.bottom()));
    }
    paintCrosshair(*painter);
    painter->restore();
}

void PlotView::paintLimit(QPainter& painter) const
{
    if (data_.limit.empty()) return;
    painter.setRenderHint(QPainter::Antialiasing, false);
    QPen pen(colour(Theme::Failing), 1.2, Qt::DashLine);
    pen.setDashPattern({5, 3});
    painter.setPen(pen);
    const QFontMetrics metrics(painter.font());
    const double last = data_.limit.back().y();
    const QString label = tr("limit %1").arg(valueText(last, data_.unit));
    if (shareOf(last) > 1) { // out of sight: said at the top
        painter.setPen(colour(Theme::TextMuted));
        painter.drawText(
            QPointF(plot_.right() - metrics.horizontalAdvance(label + " ↑"), plot_.top() + metrics.ascent()),
            label + " ↑");
        return;
    }
    painter.setClipRect(plot_);
    for (std::size_t i = 0; i < data_.limit.size(); ++i) {
        const QPointF& step = data_.limit[i];
        const double x = i == 0 ? plot_.left() : std::max(plot_.left(), xOf(step.x()));
        const double end = i + 1 < data_.limit.size() ? xOf(data_.limit[i + 1].x()) : plot_.right();
        if (end <= plot_.left()) continue;
        const double y = std::round(yOf(step.y()));
        painter.drawLine(QPointF(x, y), QPointF(end, y));
        if (i + 1 < data_.limit.size()) painter.drawLine(QPointF(end, y), QPointF(end, yOf(data_.limit[i + 1].y())));
    }
    painter.setClipping(false);
    const double y = yOf(last);
    const QRectF place(plot_.right() - metrics.horizontalAdvance(label) - 4,
                       y - metrics.height() - 1 < plot_.top() ? y + 1 : y - metrics.height() - 1,
                       metrics.horizontalAdvance(label) + 4, metrics.height());
    painter.fillRect(place, faded(colour(Theme::Surface), 0.75));
    painter.drawText(place, Qt::AlignCenter, label);
}

QStringList PlotView::crosshairText() const
{
    if (!window_.hovered()) return {};
    const double t = *window_.hovered();
    const double reach = std::max(2.0, (window_.to() - window_.from()) / 50);
    QStringList out{runTimeText(t, window_.to() - window_.from() < 20 ? 0.1 : 1)};
    for (const ChartLine& line : data_.lines) {
        if (hidden_.contains(line.key)) continue;
        const QPointF* point = pointAt(line.points, t, reach);
        QString text = line.label + "\t" + (point ? valueText(point->y(), data_.unit) : "-");
        if (const QPointF* before = pointAt(line.baseline, t, reach))
            text += tr(" (baseline %1)").arg(valueText(before->y(), data_.unit));
        out.append(text);
    }
    return out;
}

void PlotView::paintCrosshair(QPainter& painter) const
{
    if (!window_.hovered() || plot_.isEmpty()) return;
    const double x = xOf(*window_.hovered());
    if (x < plot_.left() || x > plot_.right()) return;
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(colour(Theme::TextMuted), 0));
    painter.drawLine(QPointF(std::round(x), plot_.top()), QPointF(std::round(x), plot_.bottom()));
    if (hovered_ && !dragged_) paintBox(painter, x);
}

void PlotView::paintBox(QPainter& painter, double x) const
{
    const QStringList texts = crosshairText();
    const QFontMetrics metrics(painter.font());
    const int line = metrics.height(), swatch = line, gap = 8;
    int labels = 0, values = 0;
    for (const QString& text : texts.mid(1)) {
        labels = std::max(labels, metrics.horizontalAdvance(text.section('\t', 0, 0)));
        values = std::max(values, metrics.horizontalAdvance(text.section('\t', 1)));
    }
    const double width = std::max(swatch + labels + gap + values, metrics.horizontalAdvance(texts.front())) + 12.0;
    const double height = static_cast<double>(line * texts.size() + 8);
    double left = x + 10;
    if (left + width > viewport()->width()) left = std::max(0.0, x - 10 - width);
    const double top = std::clamp(plot_.top(), 0.0, std::max(0.0, viewport()->height() - height));
    const QRectF box(left, top, width, height);
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(QPen(colour(Theme::Border), 1));
    painter.setBrush(faded(colour(Theme::SurfaceRaised), 0.94));
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setPen(colour(Theme::Text));
    double y = box.top() + 4;
    painter.drawText(QRectF(box.left() + 6, y, width - 12, line), Qt::AlignLeft | Qt::AlignVCenter, texts.front());
    std::size_t index = 0;
    for (const QString& text : texts.mid(1)) {
        while (index < data_.lines.size() && hidden_.contains(data_.lines[index].key))
            ++index;
        y += line;
        painter.setPen(QPen(Theme::instance().seriesColour(static_cast<int>(index++)), 2));
        painter.drawLine(QPointF(box.left() + 6, y + line / 2.0), QPointF(box.left() + swatch, y + line / 2.0));
        painter.setPen(colour(Theme::Text));
        painter.drawText(QRectF(box.left() + 6 + swatch, y, labels, line), Qt::AlignLeft | Qt::AlignVCenter,
                         text.section('\t', 0, 0));
        painter.drawText(QRectF(box.right() - 6 - values, y, values, line), Qt::AlignRight | Qt::AlignVCenter,
                         text.section('\t', 1));
    }
}

void PlotView::wheelEvent(QWheelEvent* event)
{
    // Shift, or a wheel that goes sideways, pans; over the axis the page scrolls.
    if (!plot_.contains(event->position())) {
        event->ignore();
        return;
    }
    const QPoint angle = event->angleDelta();
    if (angle.x() != 0 || event->modifiers() & Qt::ShiftModifier)
        window_.pan(-(angle.x() + angle.y()) / 120.0 * (window_.to() - window_.from()) / 10);
    else if (angle.y() != 0)
        window_.zoom(std::pow(kZoomStep, -angle.y() / 120.0), timeAt(event->position().x()));
    event->accept();
}

void PlotView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return event->ignore();
    dragged_ = event->position();
    event->accept();
}

void PlotView::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF at = event->position();
    if (dragged_) {
        const double moved = timeAt(dragged_->x()) - timeAt(at.x());
        if (std::abs(at.x() - dragged_->x()) >= 1) {
            viewport()->setCursor(Qt::ClosedHandCursor);
            window_.pan(moved);
            dragged_ = at;
        }
        return;
    }
    hovered_ = at.x() >= plot_.left() && at.x() <= plot_.right();
    window_.hover(hovered_ ? std::optional(timeAt(at.x())) : std::nullopt);
    viewport()->setCursor(hovered_ ? Qt::CrossCursor : Qt::ArrowCursor);
}

void PlotView::mouseReleaseEvent(QMouseEvent* event)
{
    dragged_.reset();
    viewport()->setCursor(Qt::CrossCursor);
    event->accept();
}

void PlotView::mouseDoubleClickEvent(QMouseEvent*) { window_.reset(); }

void PlotView::leaveEvent(QEvent* event)
{
    hovered_ = false;
    window_.hover({});
    QChartView::leaveEvent(event);
}

void PlotView::keyPressEvent(QKeyEvent* event)
{
    const double span = window_.to() - window_.from();
    const double middle = window_.hovered().value_or(window_.from() + span / 2);
    const bool cross = event->modifiers() & Qt::ShiftModifier; // Shift+arrows move the crosshair, arrows the chart
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const double way = event->key() == Qt::Key_Left ? -1 : 1;
        if (!cross) return window_.pan(way * span / 10);
        hovered_ = true;
        return window_.hover(std::clamp(middle + way * span / 100, window_.from(), window_.to()));
    }
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return window_.zoom(1 / kZoomStep, middle);
    case Qt::Key_Minus:
        return window_.zoom(kZoomStep, middle);
    case Qt::Key_Home:
    case Qt::Key_0:
        return window_.reset();
    case Qt::Key_L:
        return setLogarithmic(!logarithmic_);
    default:
        QChartView::keyPressEvent(event);
    }
}

} // namespace streamwright::gui
