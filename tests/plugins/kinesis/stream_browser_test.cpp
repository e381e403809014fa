// SPDX-License-Identifier: GPL-3.0-or-later
// Looking into a stream: what is seen, what is not disturbed, what is said of its load.
#include "core/runtime/browsable.h"
#include "plugins/kinesis/limits.h"
#include "plugins/kinesis/shard_load.h"
#include "tests/support/pipeline_run.h"

namespace streamwright::kinesis {

void registerPlugin(Registry& registry);

namespace {

using test::openPipeline;
using test::sumOf;

const Registry& registry()
{
    static const Registry made = [] {
        Registry registry;
        registerPlugin(registry);
        return registry;
    }();
    return made;
}

std::unique_ptr<Engine> streamOf(std::size_t shards)
{
    return openPipeline(R"({"streamwright": 1, "name": "t", "nodes": [{"id": "s", "kind": "AWS::Kinesis::Stream",
                            "properties": {"ShardCount": )" +
                            std::to_string(shards) + "}}], \"edges\": []}",
                        registry());
}

// count records of the key, each second one, the engine moving on.
void sendMany(Engine& engine, const std::string& key, int count)
{
    const auto browsable = engine.browsable("s");
    for (int i = 0; i < count; ++i)
        ASSERT_TRUE(browsable->send({key, "data " + std::to_string(i), {}}, engine.now()));
}

TEST(StreamBrowser, LimitsOfTheDescriptionAreThoseOfTheShard)
{
    const NodeKind& kind = registry().find("AWS::Kinesis::Stream")->kind;
    EXPECT_EQ(kind.metric("IncomingRecords")->limit->value, static_cast<double>(kWriteRecordsPerSecond));
    EXPECT_EQ(kind.metric("IncomingBytes")->limit->value, static_cast<double>(kWriteBytesPerSecond.value()));
    EXPECT_EQ(kind.metric("OutgoingBytes")->limit->value, static_cast<double>(kReadBytesPerSecond.value()));
    EXPECT_EQ(kind.mainRate()->name, "IncomingRecords");
}

TEST(StreamBrowser, PartsAreTheShardsWithTheirRangesAndLineage)
{
    auto engine = streamOf(2);
    ASSERT_TRUE(engine->runFor(seconds(1)));
    ASSERT_TRUE(engine->edit("s", Json{{"ShardCount", 4}}).empty());
    ASSERT_TRUE(engine->runFor(seconds(1)));
    const auto parts = engine->browsable("s")->parts();
    ASSERT_EQ(parts.size(), 6u);
    double open = 0;
    for (const BrowsePart& part : parts)
        open += part.open ? part.share : 0;
    EXPECT_NEAR(open, 1, 1e-9);
    EXPECT_EQ(parts[0].name, "shardId-000000000002");
    EXPECT_EQ(parts[0].parents, std::vector<std::string>{"shardId-000000000000"});
    EXPECT_EQ(parts[0].label, "hash keys 0 .. 25 %");
    EXPECT_FALSE(parts[5].open);
    EXPECT_NE(parts[5].closed, kNever);
}

TEST(StreamBrowser, RowsOfAllShardsComeByTimeAndAnyPageIsTheSame)
{
    auto engine = streamOf(3);
    for (int i = 0; i < 60; ++i) {
        sendMany(*engine, "key-" + std::to_string(i * 7 % 10), 3);
        ASSERT_TRUE(engine->runFor(milliseconds(50)));
    }
    const auto browsable = engine->browsable("s");
    const auto view = browsable->view("", engine->now());
    ASSERT_EQ(view->count(), 180u);
    const auto all = view->rows(0, 1000, ByteCount(4));
    ASSERT_EQ(all.size(), 180u);
    for (std::size_t i = 1; i < all.size(); ++i)
        EXPECT_LE(all[i - 1].time, all[i].time);
    for (std::size_t begin = 0; begin < 180; begin += 7) {
        const auto page = view->rows(begin, 5, ByteCount(4));
        ASSERT_EQ(page.size(), std::min<std::size_t>(5, 180 - begin));
        for (std::size_t i = 0; i < page.size(); ++i)
            EXPECT_EQ(page[i].sequence, all[begin + i].sequence) << begin + i;
    }
    EXPECT_EQ(all[0].data, "data");
    EXPECT_EQ(all[0].size, 6u);
    EXPECT_EQ(all[0].key, "key-0");
    EXPECT_EQ(view->indexAt(all[90].time), 90u);
    EXPECT_EQ(view->content(4, ByteCount(100))->plain, "data 1");
    std::uint64_t inParts = 0;
    for (const BrowsePart& part : browsable->parts())
        inParts += browsable->view(part.name, engine->now())->count();
    EXPECT_EQ(inParts, 180u);
}

TEST(StreamBrowser, AViewStandsStillWhileTheStreamGoesOn)
{
    auto engine = streamOf(1);
    sendMany(*engine, "k", 5);
    const auto view = engine->browsable("s")->view("", engine->now());
    sendMany(*engine, "k", 5);
    EXPECT_EQ(view->count(), 5u);
    EXPECT_EQ(view->rows(0, 100, ByteCount(100)).size(), 5u);
}

TEST(StreamBrowser, WhatRetentionTakesIsShownAsGone)
{
    auto engine = streamOf(1);
    sendMany(*engine, "k", 5);
    const auto view = engine->browsable("s")->view("", engine->now());
    ASSERT_TRUE(engine->runFor(std::chrono::hours(25)));
    const auto rows = view->rows(0, 5, ByteCount(100));
    ASSERT_EQ(rows.size(), 5u);
    EXPECT_TRUE(rows[0].gone);
    EXPECT_FALSE(view->content(0, ByteCount(100)));
    EXPECT_EQ(engine->browsable("s")->view("", engine->now())->count(), 0u);
}

TEST(StreamBrowser, SendingObeysTheLimitsAndCounts)
{
    auto engine = streamOf(1);
    sendMany(*engine, "k", 1000);
    const auto refused = engine->browsable("s")->send({"k", "one more", {}}, engine->now());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.problem().code, ProblemCode::LimitExceeded);
    EXPECT_EQ(engine->browsable("s")->send({"", "no key", {}}, engine->now()).problem().code,
              ProblemCode::InvalidInput);
    EXPECT_EQ(sumOf(*engine, "s", "IncomingRecords"), 1000);
    EXPECT_EQ(sumOf(*engine, "s", "IncomingRecords", "shardId-000000000000"), 1000);
    EXPECT_EQ(sumOf(*engine, "s", "WriteProvisionedThroughputExceeded"), 1);
}

TEST(StreamBrowser, LookingChangesNothing)
{
    std::string digests[2];
    for (const bool looks : {false, true}) {
        auto engine = streamOf(2);
        for (int i = 0; i < 20; ++i) {
            sendMany(*engine, "key-" + std::to_string(i), 10);
            ASSERT_TRUE(engine->runFor(milliseconds(500)));
            if (!looks) continue;
            EXPECT_EQ(engine->browsable("s")->view("", engine->now())->rows(0, 1000, ByteCount(10)).size(),
                      static_cast<std::size_t>(10 * (i + 1)));
            EXPECT_TRUE(engine->browsable("s")->explainLoad("", EngineOptions::kDefaultStart, engine->now()));
        }
        ASSERT_TRUE(engine->close());
        digests[looks] = engine->digest();
    }
    EXPECT_EQ(digests[0], digests[1]);
}

TEST(StreamBrowser, ItOutlivesTheRun)
{
    auto engine = streamOf(1);
    sendMany(*engine, "k", 5);
    const auto browsable = engine->browsable("s");
    const Time now = engine->now();
    ASSERT_TRUE(engine->close());
    EXPECT_EQ(browsable->send({"k", "late", {}}, now).problem().code, ProblemCode::Conflict);
    engine.reset();
    EXPECT_EQ(browsable->view("", now)->rows(0, 10, ByteCount(100)).size(), 5u);
    EXPECT_EQ(browsable->send({"k", "late", {}}, now).problem().code, ProblemCode::Conflict);
}

TEST(StreamBrowser, AnEvenLoadIsHalvedByASplit)
{
    auto engine = streamOf(1);
    for (int i = 0; i < 900; ++i)
        sendMany(*engine, "key-" + std::to_string(i), 1);
    ASSERT_TRUE(engine->runFor(seconds(1)));
    const auto load =
        engine->browsable("s")->explainLoad("shardId-000000000000", engine->now() - seconds(1), engine->now());
    ASSERT_TRUE(load);
    EXPECT_EQ(load->records, 900u);
    EXPECT_TRUE(load->splitHelps);
    EXPECT_NEAR(load->lowerShare, 0.5, 0.01);
    ASSERT_TRUE(parseUint128(load->splitAt));
    EXPECT_EQ(load->advice.front(), "Split at " + load->splitAt + ": 50 % / 50 % of the load.");
}

TEST(StreamBrowser, AShardWithRoomNeedsNoSplit)
{
    auto engine = streamOf(1);
    for (int i = 0; i < 300; ++i)
        sendMany(*engine, "key-" + std::to_string(i), 1);
    ASSERT_TRUE(engine->runFor(seconds(10)));
    const Time now = engine->now();
    const auto load = engine->browsable("s")->explainLoad("shardId-000000000000", now - seconds(10), now);
    ASSERT_TRUE(load);
    EXPECT_FALSE(load->splitHelps);
    EXPECT_EQ(load->advice, std::vector<std::string>{"The shard has room: it takes 3 % of its limit, 30 % in its "
                                                     "busiest second. No split is needed."});
}

TEST(StreamBrowser, AShardThatIsFullForASecondIsBusyHoweverQuietTheOthers)
{
    auto engine = streamOf(1);
    for (int i = 0; i < 900; ++i)
        sendMany(*engine, "key-" + std::to_string(i), 1);
    ASSERT_TRUE(engine->runFor(seconds(10)));
    const Time now = engine->now();
    const auto load = engine->browsable("s")->explainLoad("shardId-000000000000", now - seconds(10), now);
    ASSERT_TRUE(load);
    EXPECT_TRUE(load->splitHelps);
    EXPECT_TRUE(load->advice.front().starts_with("Split at ")) << load->advice.front();
}

TEST(StreamBrowser, AHotKeyIsNamedAndNoSplitPromised)
{
    auto engine = streamOf(1);
    sendMany(*engine, "hot", 850);
    for (int i = 0; i < 150; ++i)
        sendMany(*engine, "key-" + std::to_string(i), 1);
    ASSERT_TRUE(engine->runFor(seconds(1)));
    const auto load =
        engine->browsable("s")->explainLoad("shardId-000000000000", engine->now() - seconds(1), engine->now());
    ASSERT_TRUE(load);
    EXPECT_FALSE(load->splitHelps);
    EXPECT_EQ(load->keys.front().key, "hot");
    EXPECT_NEAR(load->keys.front().share, 0.85, 0.001);
    EXPECT_EQ(load->advice.front(),
              "No split would help: the key hot alone is 85 % of the load, and a key lives on one shard.");
}

TEST(BestSplit, LiesBetweenTheHalvesAndWithinWhatTheServiceTakes)
{
    const HashRange range{100, 200};
    const auto split = bestSplit(range, {{110, 1}, {190, 2}, {150, 3}});
    ASSERT_TRUE(split);
    EXPECT_GT(split->newStartingHashKey, 150u);
    EXPECT_LE(split->newStartingHashKey, 190u);
    EXPECT_NEAR(split->lowerShare, 4.0 / 6, 1e-9);
    EXPECT_FALSE(bestSplit(range, {{150, 3}, {150, 4}}));
    EXPECT_FALSE(bestSplit(range, {{100, 1}, {101, 1}})); // below start + 2
    EXPECT_FALSE(bestSplit(range, {}));
}

} // namespace
} // namespace streamwright::kinesis
