// SPDX-License-Identifier: GPL-3.0-or-later
// Which put requests a delivery stream takes.
#include "plugins/firehose/delivery_stream.h"

#include <atomic>
#include <thread>

#include "plugins/firehose/limits.h"

namespace streamwright::firehose {
namespace {

const Time kStart = Time(seconds(1'700'000'000));

struct Stream {
    explicit Stream(DirectPutQuota quota = kLargeRegionQuota)
        : stream(DeliveryStream::open("fh", *store, quota).value())
    {
    }

    PutAnswer put(std::size_t records, std::size_t size, Duration at = Duration(0))
    {
        BatchBuilder batch(records);
        const std::string data(size, 'x');
        for (std::size_t i = 0; i < records; ++i)
            batch.copy({.data = data});
        return stream->putRecordBatch(batch.build(), kStart + at).value();
    }

    std::unique_ptr<LogStore> store = LogStore::inMemory();
    std::unique_ptr<DeliveryStream> stream;
};

bool taken(const PutAnswer& answer) { return !answer.refusal && answer.throttled.empty(); }

TEST(DirectPut, ARequestHasAtMost500Records)
{
    Stream stream;
    EXPECT_TRUE(taken(stream.put(500, 10)));
    EXPECT_STREQ(stream.put(501, 10).refusal, "ValidationException");
}

TEST(DirectPut, ARequestHasAtMost4MiB)
{
    Stream stream;
    EXPECT_TRUE(taken(stream.put(4, 1 << 20 >> 1)));
    Stream other;
    EXPECT_TRUE(taken(other.put(16, 256 * 1024))); // exactly
    Stream third;
    EXPECT_STREQ(third.put(17, 256 * 1024).refusal, "InvalidArgumentException");
}

TEST(DirectPut, ARecordHasAtMost1000KiB)
{
    Stream stream;
    EXPECT_TRUE(taken(stream.put(1, 1'024'000)));
    EXPECT_STREQ(stream.put(1, 1'024'001).refusal, "ValidationException");
    EXPECT_TRUE(taken(stream.put(1, 0))); // an empty record is fine
}

TEST(DirectPut, TheQuotasOfTheRegionsHold)
{
    EXPECT_EQ(kLargeRegionQuota, (DirectPutQuota{ByteCount(5 * 1024 * 1024), 2'000, 500'000}));
    EXPECT_EQ(kOtherRegionQuota, (DirectPutQuota{ByteCount(1024 * 1024), 1'000, 100'000}));
}

TEST(DirectPut, OverTheRequestQuotaTheWholeRequestIsThrottled)
{
    Stream stream({ByteCount::mib(5), 3, 500'000});
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(taken(stream.put(1, 1)));
    EXPECT_EQ(stream.put(1, 1).refusal, kThrottledError);
    EXPECT_TRUE(taken(stream.put(1, 1, milliseconds(334)))); // a third of a second later there is one again
}

TEST(DirectPut, OverTheRecordQuotaSingleRecordsOfABatchAreThrottled)
{
    Stream stream({ByteCount::mib(5), 2'000, 400});
    const PutAnswer answer = stream.put(500, 1);
    EXPECT_EQ(answer.refusal, nullptr);
    ASSERT_EQ(answer.throttled.size(), 100u);
    EXPECT_EQ(answer.throttled.front(), 400u);
    EXPECT_EQ(answer.throttled.back(), 499u);
    EXPECT_EQ(answer.bytes, ByteCount(400));
    const auto arrivals = stream.stream->takeArrivals();
    ASSERT_EQ(arrivals.size(), 1u);
    EXPECT_EQ(arrivals[0].records, 400u);
}

TEST(DirectPut, OverTheByteQuotaSmallerRecordsMayStillPass)
{
    Stream stream({ByteCount::mib(1), 2'000, 500'000});
    BatchBuilder batch;
    const std::string large(600'000, 'x');
    for (const std::string_view data : {std::string_view(large), std::string_view(large), std::string_view("small")})
        batch.copy({.data = data});
    const PutAnswer answer = stream.stream->putRecordBatch(batch.build(), kStart).value();
    EXPECT_EQ(answer.throttled, std::vector<std::uint32_t>{1});
    const auto arrivals = stream.stream->takeArrivals();
    ASSERT_EQ(arrivals.size(), 1u);
    ASSERT_EQ(arrivals[0].slices.size(), 2u);
    EXPECT_EQ(arrivals[0].slices[1].begin, 2u);
}

TEST(DirectPut, ASecondLaterTheQuotaIsWholeAgain)
{
    Stream stream({ByteCount::mib(1), 1'000, 500});
    EXPECT_TRUE(taken(stream.put(500, 1)));
    EXPECT_EQ(stream.put(500, 1).throttled.size(), 500u);
    EXPECT_TRUE(taken(stream.put(500, 1, seconds(1))));
}

TEST(DirectPut, AThrottledRequestLeavesNothingBehind)
{
    Stream stream;
    stream.stream->setFull(true);
    EXPECT_EQ(stream.put(1, 1).refusal, kThrottledError);
    EXPECT_TRUE(stream.stream->takeArrivals().empty());
    stream.stream->setFull(false);
    EXPECT_TRUE(taken(stream.put(1, 1)));
}

TEST(DirectPut, ManyThreadsMayPutAtOnce)
{
    Stream stream({ByteCount::mib(5), 2'000, 1'000});
    std::atomic<std::size_t> taken{0};
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 100; ++i)
                    taken += 10 - stream.put(10, 1).throttled.size();
            });
    }
    EXPECT_EQ(taken, 1'000u); // the quota, however they came
    std::uint64_t records = 0;
    for (const Arrival& arrival : stream.stream->takeArrivals())
        records += arrival.records;
    EXPECT_EQ(records, 1'000u);
}

} // namespace
} // namespace streamwright::firehose
