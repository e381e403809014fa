// SPDX-License-Identifier: GPL-3.0-or-later
// What a run looks like at a moment: states, reasons, rates.
#include "app/session/live_view.h"

#include "tests/app/session/run_fixture.h"

namespace streamwright {
namespace {

using test::allKinds;
using test::example;
using test::ran;
using test::says;

std::string producer(double rate, const std::string& more = "")
{
    return R"({"id": "p", "kind": "Local::Producer", "properties": {"RecordsPerSecond": )" + std::to_string(rate) +
           more + "}}";
}

TEST(LiveView, AHealthyPipelineIsOkWithItsRates)
{
    auto engine = example("clickstream", seconds(60));
    const LiveView view = liveView(*engine, allKinds());
    EXPECT_EQ(view.elapsed, seconds(60));
    ASSERT_EQ(view.nodes.size(), 5u);
    for (const auto& [id, node] : view.nodes) {
        EXPECT_EQ(node.state, NodeState::Ok) << id << ": " << node.reason;
        EXPECT_EQ(node.trend.size(), 60u) << id;
    }
    EXPECT_NEAR(view.nodes.at("clicks").rate, 1200, 60);
    EXPECT_EQ(view.nodes.at("clicks").rateUnit, "records/s");
    EXPECT_EQ(view.nodes.at("archive").rateUnit, "objects/s");
    EXPECT_NEAR(view.nodes.at("clicks").trend.back(), view.nodes.at("clicks").rate, 0.5);
    EXPECT_NEAR(view.recordsPerSecond, 1200, 60);
    EXPECT_EQ(view.throttlesPerSecond, 0);
    const EdgeLive& edge = view.edges.at("website.out>clicks.in");
    EXPECT_NEAR(edge.recordsPerSecond, 1200, 60);
    EXPECT_GT(edge.fill, 0.5); // 600 a shard and more
    EXPECT_LT(edge.fill, 0.8);
    EXPECT_LT(view.edges.at("clicks.out>counter.in").fill, 0.8); // its workers are all busy for moments only
}

TEST(LiveView, AHotShardThrottlesAndSaysWhichAndWhy)
{
    auto engine = example("hot-shard", seconds(60));
    const LiveView view = liveView(*engine, allKinds());
    const NodeLive& stream = view.nodes.at("readings");
    EXPECT_EQ(stream.state, NodeState::Throttling);
    EXPECT_TRUE(says(stream.reason, "shardId-00000000000")) << stream.reason;
    EXPECT_TRUE(says(stream.reason, "100 % of the limit")) << stream.reason;
    EXPECT_GT(view.throttlesPerSecond, 100);
    EXPECT_EQ(view.edges.at("sensors.out>readings.in").fill, 1);
    EXPECT_EQ(view.nodes.at("sensors").state, NodeState::Failing); // it drops what is refused five times
}

TEST(LiveView, AnEdgeCarriesWhatItsReceiverTakesWhileThrottledAndAfter)
{
    auto engine = ran(R"({"id": "p", "kind": "Local::Producer", "properties": {"RecordsPerSecond": 3000}},
                         {"id": "s", "kind": "AWS::Kinesis::Stream"})",
                      R"({"from": "p.out", "to": "s.in"})", seconds(15));
    const auto carries = [&] { return liveView(*engine, allKinds()).edges.at("p.out>s.in").recordsPerSecond; };
    EXPECT_NEAR(carries(), 1000, 100);
    ASSERT_TRUE(engine->edit("p", Json{{"RecordsPerSecond", 800}}).empty());
    for (int second = 1; second <= 15; ++second) {
        ASSERT_TRUE(engine->runFor(seconds(1)));
        if (second > 3) { // the producer has sent again what was refused
            EXPECT_NEAR(carries(), 800, 80) << second;
        }
    }
    ASSERT_TRUE(engine->edit("p", Json{{"RecordsPerSecond", 300}}).empty());
    ASSERT_TRUE(engine->runFor(seconds(2)));
    EXPECT_NEAR(carries(), 300, 30);
}

TEST(LiveView, ExplainingNamesTheHotKeyAndThatNoSplitHelps)
{
    auto engine = example("hot-shard", seconds(60));
    const NodeExplanation explanation = explainNode(*engine, allKinds(), "readings");
    ASSERT_TRUE(explanation.load);
    EXPECT_EQ(explanation.load->keys.front().key, "key-0");
    EXPECT_GT(explanation.load->keys.front().share, 0.6);
    EXPECT_FALSE(explanation.load->splitHelps);
    std::string all;
    for (const std::string& line : explanation.lines)
        all += line + "\n";
    EXPECT_TRUE(says(all, "key-0")) << all;
    EXPECT_TRUE(says(all, "No split would help")) << all;
    EXPECT_TRUE(says(all, explanation.part)) << all;
}

TEST(LiveView, AnOverloadedStreamOfManyKeysIsHelpedByASplit)
{
    auto engine = ran(producer(1500) + R"(, {"id": "s", "kind": "AWS::Kinesis::Stream"})",
                      R"({"from": "p.out", "to": "s.in"})", seconds(30));
    const NodeExplanation explanation = explainNode(*engine, allKinds(), "s");
    ASSERT_TRUE(explanation.load);
    EXPECT_TRUE(explanation.load->splitHelps);
    // The producer's own trouble is explained where it arises.
    const NodeExplanation ofProducer = explainNode(*engine, allKinds(), "p");
    EXPECT_EQ(ofProducer.live.state, NodeState::Failing);
    EXPECT_EQ(ofProducer.part, "shardId-000000000000");
    EXPECT_TRUE(ofProducer.load);
}

TEST(LiveView, LooksBackToAMoment)
{
    auto engine = example("hot-shard", seconds(30));
    const Time start = EngineOptions::kDefaultStart;
    const LiveView then = liveView(*engine, allKinds(), start + seconds(20));
    ASSERT_TRUE(engine->runFor(seconds(60)));
    const LiveView again = liveView(*engine, allKinds(), start + seconds(20));
    EXPECT_EQ(again.now, start + seconds(20));
    EXPECT_EQ(again.elapsed, seconds(20));
    for (const auto& [id, node] : then.nodes) {
        EXPECT_EQ(node.state, again.nodes.at(id).state) << id;
        EXPECT_EQ(node.reason, again.nodes.at(id).reason) << id;
        EXPECT_EQ(node.rate, again.nodes.at(id).rate) << id;
        EXPECT_EQ(node.trend, again.nodes.at(id).trend) << id;
    }
    EXPECT_EQ(liveView(*engine, allKinds(), start).nodes.at("readings").rate, 0);
}

TEST(LiveView, WhatGetsNothingAnyMoreIsStarved)
{
    auto engine = ran(producer(100, R"(, "TotalRecords": 1000)") +
                          R"(, {"id": "s", "kind": "AWS::Kinesis::Stream"}, {"id": "c", "kind": "Local::Consumer"})",
                      R"({"from": "p.out", "to": "s.in"}, {"from": "s.out", "to": "c.in"})", seconds(9));
    EXPECT_EQ(liveView(*engine, allKinds()).nodes.at("s").state, NodeState::Ok);
    ASSERT_TRUE(engine->runFor(seconds(30)));
    const LiveView view = liveView(*engine, allKinds());
    EXPECT_EQ(view.nodes.at("s").state, NodeState::Starved);
    EXPECT_EQ(view.nodes.at("c").state, NodeState::Starved);
    EXPECT_EQ(view.nodes.at("p").state, NodeState::Ok); // it is done, and takes nothing
}

TEST(LiveView, ABucketThatGetsAnObjectNowAndThenIsNotStarved)
{
    auto engine = example("clickstream", seconds(68)); // objects come every 10 s at the latest
    for (int second = 20; second < 68; ++second) {
        const LiveView view = liveView(*engine, allKinds(), EngineOptions::kDefaultStart + seconds(second));
        EXPECT_EQ(view.nodes.at("archive").state, NodeState::Ok) << second;
        EXPECT_EQ(view.nodes.at("archiver").state, NodeState::Ok) << second;
    }
}

TEST(LiveView, ADeliveryThatFailsIsFailingBetweenItsTriesToo)
{
    auto engine = ran(producer(100) +
                          R"(, {"id": "f", "kind": "AWS::KinesisFirehose::DeliveryStream", "properties":
                  {"ExtendedS3DestinationConfiguration": {"BufferingHints": {"IntervalInSeconds": 5}}}},
                {"id": "b", "kind": "AWS::S3::Bucket", "properties": {"Faults": [{"Type": "Fail", "ForSeconds": 600}]}})",
                      R"({"from": "p.out", "to": "f.in"}, {"from": "f.out", "to": "b.in"})", seconds(120));
    for (int second = 15; second < 120; ++second) {
        const LiveView view = liveView(*engine, allKinds(), EngineOptions::kDefaultStart + seconds(second));
        EXPECT_EQ(view.nodes.at("f").state, NodeState::Failing) << second;
    }
    EXPECT_TRUE(says(liveView(*engine, allKinds()).nodes.at("f").reason, "The bucket refuses objects"));
}

TEST(LiveView, AConsumerWithAllWorkersBusySaysHowFarBehindItIs)
{
    auto engine = ran(producer(100) + R"(, {"id": "s", "kind": "AWS::Kinesis::Stream"},
                          {"id": "c", "kind": "Local::Consumer", "properties": {"MillisecondsPerRecord": 20}})",
                      R"({"from": "p.out", "to": "s.in"}, {"from": "s.out", "to": "c.in"})", seconds(90));
    const NodeLive node = liveView(*engine, allKinds()).nodes.at("c");
    EXPECT_EQ(node.state, NodeState::Ok);
    EXPECT_TRUE(says(node.reason, "behind")) << node.reason;
    EXPECT_TRUE(says(node.reason, "more workers")) << node.reason;
}

} // namespace
} // namespace streamwright
