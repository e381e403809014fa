// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/cloudwatch/statistic.h"

#include <algorithm>
#include <array>

namespace streamwright::cloudwatch {

namespace {

constexpr Duration kMinute = std::chrono::minutes(1);
constexpr std::array<std::int64_t, 4> kShortPeriods = {1, 5, 10, 30};

void add(std::vector<Point>& points, const Series& series, const Span& span, const Datapoint& data)
{
    const Time start = span.startOf(data.start);
    const auto samples = static_cast<double>(data.sampleCount);
    if (points.empty() || points.back().start != start) {
        points.push_back({start, samples, data.sum, data.minimum, data.maximum, data.p50, data.p90, data.p99, true,
                          std::string(series.unit)});
        return;
    }
    Point& point = points.back();
    point.hasPercentiles = false;
    point.sampleCount += samples;
    point.sum += data.sum;
    point.minimum = std::min(point.minimum, data.minimum);
    point.maximum = std::max(point.maximum, data.maximum);
}

template <double Point::*percentile>
std::optional<double> percentileOf(const Point& point)
{
    if (!point.hasPercentiles) return std::nullopt;
    return point.*percentile;
}

struct Named {
    std::string_view name;
    Statistic statistic;
};

constexpr auto kStatistics = std::to_array<Named>({
    {"SampleCount", [](const Point& p) -> std::optional<double> { return p.sampleCount; }},
    {"Average", [](const Point& p) -> std::optional<double> { return p.sum / p.sampleCount; }},
    {"Sum", [](const Point& p) -> std::optional<double> { return p.sum; }},
    {"Minimum", [](const Point& p) -> std::optional<double> { return p.minimum; }},
    {"Maximum", [](const Point& p) -> std::optional<double> { return p.maximum; }},
    {"p50", percentileOf<&Point::p50>},
    {"p90", percentileOf<&Point::p90>},
    {"p99", percentileOf<&Point::p99>},
});

} // namespace

Time cutTo(Duration step, Time t) { return Time(t.time_since_epoch() - t.time_since_epoch() % step); }

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
            add(points, series, span, data);
    if (minute < span.to)
        for (const Datapoint& data : metrics.window(series.id, minute, span.to, MetricStore::Period::Second))
            add(points, series, span, data);
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
