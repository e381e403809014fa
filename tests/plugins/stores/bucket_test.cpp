// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/stores/bucket.h"

#include <thread>

#include "plugins/stores/limits.h"
#include "plugins/stores/memory_store.h"

namespace streamwright::stores {
namespace {

const Time kStart = Time(seconds(1'700'000'000));

Bucket bucketWith(const char* faults = "[]")
{
    return Bucket(std::make_unique<MemoryStore>(ByteCount::mib(1)), FaultPlan(parseJson(faults).value()), kStart, 7);
}

PutAnswer put(Bucket& bucket, std::string_view key, Time now, std::string_view data = "x")
{
    return bucket.put(key, {data, nullptr}, now).value();
}

TEST(Bucket, StoresAndLists)
{
    Bucket bucket = bucketWith();
    EXPECT_EQ(put(bucket, "a/1", kStart).status, PutStatus::Stored);
    EXPECT_EQ(bucket.read("a/1").value(), "x");
    EXPECT_EQ(bucket.list("a/").value().size(), 1u);
    EXPECT_EQ(bucket.totals().objects, 1u);
}

TEST(Bucket, RefusesKeysOver1024Bytes)
{
    Bucket bucket = bucketWith();
    const PutAnswer answer = put(bucket, std::string(1025, 'k'), kStart);
    EXPECT_EQ(answer.status, PutStatus::Refused);
    EXPECT_STREQ(answer.code, "KeyTooLongError");
    EXPECT_EQ(put(bucket, "", kStart).status, PutStatus::Refused);
    EXPECT_EQ(bucket.totals().objects, 0u);
}

TEST(Bucket, Takes3500PutsASecondAndPrefix)
{
    Bucket bucket = bucketWith();
    for (std::uint32_t i = 0; i < kPutsPerSecondPerPrefix; ++i)
        ASSERT_EQ(put(bucket, "p/" + std::to_string(i), kStart).status, PutStatus::Stored);
    const PutAnswer slow = put(bucket, "p/one-more", kStart + milliseconds(999));
    EXPECT_EQ(slow.status, PutStatus::SlowDown);
    EXPECT_STREQ(slow.code, "SlowDown");
    EXPECT_EQ(put(bucket, "q/other-prefix", kStart + milliseconds(999)).status, PutStatus::Stored);
    EXPECT_EQ(put(bucket, "p/one-more", kStart + seconds(1)).status, PutStatus::Stored);
}

TEST(Bucket, FailsThrottlesAndIsSlowWhenTold)
{
    Bucket bucket = bucketWith(R"([{"FromSeconds": 10, "ForSeconds": 5, "Type": "Fail"},
        {"FromSeconds": 20, "ForSeconds": 5, "Type": "Throttle"},
        {"FromSeconds": 30, "ForSeconds": 5, "Type": "Slow", "Milliseconds": 700}])");
    EXPECT_EQ(put(bucket, "k", kStart + milliseconds(9'999)).status, PutStatus::Stored);
    const PutAnswer failed = put(bucket, "k2", kStart + seconds(10));
    EXPECT_EQ(failed.status, PutStatus::InternalError);
    EXPECT_STREQ(failed.code, "InternalError");
    EXPECT_EQ(put(bucket, "k2", kStart + seconds(15)).status, PutStatus::Stored);
    EXPECT_EQ(put(bucket, "k3", kStart + seconds(24)).status, PutStatus::SlowDown);
    EXPECT_EQ(bucket.slowness(kStart + seconds(29)), Duration(0));
    EXPECT_EQ(bucket.slowness(kStart + seconds(30)), milliseconds(700));
    EXPECT_EQ(put(bucket, "k3", kStart + seconds(30)).status, PutStatus::Stored);
    EXPECT_EQ(bucket.totals().objects, 3u);
    EXPECT_FALSE(bucket.find("k4"));
}

TEST(Bucket, AFaultMayHitAShareOfThePutsTheSameOnesForTheSameSeed)
{
    const auto failures = [] {
        Bucket bucket = bucketWith(R"([{"ForSeconds": 1e6, "Type": "Fail", "Share": 0.25}])");
        std::vector<int> hit;
        for (int i = 0; i < 4000; ++i)
            if (put(bucket, "k", kStart + seconds(i)).status != PutStatus::Stored) hit.push_back(i);
        return hit;
    };
    const auto first = failures();
    EXPECT_NEAR(static_cast<double>(first.size()), 1000, 120);
    EXPECT_EQ(first, failures());
}

TEST(Bucket, FaultsCanBeChangedWhileRunning)
{
    Bucket bucket = bucketWith(R"([{"ForSeconds": 100, "Type": "Fail"}])");
    EXPECT_EQ(put(bucket, "k", kStart).status, PutStatus::InternalError);
    bucket.setFaults(FaultPlan());
    EXPECT_EQ(put(bucket, "k", kStart).status, PutStatus::Stored);
}

TEST(Bucket, ManyThreadsMayUseItAtOnce)
{
    Bucket bucket = bucketWith();
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&bucket, t] {
                for (int i = 0; i < 200; ++i) {
                    const std::string key = std::to_string(t) + "/" + std::to_string(i);
                    put(bucket, key, kStart, key);
                    EXPECT_EQ(bucket.read(key).value(), key);
                    EXPECT_TRUE(bucket.list(std::to_string(t) + "/"));
                }
            });
    }
    EXPECT_EQ(bucket.totals().objects, 800u);
}

} // namespace
} // namespace streamwright::stores
