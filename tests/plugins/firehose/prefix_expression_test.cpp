// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/prefix_expression.h"

#include <rapidcheck/gtest.h>

#include <regex>

namespace streamwright::firehose {
namespace {

using Role = PrefixExpression::Role;

// 2018-08-27 10:30:05.007 UTC, a Monday, day 239 of the year
const Time kAugust = Time(std::chrono::sys_days(std::chrono::year(2018) / 8 / 27)) + std::chrono::hours(10) +
                     std::chrono::minutes(30) + seconds(5) + milliseconds(7);

std::string evaluated(const std::string& text, Role role = Role::Prefix, std::vector<std::string> keys = {})
{
    Random random(1);
    const auto prefix = PrefixExpression::parse(text, role);
    if (!prefix) return "refused: " + prefix.problem().message;
    const auto value = prefix->evaluate({kAugust, keys, "processing-failed"}, random);
    return value ? *value : "failed: " + value.problem().message;
}

bool refusedFor(const std::string& text, const std::string& why, Role role = Role::Prefix)
{
    const std::string result = evaluated(text, role);
    const bool good = result.starts_with("refused: ") && result.find(why) != std::string::npos;
    if (!good) ADD_FAILURE() << text << " gave " << result;
    return good;
}

TEST(PrefixExpression, TimestampPatternsOfTheSheet)
{
    EXPECT_EQ(evaluated("!{timestamp:yyyy/MM/dd/HH/}"), "2018/08/27/10/");
    EXPECT_EQ(evaluated("!{timestamp:yy-M-d H:m:s}"), "18-8-27 10:30:5");
    EXPECT_EQ(evaluated("!{timestamp:mm}!{timestamp:ss}.!{timestamp:SSS}"), "3005.007");
    EXPECT_EQ(evaluated("!{timestamp:DDD EEE}"), "239 Mon");
    EXPECT_EQ(evaluated("!{timestamp:yyyyMMdd}"), "20180827");
}

TEST(PrefixExpression, TextInSingleQuotesIsLiteral)
{
    EXPECT_EQ(evaluated("!{timestamp:'year='yyyy'/month='MM}"), "year=2018/month=08");
    EXPECT_EQ(evaluated("!{timestamp:HH' o''clock'}"), "10 o'clock");
    EXPECT_EQ(evaluated("!{timestamp:yyyy''MM}"), "2018'08");
}

TEST(PrefixExpression, OtherPatternLettersAreRefused)
{
    refusedFor("!{timestamp:YYYY}", "\"YYYY\"");
    refusedFor("!{timestamp:MMM}", "\"MMM\"");
    refusedFor("!{timestamp:hh a}", "\"hh\"");
    refusedFor("!{timestamp:y}", "\"y\"");
    refusedFor("!{timestamp:yyyy[MM]}", "reserved character, [");
    refusedFor("!{timestamp:'year}", "a quote that does not end");
    refusedFor("!{timestamp:}", "is empty");
}

TEST(PrefixExpression, RandomStringHas11CharactersNewForEveryUse)
{
    const std::string both = evaluated("!{firehose:random-string}/!{firehose:random-string}");
    std::smatch match;
    ASSERT_TRUE(std::regex_match(both, match, std::regex("([0-9a-f-]{11})/([0-9a-f-]{11})"))) << both;
    EXPECT_NE(match[1], match[2]);
    EXPECT_EQ(both, evaluated("!{firehose:random-string}/!{firehose:random-string}")); // from the seed
}

TEST(PrefixExpression, ErrorOutputTypeStandsInErrorOutputPrefixOnly)
{
    EXPECT_EQ(evaluated("e/!{firehose:error-output-type}/!{timestamp:yyyy}/anyMonth/!{timestamp:dd}",
                        Role::ErrorOutputPrefix),
              "e/processing-failed/2018/anyMonth/27");
    refusedFor("!{firehose:error-output-type}/", "ErrorOutputPrefix only");
}

TEST(PrefixExpression, PartitionKeysStandInPrefixOnly)
{
    EXPECT_EQ(evaluated("c=!{partitionKeyFromQuery:country}/!{timestamp:yyyy}/!{partitionKeyFromQuery:id}/"
                        "!{partitionKeyFromQuery:country}",
                        Role::Prefix, {"at", "7"}),
              "c=at/2018/7/at");
    refusedFor("!{partitionKeyFromQuery:country}", "Prefix only", Role::ErrorOutputPrefix);
    refusedFor("!{partitionKeyFromQuery:}", "names no key");
    refusedFor("!{partitionKeyFromLambda:x}", "Lambda");
}

TEST(PrefixExpression, TheOpeningBeginsAnExpressionOnly)
{
    EXPECT_EQ(evaluated("a!b{c}!/"), "a!b{c}!/");
    refusedFor("a!{b", "no \"}\"");
    refusedFor("a!{b}", "!{namespace:value}");
    refusedFor("!{!{timestamp:yyyy}}", "!{namespace:value}");
    refusedFor("!{time:yyyy}", "unknown namespace");
    refusedFor("!{firehose:uuid}", "random-string");
}

TEST(PrefixExpression, EvaluatedPrefixesHaveAtMost512Characters)
{
    EXPECT_EQ(evaluated(std::string(512, 'a')), std::string(512, 'a'));
    const std::string umlauts = [] {
        std::string text;
        for (int i = 0; i < 512; ++i)
            text += "ö"; // one character, two bytes
        return text;
    }();
    EXPECT_EQ(evaluated(umlauts), umlauts);
    EXPECT_TRUE(evaluated(std::string(513, 'a')).starts_with("failed: "));
    EXPECT_TRUE(evaluated("!{partitionKeyFromQuery:k}", Role::Prefix, {std::string(513, 'k')}).starts_with("failed: "));
}

RC_GTEST_PROP(PrefixExpression, AnyTextIsEvaluatedOrRefused, ())
{
    const auto piece =
        rc::gen::elementOf(std::vector<std::string>{"!{", "}", "timestamp:", "firehose:", "random-string", "'", "yyyy",
                                                    "MM", "x", "/", "partitionKeyFromQuery:", "ö", "!", "{", ":"});
    std::string text;
    for (const auto& part : *rc::gen::container<std::vector<std::string>>(piece))
        text += part;
    const auto prefix = PrefixExpression::parse(text, Role::Prefix);
    if (!prefix) {
        RC_ASSERT(!prefix.problem().message.empty());
        return;
    }
    Random random(1);
    const std::vector<std::string> keys(prefix->partitionKeys().size(), "value");
    const auto value = prefix->evaluate({kAugust, keys, {}}, random);
    if (value) RC_ASSERT(value->find("!{") == std::string::npos);
    if (value && !prefix->hasExpressions()) RC_ASSERT(*value == text);
}

} // namespace
} // namespace streamwright::firehose
