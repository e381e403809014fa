// SPDX-License-Identifier: GPL-3.0-or-later
#include <rapidcheck/gtest.h>

#include "core/base/json.h"
#include "tests/plugins/producers/files/feed_reading.h"

namespace streamwright::producers {
namespace {

FeedReading csv(const std::string& bytes, std::size_t maximumSize = 1 << 20, std::size_t piece = 3)
{
    return readBytes(bytes, {"x.csv", "CSV", "", "", maximumSize}, piece);
}

TEST(Csv, ARowBecomesAnObjectInHeaderOrder)
{
    const auto got = csv("b,a,c\n1,x,\n-2.50,\"y z\",w\n");
    EXPECT_EQ(got.records, (Texts{R"({"b":1,"a":"x","c":""})", R"({"b":-2.50,"a":"y z","c":"w"})"}));
    EXPECT_EQ(got.lines, (std::vector<std::uint64_t>{2, 3}));
    EXPECT_TRUE(got.problems.empty());
}

TEST(Csv, OnlyPlainDecimalNumbersWithoutQuotesAreNumbers)
{
    for (const char* number : {"0", "-1", "12.50", "0.5", "123456789012345", "-0"})
        EXPECT_EQ(csv(std::string("a\n") + number + "\n").records, (Texts{std::string("{\"a\":") + number + "}"}));
    for (const char* text : {"007", "+5", "1e5", ".5", "5.", "1234567890123456", "0x1", "1 000", "-", "NaN", "12.3.4",
                             "1234567890.123456"})
        EXPECT_EQ(csv(std::string("a\n") + text + "\n").records, (Texts{std::string("{\"a\":\"") + text + "\"}"}))
            << text;
    EXPECT_EQ(csv("a\n\"5\"\n").records, (Texts{R"({"a":"5"})"}));
}

TEST(Csv, QuotesHoldSeparatorsLineBreaksAndDoubledQuotes)
{
    const auto got = csv("a,b\r\n\"x,1\",\"say \"\"hi\"\"\"\r\n\"two\r\nlines\",\"\"\"\"\r\nplain \"q\",\"\"\r\n");
    EXPECT_EQ(got.records, (Texts{R"({"a":"x,1","b":"say \"hi\""})", R"({"a":"two\r\nlines","b":"\""})",
                                  R"({"a":"plain \"q\"","b":""})"}));
    EXPECT_EQ(got.lines, (std::vector<std::uint64_t>{2, 3, 5}));
    EXPECT_TRUE(got.problems.empty());
}

TEST(Csv, ByteOrderMarkMissingLineEndAndBlankLines)
{
    EXPECT_EQ(csv("\xEF\xBB\xBF"
                  "a,b\n\n1,2\r\n\r\n3,\"4\"")
                  .records,
              (Texts{R"({"a":1,"b":2})", R"({"a":3,"b":"4"})"}));
    EXPECT_EQ(csv("a\r\n\"x\"\r").records, (Texts{R"({"a":"x"})"}));
    EXPECT_TRUE(csv("a,b\n").records.empty());
    EXPECT_EQ(csv("a,b\n1,").records, (Texts{R"({"a":1,"b":""})"}));
}

TEST(Csv, ARaggedRowIsToldWithItsLineAndNothingElseIsLost)
{
    const auto got = csv("a,b\n1,2\n3\n4,5,6\n\"7\n7\",8,9\n10,11\n");
    EXPECT_EQ(got.records, (Texts{R"({"a":1,"b":2})", R"({"a":10,"b":11})"}));
    EXPECT_EQ(got.problems,
              (Texts{"x.csv:3: the row has 1 fields, the header 2", "x.csv:4: the row has 3 fields, the header 2",
                     "x.csv:5: the row has 3 fields, the header 2"}));
}

TEST(Csv, AStrayQuoteCostsItsOwnLineOnly)
{
    const auto got = csv("a,b\n\"x,1\ny,2\n\"z\"z,3\nw,4\n");
    EXPECT_EQ(got.records, (Texts{R"({"a":"y","b":2})", R"({"a":"w","b":4})"}));
    ASSERT_EQ(got.problems.size(), 2u);
    EXPECT_EQ(got.problems[0].substr(0, 9), "x.csv:2: ");
    EXPECT_EQ(got.problems[1], "x.csv:4: text after a closing quote; a quote inside quotes is written twice");
    const auto open = csv("a,b\n1,\"x\n2,y\n");
    EXPECT_EQ(open.records, (Texts{R"({"a":2,"b":"y"})"}));
    EXPECT_EQ(open.problems, (Texts{"x.csv:2: a quote is opened and not closed within MaxRecordBytes"}));
}

TEST(Csv, AnUnclosedQuoteInALongFileIsNoticedWithinTheMaximum)
{
    std::string bytes = "a,b\n1,\"x\n";
    for (int i = 0; i < 1000; ++i)
        bytes += std::to_string(i) + ",y\n";
    const auto got = csv(bytes, 200);
    EXPECT_EQ(got.records.size(), 1000u);
    EXPECT_EQ(got.problems.size(), 1u);
}

TEST(Csv, ARowBeyondTheMaximumIsPassedOver)
{
    const auto got =
        csv("a,b\n1," + std::string(100'000, 'x') + "\n2,y\n3,\"" + std::string(120, 'z') + "\"\n4,w\n", 100, 4096);
    EXPECT_EQ(got.records, (Texts{R"({"a":2,"b":"y"})", R"({"a":4,"b":"w"})"}));
    EXPECT_EQ(got.problems.size(), 2u);
    EXPECT_EQ(got.problems[0], "x.csv:2: the record is longer than MaxRecordBytes (100)");
}

TEST(Csv, HeadersNeedDistinctNames)
{
    const auto got = csv("a,b,a\n1,2,3\n");
    EXPECT_TRUE(got.records.empty());
    EXPECT_EQ(got.problems,
              (Texts{"x.csv:1: the header names the column \"a\" twice; give every column its own name"}));
    EXPECT_EQ(csv("a,,\"q\"\"q\"\n1,2,3\n").records, (Texts{R"({"a":1,"column2":2,"q\"q":3})"}));
}

TEST(Csv, BytesThatAreNotUtf8AreReadAsLatin1)
{
    EXPECT_EQ(csv("city\nM\xFCnchen\nM\xC3\xBCnchen\n").records,
              (Texts{"{\"city\":\"M\xC3\xBCnchen\"}", "{\"city\":\"M\xC3\xBCnchen\"}"}));
}

TEST(Tsv, TabsSeparateAndQuotesWorkAsInCsv)
{
    const auto got = readBytes("a\tb\n1\tx,y\n\"2\t2\"\t\"\"\n", {"x.tsv"});
    EXPECT_EQ(got.records, (Texts{R"({"a":1,"b":"x,y"})", R"({"a":"2\t2","b":""})"}));
}

// Any table, written as RFC 4180 says, comes back as it was, whatever pieces the file is read in.
RC_GTEST_PROP(Csv, WhatIsWrittenIsRead, ())
{
    const auto columns = static_cast<std::size_t>(*rc::gen::inRange(1, 5));
    const auto cell = rc::gen::container<std::string>(rc::gen::element('a', '"', ',', '\n', '\r', ' ', '7', '\\'));
    const auto rows = *rc::gen::container<std::vector<std::vector<std::string>>>(
        rc::gen::container<std::vector<std::string>>(columns, cell));
    std::string bytes;
    for (std::size_t i = 0; i < columns; ++i)
        bytes += (i > 0 ? ",c" : "c") + std::to_string(i);
    for (const auto& row : rows) {
        bytes += "\r\n";
        for (std::size_t i = 0; i < columns; ++i) {
            bytes += i > 0 ? ",\"" : "\"";
            for (const char c : row[i])
                bytes += c == '"' ? "\"\"" : std::string(1, c);
            bytes += '"';
        }
    }
    const auto got = csv(bytes, 1 << 20, static_cast<std::size_t>(*rc::gen::inRange(1, 20)));
    RC_ASSERT(got.problems.empty());
    RC_ASSERT(got.records.size() == rows.size());
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const auto parsed = parseJson(got.records[r]);
        RC_ASSERT(static_cast<bool>(parsed));
        for (std::size_t i = 0; i < columns; ++i)
            RC_ASSERT((*parsed)["c" + std::to_string(i)].get<std::string>() == rows[r][i]);
    }
}

RC_GTEST_PROP(Csv, PiecesOfAnySizeGiveTheSame, ())
{
    const auto bytes =
        "a,b\n" + *rc::gen::container<std::string>(rc::gen::element('a', '"', ',', '\n', '\r', '1', '"', '\n'));
    const auto whole = csv(bytes, 20, 10'000),
               pieces = csv(bytes, 20, static_cast<std::size_t>(*rc::gen::inRange(1, 9)));
    RC_ASSERT(whole.records == pieces.records);
    RC_ASSERT(whole.problems == pieces.problems);
}

} // namespace
} // namespace streamwright::producers
