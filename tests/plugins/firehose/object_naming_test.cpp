// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/object_naming.h"

#include <regex>

namespace streamwright::firehose {
namespace {

const Time kAugust = Time(std::chrono::sys_days(std::chrono::year(2018) / 8 / 27)) + std::chrono::hours(10) +
                     std::chrono::minutes(30) + seconds(5);
const std::string kUuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
const std::string kSuffix = "s-1-2018-08-27-10-30-05-" + kUuid;

struct Keys {
    std::string object, error;
};

Keys keysOf(const std::string& prefix, const std::string& errorPrefix)
{
    const auto naming = ObjectNaming::make({.stream = "s", .prefix = prefix, .errorOutputPrefix = errorPrefix});
    if (!naming) return {naming.problem().text(), ""};
    Random random(1);
    return {naming->key(kAugust, {}, random).value(), naming->errorKey(kAugust, kProcessingFailed, random).value()};
}

void expectKey(const std::string& key, const std::string& prefixPattern)
{
    EXPECT_TRUE(std::regex_match(key, std::regex(prefixPattern + kSuffix))) << key;
}

TEST(ObjectNaming, NoPrefixIsTheHourInUtc)
{
    const Keys keys = keysOf("", "");
    expectKey(keys.object, "2018/08/27/10/");
    expectKey(keys.error, "processing-failed/2018/08/27/10/");
}

TEST(ObjectNaming, APrefixWithoutTimestampGetsTheHourAppended)
{
    expectKey(keysOf("myPrefix", "").object, "myPrefix2018/08/27/10/");
    expectKey(keysOf("myPrefix", "").error, "myPrefixprocessing-failed/2018/08/27/10/");
    expectKey(keysOf("a/!{firehose:random-string}/", "e/!{firehose:error-output-type}/").object,
              "a/[0-9a-f-]{11}/2018/08/27/10/");
}

TEST(ObjectNaming, TestVectorsOfTheSheet)
{
    const Keys keys = keysOf("a/y=!{timestamp:yyyy}/r=!{firehose:random-string}",
                             "e/!{firehose:error-output-type}/!{timestamp:yyyy}/anyMonth/!{timestamp:dd}");
    expectKey(keys.object, "a/y=2018/r=[0-9a-f-]{11}");
    expectKey(keys.error, "e/processing-failed/2018/anyMonth/27");
    expectKey(keysOf("", "myFirehoseFailures/!{firehose:error-output-type}/").error,
              "myFirehoseFailures/processing-failed/");
}

TEST(ObjectNaming, APrefixWithExpressionsNeedsAnErrorOutputPrefix)
{
    const std::string refusal = keysOf("!{timestamp:yyyy/MM/dd}", "").object;
    EXPECT_TRUE(refusal.starts_with("/ErrorOutputPrefix: ")) << refusal;
    EXPECT_NE(refusal.find("only when Prefix holds no expressions"), std::string::npos);
}

TEST(ObjectNaming, AnErrorOutputPrefixWithExpressionsNamesTheErrorType)
{
    const std::string refusal = keysOf("p/", "e/!{timestamp:yyyy}/").object;
    EXPECT_TRUE(refusal.starts_with("/ErrorOutputPrefix: ")) << refusal;
    EXPECT_NE(refusal.find("!{firehose:error-output-type}"), std::string::npos);
    expectKey(keysOf("p/", "errors/").error, "errors/");
}

TEST(ObjectNaming, PrefixesThatEvaluateTooLongAreRefusedAtOnce)
{
    EXPECT_TRUE(keysOf(std::string(502, 'p'), "").object.starts_with("/Prefix: ")); // with the hour: 516
    EXPECT_TRUE(keysOf("", std::string(513, 'p')).object.starts_with("/ErrorOutputPrefix: "));
}

TEST(ObjectNaming, DynamicPartitioningNeedsAPartitionKeyAndTheOtherWayRound)
{
    const auto without =
        ObjectNaming::make({.stream = "s", .prefix = "p/", .errorOutputPrefix = "e/", .dynamicPartitioning = true});
    ASSERT_FALSE(without);
    EXPECT_EQ(without.problem().place, "/Prefix");
    const auto off =
        ObjectNaming::make({.stream = "s", .prefix = "!{partitionKeyFromQuery:k}/", .errorOutputPrefix = "e/"});
    ASSERT_FALSE(off);
    EXPECT_NE(off.problem().message.find("DynamicPartitioningConfiguration"), std::string::npos);
}

TEST(ObjectNaming, WithPartitionKeysNoHourIsAppended)
{
    const auto naming = ObjectNaming::make({.stream = "s",
                                            .prefix = "id=!{partitionKeyFromQuery:id}/",
                                            .errorOutputPrefix = "e/",
                                            .extension = ".gz",
                                            .dynamicPartitioning = true});
    ASSERT_TRUE(naming);
    EXPECT_EQ(naming->partitionKeys(), std::vector<std::string>{"id"});
    Random random(1);
    const std::string key = naming->key(kAugust, std::vector<std::string>{"7"}, random).value();
    EXPECT_TRUE(std::regex_match(key, std::regex("id=7/" + kSuffix + "\\.gz"))) << key;
}

TEST(ObjectNaming, AKeyOver1024BytesIsAProblem)
{
    const auto naming = ObjectNaming::make({.stream = "s",
                                            .prefix = "!{partitionKeyFromQuery:id}/",
                                            .errorOutputPrefix = "e/",
                                            .dynamicPartitioning = true});
    std::string umlauts;
    for (int i = 0; i < 511; ++i)
        umlauts += "ö";
    Random random(1);
    EXPECT_FALSE(naming->key(kAugust, std::vector<std::string>{umlauts}, random));
}

TEST(ObjectNaming, UuidsComeFromTheSeedAndNeverRepeat)
{
    const auto naming = ObjectNaming::make({.stream = "s"}).value();
    Random random(1), same(1), other(2);
    const std::string first = naming.key(kAugust, {}, random).value();
    EXPECT_NE(first, naming.key(kAugust, {}, random).value());
    EXPECT_EQ(first, naming.key(kAugust, {}, same).value());
    EXPECT_NE(first, naming.key(kAugust, {}, other).value());
}

} // namespace
} // namespace streamwright::firehose
