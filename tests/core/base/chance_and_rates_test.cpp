// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/base/random.h"
#include "core/base/token_bucket.h"

namespace streamwright {
namespace {

TEST(Random, SameSeedAndStreamSameNumbers)
{
    Random a(7, "node"), b(7, "node"), other(7, "edon"), otherSeed(8, "node");
    const auto first = a.next();
    EXPECT_EQ(first, b.next());
    EXPECT_NE(first, other.next());
    EXPECT_NE(first, otherSeed.next());
}

TEST(Random, BelowIsEven)
{
    Random random(1);
    std::vector<int> counts(7);
    for (int i = 0; i < 70'000; ++i)
        ++counts[random.below(7)];
    for (const int count : counts)
        EXPECT_NEAR(count, 10'000, 500);
}

TEST(Zipf, FollowsTheLaw)
{
    for (const double skew : {0.5, 1.0, 1.5}) {
        const Zipf zipf(1000, skew);
        Random random(3);
        std::vector<double> counts(1000);
        for (int i = 0; i < 400'000; ++i)
            ++counts.at(zipf(random));
        EXPECT_NEAR(counts[0] / counts[3], std::pow(4.0, skew), 0.15 * std::pow(4.0, skew)) << skew;
        EXPECT_NEAR(counts[0] / counts[9], std::pow(10.0, skew), 0.15 * std::pow(10.0, skew)) << skew;
    }
    Random random(3);
    const Zipf uniform(10, 0);
    std::vector<int> counts(10);
    for (int i = 0; i < 100'000; ++i)
        ++counts.at(uniform(random));
    for (const int count : counts)
        EXPECT_NEAR(count, 10'000, 500);
    EXPECT_EQ(Zipf(1, 1.2)(random), 0u);
}

TEST(TokenBucket, BurstThenRate)
{
    const Time start{};
    TokenBucket bucket(1000, 1000);
    EXPECT_TRUE(bucket.take(1000, start));
    EXPECT_FALSE(bucket.take(1, start));
    EXPECT_EQ(bucket.readyAt(1, start), start + milliseconds(1));
    EXPECT_FALSE(bucket.take(1, start + Duration(999)));
    EXPECT_TRUE(bucket.take(1, start + Duration(1000)));
    EXPECT_EQ(bucket.level(start + seconds(100)), 1000); // never more than its depth
    EXPECT_EQ(bucket.readyAt(1001, start + seconds(100)), kNever);
}

TEST(TokenBucket, OverdraftIsPaidOffAtTheRate)
{
    const Time start{};
    TokenBucket bucket(2, 2); // 2 MiB/s, say
    bucket.overdraw(10, start);
    EXPECT_EQ(bucket.readyAt(0, start), start + seconds(4));
    EXPECT_FALSE(bucket.take(2, start + milliseconds(4900)));
    EXPECT_TRUE(bucket.take(2, start + seconds(5)));
}

} // namespace
} // namespace streamwright
