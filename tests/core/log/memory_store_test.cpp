// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/buffer_pool.h"
#include "core/log/log_store.h"

namespace streamwright {
namespace {

Record record(std::string_view data, std::int64_t at = 0, std::string_view key = "k")
{
    return {.key = key, .data = data, .time = Time(seconds(at))};
}

std::shared_ptr<ShardLog> freshLog(LogStore& store) { return std::move(store.log("node/shard")).value(); }

TEST(MemoryStore, GivesSequenceNumbersFromZeroWithoutGaps)
{
    const auto store = LogStore::inMemory();
    const auto log = freshLog(*store);
    EXPECT_EQ(log->first(), 0u);
    EXPECT_EQ(log->next(), 0u);
    EXPECT_EQ(log->newestTime(), Time{});
    for (std::uint64_t i = 0; i < 1000; ++i)
        EXPECT_EQ(*log->append(record("x")), i);
    EXPECT_EQ(log->next(), 1000u);
}

TEST(MemoryStore, StoresAllPartsOfARecord)
{
    const auto store = LogStore::inMemory();
    const auto log = freshLog(*store);
    const Record whole{.key = "key", .data = "some data", .extra = "xt", .time = Time(seconds(5)), .sequence = 77};
    ASSERT_TRUE(log->append(whole));
    ASSERT_TRUE(log->append(Record{}));
    const LogRead read = log->read(0, 10, ByteCount::mib(1));
    ASSERT_EQ(read.records.size(), 2u);
    EXPECT_EQ(read.records[0].key, "key");
    EXPECT_EQ(read.records[0].data, "some data");
    EXPECT_EQ(read.records[0].extra, "xt");
    EXPECT_EQ(read.records[0].time, Time(seconds(5)));
    EXPECT_EQ(read.records[0].sequence, 0u);
    EXPECT_EQ(read.records[1].key, "");
    EXPECT_EQ(read.records[1].time, Time(seconds(5))); // an earlier time is stored as the newest so far
    EXPECT_EQ(read.first, 0u);
    EXPECT_EQ(read.next, 2u);
    EXPECT_EQ(read.bytes, ByteCount(12));
    EXPECT_EQ(log->size(), ByteCount(12));
}

TEST(MemoryStore, ReadObeysItsBoundsButGivesAtLeastOneRecord)
{
    const auto store = LogStore::inMemory();
    const auto log = freshLog(*store);
    for (int i = 0; i < 10; ++i)
        ASSERT_TRUE(log->append(record("123456789"))); // 10 bytes with the key
    EXPECT_EQ(log->read(0, 3, ByteCount::mib(1)).records.size(), 3u);
    EXPECT_EQ(log->read(0, 100, ByteCount(30)).records.size(), 3u);
    EXPECT_EQ(log->read(0, 100, ByteCount(39)).records.size(), 3u);
    EXPECT_EQ(log->read(0, 100, ByteCount(0)).records.size(), 1u);
    EXPECT_EQ(log->read(0, 0, ByteCount(100)).records.size(), 0u);
    EXPECT_EQ(log->read(4, 3, ByteCount::mib(1)).next, 7u);
    EXPECT_EQ(log->read(10, 3, ByteCount::mib(1)).records.size(), 0u);
    EXPECT_EQ(log->read(99, 3, ByteCount::mib(1)).next, 10u);
}

TEST(MemoryStore, ReadersKeepTheirViewsAcrossTrimAndStore)
{
    auto store = LogStore::inMemory();
    auto log = freshLog(*store);
    const std::string data(3000, 'q');
    for (int i = 0; i < 2000; ++i)
        ASSERT_TRUE(log->append(record(data)));
    const LogRead held = log->read(0, 5000, ByteCount::mib(100));
    ASSERT_EQ(held.records.size(), 2000u);
    EXPECT_GT(held.owners.size(), 1u);
    log->trim(2000);
    for (int i = 0; i < 2000; ++i)
        ASSERT_TRUE(log->append(record(std::string(3000, 'z'))));
    log.reset();
    store.reset();
    for (const Record& kept : held.records)
        ASSERT_EQ(kept.data, data);
}

TEST(MemoryStore, PositionAtFindsTheFirstRecordAtOrAfter)
{
    const auto store = LogStore::inMemory();
    const auto log = freshLog(*store);
    EXPECT_EQ(log->positionAt(Time{}), 0u);
    const std::string data(700, 'd');
    for (int i = 0; i < 20'000; ++i)
        ASSERT_TRUE(log->append(record(data, i / 3 * 10)));
    EXPECT_EQ(log->positionAt(Time{}), 0u);
    EXPECT_EQ(log->positionAt(Time(seconds(10))), 3u);
    EXPECT_EQ(log->positionAt(Time(seconds(11))), 6u);
    EXPECT_EQ(log->positionAt(Time(seconds(50'000))), 15'000u);
    EXPECT_EQ(log->positionAt(Time(seconds(66'661))), 20'000u);
    log->trim(17'000);
    EXPECT_EQ(log->positionAt(Time(seconds(50'000))), 17'000u);
}

TEST(MemoryStore, MemoryFollowsWhatIsHeld)
{
    const auto store = LogStore::inMemory();
    std::vector<std::shared_ptr<ShardLog>> idle;
    for (int i = 0; i < 1000; ++i)
        idle.push_back(std::move(store->log("node/" + std::to_string(i))).value());
    EXPECT_EQ(store->memory(), ByteCount(0));
    ASSERT_TRUE(idle[0]->append(record("x")));
    EXPECT_EQ(store->memory(), ByteCount(BufferPool::kSmallestBuffer));

    const auto log = freshLog(*store);
    const std::string data(1000, 'd');
    for (int i = 0; i < 100'000; ++i)
        ASSERT_TRUE(log->append(record(data)));
    EXPECT_GE(store->memory(), ByteCount(100'000'000));
    EXPECT_LE(store->memory(), ByteCount(100'000 * 1050 + 2 * BufferPool::kLargestBuffer));
    log->trim(log->next());
    EXPECT_LE(store->memory(),
              ByteCount(BufferPool::kSmallestBuffer + BufferPool::kMostSpares * BufferPool::kLargestBuffer));
}

TEST(MemoryStore, OneRecordMayBeLargerThanASegment)
{
    const auto store = LogStore::inMemory();
    const auto log = freshLog(*store);
    const std::string large(10 << 20, 'L');
    ASSERT_TRUE(log->append(record("before")));
    ASSERT_TRUE(log->append(record(large)));
    ASSERT_TRUE(log->append(record("after")));
    const LogRead read = log->read(0, 10, ByteCount::mib(100));
    ASSERT_EQ(read.records.size(), 3u);
    EXPECT_EQ(read.records[1].data, large);
    EXPECT_EQ(read.records[2].data, "after");
}

TEST(MemoryStore, RefusesARecordThatIsTooLarge)
{
    const auto store = LogStore::inMemory();
    const auto log = freshLog(*store);
    ASSERT_TRUE(log->append(Record{}));
    const std::string tooLarge(std::size_t{256} << 20, 'x');
    const auto refused = log->append(record(tooLarge));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.problem().code, ProblemCode::LimitExceeded);
    EXPECT_EQ(log->next(), 1u);
}

TEST(MemoryStore, LogsAreFoundByNameAndRemoved)
{
    const auto store = LogStore::inMemory();
    const auto log = freshLog(*store);
    EXPECT_EQ(freshLog(*store), log);
    ASSERT_TRUE(store->log("a/b/c"));
    EXPECT_EQ(store->logNames(), (std::vector<std::string>{"a/b/c", "node/shard"}));
    ASSERT_TRUE(log->append(record("x")));
    ASSERT_TRUE(store->removeLog("node/shard"));
    EXPECT_EQ(store->removeLog("node/shard").problem().code, ProblemCode::NotFound);
    EXPECT_EQ(log->append(record("x")).problem().code, ProblemCode::NotFound);
    EXPECT_EQ(freshLog(*store)->next(), 0u);
    EXPECT_EQ(store->memory(), ByteCount(0));
}

TEST(MemoryStore, RefusesNamesThatCannotBeFiles)
{
    const auto store = LogStore::inMemory();
    for (const std::string name : {"", "/", "a/", "/a", "a//b", "a b", "a\\b", "\xC3\xA4", "a/~"}) {
        const auto refused = store->log(name);
        ASSERT_FALSE(refused) << name;
        EXPECT_EQ(refused.problem().code, ProblemCode::InvalidInput);
    }
    EXPECT_TRUE(store->log(std::string(200, 'n')));
    EXPECT_FALSE(store->log(std::string(201, 'n')));
    EXPECT_TRUE(store->log("../.."));
}

TEST(MemoryStore, FactsSortBytewiseAndAreFoundByPrefix)
{
    const auto store = LogStore::inMemory();
    store->put("a/2", "two");
    store->put("a/10", "ten");
    store->put("b", "");
    store->put("a/2", "deux");
    EXPECT_EQ(store->get("a/2"), "deux");
    EXPECT_EQ(store->get("b"), "");
    EXPECT_EQ(store->get("a"), std::nullopt);
    EXPECT_EQ(store->withPrefix("a/"), (std::map<std::string, std::string>{{"a/10", "ten"}, {"a/2", "deux"}}));
    store->erase("a/2");
    store->erase("absent");
    EXPECT_EQ(store->withPrefix("").size(), 2u);
    EXPECT_TRUE(store->commit());
    EXPECT_FALSE(store->durable());
}

} // namespace
} // namespace streamwright
