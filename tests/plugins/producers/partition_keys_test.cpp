// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/partition_keys.h"

#include <cmath>

#include "plugins/producers/producer_operator.h"
#include "tests/support/counted_allocations.h"

namespace streamwright::producers {
namespace {

std::map<std::uint64_t, int> draws(const PartitionKeys& keys, int count, std::uint64_t seed = 7)
{
    Random random(seed);
    std::map<std::uint64_t, int> histogram;
    for (int i = 0; i < count; ++i)
        ++histogram[keys.draw(random)];
    return histogram;
}

std::string text(const PartitionKeys& keys, std::uint64_t key)
{
    std::string out(keys.maximumSize(), '\0');
    out.resize(static_cast<std::size_t>(keys.write(out.data(), key) - out.data()));
    return out;
}

TEST(PartitionKeys, UniformTreatsEveryKeyAlike)
{
    const auto histogram = draws(PartitionKeys({{"Distribution", "Uniform"}, {"Count", 10}}), 100'000);
    ASSERT_EQ(histogram.size(), 10u);
    for (const auto& [key, count] : histogram)
        EXPECT_NEAR(count, 10'000, 500) << key;
}

TEST(PartitionKeys, HotGivesTheFirstKeyItsShare)
{
    auto histogram = draws(PartitionKeys({{"Distribution", "Hot"}, {"Count", 101}, {"HotShare", 0.5}}), 100'000);
    EXPECT_NEAR(histogram[0], 50'000, 1000);
    for (std::uint64_t key = 1; key <= 100; ++key)
        EXPECT_NEAR(histogram[key], 500, 150) << key;
    EXPECT_EQ(histogram.size(), 101u);
}

TEST(PartitionKeys, ZipfFollowsItsSkewWithATableAndWithTheFormula)
{
    for (const std::uint64_t count : {1000ull, 1ull << 20}) { // below and above the largest table
        auto histogram = draws(PartitionKeys({{"Distribution", "Zipf"}, {"Count", count}, {"Skew", 1.2}}), 200'000);
        for (const std::uint64_t rank : {1, 3, 9}) {
            const double ratio = static_cast<double>(histogram[rank]) / histogram[0];
            EXPECT_NEAR(ratio, std::pow(static_cast<double>(rank + 1), -1.2), 0.03) << count << " keys, rank " << rank;
        }
    }
}

TEST(PartitionKeys, ZipfWithoutSkewIsUniform)
{
    const auto histogram = draws(PartitionKeys({{"Distribution", "Zipf"}, {"Count", 4}, {"Skew", 0.0}}), 40'000);
    for (const auto& [key, count] : histogram)
        EXPECT_NEAR(count, 10'000, 500) << key;
}

TEST(PartitionKeys, TextIsPrefixAndNumber)
{
    EXPECT_EQ(text(PartitionKeys(Json{{"Count", 5}}), 0), "key-0");
    EXPECT_EQ(text(PartitionKeys({{"Count", 5}, {"Prefix", ""}}), 1'234'567'890'123), "1234567890123");
    EXPECT_EQ(text(PartitionKeys({{"Count", 5}, {"Prefix", "truck "}}), 42), "truck 42");
}

TEST(PartitionKeys, OneKeyNeedsNoChance)
{
    for (const char* distribution : {"Uniform", "Zipf", "Hot"}) {
        const auto histogram =
            draws(PartitionKeys({{"Distribution", distribution}, {"Count", 1}, {"HotShare", 0.3}}), 10);
        EXPECT_EQ(histogram, (std::map<std::uint64_t, int>{{0, 10}})) << distribution;
    }
}

// It happens at every edit.
TEST(PartitionKeys, AreCheckedWithoutTheirTable)
{
    const NodeSetup setup{
        .properties = {{"PartitionKeys", {{"Distribution", "Zipf"}, {"Count", 250'000}, {"Skew", 1.0}}},
                       {"RecordsPerSecond", 1},
                       {"Template", {{"key", "{{key}}"}}}}};
    const std::size_t before = test::allocatedBytes;
    EXPECT_TRUE(checkProducer(setup).empty());
    EXPECT_LT(test::allocatedBytes - before, 100'000u);
    const std::size_t checked = test::allocatedBytes;
    EXPECT_EQ(PartitionKeys::maximumSizeOf(setup.properties["PartitionKeys"]),
              PartitionKeys(setup.properties["PartitionKeys"]).maximumSize());
    EXPECT_GT(test::allocatedBytes - checked, 1'000'000u) << "the table itself is counted";
}

TEST(PartitionKeys, TheSeedDecides)
{
    const PartitionKeys keys({{"Distribution", "Zipf"}, {"Count", 100}, {"Skew", 1.0}});
    EXPECT_EQ(draws(keys, 1000, 1), draws(keys, 1000, 1));
    EXPECT_NE(draws(keys, 1000, 1), draws(keys, 1000, 2));
}

TEST(WeightedChoice, NeverTakesWhatWeighsNothing)
{
    const std::vector<double> weights = {0, 1, 0, 3, 0};
    const WeightedChoice choice(weights);
    Random random(3);
    std::map<std::uint32_t, int> histogram;
    for (int i = 0; i < 40'000; ++i)
        ++histogram[choice(random)];
    EXPECT_EQ(histogram.size(), 2u);
    EXPECT_NEAR(histogram[1], 10'000, 500);
    EXPECT_NEAR(histogram[3], 30'000, 500);
}

} // namespace
} // namespace streamwright::producers
