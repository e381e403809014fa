// SPDX-License-Identifier: GPL-3.0-or-later
// A statistic of a series over a span of time, in periods: the engine's datapoints (a second or a minute each) put
// together. Values; any thread.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/api/service.h"
#include "plugins/cloudwatch/published_metrics.h"

namespace streamwright::cloudwatch {

// [from, to) in periods that begin at from.
struct Span {
    Time from{}, to{};
    Duration period{};
};

// With from cut to the minute (or to the period where that is shorter). A problem when the period or the times cannot be.
Result<Span> spanOf(Time from, Time to, std::int64_t periodSeconds);

struct Point {
    Datapoint data; // start: of the period; percentiles only when whole
    bool whole = false; // one datapoint of the engine
};

// Periods with data only, by time.
std::vector<Point> pointsOf(const api::Host& host, const Series& series, const Span& span);

// Nothing for a percentile of a period that was put together.
using Statistic = std::optional<double> (*)(const Point&);
Statistic statisticOf(std::string_view name); // "Sum", "p99" ...; null when it is not kept
bool isPercentile(std::string_view name);
// Percentiles are kept for these periods only.
bool hasPercentiles(const Span& span);

} // namespace streamwright::cloudwatch
