// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/files/time_text.h"

#include <rapidcheck/gtest.h>

namespace streamwright::producers {
namespace {

std::string read(std::string_view text)
{
    const auto time = parseTime(text);
    return time ? isoTime(*time) : "none";
}

TEST(TimeText, Iso8601WithAndWithoutZone)
{
    EXPECT_EQ(read("2001-02-03"), "2001-02-03T00:00:00.000Z");
    EXPECT_EQ(read("2001-02-03T04:05"), "2001-02-03T04:05:00.000Z");
    EXPECT_EQ(read("2001-02-03 04:05:06"), "2001-02-03T04:05:06.000Z");
    EXPECT_EQ(read("2001-02-03T04:05:06.789Z"), "2001-02-03T04:05:06.789Z");
    EXPECT_EQ(read("2001-02-03T04:05:06.789+02:00"), "2001-02-03T02:05:06.789Z");
    EXPECT_EQ(read("2001-02-03T04:05:06,5-0330"), "2001-02-03T07:35:06.500Z");
    EXPECT_EQ(read("2001-02-03T04:05:06+01"), "2001-02-03T03:05:06.000Z");
    EXPECT_EQ(read(" 2001/01/01 00:47 "), "2001-01-01T00:47:00.000Z");
    EXPECT_EQ(parseTime("2001-02-03T04:05:06.1234567Z")->time_since_epoch().count() % 1'000'000, 123'456);
}

TEST(TimeText, AccessLogTimes)
{
    EXPECT_EQ(read("10/Oct/2000:13:55:36 -0700"), "2000-10-10T20:55:36.000Z");
    EXPECT_EQ(read("29/Feb/2024:23:59:60 +0000"), "2024-03-01T00:00:00.000Z");
}

TEST(TimeText, NumbersAreSecondsMillisecondsMicrosecondsOrNanosecondsByTheirSize)
{
    for (const char* text :
         {"1700000000", "1700000000000", "1700000000000000", "1700000000000000000", "1700000000.0", "1700000000000.0"})
        EXPECT_EQ(read(text), "2023-11-14T22:13:20.000Z") << text;
    EXPECT_EQ(read("1700000000.25"), "2023-11-14T22:13:20.250Z");
    EXPECT_EQ(read("-86400"), "1969-12-31T00:00:00.000Z");
    EXPECT_EQ(timeOfEpochNumber(1.7e12), timeOfEpochNumber(std::int64_t{1'700'000'000'000}));
}

TEST(TimeText, WhatIsNoTimeIsNone)
{
    for (const char* text :
         {"", "yesterday", "2001-13-01", "2001-02-30", "2001-02-03T25:00", "2001-02-03T04", "2001-02-03T04:05:06x",
          "2001-02/03", "2001-02-03T04:05:06.", "2001-02-03T04:05+25:00", "10/Okt/2000:13:55:36 -0700",
          "31/Feb/2000:13:55:36", "0000-01-01", "1e400", "nan", "inf", "--5"})
        EXPECT_EQ(read(text), "none") << text;
}

RC_GTEST_PROP(TimeText, ReadsBackWhatTheCoreWrites, ())
{
    const Time t(milliseconds(*rc::gen::inRange<std::int64_t>(-60'000'000'000'000, 200'000'000'000'000)));
    RC_ASSERT(parseTime(isoTime(t)) == t);
}

} // namespace
} // namespace streamwright::producers
