// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/digest.h"
#include "core/base/md5_lanes.h"

namespace streamwright {
namespace {

TEST(Digest, Md5OfPartitionKeysMatchesTheSpecSheet)
{
    EXPECT_EQ(toDecimal(md5AsUint128("a")), "16955237001963240173058271559858726497");
    EXPECT_EQ(toDecimal(md5AsUint128("partitionKey-1")), "159499196025307651934328298402289840726");
    EXPECT_EQ(toDecimal(md5AsUint128("\xC3\xA9")), "136732923097551493579404309126273812335");
    EXPECT_EQ(toDecimal(md5AsUint128("device-42")), "223081048512968852806315647540369465148");
    EXPECT_EQ(md5Hex("hello"), "5d41402abc4b2a76b9719d911017c592");
}

RC_GTEST_PROP(Md5Lanes, EachLaneIsTheSumOfItsText, (std::vector<std::string> texts))
{
    if (texts.size() > Md5Lanes::kLanes) texts.resize(Md5Lanes::kLanes);
    std::vector<std::string_view> views;
    for (std::string& text : texts) {
        if (text.size() > Md5Lanes::kLongest) text.resize(Md5Lanes::kLongest);
        views.push_back(text);
    }
    const auto sums = Md5Lanes::sums(views);
    for (std::size_t lane = 0; lane < views.size(); ++lane)
        RC_ASSERT(sums[lane] == md5AsUint128(views[lane]));
}

TEST(Md5Lanes, TheLongestTextFitsIntoItsBlock)
{
    const std::string longest(Md5Lanes::kLongest, 'x');
    EXPECT_EQ(Md5Lanes::sums(std::vector<std::string_view>{"", longest})[1], md5AsUint128(longest));
}

TEST(Digest, Sha256AndCrc32cMatchPublishedVectors)
{
    EXPECT_EQ(sha256Hex("hello"), "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    EXPECT_EQ(crc32c("123456789"), 0xE3069283u); // RFC 3720's check value
    EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAu);
    EXPECT_EQ(crc32c("6789", crc32c("12345")), crc32c("123456789"));
}

TEST(Digest, RunningDigestDependsOnOrderAndBorders)
{
    const auto of = [](std::vector<std::string> parts) {
        RunningDigest digest;
        for (const auto& part : parts)
            digest.add(part);
        return digest.value();
    };
    EXPECT_EQ(of({"ab", "c"}), of({"ab", "c"}));
    EXPECT_NE(of({"ab", "c"}), of({"a", "bc"}));
    EXPECT_NE(of({"ab", "c"}), of({"c", "ab"}));
    EXPECT_NE(of({""}), of({}));
}

TEST(Uint128, DecimalBothWays)
{
    EXPECT_EQ(toDecimal(kUint128Max), "340282366920938463463374607431768211455");
    EXPECT_EQ(parseUint128("340282366920938463463374607431768211455"), kUint128Max);
    EXPECT_FALSE(parseUint128("340282366920938463463374607431768211456"));
    for (const char* bad : {"", "00", "01", "-1", "1a", " 1"})
        EXPECT_FALSE(parseUint128(bad)) << bad;
}

} // namespace
} // namespace streamwright
