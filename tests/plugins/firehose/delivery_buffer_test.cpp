// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/delivery_buffer.h"

#include <rapidcheck/gtest.h>

namespace streamwright::firehose {
namespace {

const Time kStart = Time(seconds(1'700'000'000));

Slice slice(const std::vector<std::string>& data, Time arrived = kStart, IntakeId intake = 1)
{
    BatchBuilder builder;
    for (const auto& text : data)
        builder.copy({.data = text, .time = arrived});
    const auto batch = builder.build();
    return {batch, 0, static_cast<std::uint32_t>(batch->size()), intake, arrived};
}

DeliveryBuffer bufferOf(std::uint64_t bytes, Duration interval, std::size_t delimiter = 0, std::size_t partitions = 1)
{
    return DeliveryBuffer({ByteCount(bytes), interval}, delimiter, partitions);
}

TEST(DeliveryBuffer, SealsWhenTheSizeIsReached)
{
    DeliveryBuffer buffer = bufferOf(10, seconds(300));
    buffer.add({}, slice({"12345", "6789"}), kStart);
    EXPECT_TRUE(buffer.takeSealed(kStart).empty());
    EXPECT_EQ(buffer.due(), kStart + seconds(300));
    buffer.add({}, slice({"0"}), kStart);
    EXPECT_LE(buffer.due(), kStart);
    const auto sealed = buffer.takeSealed(kStart);
    ASSERT_EQ(sealed.size(), 1u);
    EXPECT_EQ(sealed[0].records, 3u);
    EXPECT_EQ(sealed[0].joined(""), "1234567890");
    EXPECT_EQ(buffer.due(), kNever);
}

TEST(DeliveryBuffer, SealsWhenTheFirstRecordHasWaitedForTheInterval)
{
    DeliveryBuffer buffer = bufferOf(1000, seconds(60));
    buffer.add({}, slice({"a"}), kStart);
    buffer.add({}, slice({"b"}), kStart + seconds(59));
    EXPECT_EQ(buffer.due(), kStart + seconds(60)); // by the first record, not the last
    EXPECT_TRUE(buffer.takeSealed(kStart + seconds(60) - Duration(1)).empty());
    EXPECT_EQ(buffer.takeSealed(kStart + seconds(60)).size(), 1u);
}

TEST(DeliveryBuffer, AnEmptyBufferDeliversNothing)
{
    DeliveryBuffer buffer = bufferOf(10, seconds(60));
    EXPECT_EQ(buffer.due(), kNever);
    EXPECT_TRUE(buffer.takeSealed(kStart + seconds(3600)).empty());
}

TEST(DeliveryBuffer, IntervalZeroDeliversAtOnce)
{
    DeliveryBuffer buffer = bufferOf(1000, seconds(0));
    buffer.add({}, slice({"a"}), kStart);
    EXPECT_EQ(buffer.due(), kStart);
    EXPECT_EQ(buffer.takeSealed(kStart).size(), 1u);
}

TEST(DeliveryBuffer, AnEmptyRecordCountsAsARecord)
{
    DeliveryBuffer buffer = bufferOf(10, seconds(60));
    buffer.add({}, slice({"", ""}), kStart);
    const auto sealed = buffer.takeSealed(kStart + seconds(60));
    ASSERT_EQ(sealed.size(), 1u);
    EXPECT_EQ(sealed[0].records, 2u);
    EXPECT_EQ(sealed[0].joined("\n"), "\n\n");
}

TEST(DeliveryBuffer, ABatchIsCutWhereTheSizeIsReached)
{
    DeliveryBuffer buffer = bufferOf(4, seconds(60));
    buffer.add({}, slice({"aa", "bb", "cc", "dd", "e"}), kStart);
    const auto sealed = buffer.takeSealed(kStart);
    ASSERT_EQ(sealed.size(), 2u);
    EXPECT_EQ(sealed[0].joined(""), "aabb");
    EXPECT_EQ(sealed[1].joined(""), "ccdd");
    EXPECT_EQ(buffer.bytes(), ByteCount(1));
}

TEST(DeliveryBuffer, TheDelimiterStandsBehindEveryRecordAndCounts)
{
    DeliveryBuffer buffer = bufferOf(6, seconds(60), 1);
    buffer.add({}, slice({"ab", "cd"}), kStart);
    const auto sealed = buffer.takeSealed(kStart);
    ASSERT_EQ(sealed.size(), 1u);
    EXPECT_EQ(sealed[0].joined("\n"), "ab\ncd\n");
    EXPECT_EQ(sealed[0].bytes, ByteCount(6));
}

TEST(DeliveryBuffer, TheOldestArrivalNamesTheObject)
{
    DeliveryBuffer buffer = bufferOf(1000, seconds(60));
    buffer.add({}, slice({"a"}, kStart + seconds(5)), kStart + seconds(10));
    Slice older = slice({"b"}, kStart + seconds(2));
    older.arrived.reset(); // from a stream: every record has its own time
    buffer.add({}, older, kStart + seconds(11));
    const auto sealed = buffer.takeSealed(kStart + seconds(70));
    ASSERT_EQ(sealed.size(), 1u);
    EXPECT_EQ(sealed[0].oldest, kStart + seconds(2));
    EXPECT_EQ(sealed[0].opened, kStart + seconds(10));
}

TEST(DeliveryBuffer, EveryPartitionHasItsOwnBuffer)
{
    DeliveryBuffer buffer = bufferOf(4, seconds(60), 0, 10);
    buffer.add({"a"}, slice({"11"}), kStart);
    buffer.add({"b"}, slice({"22"}), kStart + seconds(1));
    buffer.add({"a"}, slice({"33"}), kStart + seconds(2));
    auto sealed = buffer.takeSealed(kStart + seconds(2));
    ASSERT_EQ(sealed.size(), 1u);
    EXPECT_EQ(sealed[0].partitionKeys, std::vector<std::string>{"a"});
    EXPECT_EQ(sealed[0].joined(""), "1133");
    EXPECT_EQ(buffer.activePartitions(), 1u);
    EXPECT_EQ(buffer.due(), kStart + seconds(61));
    sealed = buffer.takeSealed(kStart + seconds(61));
    ASSERT_EQ(sealed.size(), 1u);
    EXPECT_EQ(sealed[0].partitionKeys, std::vector<std::string>{"b"});
}

TEST(DeliveryBuffer, PartitionsAreKeptApartByEveryValue)
{
    DeliveryBuffer buffer = bufferOf(1000, seconds(60), 0, 10);
    buffer.add({"a", "bc"}, slice({"1"}), kStart);
    buffer.add({"ab", "c"}, slice({"2"}), kStart);
    buffer.add({"a:1", "c"}, slice({"3"}), kStart);
    EXPECT_EQ(buffer.activePartitions(), 3u);
}

TEST(DeliveryBuffer, HasRoomForSoManyPartitions)
{
    DeliveryBuffer buffer = bufferOf(1000, seconds(60), 0, 2);
    buffer.add({"a"}, slice({"1"}), kStart);
    buffer.add({"b"}, slice({"2"}), kStart);
    EXPECT_TRUE(buffer.isActive({"a"}));
    EXPECT_FALSE(buffer.isActive({"c"}));
    EXPECT_FALSE(buffer.hasRoom());
    EXPECT_EQ(buffer.takeAll().size(), 2u);
    EXPECT_TRUE(buffer.hasRoom());
    EXPECT_FALSE(buffer.isActive({"a"}));
}

TEST(DeliveryBuffer, SharesTheBatchUntilTheObjectIsMade)
{
    DeliveryBuffer buffer = bufferOf(1000, seconds(60));
    const Slice first = slice({"a", "b", "c"});
    buffer.add({}, {first.batch, 0, 2, 1, kStart}, kStart);
    buffer.add({}, {first.batch, 2, 3, 1, kStart}, kStart);
    const auto sealed = buffer.takeSealed(kStart + seconds(60));
    ASSERT_EQ(sealed.size(), 1u);
    ASSERT_EQ(sealed[0].slices.size(), 1u); // runs of one batch are one slice
    EXPECT_EQ(sealed[0].slices[0].batch, first.batch);
    EXPECT_EQ(sealed[0].slices[0].size(), 3u);
}

TEST(DeliveryBuffer, NewHintsHoldForWhatIsBufferedAlready)
{
    DeliveryBuffer buffer = bufferOf(1000, seconds(300));
    buffer.add({}, slice({"a"}), kStart);
    buffer.setHints({ByteCount(1000), seconds(60)});
    EXPECT_EQ(buffer.due(), kStart + seconds(60));
}

RC_GTEST_PROP(DeliveryBuffer, NoRecordIsLostDoubledOrReordered, (const std::vector<std::vector<std::string>>& batches))
{
    DeliveryBuffer buffer = bufferOf(20, seconds(60), 1);
    std::string expected, delivered;
    Time now = kStart;
    std::uint64_t records = 0;
    const auto take = [&] {
        for (const Bundle& bundle : buffer.takeSealed(now)) {
            RC_ASSERT(bundle.joined("|").size() == bundle.bytes.value());
            delivered += bundle.joined("|");
            records += bundle.records;
        }
    };
    std::uint64_t added = 0;
    for (const auto& batch : batches) {
        if (batch.empty()) continue;
        buffer.add({}, slice(batch), now);
        for (const auto& text : batch)
            expected += text + "|";
        added += batch.size();
        now += seconds(7);
        take();
    }
    now += seconds(60);
    take();
    RC_ASSERT(delivered == expected);
    RC_ASSERT(records == added);
    RC_ASSERT(buffer.bytes() == ByteCount(0));
}

} // namespace
} // namespace streamwright::firehose
