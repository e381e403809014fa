// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/stream.h"

#include "core/record/attributes.h"

namespace streamwright::kinesis {
namespace {

const Time kStart{std::chrono::seconds(1'700'000'000)};

struct Fixture {
    std::unique_ptr<LogStore> store = LogStore::inMemory();
    std::unique_ptr<Stream> stream;

    explicit Fixture(StreamSettings settings = {})
    {
        auto opened = Stream::open("s", settings, *store, kStart);
        EXPECT_TRUE(opened);
        stream = std::move(*opened);
    }
    PutResult put(Time now, std::size_t count, std::string_view key = "a", std::size_t size = 1)
    {
        const std::string data(size, 'x');
        const std::vector<Record> records(count, Record{key, data, {}, now, 0});
        auto result = stream->put(now, records);
        EXPECT_TRUE(result) << result.problem().text();
        return *result;
    }
    static std::size_t throttled(const PutResult& result)
    {
        return static_cast<std::size_t>(
            std::count_if(result.entries.begin(), result.entries.end(),
                          [](const PutEntry& entry) { return entry.status == PutStatus::Throttled; }));
    }
};

TEST(WriteLimits, AShardTakesAThousandRecordsASecond)
{
    Fixture f;
    EXPECT_EQ(Fixture::throttled(f.put(kStart, 500)), 0u);
    EXPECT_EQ(Fixture::throttled(f.put(kStart, 500)), 0u);
    EXPECT_EQ(Fixture::throttled(f.put(kStart, 500)), 500u);
    EXPECT_EQ(Fixture::throttled(f.put(kStart + milliseconds(100), 500)), 400u);
}

TEST(WriteLimits, AShardTakesOneMebibyteASecondKeysIncluded)
{
    Fixture f;
    EXPECT_EQ(Fixture::throttled(f.put(kStart, 1, "a", (1 << 20) - 1)), 0u); // with its key just 1 MiB
    EXPECT_EQ(Fixture::throttled(f.put(kStart, 1, "a", 0)), 1u);
    EXPECT_EQ(Fixture::throttled(f.put(kStart + milliseconds(500), 2, "a", 256 * 1024 - 1)), 0u);
}

TEST(WriteLimits, PutRecordsFailsPerRecordAndInRequestOrder)
{
    StreamSettings settings;
    settings.shardCount = 4;
    Fixture f(settings);
    f.put(kStart, 500, "partitionKey-1");
    f.put(kStart, 500, "partitionKey-1"); // shard 1 is out of budget
    const std::vector<Record> records = {
        {"a", "1", {}, {}, 0}, {"partitionKey-1", "2", {}, {}, 0}, {"b", "3", {}, {}, 0}};
    const auto result = f.stream->put(kStart, records);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->entries[0].status, PutStatus::Accepted);
    EXPECT_EQ(result->entries[0].shard, 0u);
    EXPECT_EQ(result->entries[1].status, PutStatus::Throttled);
    EXPECT_EQ(result->entries[1].shard, 1u);
    EXPECT_EQ(result->entries[2].status, PutStatus::Accepted);
    EXPECT_EQ(result->entries[2].shard, 2u);
}

TEST(WriteLimits, RaisingTheRecordSizeWhileRunningLetsLargeRecordsIn)
{
    Fixture f;
    const std::string big(5 << 20, 'x');
    const std::vector<Record> records = {{"k", big, {}, {}, 0}};
    EXPECT_FALSE(f.stream->put(kStart, records));
    f.stream->setSizes(ByteCount::mib(10), ByteCount::mib(10));
    const auto result = f.stream->put(kStart + seconds(1), records);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->entries[0].status, PutStatus::Accepted);
}

TEST(PutRecords, RequestRules)
{
    Fixture f;
    const auto put = [&](std::vector<Record> records) { return static_cast<bool>(f.stream->put(kStart, records)); };
    EXPECT_FALSE(put({}));
    EXPECT_FALSE(put(std::vector<Record>(501, Record{"k", "d", {}, {}, 0})));
    EXPECT_FALSE(put({Record{"", "d", {}, {}, 0}}));
    const std::string longKey(257, 'k'), umlauts = [] {
        std::string text;
        for (int i = 0; i < 256; ++i)
            text += "\xC3\xBC";
        return text;
    }();
    EXPECT_FALSE(put({Record{longKey, "d", {}, {}, 0}}));
    EXPECT_TRUE(put({Record{umlauts, "d", {}, {}, 0}})); // 256 characters in 512 bytes
    const std::string big(1 << 20, 'x');
    EXPECT_FALSE(put({Record{"k", big, {}, {}, 0}})); // a byte of key too many
    EXPECT_TRUE(f.stream->shard(0)->log().next() == 1);
}

TEST(PutRecords, ExplicitHashKeyReplacesTheMd5)
{
    StreamSettings settings;
    settings.shardCount = 4;
    Fixture f(settings);
    const std::string toLast = encodeAttributes({{"ExplicitHashKey", "340282366920938463463374607431768211455"}});
    const std::string bad = encodeAttributes({{"ExplicitHashKey", "340282366920938463463374607431768211456"}});
    const std::vector<Record> records = {{"a", "1", toLast, {}, 0}};
    EXPECT_EQ(f.stream->put(kStart, records)->entries[0].shard, 3u);
    const std::vector<Record> refused = {{"a", "1", bad, {}, 0}};
    EXPECT_FALSE(f.stream->put(kStart, refused));
}

TEST(ReadLimits, FiveCallsASecondForAllReadersTogether)
{
    Fixture f;
    f.put(kStart, 10);
    const auto shard = f.stream->shard(0);
    for (int i = 0; i < 5; ++i)
        EXPECT_FALSE(shard->getRecords(kStart, 0, 10).throttled);
    EXPECT_TRUE(shard->getRecords(kStart, 0, 10).throttled);
    EXPECT_FALSE(shard->getRecords(kStart + milliseconds(200), 0, 10).throttled);
}

// GetRecords returning 10 MiB at t=0: calls at t=1..4.9 s throttled, t=5 s served.
TEST(ReadLimits, TenMebibytesLockTheShardForFiveSeconds)
{
    Fixture f;
    for (int i = 0; i < 12; ++i)
        f.put(kStart + seconds(i), 1, "a", (1 << 20) - 1);
    const auto shard = f.stream->shard(0);
    const Time t = kStart + seconds(100);
    const GetResult first = shard->getRecords(t, 0, 10'000);
    EXPECT_EQ(first.read.records.size(), 10u);
    EXPECT_EQ(first.left, 2u);
    EXPECT_EQ(first.behind, seconds(100 - 9));
    for (const auto after : {1000, 3000, 4900})
        EXPECT_TRUE(shard->getRecords(t + milliseconds(after), 10, 10'000).throttled) << after;
    EXPECT_FALSE(shard->getRecords(t + seconds(5), 10, 10'000).throttled);
}

TEST(ReadLimits, AFanOutConsumerHasItsOwnTwoMebibytes)
{
    Fixture f;
    for (int i = 0; i < 12; ++i)
        f.put(kStart + seconds(i), 1, "a", (1 << 20) - 1);
    const auto shard = f.stream->shard(0);
    const Time t = kStart + seconds(100);
    TokenBucket mine(kReadBytesPerSecond.value(), kReadBytesPerSecond.value()), yours = mine;
    EXPECT_EQ(shard->pushRecords(t, 0, 10'000, mine).read.records.size(), 2u);
    EXPECT_EQ(shard->pushRecords(t, 0, 10'000, yours).read.records.size(), 2u);
    (void)shard->pushRecords(t, 2, 10'000, mine);
    EXPECT_TRUE(shard->pushRecords(t + milliseconds(500), 4, 10'000, mine).throttled);
    EXPECT_FALSE(shard->pushRecords(t + seconds(1), 4, 10'000, mine).throttled);
    EXPECT_FALSE(shard->getRecords(t, 0, 10'000).throttled);
}

TEST(Retention, ARecordIsReadableWhileYoungerThanTheRetentionPeriod)
{
    Fixture f;
    f.put(kStart, 3);
    f.put(kStart + seconds(10), 2);
    const auto shard = f.stream->shard(0);
    const Time edge = kStart + std::chrono::hours(24);
    EXPECT_EQ(shard->getRecords(edge - Duration(1), 0, 100).read.records.size(), 5u);
    const GetResult after = shard->getRecords(edge + seconds(1), 0, 100);
    EXPECT_EQ(after.read.records.size(), 2u);
    EXPECT_EQ(after.expired, 3u);
}

TEST(Retention, LoweringDropsAtOnceAndRaisingRevivesNothing)
{
    StreamSettings settings;
    settings.retention = std::chrono::hours(72);
    Fixture f(settings);
    f.put(kStart, 3);
    const Time t = kStart + std::chrono::hours(30);
    f.stream->setRetention(std::chrono::hours(24));
    EXPECT_TRUE(f.stream->shard(0)->getRecords(t, 0, 10).read.records.empty());
    f.stream->setRetention(std::chrono::hours(72));
    EXPECT_TRUE(f.stream->shard(0)->getRecords(t + seconds(1), 0, 10).read.records.empty());
}

TEST(Iterators, AllTypes)
{
    Fixture f;
    f.put(kStart, 3);
    f.put(kStart + seconds(10), 3);
    const auto at = [&](IteratorStart start) { return f.stream->iteratorPosition(kStart + seconds(20), 0, start); };
    using Type = IteratorStart::Type;
    EXPECT_EQ(*at({Type::TrimHorizon, 0, {}}), 0u);
    EXPECT_EQ(*at({Type::Latest, 0, {}}), 6u);
    EXPECT_EQ(*at({Type::AtSequenceNumber, 4, {}}), 4u);
    EXPECT_EQ(*at({Type::AfterSequenceNumber, 4, {}}), 5u);
    EXPECT_EQ(*at({Type::AtTimestamp, 0, kStart + seconds(1)}), 3u);
    EXPECT_EQ(*at({Type::AtTimestamp, 0, kStart - seconds(1)}), 0u); // before the horizon = the horizon
    EXPECT_FALSE(at({Type::AtTimestamp, 0, kStart + seconds(21)})); // in the future
    EXPECT_FALSE(f.stream->iteratorPosition(kStart, 9, {}));
}

TEST(Resharding, AClosedShardTakesNothingAndEndsForItsReaders)
{
    Fixture f;
    f.put(kStart, 3);
    const auto parent = f.stream->shard(0);
    ASSERT_TRUE(f.stream->splitShard(kStart + seconds(1), 0, std::nullopt));
    const PutResult after = f.put(kStart + seconds(2), 10, "a");
    EXPECT_EQ(after.entries[0].shard, 1u);
    EXPECT_EQ(parent->log().next(), 3u);
    EXPECT_TRUE(parent->getRecords(kStart + seconds(3), 0, 100).atEnd);
    EXPECT_FALSE(f.stream->shard(1)->getRecords(kStart + seconds(3), 0, 100).atEnd);
}

TEST(Resharding, UpdateShardCountGoesFromHalfToDoubleAndTenTimesADay)
{
    StreamSettings settings;
    settings.shardCount = 4;
    Fixture f(settings);
    EXPECT_FALSE(f.stream->updateShardCount(kStart, 9));
    EXPECT_FALSE(f.stream->updateShardCount(kStart, 1));
    for (int i = 0; i < 10; ++i)
        EXPECT_TRUE(f.stream->updateShardCount(kStart, i % 2 == 0 ? 8 : 4)) << i;
    EXPECT_FALSE(f.stream->updateShardCount(kStart + std::chrono::hours(23), 8));
    EXPECT_TRUE(f.stream->updateShardCount(kStart + std::chrono::hours(24), 8));
}

TEST(Resharding, AClosedShardExpiresWithItsLastRecord)
{
    Fixture f;
    f.put(kStart, 1);
    ASSERT_TRUE(f.stream->splitShard(kStart + seconds(1), 0, std::nullopt));
    f.stream->maintain(kStart + std::chrono::hours(23));
    EXPECT_TRUE(f.stream->shard(0));
    f.stream->maintain(kStart + std::chrono::hours(24) + seconds(1));
    EXPECT_FALSE(f.stream->shard(0));
    EXPECT_EQ(f.stream->shardMap().shards().size(), 2u);
}

TEST(OnDemand, RefusesReshardingByHandAndTwoSwitchesADay)
{
    StreamSettings settings;
    settings.mode = StreamMode::OnDemand;
    Fixture f(settings);
    EXPECT_EQ(f.stream->shardMap().openCount(), 4u);
    EXPECT_FALSE(f.stream->splitShard(kStart, 0, std::nullopt));
    EXPECT_FALSE(f.stream->mergeShards(kStart, 0, 1));
    EXPECT_FALSE(f.stream->updateShardCount(kStart, 8));
    EXPECT_TRUE(f.stream->updateMode(kStart, StreamMode::Provisioned));
    EXPECT_EQ(f.stream->shardMap().openCount(), 4u); // switching keeps the shards
    EXPECT_TRUE(f.stream->updateMode(kStart, StreamMode::OnDemand));
    EXPECT_FALSE(f.stream->updateMode(kStart, StreamMode::Provisioned));
}

TEST(OnDemand, AShardFedOver500KilobytesASecondIsSplitWithin15Minutes)
{
    StreamSettings settings;
    settings.mode = StreamMode::OnDemand;
    Fixture f(settings);
    Time splitAt = kNever;
    for (int second = 0; second <= 20 * 60 && splitAt == kNever; ++second) {
        const Time now = kStart + seconds(second);
        f.put(now, 6, "a", 100'000);
        f.stream->maintain(now);
        if (f.stream->shardMap().openCount() == 5) splitAt = now;
    }
    EXPECT_GT(splitAt, kStart + std::chrono::minutes(5));
    EXPECT_LE(splitAt, kStart + std::chrono::minutes(16));
}

TEST(OnDemand, NeverShrinksBelowFourShardsAndMergesWhenThirtyDaysWereQuiet)
{
    OnDemandPolicy policy;
    std::vector<std::pair<ShardIndex, Shard::Load>> loads;
    for (ShardIndex i = 0; i < 6; ++i)
        loads.emplace_back(i, Shard::Load{ByteCount(1000), 1});
    std::size_t merges = 0;
    for (int minute = 0; minute <= 24 * 60; ++minute)
        merges += policy.observe(kStart + std::chrono::minutes(minute), loads).merge.size();
    EXPECT_EQ(merges, 2u);
}

TEST(Durability, AStreamIsTakenUpAsItWas)
{
    const auto store = LogStore::inMemory();
    StreamSettings settings;
    settings.shardCount = 2;
    {
        auto stream = Stream::open("s", settings, *store, kStart);
        ASSERT_TRUE(stream);
        const std::vector<Record> records = {{"a", "1", {}, {}, 0}, {"b", "2", {}, {}, 0}};
        ASSERT_TRUE((*stream)->put(kStart, records));
        ASSERT_TRUE((*stream)->splitShard(kStart, 0, std::nullopt));
    }
    settings.shardCount = 3;
    auto again = Stream::open("s", settings, *store, kStart + seconds(5));
    ASSERT_TRUE(again);
    EXPECT_EQ((*again)->shardMap().openCount(), 3u);
    EXPECT_EQ((*again)->shardMap().shards().size(), 4u);
    EXPECT_EQ((*again)->shard(0)->log().next(), 1u);
    EXPECT_EQ((*again)->shard(1)->log().next(), 1u);
}

} // namespace
} // namespace streamwright::kinesis
