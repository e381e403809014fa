// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/baseline.h"

#include <gtest/gtest.h>

#include "tests/app/session/short_run.h"

namespace streamwright {

namespace {

using test::allKinds;
using test::ran;

KeptRun runOfPoints(std::size_t count)
{
    KeptRun run;
    run.start = EngineOptions::kDefaultStart;
    KeptSeries& series = run.series[{"a", "", "In"}];
    for (std::size_t i = 0; i < count; ++i)
        series.points.push_back({run.start + seconds(static_cast<std::int64_t>(i)), 1.0});
    return run;
}

const SeriesDifference& find(const RunComparison& comparison, const SeriesId& id)
{
    const auto found = std::find_if(comparison.series.begin(), comparison.series.end(),
                                    [&](const SeriesDifference& difference) { return difference.id == id; });
    EXPECT_NE(found, comparison.series.end());
    return *found;
}

} // namespace

TEST(Baseline, KeepsFiguresPointsAndPropertiesOfARun)
{
    const auto engine = ran(100, 2, seconds(20));
    const KeptRun run = keepRun(*engine, allKinds(), "first", 7);
    EXPECT_EQ(run.seed, 7u);
    EXPECT_EQ(run.elapsed, seconds(20));
    const KeptSeries& records = run.series.at({"readings", "", "IncomingRecords"});
    EXPECT_TRUE(records.counted);
    EXPECT_NEAR(figuresUntil(run, records, run.elapsed).total, 2000, 100);
    EXPECT_NEAR(figuresUntil(run, records, run.elapsed).peak, 100, 5);
    EXPECT_GE(records.points.size(), 18u);
    EXPECT_EQ(run.properties.at("readings")["ShardCount"], 2);
}

TEST(Baseline, WithoutPointsARunCanBeComparedAllTheSame)
{
    const auto engine = ran(100, 1, seconds(10));
    const KeptRun full = keepRun(*engine, allKinds(), "a", 1), bare = keepRun(*engine, allKinds(), "b", 1, false);
    const SeriesId id{"readings", "", "IncomingRecords"};
    EXPECT_TRUE(bare.series.at(id).points.empty());
    EXPECT_EQ(figuresUntil(bare, bare.series.at(id), seconds(10)), figuresUntil(full, full.series.at(id), seconds(10)));
}

TEST(Baseline, DifferencesOfTwoRuns)
{
    const auto slow = ran(100, 1, seconds(20)), fast = ran(200, 3, seconds(20));
    const RunComparison comparison =
        compareRuns(keepRun(*slow, allKinds(), "slow", 1), keepRun(*fast, allKinds(), "fast", 1));
    const SeriesDifference& records = find(comparison, {"readings", "", "IncomingRecords"});
    ASSERT_TRUE(records.change());
    EXPECT_NEAR(*records.change(), 1.0, 0.1); // twice as much
    // A shard that only the second run had.
    EXPECT_FALSE(find(comparison, {"readings", "shardId-000000000002", "IncomingRecords"}).before);
    ASSERT_EQ(comparison.properties.size(), 2u);
    EXPECT_EQ(comparison.properties[0].node, "readings");
    EXPECT_EQ(comparison.properties[0].pointer, "/ShardCount");
    EXPECT_EQ(comparison.properties[0].before, "1");
    EXPECT_EQ(comparison.properties[0].after, "3");
    EXPECT_EQ(comparison.properties[1].pointer, "/RecordsPerSecond");
}

TEST(Baseline, SameRunTwiceDiffersInNothing)
{
    const auto one = ran(100, 2, seconds(10)), two = ran(100, 2, seconds(10));
    const RunComparison comparison = compareRuns(keepRun(*one, allKinds(), "1", 1), keepRun(*two, allKinds(), "2", 1));
    EXPECT_TRUE(comparison.properties.empty());
    ASSERT_FALSE(comparison.series.empty());
    for (const SeriesDifference& difference : comparison.series)
        EXPECT_EQ(difference.before, difference.after) << difference.id.metric;
}

TEST(Baseline, RunsOfDifferentLengthAreComparedOverTheTimeBothHave)
{
    const auto brief = ran(100, 1, seconds(20)), lengthy = ran(100, 1, seconds(700));
    const KeptRun one = keepRun(*brief, allKinds(), "brief", 1), two = keepRun(*lengthy, allKinds(), "lengthy", 1);
    EXPECT_GT(two.step, one.step);
    for (const auto& [before, after] : {std::pair(&one, &two), std::pair(&two, &one)}) {
        const RunComparison comparison = compareRuns(*before, *after);
        EXPECT_EQ(comparison.span, seconds(20));
        const SeriesDifference& records = find(comparison, {"readings", "", "IncomingRecords"});
        EXPECT_EQ(records.before->total, records.after->total);
        EXPECT_NEAR(records.after->total, 2000, 100);
        EXPECT_EQ(find(comparison, {"readings", "", "PutRecords.Success"}).change(), 0);
    }
    // A run that has hardly begun: what there is of full seconds.
    const auto young = ran(100, 1, milliseconds(2500));
    EXPECT_EQ(compareRuns(one, keepRun(*young, allKinds(), "young", 1)).span, seconds(2));
}

TEST(Baseline, LongRunsKeepTheirFiguresWhereSecondsAreGone)
{
    const auto engine = ran(2, 1, std::chrono::hours(2));
    const KeptRun run = keepRun(*engine, allKinds(), "long", 1);
    const KeptSeries& records = run.series.at({"readings", "", "IncomingRecords"});
    const MetricId id{"readings", "", "IncomingRecords"};
    EXPECT_GT(engine->metrics().oldestSecond(id), run.start + seconds(600)); // or the test shows nothing
    EXPECT_EQ(figuresUntil(run, records, run.elapsed).total, engine->metrics().total(id).sum);
    EXPECT_NEAR(figuresUntil(run, records, std::chrono::minutes(10)).total, 1200, 20);
}

TEST(Baseline, WhatDiffersMostStandsFirst)
{
    const auto slow = ran(100, 1, seconds(20)), fast = ran(200, 1, seconds(20));
    const RunComparison comparison =
        compareRuns(keepRun(*slow, allKinds(), "slow", 1), keepRun(*fast, allKinds(), "fast", 1));
    ASSERT_GT(comparison.series.size(), 3u);
    EXPECT_GT(comparison.series.front().size(), 0.4);
    EXPECT_TRUE(std::ranges::is_sorted(comparison.series, std::greater<>(), &SeriesDifference::size));
}

TEST(Baseline, ThinnedPointsKeepTheirPeak)
{
    KeptRun run = runOfPoints(1000);
    const SeriesId id{"a", "", "In"};
    run.series[id].points[523].value = 99;
    run.series[id].points[77].value = -5;
    const std::vector<SeriesPoint> thin = keptPoints(run, id, seconds(0), seconds(1000), 40);
    EXPECT_LE(thin.size(), 40u);
    const auto has = [&](double value) {
        return std::any_of(thin.begin(), thin.end(), [&](const SeriesPoint& point) { return point.value == value; });
    };
    EXPECT_TRUE(has(99));
    EXPECT_TRUE(has(-5));
    EXPECT_TRUE(std::is_sorted(thin.begin(), thin.end(),
                               [](const SeriesPoint& a, const SeriesPoint& b) { return a.time < b.time; }));
}

TEST(Baseline, PointsOfAPartOfTheRun)
{
    const KeptRun run = runOfPoints(100);
    const SeriesId id{"a", "", "In"};
    const std::vector<SeriesPoint> part = keptPoints(run, id, seconds(10), seconds(19), 1000);
    ASSERT_EQ(part.size(), 10u);
    EXPECT_EQ(part.front().time, run.start + seconds(10));
    EXPECT_TRUE(keptPoints(run, {"b", "", "In"}, seconds(0), seconds(100), 10).empty());
    EXPECT_TRUE(keptPoints(run, id, seconds(200), seconds(300), 10).empty());
}

} // namespace streamwright
