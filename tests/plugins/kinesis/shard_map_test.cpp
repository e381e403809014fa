// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/shard_map.h"

#include <rapidcheck/gtest.h>

#include "plugins/kinesis/sequence_number.h"

namespace streamwright::kinesis {
namespace {

const Time kNow{std::chrono::seconds(1'700'000'000)};

void expectTiling(const ShardMap& map)
{
    Uint128 next = 0;
    for (std::size_t i = 0; i < map.open().size(); ++i) {
        const HashRange range = map.find(map.open()[i])->range;
        ASSERT_EQ(toDecimal(range.start), toDecimal(next));
        ASSERT_GE(range.end, range.start);
        next = range.end + 1; // 0 after the last
    }
    ASSERT_EQ(toDecimal(next), "0");
}

TEST(HashRanges, InitialRangesMatchTheSpecSheet)
{
    const auto three = evenRanges(3);
    EXPECT_EQ(toDecimal(three[0].end), "113427455640312821154458202477256070484");
    EXPECT_EQ(toDecimal(three[1].start), "113427455640312821154458202477256070485");
    EXPECT_EQ(toDecimal(three[1].end), "226854911280625642308916404954512140969");
    EXPECT_EQ(toDecimal(three[2].end), "340282366920938463463374607431768211455");
    EXPECT_EQ(toDecimal(evenRanges(4)[1].start), "85070591730234615865843651857942052864");
    EXPECT_EQ(evenRanges(1)[0], HashRange{});
}

TEST(Routing, KeysGoToTheShardOfTheirMd5)
{
    const ShardMap map(4, kNow);
    const auto owner = [&](const char* key) { return map.open()[map.ownerOf(hashKeyOf(key))]; };
    EXPECT_EQ(owner("a"), 0u);
    EXPECT_EQ(owner("partitionKey-1"), 1u);
    EXPECT_EQ(owner("\xC3\xA9"), 1u);
    EXPECT_EQ(owner("b"), 2u);
    EXPECT_EQ(owner("device-42"), 2u);
    EXPECT_EQ(owner("a"), 0u); // from the cache this time
}

TEST(SplitShard, ChildrenAreNumberedInOrderAndKeepTheParent)
{
    ShardMap map(1, kNow);
    ASSERT_TRUE(map.split(0, 1000, kNow + seconds(1)));
    EXPECT_FALSE(map.find(0)->open());
    EXPECT_EQ(map.find(1)->range, (HashRange{0, 999}));
    EXPECT_EQ(map.find(2)->range, (HashRange{1000, kUint128Max}));
    EXPECT_EQ(map.find(1)->parent, 0u);
    EXPECT_FALSE(map.find(1)->adjacentParent);
    expectTiling(map);
}

TEST(SplitShard, KeyMustLieInsideTheRange)
{
    ShardMap map(1, kNow);
    EXPECT_FALSE(map.split(0, 0, kNow));
    EXPECT_FALSE(map.split(0, 1, kNow));
    EXPECT_FALSE(map.split(0, kUint128Max, kNow));
    EXPECT_FALSE(map.split(7, 1000, kNow));
    EXPECT_TRUE(map.split(0, 2, kNow));
    EXPECT_FALSE(map.split(0, 1000, kNow)); // closed by now
}

TEST(MergeShards, RangesMustTouch)
{
    ShardMap map(3, kNow);
    EXPECT_FALSE(map.merge(0, 2, kNow));
    EXPECT_FALSE(map.merge(0, 0, kNow));
    ASSERT_TRUE(map.merge(1, 0, kNow));
    EXPECT_EQ(map.find(3)->parent, 1u);
    EXPECT_EQ(map.find(3)->adjacentParent, 0u);
    EXPECT_EQ(map.find(3)->range.start, 0u);
    expectTiling(map);
}

TEST(UpdateShardCount, GivesEqualRanges)
{
    ShardMap map(2, kNow);
    map.resizeTo(3, kNow);
    const auto wanted = evenRanges(3);
    ASSERT_EQ(map.openCount(), 3u);
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_EQ(map.find(map.open()[i])->range, wanted[i]);
    EXPECT_EQ(map.find(map.open()[0])->index, 2u); // ids are never reused
}

TEST(ShardMap, SurvivesItsText)
{
    ShardMap map(2, kNow);
    ASSERT_TRUE(map.splitInTheMiddle(1, kNow + seconds(5)));
    map.resizeTo(5, kNow + seconds(9));
    const auto back = ShardMap::fromJson(map.toJson());
    ASSERT_TRUE(back);
    EXPECT_EQ(back->toJson(), map.toJson());
    EXPECT_EQ(back->open(), map.open());
    EXPECT_FALSE(ShardMap::fromJson(Json::object()));
    EXPECT_FALSE(ShardMap::fromJson({{"next", 1}, {"shards", Json::array()}}));
}

RC_GTEST_PROP(ShardMap, OpenShardsAlwaysTileTheHashSpace, ())
{
    ShardMap map(*rc::gen::inRange<std::size_t>(1, 9), kNow);
    const auto steps = *rc::gen::inRange(1, 30);
    for (int i = 0; i < steps; ++i) {
        const auto& open = map.open();
        const std::size_t at = *rc::gen::inRange<std::size_t>(0, open.size());
        switch (*rc::gen::inRange(0, 3)) {
        case 0:
            (void)map.splitInTheMiddle(open[at], kNow);
            break;
        case 1:
            if (at + 1 < open.size()) RC_ASSERT(map.merge(open[at], open[at + 1], kNow));
            break;
        default: {
            const std::size_t target = *rc::gen::inRange<std::size_t>(1, 20);
            map.resizeTo(target, kNow);
            RC_ASSERT(map.openCount() == target);
        }
        }
        expectTiling(map);
        const Uint128 key = makeUint128(*rc::gen::arbitrary<std::uint64_t>(), *rc::gen::arbitrary<std::uint64_t>());
        RC_ASSERT(map.find(map.open()[map.ownerOf(key)])->range.contains(key));
    }
}

TEST(SequenceNumber, LayoutMatchesTheSpecSheet)
{
    const Time created{std::chrono::seconds(1'700'000'000)};
    EXPECT_EQ((SequenceNumber{created, 0, 0, created}).text(),
              "49646437577108476416916876405825929425585429676275269634");
    EXPECT_EQ((SequenceNumber{created, 1, 5, created + seconds(10)}).text(),
              "49646437577130777162115407028973509772956151870849548306");
}

RC_GTEST_PROP(SequenceNumber, ReadsBackAndGrowsWithTheCounter, ())
{
    SequenceNumber number;
    number.shardCreated = Time(std::chrono::seconds(*rc::gen::inRange<std::int64_t>(1'500'000'000, 4'000'000'000)));
    number.shardIndex = *rc::gen::arbitrary<std::uint32_t>();
    number.counter = *rc::gen::inRange<std::uint64_t>(0, 1ull << 60);
    number.arrival = number.shardCreated + seconds(*rc::gen::inRange<std::int64_t>(0, 1'000'000));
    const std::string text = number.text();
    const auto back = parseSequenceNumber(text);
    RC_ASSERT(back.has_value());
    RC_ASSERT(back->shardIndex == number.shardIndex);
    RC_ASSERT(back->counter == number.counter);
    RC_ASSERT(back->arrival == number.arrival);
    SequenceNumber later = number;
    ++later.counter;
    RC_ASSERT(text.size() == 56u);
    RC_ASSERT(later.text() > text); // same length: the order of texts is the order of numbers
}

TEST(SequenceNumber, RefusesOtherTexts)
{
    for (const char* bad : {"", "49", "abc", "00000000000000000000000000000000000000000000000000000000",
                            "99999999999999999999999999999999999999999999999999999999"})
        EXPECT_FALSE(parseSequenceNumber(bad)) << bad;
}

} // namespace
} // namespace streamwright::kinesis
