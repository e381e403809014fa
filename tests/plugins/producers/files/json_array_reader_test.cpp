// SPDX-License-Identifier: GPL-3.0-or-later
#include <rapidcheck/gtest.h>

#include "core/base/file.h"
#include "core/base/json.h"
#include "tests/plugins/producers/files/feed_reading.h"

namespace streamwright::producers {
namespace {

FeedReading array(const std::string& bytes, std::size_t maximumSize = 1 << 20, std::size_t piece = 7)
{
    return readBytes(bytes, {"x.json", "JsonArray", "", "", maximumSize}, piece);
}

TEST(JsonArray, GivesElementByElementOnOneLine)
{
    const auto got = array("[\n  {\n    \"a\": [1, 2],\n    \"b\": \"x, ]} y\"\n  },\n  5,\n  \"s\",[ ]\n]\n");
    EXPECT_EQ(got.records, (Texts{R"({"a":[1,2],"b":"x, ]} y"})", "5", "\"s\"", "[]"}));
    EXPECT_EQ(got.lines, (std::vector<std::uint64_t>{2, 6, 7, 7}));
    EXPECT_TRUE(got.problems.empty());
    EXPECT_TRUE(array("[]").records.empty());
    EXPECT_TRUE(array(" [ ] ").problems.empty());
}

TEST(JsonArray, StringsKeepTheirEscapes)
{
    EXPECT_EQ(array(R"([{"q": "say \"hi\" \\"}, "\\\\"])").records, (Texts{R"({"q":"say \"hi\" \\"})", R"("\\\\")"}));
}

TEST(JsonArray, ABrokenElementIsToldWithItsLineAndNothingElseIsLost)
{
    const auto got =
        array("[{\"a\":1},\n{\"a\":},\n{\"a\":2},\n{a:3},\n{\"a\":\"open,\n},\n{\"a\":4},\n{\"b\":[1,2},\n{\"a\":5}]");
    EXPECT_EQ(got.records, (Texts{"{\"a\":1}", "{\"a\":2}", "{\"a\":4}", "{\"a\":5}"}));
    ASSERT_EQ(got.problems.size(), 4u);
    for (std::size_t i = 0; i < 4; ++i)
        EXPECT_EQ(got.problems[i].substr(0, 10), "x.json:" + std::to_string(std::vector{2, 4, 5, 8}[i]) + ": ")
            << got.problems[i];
}

TEST(JsonArray, CommasAndBracketsOutOfPlaceAreTold)
{
    EXPECT_EQ(array("[1,,2]").records, (Texts{"1", "2"}));
    EXPECT_EQ(array("[1,,2]").problems, (Texts{"x.json:1: a comma without an element before it"}));
    EXPECT_EQ(array("[{}{}\n3]").records, (Texts{"{}", "{}", "3"}));
    EXPECT_EQ(array("[{}{}\n3]").problems, (Texts{"x.json:1: a comma is missing before this element",
                                                  "x.json:2: a comma is missing before this element"}));
    EXPECT_EQ(array("[1,]").problems, (Texts{"x.json:1: a comma without an element after it"}));
    EXPECT_EQ(array("[1}\n,2]").records, (Texts{"1", "2"}));
    EXPECT_EQ(array("[1]\n[2]").problems,
              (Texts{"x.json:2: the file goes on after the end of the array; what follows is not read"}));
}

TEST(JsonArray, ATornFileKeepsWhatIsWhole)
{
    const auto inside = array("[{\"a\":1},\n{\"a\":2");
    EXPECT_EQ(inside.records, (Texts{"{\"a\":1}"}));
    ASSERT_EQ(inside.problems.size(), 2u);
    EXPECT_EQ(inside.problems[0], "x.json:2: the file ends inside this element");
    const auto between = array("[1,2");
    EXPECT_EQ(between.records, (Texts{"1", "2"}));
    EXPECT_EQ(between.problems, (Texts{"x.json:1: the file ends before the array does (\"]\" is missing)"}));
}

TEST(JsonArray, WhatIsNoArrayIsSaidAtOnce)
{
    const auto got = array("{\"a\": [1]}");
    EXPECT_TRUE(got.records.empty());
    EXPECT_EQ(got.problems,
              (Texts{"x.json:1: a JSON array must begin with \"[\"; set Format if the file is of another"}));
}

TEST(JsonArray, AnElementBeyondTheMaximumIsPassedOver)
{
    const auto got =
        array("[1,\n{\"a\":\"" + std::string(150'000, ',') + "\"},\n2,\"" + std::string(98, 'z') + "\"]", 100, 4096);
    EXPECT_EQ(got.records, (Texts{"1", "2", "\"" + std::string(98, 'z') + "\""}));
    EXPECT_EQ(got.problems, (Texts{"x.json:2: the record is longer than MaxRecordBytes (100)"}));
}

TEST(JsonArray, RealFlightsEqualTheirJsonLines)
{
    auto linesFeed = RecordFeed::open({"resources/datasets/flights-10k.jsonl"});
    ASSERT_TRUE(linesFeed);
    const FeedReading lines = readAll(**linesFeed);
    std::string bytes = "[\n";
    for (const std::string& record : lines.records)
        bytes += (bytes.size() > 2 ? ",\n" : "") + parseJson(record)->dump(2);
    const FeedReading got = readBytes(bytes + "\n]\n", {"flights.json"}, 65'536);
    EXPECT_TRUE(got.problems.empty());
    EXPECT_EQ(got.records, lines.records);
    EXPECT_EQ(got.lines[1], 9u);
}

RC_GTEST_PROP(JsonArray, PiecesOfAnySizeGiveTheSame, ())
{
    const auto tokens = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(std::vector<std::string>{
        "{", "}", "[", "]", ",", "\"", "\\", "\n", " ", "1", "\"a\":", "true", "\"b\"", "{}"}));
    std::string bytes = "[";
    for (const std::string& token : tokens)
        bytes += token;
    const auto whole = array(bytes, 50, 10'000),
               pieces = array(bytes, 50, static_cast<std::size_t>(*rc::gen::inRange(1, 9)));
    RC_ASSERT(whole.records == pieces.records);
    RC_ASSERT(whole.problems == pieces.problems);
    RC_ASSERT(whole.lines == pieces.lines);
}

} // namespace
} // namespace streamwright::producers
