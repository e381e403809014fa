// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/record_filter.h"

#include <gtest/gtest.h>

#include "app/session/record_matcher.h"

namespace streamwright {

namespace {

BrowseRow sample()
{
    BrowseRow record;
    record.part = "shardId-000000000001";
    record.key = "visitor-17";
    record.data = R"({"page":"/Home","amount":12.5,"count":3,"big":9007199254740993,"ok":true,"none":null,)"
                  R"("order":{"lines":[{"sku":"A1","price":"10"},{"sku":"B 2","price":"7"}]},"a.b":"dotted"})";
    record.size = record.data.size();
    record.attributes = {{"ReceiveCount", "3"}, {"GroupId", "blue"}};
    record.time = Time(std::chrono::sys_days(std::chrono::year(2026) / 1 / 1)) + seconds(312);
    record.sequence = "42";
    return record;
}

bool matches(std::string_view text, const BrowseRow& record)
{
    auto filter = RecordFilter::parse(text);
    EXPECT_TRUE(filter) << text << ": " << (filter ? "" : filter.problem().text());
    return filter && RecordMatcher(*filter).matches(record);
}

bool matches(std::string_view text) { return matches(text, sample()); }

std::string problemOf(std::string_view text)
{
    const auto filter = RecordFilter::parse(text);
    EXPECT_FALSE(filter) << text;
    return filter ? "" : filter.problem().text();
}

} // namespace

TEST(RecordFilter, EmptyTextLetsEverythingThrough)
{
    const auto filter = RecordFilter::parse("  ");
    ASSERT_TRUE(filter);
    EXPECT_TRUE(filter->empty());
    EXPECT_TRUE(matches(""));
}

TEST(RecordFilter, WordsAreLookedForInKeyAndDataWhateverTheirCase)
{
    EXPECT_TRUE(matches("VISITOR-1"));
    EXPECT_TRUE(matches("/home"));
    EXPECT_TRUE(matches("\"b 2\""));
    EXPECT_FALSE(matches("\"b 3\""));
    EXPECT_TRUE(matches("visitor home"));
    EXPECT_FALSE(matches("visitor checkout"));
    EXPECT_TRUE(matches("order")); // not "or" and "der"
}

TEST(RecordFilter, FieldsAreComparedAsNumbersWhereBothAre)
{
    EXPECT_TRUE(matches("amount > 10"));
    EXPECT_FALSE(matches("amount > 100"));
    EXPECT_TRUE(matches("amount = 12.50"));
    EXPECT_TRUE(matches("count>=3"));
    EXPECT_FALSE(matches("count != 3"));
    EXPECT_TRUE(matches("order.lines[1].price < 10")); // 7 < 10, though "7" > "10"
    EXPECT_TRUE(matches("big = 9007199254740993"));
    EXPECT_FALSE(matches("big = 9007199254740992"));
}

TEST(RecordFilter, FieldsAreComparedAsTextOtherwise)
{
    EXPECT_TRUE(matches("page = /Home"));
    EXPECT_FALSE(matches("page = /home"));
    EXPECT_TRUE(matches("page ~ home"));
    EXPECT_TRUE(matches("page != /cart"));
    EXPECT_TRUE(matches("ok = true"));
    EXPECT_TRUE(matches("none = null"));
    EXPECT_TRUE(matches("\"a.b\" = dotted"));
    EXPECT_FALSE(matches("count = \"4\""));
}

TEST(RecordFilter, PathsGoIntoListsAndWithoutAnIndexThroughAllItems)
{
    EXPECT_TRUE(matches("order.lines[0].sku = A1"));
    EXPECT_FALSE(matches("order.lines[0].sku = \"B 2\""));
    EXPECT_TRUE(matches("order.lines.sku = \"B 2\""));
    EXPECT_FALSE(matches("order.lines[2].sku = A1"));
}

TEST(RecordFilter, AFieldThatIsNotThereFitsNoComparison)
{
    EXPECT_FALSE(matches("price = 1"));
    EXPECT_FALSE(matches("price != 1"));
    EXPECT_TRUE(matches("not price = 1"));
}

TEST(RecordFilter, FactsOfTheRecord)
{
    EXPECT_TRUE(matches("@key = visitor-17"));
    EXPECT_TRUE(matches("key = visitor-17"));
    EXPECT_TRUE(matches("size > 100 and sequence = 42"));
    EXPECT_TRUE(matches("@part ~ 000001"));
    EXPECT_TRUE(matches("@time > 2026-01-01T00:05"));
    EXPECT_TRUE(matches("@time >= 00:05:12 and @time < 00:06"));
    EXPECT_TRUE(matches("@ReceiveCount > 2"));
    EXPECT_TRUE(matches("@GroupId = blue"));
    BrowseRow named = sample();
    named.data = R"({"key": "inner"})";
    EXPECT_FALSE(matches("key = visitor-17", named)); // the data's own field comes first
    EXPECT_TRUE(matches("@key = visitor-17", named));
}

TEST(RecordFilter, AndOrNotAndBrackets)
{
    EXPECT_TRUE(matches("count = 9 or count = 3"));
    EXPECT_FALSE(matches("count = 9 or count = 3 and ok = false"));
    EXPECT_FALSE(matches("(count = 9 or count = 3) ok = false"));
    EXPECT_TRUE(matches("not (count = 9 OR ok = false)"));
}

TEST(RecordFilter, DataThatIsNotJsonHasNoFieldsButText)
{
    BrowseRow record = sample();
    record.data = "GET /home 200";
    EXPECT_TRUE(matches("\"/home 200\"", record));
    EXPECT_FALSE(matches("page = /home", record));
    record.data = R"({"page": "/home")"; // torn
    EXPECT_FALSE(matches("page = /home", record));
}

TEST(RecordFilter, WhatCannotBeReadIsToldWithItsPlace)
{
    EXPECT_EQ(problemOf("page ="), "character 7: a value is expected after =");
    EXPECT_EQ(problemOf("= 3"), "character 1: the name of a field is expected before =");
    EXPECT_EQ(problemOf("(page = 1"), "character 1: this bracket is not closed");
    EXPECT_EQ(problemOf("page = 1)"), "character 9: this bracket was never opened");
    EXPECT_EQ(problemOf("a \"b"), "character 3: this quote is not closed");
    EXPECT_EQ(problemOf("a and"), "character 6: something to look for is expected here");
    EXPECT_EQ(problemOf("()"), "character 2: something to look for is expected before the bracket");
    EXPECT_TRUE(problemOf("/home?x=1").starts_with("character 1: \"/home?x\" is not the path of a field"));
    EXPECT_TRUE(problemOf("a[x] = 1").starts_with("character 1: \"a[x]\" is not the path"));
    EXPECT_FALSE(RecordFilter::parse(std::string(10000, '(')));
}

} // namespace streamwright
