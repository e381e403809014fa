// SPDX-License-Identifier: GPL-3.0-or-later
// A statistic of a metric over a span of time, in periods, and the way from the engine's datapoints (a second or a minute
// each) to them. Values; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/service.h"
#include "plugins/cloudwatch/published_metrics.h"

namespace streamwright::cloudwatch {

// [from, to) in periods that begin at from.
struct Span {
    Time from{}, to{};
    Duration period{};

    Time startOf(Time t) const { return from + (t - from) / period * period; }
};

// With from cut to the minute (or to the period where that is shorter). A problem when the period or the times cannot be.
Result<Span> spanOf(Time from, Time to, std::int64_t periodSeconds);
Time cutTo(Duration step, Time t);

struct Point {
    Time start{}; // of the period
    double sampleCount = 0, sum = 0, minimum = 0, maximum = 0;
    double p50 = 0, p90 = 0, p99 = 0;
    bool hasPercentiles = false;
    std::string unit;
};

// Of what the engine keeps: periods with data only, by time. Percentiles are of periods that are one datapoint of it.
std::vector<Point> pointsOf(const api::Host& host, const Series& series, const Span& span);

// Nothing for a percentile that is not known.
using Statistic = std::optional<double> (*)(const Point&);
Statistic statisticOf(std::string_view name); // "Sum", "p99" ...; null when it is not kept
bool isPercentile(std::string_view name);
// Percentiles are kept for these periods only.
bool hasPercentiles(const Span& span);

} // namespace streamwright::cloudwatch
