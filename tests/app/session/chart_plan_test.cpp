// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/chart_plan.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/app/session/short_run.h"

namespace streamwright {

using test::allKinds;
using test::ran;

TEST(ChartPlan, ANodeOfManyShardsShowsItsHeaviest)
{
    const auto engine = ran(500, 12, seconds(10));
    const Time end = engine->now();
    const std::vector<PlannedChart> charts = planCharts(*engine, allKinds(), {"readings"}, end - seconds(10), end);
    const auto records = std::find_if(charts.begin(), charts.end(), [](const PlannedChart& chart) {
        return chart.key == "readings/IncomingRecords";
    });
    ASSERT_NE(records, charts.end());
    EXPECT_EQ(records->lines.size(), kMostChartLines);
    EXPECT_EQ(records->more, 4u);
    EXPECT_TRUE(records->limited);
    EXPECT_EQ(records->lines[0].label.substr(0, 8), "shardId-");
}

TEST(ChartPlan, OneShardIsDrawnAsTheWhole)
{
    const auto engine = ran(100, 1, seconds(5));
    for (const PlannedChart& chart :
         planCharts(*engine, allKinds(), {"readings"}, engine->now() - seconds(5), engine->now()))
        EXPECT_EQ(chart.lines.size(), 1u) << chart.key;
}

TEST(ChartPlan, OverviewHasALineANode)
{
    const auto engine = ran(100, 3, seconds(5));
    const std::vector<PlannedChart> charts =
        planCharts(*engine, allKinds(), {}, engine->now() - seconds(5), engine->now());
    ASSERT_FALSE(charts.empty());
    std::set<std::string> nodes;
    for (const PlannedChart& chart : charts)
        for (const PlannedLine& line : chart.lines) {
            EXPECT_EQ(line.query.id.part, "");
            nodes.insert(line.query.id.node);
        }
    EXPECT_EQ(nodes, (std::set<std::string>{"readings", "sensors"}));
}

TEST(ChartPlan, ShortNamesOfParts)
{
    EXPECT_EQ(shortPart("shardId-000000000003"), "shardId-3");
    EXPECT_EQ(shortPart("shardId-000000000120"), "shardId-120");
    EXPECT_EQ(shortPart("shardId-000000000000"), "shardId-0");
    EXPECT_EQ(shortPart("archiver"), "archiver");
    EXPECT_EQ(shortPart("0000"), "0");
}

} // namespace streamwright
