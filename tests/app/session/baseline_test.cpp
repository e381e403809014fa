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
    EXPECT_NEAR(records.figures.total, 2000, 100);
    EXPECT_GE(records.figures.peak, 90);
    EXPECT_GE(records.points.size(), 18u);
    EXPECT_EQ(run.properties.at("readings")["ShardCount"], 2);
}

TEST(Baseline, WithoutPointsARunCanBeComparedAllTheSame)
{
    const auto engine = ran(100, 1, seconds(10));
    const KeptRun full = keepRun(*engine, allKinds(), "a", 1), bare = keepRun(*engine, allKinds(), "b", 1, false);
    const SeriesId id{"readings", "", "IncomingRecords"};
    EXPECT_TRUE(bare.series.at(id).points.empty());
    EXPECT_EQ(bare.series.at(id).figures, full.series.at(id).figures);
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
