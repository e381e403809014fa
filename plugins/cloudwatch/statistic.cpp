// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/cloudwatch/statistic.h"

#include <algorithm>
#include <array>

namespace streamwright::cloudwatch {

namespace {

constexpr Duration kMinute = std::chrono::minutes(1);
constexpr std::array<std::int64_t, 4> kShortPeriods = {1, 5, 10, 30};

Time cutTo(Duration step, Time t) { return Time(t.time_since_epoch() - t.time_since_epoch() % step); }

void add(std::vector<Point>& points, const Span& span, const Datapoint& data)
{
    const Time start = span.from + (data.start - span.from) / span.period * span.period;
    if (points.empty() || points.back().data.start != start) {
        points.push_back({data, true});
        points.back().data.start = start;
        return;
    }
    Datapoint& whole = points.back().data;
    points.back().whole = false;
    whole.sampleCount += data.sampleCount;
    whole.sum += data.sum;
    whole.minimum = std::min(whole.minimum, data.minimum);
    whole.maximum = std::max(whole.maximum, data.maximum);
}

template <float Datapoint::*percentile>
std::optional<double> percentileOf(const Point& point)
{
    if (!point.whole) return std::nullopt;
    return point.data.*percentile;
}

struct Named {
    std::string_view name;
    Statistic statistic;
};

constexpr auto kStatistics = std::to_array<Named>({
    {"SampleCount", [](const Point& p) -> std::optional<double> { return static_cast<double>(p.data.sampleCount); }},
    {"Average",
     [](const Point& p) -> std::optional<double> { return p.data.sum / static_cast<double>(p.data.sampleCount); }},
    {"Sum", [](const Point& p) -> std::optional<double> { return p.data.sum; }},
    {"Minimum", [](const Point& p) -> std::optional<double> { return p.data.minimum; }},
    {"Maximum", [](const Point& p) -> std::optional<double> { return p.data.maximum; }},
    {"p50", percentileOf<&Datapoint::p50>},
    {"p90", percentileOf<&Datapoint::p90>},
    {"p99", percentileOf<&Datapoint::p99>},
});

} // namespace

Result<Span> spanOf(Time from, Time to, std::int64_t periodSeconds)
{
    const bool isShort = std::find(kShortPeriods.begin(), kShortPeriods.end(), periodSeconds) != kShortPeriods.end();
    if (!isShort && (periodSeconds < 60 || periodSeconds % 60 != 0))
        return Problem{ProblemCode::InvalidInput, "The parameter Period must be 1, 5, 10, 30 or a multiple of 60.", ""};
    const Duration period = seconds(periodSeconds);
    const Span span{cutTo(isShort ? period : kMinute, from), to, period};
    if (span.from >= to)
        return Problem{ProblemCode::Conflict, "The parameter StartTime must be less than the parameter EndTime.", ""};
    return span;
}

std::vector<Point> pointsOf(const api::Host& host, const Series& series, const Span& span)
{
    MetricStore& metrics = host.metrics();
    const Time now = host.now();
    metrics.advance(now); // an idle run closes no periods
    std::vector<Point> points;
    const bool byMinutes = span.period >= kMinute;
    // Of the minute under way there are only seconds.
    const Time minute = byMinutes ? std::max(span.from, cutTo(kMinute, now)) : span.from;
    if (byMinutes)
        for (const Datapoint& data : metrics.window(series.id, span.from, span.to, MetricStore::Period::Minute))
            add(points, span, data);
    if (minute < span.to)
        for (const Datapoint& data : metrics.window(series.id, minute, span.to, MetricStore::Period::Second))
            add(points, span, data);
    return points;
}

Statistic statisticOf(std::string_view name)
{
    const auto found =
        std::find_if(kStatistics.begin(), kStatistics.end(), [&](const Named& named) { return named.name == name; });
    return found == kStatistics.end() ? nullptr : found->statistic;
}

bool isPercentile(std::string_view name) { return name.starts_with('p'); }

bool hasPercentiles(const Span& span) { return span.period == seconds(1) || span.period == kMinute; }

} // namespace streamwright::cloudwatch
