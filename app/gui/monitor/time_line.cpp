// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/monitor/time_line.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "app/gui/monitor/number_text.h"
#include "app/gui/theme/theme.h"

namespace streamwright::gui {

namespace {
constexpr double kSnap = 6; // pixels to the right end that mean "live"
constexpr double kLeastSpan = 10;
constexpr double kZoomStep = 1.4;
} // namespace

QColor eventColour(TimelineEvent::Kind kind)
{
    switch (kind) {
    case TimelineEvent::Kind::Throttled:
        return colour(Theme::Throttling);
    case TimelineEvent::Kind::Failed:
        return colour(Theme::Failing);
    case TimelineEvent::Kind::Behind:
        return colour(Theme::Series4);
    case TimelineEvent::Kind::Resharded:
        return colour(Theme::Accent);
    case TimelineEvent::Kind::Edited:
        return colour(Theme::Ok);
    case TimelineEvent::Kind::Note:
        break;
    }
    return colour(Theme::Stopped);
}

QString eventName(TimelineEvent::Kind kind)
{
    switch (kind) {
    case TimelineEvent::Kind::Throttled:
        return TimeLine::tr("Throttled");
    case TimelineEvent::Kind::Failed:
        return TimeLine::tr("Failed");
    case TimelineEvent::Kind::Behind:
        return TimeLine::tr("Fell behind");
    case TimelineEvent::Kind::Resharded:
        return TimeLine::tr("Shards changed");
    case TimelineEvent::Kind::Edited:
        return TimeLine::tr("Edited");
    case TimelineEvent::Kind::Note:
        break;
    }
    return TimeLine::tr("Note");
}

// A shape each, so that colour is never alone in telling them apart.
void paintEventMark(QPainter& painter, TimelineEvent::Kind kind, const QPointF& middle, double size)
{
    const double r = size / 2;
    painter.setPen(QPen(colour(Theme::Window), 1));
    painter.setBrush(eventColour(kind));
    const auto polygon = [&](std::initializer_list<QPointF> points) {
        QPolygonF shape;
        for (const QPointF& point : points)
            shape.append(middle + point * r);
        painter.drawPolygon(shape);
    };
    switch (kind) {
    case TimelineEvent::Kind::Throttled:
        return polygon({{0, -1}, {1, 0.9}, {-1, 0.9}});
    case TimelineEvent::Kind::Failed:
        return polygon({{-0.4, -1}, {0.4, -1}, {1, -0.4}, {1, 0.4}, {0.4, 1}, {-0.4, 1}, {-1, 0.4}, {-1, -0.4}});
    case TimelineEvent::Kind::Behind:
        return polygon({{-1, -0.9}, {1, -0.9}, {0, 1}});
    case TimelineEvent::Kind::Resharded:
        return polygon({{0, -1.1}, {1.1, 0}, {0, 1.1}, {-1.1, 0}});
    case TimelineEvent::Kind::Edited:
        return polygon({{-0.9, -0.9}, {0.9, -0.9}, {0.9, 0.9}, {-0.9, 0.9}});
    case TimelineEvent::Kind::Note:
        painter.drawEllipse(middle, r * 0.8, r * 0.8);
    }
}

TimeLine::TimeLine(QWidget* parent) : QWidget(parent)
{
    setObjectName("timeLine");
    setAccessibleName(tr("Time line: drag to look back, End to return to now"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize TimeLine::sizeHint() const { return {300, fontMetrics().height() * 2 + 8}; }

QRectF TimeLine::strip() const
{
    const int line = fontMetrics().height();
    return {8, 2, width() - 16.0, static_cast<double>(height() - line - 4)};
}

void TimeLine::setEnd(double seconds)
{
    end_ = seconds;
    if (!zoomed_) showAll();
    update();
}

void TimeLine::showAll()
{
    zoomed_ = false;
    from_ = 0;
    to_ = std::max(end_, kLeastSpan);
    update();
}

void TimeLine::setMarks(std::vector<Mark> marks)
{
    marks_ = std::move(marks);
    update();
}

void TimeLine::setShown(double from, double to)
{
    shownFrom_ = from;
    shownTo_ = to;
    update();
}

void TimeLine::setMoment(std::optional<double> seconds)
{
    moment_ = seconds;
    update();
}

double TimeLine::xOf(double seconds) const
{
    return strip().left() + (seconds - from_) / (to_ - from_) * strip().width();
}

double TimeLine::secondsAt(double x) const
{
    return from_ + (x - strip().left()) / std::max(1.0, strip().width()) * (to_ - from_);
}

void TimeLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF strip = this->strip();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour(Theme::SurfaceRaised));
    painter.drawRoundedRect(strip, 3, 3);
    painter.setClipRect(QRectF(rect()).adjusted(2, 0, -2, 0));
    const double end = std::min(xOf(end_), strip.right());
    if (shownTo_ > shownFrom_) {
        const double left = std::clamp(xOf(shownFrom_), strip.left(), strip.right());
        const double right = std::clamp(xOf(std::min(shownTo_, end_)), strip.left(), strip.right());
        painter.setBrush(colour(Theme::AccentSoft));
        painter.drawRoundedRect(QRectF(left, strip.top(), right - left, strip.height()), 3, 3);
    }
    double step = 1;
    const int room = fontMetrics().horizontalAdvance("00:00:00") + 20;
    for (const double t : timeSteps(from_, to_, std::max(1, static_cast<int>(strip.width()) / room), &step)) {
        painter.setPen(QPen(colour(Theme::Border), 1));
        painter.drawLine(QPointF(xOf(t), strip.bottom() - 4), QPointF(xOf(t), strip.bottom()));
        painter.setPen(colour(Theme::TextMuted));
        const QString label = runTimeText(t, step);
        const double wide = fontMetrics().horizontalAdvance(label);
        painter.drawText(
            QPointF(std::clamp(xOf(t) - wide / 2, 2.0, width() - wide - 2), height() - fontMetrics().descent() - 1.0),
            label);
    }
    double last = -100;
    TimelineEvent::Kind lastKind = TimelineEvent::Kind::Note;
    for (const Mark& mark : marks_) {
        const double x = xOf(mark.seconds);
        if (x < strip.left() - 1 || x > strip.right() + 1) continue;
        if (x - last < 2 && lastKind == mark.event.kind) continue; // the same a hair beside it
        paintEventMark(painter, mark.event.kind, {x, strip.center().y()}, std::min(11.0, strip.height() - 3));
        last = x;
        lastKind = mark.event.kind;
    }
    const double handle = moment_ ? xOf(*moment_) : end;
    painter.setPen(QPen(colour(moment_ ? Theme::Accent : Theme::Text), 2));
    painter.drawLine(QPointF(handle, strip.top() - 1), QPointF(handle, strip.bottom() + 2));
    painter.setBrush(colour(moment_ ? Theme::Accent : Theme::Text));
    // At the top: below stand the times.
    const QPointF knob[] = {{handle - 5, strip.top() - 2}, {handle + 5, strip.top() - 2}, {handle, strip.top() + 5}};
    painter.setPen(Qt::NoPen);
    painter.drawPolygon(knob, 3);
    if (hasFocus()) {
        painter.setPen(QPen(colour(Theme::Accent), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(strip.adjusted(-0.5, -0.5, 0.5, 0.5), 3, 3);
    }
}

void TimeLine::want(double seconds)
{
    seconds = std::clamp(seconds, 0.0, end_);
    const bool live = xOf(seconds) >= xOf(end_) - kSnap;
    moment_ = live ? std::nullopt : std::optional(seconds);
    update();
    emit momentWanted(moment_);
}

void TimeLine::mousePressEvent(QMouseEvent* event)
{
    dragged_ = event->button() == Qt::LeftButton && end_ > 0;
    if (dragged_) want(secondsAt(event->position().x()));
}

void TimeLine::mouseMoveEvent(QMouseEvent* event)
{
    if (dragged_) want(secondsAt(event->position().x()));
    setCursor(markAt(event->pos()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void TimeLine::mouseReleaseEvent(QMouseEvent*) { dragged_ = false; }

void TimeLine::mouseDoubleClickEvent(QMouseEvent*) { showAll(); }

void TimeLine::wheelEvent(QWheelEvent* event)
{
    const double around = secondsAt(event->position().x());
    const double all = std::max(end_, kLeastSpan);
    if (event->modifiers() & Qt::ShiftModifier) {
        const double way = -event->angleDelta().y() / 120.0 * (to_ - from_) / 10;
        const double moved = std::clamp(way, -from_, std::max(0.0, all - to_));
        from_ += moved;
        to_ += moved;
    } else {
        const double span =
            std::clamp((to_ - from_) * std::pow(kZoomStep, -event->angleDelta().y() / 120.0), kLeastSpan, all);
        const double share = (around - from_) / (to_ - from_);
        from_ = std::clamp(around - share * span, 0.0, std::max(0.0, all - span));
        to_ = from_ + span;
        zoomed_ = span < all;
    }
    event->accept();
    update();
}

void TimeLine::keyPressEvent(QKeyEvent* event)
{
    const double step = event->modifiers() & Qt::ShiftModifier ? 10 : 1;
    const double now = moment_.value_or(end_);
    switch (event->key()) {
    case Qt::Key_Left:
        return want(now -
                    std::max(step, (kSnap + 1) / std::max(strip().width(), 1.0) * (to_ - from_) * (moment_ ? 0 : 1)));
    case Qt::Key_Right:
        return want(now + step);
    case Qt::Key_Home:
        return want(0);
    case Qt::Key_End:
        return want(end_);
    default:
        QWidget::keyPressEvent(event);
    }
}

const TimeLine::Mark* TimeLine::markAt(const QPoint& at) const
{
    const Mark* best = nullptr;
    double nearest = 7;
    for (const Mark& mark : marks_) {
        const double distance = std::abs(xOf(mark.seconds) - at.x());
        if (distance >= nearest) continue;
        nearest = distance;
        best = &mark;
    }
    return best;
}

bool TimeLine::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const Mark* mark = markAt(help->pos());
    QStringList lines;
    if (mark)
        for (const Mark& other : marks_)
            if (std::abs(xOf(other.seconds) - xOf(mark->seconds)) < 4 && lines.size() < 6)
                lines.append(runTimeText(other.seconds) + "  " + QString::fromStdString(other.event.node) + ": " +
                             QString::fromStdString(other.event.text));
    QToolTip::showText(help->globalPos(), lines.isEmpty() ? tr("Drag to look back at the run") : lines.join('\n'),
                       this);
    return true;
}

} // namespace streamwright::gui
