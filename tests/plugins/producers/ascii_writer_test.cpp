// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/ascii_writer.h"

#include <rapidcheck/gtest.h>

#include <limits>

#include "plugins/producers/random_text.h"

namespace streamwright::producers {
namespace {

template <typename Write>
std::string written(Write write)
{
    std::string out(4096, '#');
    out.resize(static_cast<std::size_t>(write(out.data()) - out.data()));
    return out;
}
std::string escaped(std::string_view text)
{
    return written([&](char* at) { return writeEscaped(at, text); });
}

RC_GTEST_PROP(AsciiWriter, DecimalsReadAsTheNumber, (std::int64_t number, int shift))
{
    const std::int64_t value = number >> (static_cast<unsigned>(shift) % 64);
    RC_ASSERT(written([&](char* at) { return writeSigned(at, value); }) == std::to_string(value));
}

TEST(AsciiWriter, DecimalsAtTheirBounds)
{
    for (const std::uint64_t n : {0ull, 9ull, 10ull, 99ull, 100ull, 999ull, 1000ull, 9999ull, 10'000ull, ~0ull})
        EXPECT_EQ(written([&](char* at) { return writeDecimal(at, n); }), std::to_string(n));
    const auto least = std::numeric_limits<std::int64_t>::min();
    EXPECT_EQ(written([&](char* at) { return writeSigned(at, least); }), std::to_string(least));
}

TEST(AsciiWriter, FixedKeepsItsDecimals)
{
    const auto fixed = [](std::int64_t units, int decimals) {
        return written([&](char* at) { return writeFixed(at, units, decimals); });
    };
    EXPECT_EQ(fixed(-1205, 2), "-12.05");
    EXPECT_EQ(fixed(-5, 3), "-0.005");
    EXPECT_EQ(fixed(7, 0), "7");
    EXPECT_EQ(fixed(52'520'000, 6), "52.520000");
}

RC_GTEST_PROP(AsciiWriter, IsoTimeAgreesWithTheCore, ())
{
    const Time t(Duration(*rc::gen::inRange<std::int64_t>(-2'000'000'000'000'000, 4'000'000'000'000'000)));
    RC_ASSERT(written([&](char* at) { return writeIsoTime(at, t); }) == isoTime(t));
}

RC_GTEST_PROP(AsciiWriter, AnyBytesBecomeAJsonString, (const std::string& bytes))
{
    const auto parsed = parseJson('"' + escaped(bytes) + '"');
    RC_ASSERT(static_cast<bool>(parsed));
    RC_ASSERT(escaped(bytes).size() <= bytes.size() * kMaxEscaped);
}

TEST(AsciiWriter, EscapesKeepUtf8AndReadOtherBytesAsLatin1)
{
    EXPECT_EQ(escaped("a\"b\\c\n\t\x01"), "a\\\"b\\\\c\\n\\t\\u0001");
    EXPECT_EQ(escaped("M\xC3\xBCnchen \xF0\x9F\x98\x80"), "M\xC3\xBCnchen \xF0\x9F\x98\x80");
    EXPECT_EQ(escaped("M\xFCnchen"), "M\xC3\xBCnchen");
    EXPECT_EQ(escaped("\xED\xA0\x80"), "\xC3\xAD\xC2\xA0\xC2\x80"); // a surrogate is no character
    EXPECT_EQ(escaped("\xC0\xAF"), "\xC3\x80\xC2\xAF"); // nor is an overlong form
}

TEST(RandomText, IsPrintableOfItsSizeAndNeverTwiceTheSame)
{
    Random random(1);
    std::set<std::string> seen;
    for (int i = 0; i < 20'000; ++i) {
        std::string text(100, '\0');
        fillRandomText(text.data(), text.size(), random);
        ASSERT_EQ(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                  text.npos);
        ASSERT_TRUE(seen.insert(text).second) << i;
    }
}

TEST(RandomText, WritesNoByteBeyondItsSize)
{
    Random random(2);
    for (const std::size_t size : {0, 1, 9, 10, 11, 70'000, 3'000'000}) {
        std::string text(size + 8, '#');
        fillRandomText(text.data(), size, random);
        EXPECT_EQ(text.find('#'), size);
        EXPECT_EQ(text.substr(size), "########");
    }
}

} // namespace
} // namespace streamwright::producers
