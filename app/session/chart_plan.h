// SPDX-License-Identifier: GPL-3.0-or-later
// ChartPlan: which charts are shown of a node, of several, or of a whole run, and which lines they have. Kinds say what is
// worth a chart (MetricKind::charted). A value, made from an engine on any thread.
#pragma once

#include <string>
#include <vector>

#include "app/session/series.h"

namespace streamwright {

struct PlannedLine {
    SeriesQuery query;
    std::string label;
};

struct PlannedChart {
    std::string key; // the same for the same chart at another time
    std::string title;
    std::vector<PlannedLine> lines; // kMostChartLines at most, the heaviest
    std::size_t more = 0; // lines there was no room for
    bool limited = false; // the lines share their limit: it is drawn
};

inline constexpr std::size_t kMostChartLines = 8;

// nodes: one = its charts, by part where it has several; more = one line a node in charts of the same metric; none = an
// overview of the run. from, to: which parts are the heaviest is judged by that time.
std::vector<PlannedChart> planCharts(Engine& engine, const Registry& registry, const std::vector<std::string>& nodes,
                                     Time from, Time to);

// One chart of chosen series; their units should be the same.
PlannedChart chartOf(Engine& engine, const Registry& registry, const std::vector<SeriesId>& series);

// "shardId-000000000003" as "shardId-3".
std::string shortPart(const std::string& part);

} // namespace streamwright
