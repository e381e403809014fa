// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/monitor/time_window.h"

#include <algorithm>

namespace streamwright::gui {

namespace {
constexpr double kLeastSpan = 5;
constexpr double kFirstSpan = 60; // a young run does not stretch its first seconds over the whole chart
} // namespace

void TimeWindow::restart()
{
    end_ = 0;
    pausedAt_ = 0;
    following_ = true;
    hover({});
    moment_.reset();
    setPaused(false);
    follow();
}

void TimeWindow::setEnd(double seconds)
{
    if (seconds == end_) return;
    end_ = seconds;
    if (paused_) emit pausedChanged();
    follow();
}

void TimeWindow::setSpan(double seconds)
{
    span_ = seconds;
    reset();
}

void TimeWindow::setPaused(bool paused)
{
    if (paused == paused_) return;
    paused_ = paused;
    pausedAt_ = end_;
    if (!paused_) following_ = true;
    emit pausedChanged();
    follow();
}

void TimeWindow::zoom(double factor, double around)
{
    const double span = std::clamp((to_ - from_) * factor, kLeastSpan, std::max(end_, kFirstSpan));
    const double share = (around - from_) / (to_ - from_);
    const double from = around - share * span;
    show(from, from + span);
}

void TimeWindow::pan(double seconds) { show(from_ + seconds, to_ + seconds); }

void TimeWindow::show(double from, double to)
{
    const double span = std::max(to - from, kLeastSpan);
    // Some of the run always stays in sight.
    from = std::clamp(from, -span / 2, std::max(end_ - span / 2, 0.0));
    following_ = false;
    set(from, from + span);
}

void TimeWindow::reset()
{
    following_ = !moment_;
    follow();
}

void TimeWindow::setMoment(std::optional<double> seconds)
{
    if (seconds == moment_) return;
    moment_ = seconds;
    if (!moment_) return reset();
    const double span = to_ - from_;
    following_ = false;
    if (*moment_ < from_ || *moment_ > to_)
        set(std::max(0.0, *moment_ - span / 2), std::max(0.0, *moment_ - span / 2) + span);
    emit hoveredChanged();
}

void TimeWindow::hover(std::optional<double> seconds)
{
    if (seconds == hovered_) return;
    hovered_ = seconds;
    emit hoveredChanged();
}

void TimeWindow::follow()
{
    if (!following_) return;
    const double end = paused_ ? pausedAt_ : end_;
    const double span = span_ > 0 ? span_ : end;
    set(std::max(0.0, end - span), std::max({end, std::min(span, kFirstSpan), kLeastSpan}));
}

void TimeWindow::set(double from, double to)
{
    if (from == from_ && to == to_) return;
    from_ = from;
    to_ = to;
    emit changed();
}

} // namespace streamwright::gui
