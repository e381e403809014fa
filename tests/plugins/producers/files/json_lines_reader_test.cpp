// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/plugins/producers/files/feed_reading.h"

namespace streamwright::producers {
namespace {

FeedReading lines(const std::string& bytes, std::size_t maximumSize = 1 << 20)
{
    return readBytes(bytes, {"x.jsonl", "JsonLines", "", "", maximumSize});
}

TEST(JsonLines, GivesEveryLineAsItStands)
{
    const auto got = lines("{\"a\": 1}\n  [1, 2] \r\n\n\"x\"\n3.50\nnull");
    EXPECT_EQ(got.records, (Texts{"{\"a\": 1}", "[1, 2]", "\"x\"", "3.50", "null"}));
    EXPECT_EQ(got.lines, (std::vector<std::uint64_t>{1, 2, 4, 5, 6}));
    EXPECT_TRUE(got.problems.empty());
}

TEST(JsonLines, ABrokenLineIsToldWithItsPlaceAndNothingElseIsLost)
{
    const auto got = lines("{\"a\":1}\n{\"a\":\n{\"a\":2}\nabc\n{\"a\":3} {\"a\":4}\n\xFF\n{\"a\":5}\n");
    EXPECT_EQ(got.records, (Texts{"{\"a\":1}", "{\"a\":2}", "{\"a\":5}"}));
    ASSERT_EQ(got.problems.size(), 4u);
    EXPECT_EQ(got.problems[0].substr(0, 27), "x.jsonl:2: not valid JSON: ");
    EXPECT_EQ(got.problems[1].substr(0, 11), "x.jsonl:4: ");
    EXPECT_EQ(got.problems[2].substr(0, 11), "x.jsonl:5: ");
    EXPECT_EQ(got.problems[3].substr(0, 11), "x.jsonl:6: ");
}

TEST(JsonLines, AByteOrderMarkIsNoPartOfTheFirstRecord)
{
    EXPECT_EQ(lines("\xEF\xBB\xBF{\"a\":1}\n").records, (Texts{"{\"a\":1}"}));
    EXPECT_EQ(readBytes("\xEF\xBB\xBF\n{\"a\":1}", {"x.jsonl", "JsonLines"}, 1).records, (Texts{"{\"a\":1}"}));
    EXPECT_EQ(lines("\xEF\xBB\xBF").records, Texts{});
}

TEST(JsonLines, ALineBeyondTheMaximumIsPassedOver)
{
    const std::string wide = "\"" + std::string(200'000, 'x') + "\"";
    const auto got = lines("1\n" + wide + "\n\"" + std::string(98, 'y') + "\"\r\n" + wide, 100);
    EXPECT_EQ(got.records, (Texts{"1", "\"" + std::string(98, 'y') + "\""}));
    EXPECT_EQ(got.problems, (Texts{"x.jsonl:2: the record is longer than MaxRecordBytes (100)",
                                   "x.jsonl:4: the record is longer than MaxRecordBytes (100)"}));
}

TEST(JsonLines, EmptyBytesAreNoRecords)
{
    EXPECT_TRUE(lines("").records.empty());
    EXPECT_TRUE(lines("\n\r\n \n").records.empty());
    EXPECT_TRUE(lines("\n\r\n \n").problems.empty());
}

TEST(JsonLines, RealFlightsComeWholeAndWithTheirFields)
{
    auto feed = RecordFeed::open({"resources/datasets/flights-10k.jsonl", "Auto", "origin", "date"});
    ASSERT_TRUE(feed) << feed.problem().text();
    const FeedReading got = readAll(**feed);
    ASSERT_EQ(got.records.size(), 10'000u);
    EXPECT_TRUE(got.problems.empty());
    EXPECT_EQ(got.records[0],
              R"({"date":"2001/01/01 00:47","delay":66,"distance":1750,"origin":"DTW","destination":"LAS"})");
    EXPECT_EQ(got.keys[0], "DTW");
    EXPECT_EQ(isoTime(got.times[0]), "2001-01-01T00:47:00.000Z");
    EXPECT_EQ(isoTime(got.times[9999]), "2001-03-31T22:27:00.000Z");
    EXPECT_TRUE(std::is_sorted(got.times.begin(), got.times.end()));
}

} // namespace
} // namespace streamwright::producers
