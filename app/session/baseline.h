// SPDX-License-Identifier: GPL-3.0-or-later
// Baseline: a run kept by value to be laid over another: its series (a bounded number of points, peaks kept), its figures
// step by step and its nodes' properties; and what differs between two runs over the time that both have. Values, made from
// an engine on any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/session/series.h"

namespace streamwright {

struct RunFigures {
    double total = 0; // of what is counted: the sum; of what is measured: the average
    double peak = 0; // of what is counted: the highest rate; of what is measured: the highest value
    bool operator==(const RunFigures&) const = default;
};

struct KeptStep {
    double sum = 0, samples = 0;
    double peak = 0; // of the points
};

struct KeptSeries {
    std::string title, unit;
    bool counted = false; // its points are rates, its total a sum
    std::vector<KeptStep> steps; // one each KeptRun::step; what is missing at the end had nothing
    std::vector<SeriesPoint> points; // in the usual statistic, over the whole run
};

struct KeptRun {
    std::string label; // what a person calls it
    std::uint64_t seed = 0;
    Time start{};
    Duration elapsed{};
    Duration step = seconds(1); // longer in longer runs; the longer of two is a multiple of the other
    std::map<SeriesId, KeptSeries> series;
    std::map<std::string, Json> properties; // by node, as written, with the edits that were taken
};

// points: keep those too; without them a run can be compared, not drawn.
KeptRun keepRun(Engine& engine, const Registry& registry, const std::string& label, std::uint64_t seed,
                bool points = true);

// Those of a series between two times of the run (from its start), thinned to so many at most with its peaks kept.
std::vector<SeriesPoint> keptPoints(const KeptRun& run, const SeriesId& id, Duration from, Duration to,
                                    std::size_t mostPoints);

// Of the run's beginning up to that time, in full steps.
RunFigures figuresUntil(const KeptRun& run, const KeptSeries& series, Duration until);

struct SeriesDifference {
    SeriesId id;
    std::string title, unit;
    bool counted = false;
    std::optional<RunFigures> before, after; // nothing where the run had no such series
    // Of the totals, relative to before; nothing when there was none.
    std::optional<double> change() const;
    // 0: the same; 1: one of them had nothing of it.
    double size() const;
};

struct PropertyDifference {
    std::string node, pointer; // "/ShardCount"; "" = the node itself came or went
    std::string before, after; // as JSON; "" = not there
};

struct RunComparison {
    Duration span{}; // from the start of both: what one of them lacks is left out
    std::vector<SeriesDifference> series; // those that differ most first
    std::vector<PropertyDifference> properties; // what was changed between the runs
};

RunComparison compareRuns(const KeptRun& before, const KeptRun& after);

} // namespace streamwright
