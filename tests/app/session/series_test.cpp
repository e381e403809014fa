// SPDX-License-Identifier: GPL-3.0-or-later
// What charts, the heat map and the time line are given.
#include "app/session/series.h"

#include "tests/app/session/run_fixture.h"

namespace streamwright {
namespace {

using test::allKinds;
using test::example;
using test::ran;

const Time kStart = EngineOptions::kDefaultStart;

SeriesData one(Engine& engine, const SeriesQuery& query, Time from, Time to, std::size_t mostPoints = 10'000)
{
    return series(engine, allKinds(), std::span(&query, 1), from, to, mostPoints).front();
}

TEST(Series, TheDefaultChartsComeFirstAndPartsBehindTheirWhole)
{
    auto engine = example("clickstream", seconds(20));
    const auto infos = seriesOf(*engine, allKinds(), "clicks");
    ASSERT_GT(infos.size(), 6u);
    EXPECT_TRUE(infos[0].charted);
    EXPECT_EQ(infos[0].id.metric, "IncomingBytes");
    EXPECT_EQ(infos[1].id.part, "shardId-000000000000");
    EXPECT_FALSE(infos[1].charted);
    const auto records =
        std::find_if(infos.begin(), infos.end(), [](const auto& i) { return i.title == "Incoming records"; });
    ASSERT_NE(records, infos.end());
    EXPECT_EQ(records->unit, "records/s");
    EXPECT_TRUE(seriesOf(*engine, allKinds(), "nobody").empty());
}

TEST(Series, SumsAreRatesWithTheLimitOfAllOpenShards)
{
    auto engine = example("clickstream", seconds(60));
    const SeriesData data = one(*engine, {{"clicks", "", "IncomingRecords"}, ""}, kStart, kStart + seconds(60));
    EXPECT_EQ(data.query.statistic, "Sum");
    EXPECT_EQ(data.period, seconds(1));
    ASSERT_EQ(data.points.size(), 60u);
    for (std::size_t i = 1; i < 60; ++i)
        EXPECT_NEAR(data.points[i].value, 1200, 150) << i; // as its batches fall into the seconds
    ASSERT_GE(data.limit.size(), 2u);
    EXPECT_EQ(data.limit.front().value, 2000);
    EXPECT_EQ(data.limit.back().time, kStart + seconds(60));
    const SeriesData shard =
        one(*engine, {{"clicks", "shardId-000000000001", "IncomingRecords"}, ""}, kStart, kStart + seconds(60));
    EXPECT_EQ(shard.limit.front().value, 1000);
}

TEST(Series, TheLimitStepsWhereTheShardsChange)
{
    auto engine = example("clickstream", seconds(10));
    ASSERT_TRUE(engine->edit("clicks", Json{{"ShardCount", 4}}).empty());
    ASSERT_TRUE(engine->runFor(seconds(20)));
    const SeriesData data = one(*engine, {{"clicks", "", "IncomingRecords"}, ""}, kStart, kStart + seconds(30));
    ASSERT_EQ(data.limit.size(), 3u);
    EXPECT_EQ(data.limit[0].value, 2000);
    EXPECT_EQ(data.limit[1].value, 4000);
    EXPECT_GE(data.limit[1].time, kStart + seconds(10));
    EXPECT_EQ(data.limit[2].value, 4000);
}

TEST(Series, QuietSecondsOfARateAreZeroAndOfAGaugeAreMissing)
{
    auto engine =
        ran(R"({"id": "p", "kind": "Local::Producer", "properties": {"RecordsPerSecond": 100, "TotalRecords": 500}},
                         {"id": "q", "kind": "AWS::SQS::Queue"})",
            R"({"from": "p.out", "to": "q.in"})", seconds(30));
    const SeriesData sent = one(*engine, {{"q", "", "NumberOfMessagesSent"}, ""}, kStart, kStart + seconds(30));
    ASSERT_EQ(sent.points.size(), 30u);
    EXPECT_GT(sent.points[2].value, 0);
    EXPECT_EQ(sent.points[20].value, 0);
    EXPECT_EQ(sent.unit, "messages/s");
    const SeriesData depth =
        one(*engine, {{"q", "", "ApproximateNumberOfMessagesVisible"}, ""}, kStart, kStart + seconds(30));
    EXPECT_LT(depth.points.size(), 20u);
    EXPECT_EQ(depth.points.back().value, 500);
}

TEST(Series, DecimationKeepsThePeaks)
{
    auto engine = ran(R"({"id": "p", "kind": "Local::Producer", "properties": {"RecordsPerSecond": 10,
                          "Pattern": {"Type": "Bursts", "BurstRecordsPerSecond": 900, "BurstSeconds": 1, "EverySeconds": 97}}},
                         {"id": "q", "kind": "AWS::SQS::Queue"})",
                      R"({"from": "p.out", "to": "q.in"})", seconds(600));
    const auto query = SeriesQuery{{"q", "", "NumberOfMessagesSent"}, ""};
    const SeriesData all = one(*engine, query, kStart, kStart + seconds(600));
    const SeriesData few = one(*engine, query, kStart, kStart + seconds(600), 40);
    ASSERT_EQ(all.points.size(), 600u);
    EXPECT_LE(few.points.size(), 40u);
    const auto peak = [](const SeriesData& data) {
        return std::max_element(data.points.begin(), data.points.end(),
                                [](const auto& a, const auto& b) { return a.value < b.value; })
            ->value;
    };
    EXPECT_EQ(peak(all), peak(few));
    EXPECT_TRUE(std::is_sorted(few.points.begin(), few.points.end(),
                               [](const auto& a, const auto& b) { return a.time < b.time; }));
}

TEST(Series, LongSpansComeInMinutesAtTheSameRate)
{
    auto engine = ran(R"({"id": "p", "kind": "Local::Producer", "properties": {"RecordsPerSecond": 10}},
                         {"id": "q", "kind": "AWS::SQS::Queue"})",
                      R"({"from": "p.out", "to": "q.in"})", std::chrono::hours(2));
    const SeriesData data =
        one(*engine, {{"q", "", "NumberOfMessagesSent"}, ""}, kStart, kStart + std::chrono::hours(2));
    EXPECT_EQ(data.period, std::chrono::minutes(1));
    ASSERT_EQ(data.points.size(), 120u);
    EXPECT_NEAR(data.points[60].value, 10, 0.2);
}

TEST(Series, AQuotaToldAsAMetricIsTheLimitLine)
{
    auto engine = ran(R"({"id": "p", "kind": "Local::Producer"}, {"id": "b", "kind": "AWS::S3::Bucket"},
                         {"id": "f", "kind": "AWS::KinesisFirehose::DeliveryStream", "properties": {"DirectPutRecordsPerSecond": 5000}})",
                      R"({"from": "p.out", "to": "f.in"}, {"from": "f.out", "to": "b.in"})", seconds(90));
    const SeriesData data =
        one(*engine, {{"f", "", "IncomingRecords"}, ""}, kStart + seconds(70), kStart + seconds(90));
    ASSERT_EQ(data.limit.size(), 2u);
    EXPECT_EQ(data.limit[0], (SeriesPoint{kStart + seconds(70), 5000}));
    EXPECT_EQ(data.limit[1], (SeriesPoint{kStart + seconds(90), 5000}));
}

TEST(Series, WhatIsUnknownIsEmpty)
{
    auto engine = example("clickstream", seconds(5));
    EXPECT_TRUE(one(*engine, {{"clicks", "", "NoSuchMetric"}, ""}, kStart, kStart + seconds(5)).points.empty());
    EXPECT_TRUE(one(*engine, {{"nobody", "", "IncomingRecords"}, ""}, kStart, kStart + seconds(5)).points.empty());
}

TEST(HeatMap, TheHotShardIsAtItsLimitAndMarked)
{
    auto engine = example("hot-shard", seconds(30));
    const HeatMap map = heatMap(*engine, allKinds(), "readings", kStart, kStart + seconds(30));
    ASSERT_EQ(map.rows.size(), 4u);
    ASSERT_EQ(map.columns, 30u);
    EXPECT_EQ(map.rows[0].label, "hash keys 0 .. 25 %");
    int hot = 0;
    for (const HeatRow& row : map.rows) {
        ASSERT_EQ(row.share.size(), 30u);
        if (!row.throttled[20]) {
            EXPECT_LT(row.share[20], 0.6) << row.part;
            continue;
        }
        ++hot;
        EXPECT_NEAR(row.share[20], 1, 0.05);
    }
    EXPECT_EQ(hot, 1);
    EXPECT_TRUE(heatMap(*engine, allKinds(), "sensors", kStart, kStart + seconds(30)).rows.empty());
}

TEST(HeatMap, PartsAreThereWhileTheyAreOpenOnly)
{
    auto engine = example("hot-shard", seconds(30));
    ASSERT_TRUE(engine->edit("readings", Json{{"ShardCount", 8}}).empty());
    ASSERT_TRUE(engine->runFor(seconds(30)));
    const HeatMap map = heatMap(*engine, allKinds(), "readings", kStart, kStart + seconds(60));
    ASSERT_EQ(map.rows.size(), 12u); // 8 open in front
    EXPECT_LT(map.rows[0].share[10], 0);
    EXPECT_GT(map.rows[0].share[50], 0);
    EXPECT_GT(map.rows[11].share[10], 0);
    EXPECT_LT(map.rows[11].share[50], 0);
    const HeatMap narrow = heatMap(*engine, allKinds(), "readings", kStart, kStart + seconds(60), 10);
    EXPECT_EQ(narrow.columns, 10u);
    EXPECT_EQ(narrow.column, seconds(6));
}

TEST(Timeline, ThrottlingAndReshardingAreTold)
{
    auto engine = ran(R"({"id": "p", "kind": "Local::Producer", "properties": {"RecordsPerSecond": 1500}},
                         {"id": "s", "kind": "AWS::Kinesis::Stream", "properties": {"Resharding":
                           [{"AtSeconds": 20, "Action": "UpdateShardCount", "TargetShardCount": 2}]}})",
                      R"({"from": "p.out", "to": "s.in"})", seconds(30));
    const auto events = timeline(*engine);
    const auto count = [&](TimelineEvent::Kind kind) {
        return std::count_if(events.begin(), events.end(), [&](const auto& event) { return event.kind == kind; });
    };
    EXPECT_GE(count(TimelineEvent::Kind::Throttled), 1);
    EXPECT_EQ(count(TimelineEvent::Kind::Resharded), 1);
    EXPECT_TRUE(timeline(*engine, events.back().number).empty());
}

TEST(Timeline, AConsumerThatFallsBehindIsTold)
{
    auto engine = ran(R"({"id": "p", "kind": "Local::Producer", "properties": {"RecordsPerSecond": 100}},
                         {"id": "s", "kind": "AWS::Kinesis::Stream"},
                         {"id": "c", "kind": "Local::Consumer", "properties": {"MillisecondsPerRecord": 20}})",
                      R"({"from": "p.out", "to": "s.in"}, {"from": "s.out", "to": "c.in"})", seconds(200));
    std::vector<TimelineEvent> behind;
    for (const TimelineEvent& event : timeline(*engine))
        if (event.kind == TimelineEvent::Kind::Behind) behind.push_back(event);
    ASSERT_EQ(behind.size(), 1u);
    EXPECT_EQ(behind[0].node, "c");
    ASSERT_TRUE(engine->edit("c", Json{{"MillisecondsPerRecord", 1}}).empty());
    ASSERT_TRUE(engine->runFor(seconds(60)));
    const std::vector<TimelineEvent> all = timeline(*engine);
    const auto last = std::find_if(all.rbegin(), all.rend(),
                                   [](const auto& event) { return event.kind == TimelineEvent::Kind::Behind; });
    EXPECT_NE(last->text.find("caught up"), std::string::npos) << last->text;
}

} // namespace
} // namespace streamwright
