// SPDX-License-Identifier: GPL-3.0-or-later
// Series: what charts, heat maps and the time line show of a run, as values, decimated to what can be seen. Made from an
// engine on any thread, shown on another. Kinds say what is charted and limited (MetricKind); no service is named here.
// Sums are given as rates: a point of "Sum" is so many a second, whatever its period; seconds are steadied (steady_rate.h),
// but for what was throttled or failed.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/engine/engine.h"

namespace streamwright {

struct SeriesId {
    std::string node, part, metric; // part: "" = the whole node
    auto operator<=>(const SeriesId&) const = default;
};

// A series that there is of a node.
struct SeriesInfo {
    SeriesId id;
    std::string title; // "Incoming records"; parts are not in it
    std::string unit; // of the points in the usual statistic: "records/s", "Bytes/Second", "Milliseconds" ...
    std::string statistic; // the usual one
    std::string help;
    bool charted = false; // among the node's default charts
    bool throttles = false; // of the role Throttled or Failed: drawn as an alarm
};

// Those that have been recorded, charted ones first, in the order of the kind's description; parts behind their whole.
std::vector<SeriesInfo> seriesOf(Engine& engine, const Registry& registry, const std::string& node);

struct SeriesQuery {
    SeriesId id;
    std::string statistic; // Sum, Average, Minimum, Maximum, SampleCount, p50, p90, p99; "" = the usual one
};

struct SeriesPoint {
    Time time{}; // begin of the period
    double value = 0;
    bool operator==(const SeriesPoint&) const = default;
};

struct SeriesData {
    SeriesQuery query; // with the statistic that was taken
    std::string title, unit;
    Duration period = seconds(1); // seconds, or minutes where the span is long or seconds are no longer kept
    // By time. Rates are 0 where nothing came; of what is measured there are gaps. Peaks survive the decimation: a column
    // keeps its lowest and its highest point.
    std::vector<SeriesPoint> points;
    std::vector<SeriesPoint> limit; // the limit line as steps, the last one reaching to the end; empty = none
};

// mostPoints: at most so many points a series (two a pixel column). from <= to. Unknown series come back empty.
std::vector<SeriesData> series(Engine& engine, const Registry& registry, std::span<const SeriesQuery> queries,
                               Time from, Time to, std::size_t mostPoints);

// One cell a part and second (or more seconds, to keep to mostColumns).
struct HeatRow {
    std::string part;
    std::string label; // its hash range in short
    std::vector<float> share; // of its limit, the larger of records and bytes; below 0 = the part was not there
    std::vector<bool> throttled;
};

struct HeatMap {
    Time from{}; // begin of the first column
    Duration column = seconds(1);
    std::size_t columns = 0;
    std::vector<HeatRow> rows; // open parts in the order of their hash ranges, then closed ones that were seen
};

// Empty when the node has no parts with limits.
HeatMap heatMap(Engine& engine, const Registry& registry, const std::string& node, Time from, Time to,
                std::size_t mostColumns = 600);

// What happened, for the time line.
struct TimelineEvent {
    enum class Kind { Note, Throttled, Resharded, Behind, Failed, Edited };
    std::uint64_t number = 0; // of the event in the engine's log
    Time time{};
    std::string node; // "" for the run itself
    Kind kind = Kind::Note;
    std::string text;
};

// Those after the event of that number, in order.
std::vector<TimelineEvent> timeline(Engine& engine, std::uint64_t after = 0);

} // namespace streamwright
