// SPDX-License-Identifier: GPL-3.0-or-later
// Streams as clients make, describe, change and delete them; consumers, tags, encryption; what survives a restart.
#include "tests/plugins/kinesis/api_fixture.h"

namespace streamwright::kinesis::test {
namespace {

class ApiStreams : public KinesisApi {
protected:
    void create(const std::string& name, int shards = 1)
    {
        ok("CreateStream", {{"StreamName", name}, {"ShardCount", shards}});
        settle();
    }
    Json summary(const std::string& name)
    {
        return ok("DescribeStreamSummary", {{"StreamName", name}})["StreamDescriptionSummary"];
    }
    Json registerConsumer(const std::string& name)
    {
        return ok("RegisterStreamConsumer", {{"StreamARN", streamArn("s")}, {"ConsumerName", name}})["Consumer"];
    }
    // What an action may ask for that names the stream by its name.
    static Json byName(const std::string& stream)
    {
        return Json{{"StreamName", stream},
                    {"ShardToSplit", "shardId-000000000000"},
                    {"ShardToMerge", "shardId-000000000000"},
                    {"AdjacentShardToMerge", "shardId-000000000001"},
                    {"NewStartingHashKey", "5"},
                    {"ShardId", "shardId-000000000000"},
                    {"ShardIteratorType", "LATEST"},
                    {"Data", ""},
                    {"PartitionKey", "k"},
                    {"Records", Json::array({{{"Data", ""}, {"PartitionKey", "k"}}})},
                    {"Tags", {{"a", "b"}}},
                    {"TagKeys", {"a"}},
                    {"RetentionPeriodHours", 48},
                    {"ShardLevelMetrics", {"ALL"}},
                    {"EncryptionType", "KMS"},
                    {"KeyId", "k"},
                    {"TargetShardCount", 2},
                    {"ScalingType", "UNIFORM_SCALING"}};
    }
    Json byArn(const std::string& stream) const
    {
        return Json{{"StreamARN", streamArn(stream)},
                    {"ResourceARN", streamArn(stream)},
                    {"ConsumerName", "c"},
                    {"ConsumerARN", streamArn(stream) + "/consumer/c:1"},
                    {"StreamModeDetails", {{"StreamMode", "ON_DEMAND"}}},
                    {"MaxRecordSizeInKiB", 1024},
                    {"ShardId", "shardId-000000000000"},
                    {"StartingPosition", {{"Type", "LATEST"}}},
                    {"Tags", {{"a", "b"}}},
                    {"TagKeys", {"a"}}};
    }
    static Json key() { return {{"StreamName", "s"}, {"EncryptionType", "KMS"}, {"KeyId", "alias/aws/kinesis"}}; }
};

TEST_F(ApiStreams, EveryActionOfTheModelIsThere)
{
    for (const auto& [name, shapes] : service().shapes->actions())
        EXPECT_TRUE(service().find(name)) << name;
    for (const api::Action& action : service().actions)
        EXPECT_TRUE(service().shapes->find(action.name)) << action.name;
}

TEST_F(ApiStreams, EveryActionThatNamesAStreamSaysThatItIsNotThere)
{
    const std::string text = "ResourceNotFoundException: Stream none under account 000000000000 not found.";
    for (const char* action :
         {"AddTagsToStream", "DecreaseStreamRetentionPeriod", "DeleteStream", "DescribeStream", "DescribeStreamSummary",
          "DisableEnhancedMonitoring", "EnableEnhancedMonitoring", "GetShardIterator", "IncreaseStreamRetentionPeriod",
          "ListShards", "ListTagsForStream", "MergeShards", "PutRecord", "PutRecords", "RemoveTagsFromStream",
          "SplitShard", "StartStreamEncryption", "StopStreamEncryption", "UpdateShardCount"})
        EXPECT_EQ(fault(action, byName("none")), text) << action;
    for (const char* action : {"DeregisterStreamConsumer", "DescribeStreamConsumer", "ListStreamConsumers",
                               "ListTagsForResource", "RegisterStreamConsumer", "SubscribeToShard", "TagResource",
                               "UntagResource", "UpdateMaxRecordSize", "UpdateStreamMode", "DescribeStream"})
        EXPECT_EQ(fault(action, byArn("none")), text) << action;
}

TEST_F(ApiStreams, ControlActionsAreTakenSoOftenASecond)
{
    const std::map<std::string, int> rates = {{"AddTagsToStream", 5},
                                              {"CreateStream", 5},
                                              {"DecreaseStreamRetentionPeriod", 5},
                                              {"DeleteStream", 5},
                                              {"DeregisterStreamConsumer", 5},
                                              {"DescribeLimits", 1},
                                              {"DescribeStream", 10},
                                              {"DescribeStreamConsumer", 20},
                                              {"DescribeStreamSummary", 20},
                                              {"DisableEnhancedMonitoring", 5},
                                              {"EnableEnhancedMonitoring", 5},
                                              {"IncreaseStreamRetentionPeriod", 5},
                                              {"ListShards", 1000},
                                              {"ListStreamConsumers", 5},
                                              {"ListStreams", 5},
                                              {"ListTagsForStream", 5},
                                              {"MergeShards", 5},
                                              {"RegisterStreamConsumer", 5},
                                              {"RemoveTagsFromStream", 5},
                                              {"SplitShard", 5},
                                              {"UpdateShardCount", 10}};
    const std::string text = "LimitExceededException: Rate exceeded for ";
    for (const auto& [action, rate] : rates) {
        const bool ofAccount = action == "ListStreams" || action == "DescribeLimits";
        const bool ofConsumers = action.find("StreamConsumer") != action.npos;
        const Json input = ofAccount ? Json::object() : ofConsumers ? byArn("none") : byName("none");
        for (const int inASecond : {rate, 1}) {
            int taken = 0;
            std::string refused;
            while (taken <= rate && !(refused = fault(action, input)).starts_with(text))
                ++taken;
            EXPECT_EQ(taken, inASecond) << action;
            EXPECT_EQ(refused, text + (ofAccount ? "" : "stream none under ") + "account 000000000000.") << action;
            host.advance(std::chrono::microseconds(1'000'000 / rate));
        }
    }
}

TEST_F(ApiStreams, SomeRatesAreAStreamsOwn)
{
    host.draw("a");
    host.draw("b");
    const auto burst = [&](const char* action, const Json& input, int calls) {
        for (int i = 0; i < calls; ++i)
            ok(action, input);
        return fault(action, input);
    };
    EXPECT_NE(burst("ListStreamConsumers", {{"StreamARN", streamArn("a")}}, 5), "");
    EXPECT_NE(burst("ListStreamConsumers", {{"StreamARN", streamArn("b")}}, 5), "");
    // The pages of a list count as the stream's, too.
    ok("SplitShard", {{"StreamName", "a"}, {"ShardToSplit", "shardId-000000000000"}, {"NewStartingHashKey", "9"}});
    const Json first = ok("ListShards", {{"StreamName", "a"}, {"MaxResults", 1}});
    EXPECT_EQ(burst("ListShards", {{"NextToken", first["NextToken"]}}, 999),
              "LimitExceededException: Rate exceeded for stream a under account 000000000000.");
    ok("ListShards", {{"StreamName", "b"}});
}

TEST_F(ApiStreams, AStreamIsCreatingForAWhile)
{
    ok("CreateStream", {{"StreamName", "s"}, {"ShardCount", 3}, {"Tags", {{"team", "data"}}}});
    EXPECT_EQ(summary("s")["StreamStatus"], "CREATING");
    EXPECT_EQ(code("PutRecord", {{"StreamName", "s"}, {"Data", ""}, {"PartitionKey", "k"}}),
              "ResourceNotFoundException");
    EXPECT_EQ(fault("SplitShard",
                    {{"StreamName", "s"}, {"ShardToSplit", "shardId-000000000000"}, {"NewStartingHashKey", "9"}}),
              "ResourceInUseException: Stream s under account 000000000000 not ACTIVE, instead in state CREATING");
    settle();
    const Json described = ok("DescribeStream", {{"StreamName", "s"}})["StreamDescription"];
    EXPECT_EQ(described["StreamStatus"], "ACTIVE");
    EXPECT_EQ(described["StreamARN"], streamArn("s"));
    EXPECT_EQ(described["StreamCreationTimestamp"], 1'700'000'000);
    EXPECT_EQ(described["RetentionPeriodHours"], 24);
    EXPECT_EQ(described["EncryptionType"], "NONE");
    EXPECT_EQ(described["HasMoreShards"], false);
    EXPECT_EQ(described["StreamModeDetails"]["StreamMode"], "PROVISIONED");
    EXPECT_EQ(described["EnhancedMonitoring"], Json::array({{{"ShardLevelMetrics", Json::array()}}}));
    ASSERT_EQ(described["Shards"].size(), 3u);
    EXPECT_EQ(described["Shards"][1]["HashKeyRange"]["StartingHashKey"], "113427455640312821154458202477256070485");
    EXPECT_EQ(described["Shards"][1].size(), 3u);
    EXPECT_FALSE(described["Shards"][1]["SequenceNumberRange"].contains("EndingSequenceNumber"));
    EXPECT_EQ(ok("ListTagsForStream", {{"StreamName", "s"}})["Tags"],
              Json::array({{{"Key", "team"}, {"Value", "data"}}}));
    put("s");
}

TEST_F(ApiStreams, WithoutAShardCountItIsOnDemandWithFourShards)
{
    ok("CreateStream", {{"StreamName", "s"}});
    settle();
    EXPECT_EQ(summary("s")["OpenShardCount"], 4);
    EXPECT_EQ(summary("s")["StreamModeDetails"]["StreamMode"], "ON_DEMAND");
    EXPECT_EQ(code("CreateStream", {{"StreamName", "t"}, {"StreamModeDetails", {{"StreamMode", "PROVISIONED"}}}}),
              "InvalidArgumentException");
}

TEST_F(ApiStreams, WhatCreatingIsRefusedFor)
{
    create("s");
    EXPECT_EQ(fault("CreateStream", {{"StreamName", "s"}, {"ShardCount", 1}}),
              "ResourceInUseException: Stream s under account 000000000000 already exists.");
    EXPECT_EQ(fault("CreateStream", {{"StreamName", "t"}, {"ShardCount", 20'000}}),
              "LimitExceededException: This request would exceed the shard limit for the account 000000000000 in "
              "us-east-1. Current shard count for the account: 1. Limit: 20000. Number of additional shards that would "
              "have resulted from this request: 20000. Refer to the AWS Service Limits page "
              "(https://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits and how to "
              "request higher limits.");
    host.advance(seconds(1));
    for (int i = 0; i < 5; ++i)
        ok("CreateStream", {{"StreamName", "c" + std::to_string(i)}, {"ShardCount", 1}});
    host.advance(milliseconds(200)); // five calls a second
    EXPECT_EQ(fault("CreateStream", {{"StreamName", "sixth"}, {"ShardCount", 1}}),
              "LimitExceededException: This request would exceed the limit of 5 streams in status CREATING for the "
              "account 000000000000.");
    settle();
    create("sixth");
    for (int i = 0; i < 50; ++i) {
        ok("CreateStream",
           {{"StreamName", "d" + std::to_string(i)}, {"StreamModeDetails", {{"StreamMode", "ON_DEMAND"}}}});
        settle();
    }
    EXPECT_EQ(code("CreateStream", {{"StreamName", "e"}, {"StreamModeDetails", {{"StreamMode", "ON_DEMAND"}}}}),
              "LimitExceededException");
    EXPECT_EQ(ok("DescribeLimits", Json::object()), (Json{{"ShardLimit", 20'000},
                                                          {"OpenShardCount", 207},
                                                          {"OnDemandStreamCount", 50},
                                                          {"OnDemandStreamCountLimit", 50}}));
}

TEST_F(ApiStreams, ListingPages)
{
    for (const char* name : {"b", "a", "d", "c"})
        host.draw(name);
    const Json first = ok("ListStreams", {{"Limit", 3}});
    EXPECT_EQ(first["StreamNames"], (Json{"a", "b", "c"}));
    EXPECT_EQ(first["HasMoreStreams"], true);
    EXPECT_EQ(first["StreamSummaries"][0]["StreamARN"], streamArn("a"));
    EXPECT_EQ(ok("ListStreams", {{"NextToken", first["NextToken"]}})["StreamNames"], (Json{"d"}));
    const Json last = ok("ListStreams", {{"ExclusiveStartStreamName", "b"}});
    EXPECT_EQ(last["StreamNames"], (Json{"c", "d"}));
    EXPECT_EQ(last["HasMoreStreams"], false);
    EXPECT_FALSE(last.contains("NextToken"));
    EXPECT_EQ(fault("ListStreams", {{"NextToken", "nonsense"}}), "InvalidArgumentException: Invalid NextToken.");
    host.advance(seconds(301));
    EXPECT_EQ(code("ListStreams", {{"NextToken", first["NextToken"]}}), "ExpiredNextTokenException");
}

TEST_F(ApiStreams, DeletingForgetsEverything)
{
    create("s");
    put("s");
    ok("AddTagsToStream", {{"StreamName", "s"}, {"Tags", {{"a", "b"}}}});
    registerConsumer("c");
    EXPECT_EQ(code("DeleteStream", {{"StreamName", "s"}}), "ResourceInUseException");
    ok("DeleteStream", {{"StreamName", "s"}, {"EnforceConsumerDeletion", true}});
    EXPECT_EQ(code("DescribeStream", {{"StreamName", "s"}}), "ResourceNotFoundException");
    create("s", 2);
    EXPECT_EQ(summary("s")["ConsumerCount"], 0);
    EXPECT_EQ(ok("ListTagsForStream", {{"StreamName", "s"}})["Tags"].size(), 0u);
    EXPECT_EQ(get(iterator("s"))["Records"].size(), 0u);
}

TEST_F(ApiStreams, RetentionGoesUpAndDownByItsTwoActions)
{
    host.draw("s");
    const auto wanted = [](int hours) { return Json{{"StreamName", "s"}, {"RetentionPeriodHours", hours}}; };
    ok("IncreaseStreamRetentionPeriod", wanted(48));
    EXPECT_EQ(summary("s")["RetentionPeriodHours"], 48);
    EXPECT_EQ(fault("IncreaseStreamRetentionPeriod", wanted(23)),
              "InvalidArgumentException: Minimum allowed retention period is 24 hours. Requested retention period (23 "
              "hours) is too short.");
    EXPECT_EQ(fault("IncreaseStreamRetentionPeriod", wanted(8761)),
              "InvalidArgumentException: Maximum allowed retention period is 8760 hours. Requested retention period "
              "(8761 hours) is too long.");
    EXPECT_EQ(fault("IncreaseStreamRetentionPeriod", wanted(30)),
              "InvalidArgumentException: Requested retention period (30 hours) for stream s can not be shorter than "
              "existing retention period (48 hours). Use DecreaseRetentionPeriod API.");
    EXPECT_EQ(code("DecreaseStreamRetentionPeriod", wanted(72)), "InvalidArgumentException");
    put("s");
    host.advance(std::chrono::hours(30));
    EXPECT_EQ(get(iterator("s"))["Records"].size(), 1u);
    ok("DecreaseStreamRetentionPeriod", wanted(24));
    EXPECT_EQ(get(iterator("s"))["Records"].size(), 0u);
    host.restart("s");
    EXPECT_EQ(summary("s")["RetentionPeriodHours"], 24);
}

TEST_F(ApiStreams, TheModeChangesTwiceADay)
{
    host.draw("s", {{"ShardCount", 2}});
    const auto wanted = [&](const char* mode) {
        return Json{{"StreamARN", streamArn("s")}, {"StreamModeDetails", {{"StreamMode", mode}}}};
    };
    ok("UpdateStreamMode", wanted("ON_DEMAND"));
    EXPECT_EQ(summary("s")["StreamStatus"], "UPDATING");
    EXPECT_EQ(summary("s")["OpenShardCount"], 2);
    settle();
    const std::string text =
        "ValidationException: Request is invalid. Stream s under account 000000000000 is in On-Demand mode.";
    EXPECT_EQ(fault("SplitShard",
                    {{"StreamName", "s"}, {"ShardToSplit", "shardId-000000000000"}, {"NewStartingHashKey", "9"}}),
              text);
    EXPECT_EQ(fault("MergeShards", {{"StreamName", "s"},
                                    {"ShardToMerge", "shardId-000000000000"},
                                    {"AdjacentShardToMerge", "shardId-000000000001"}}),
              text);
    EXPECT_EQ(
        fault("UpdateShardCount", {{"StreamName", "s"}, {"TargetShardCount", 4}, {"ScalingType", "UNIFORM_SCALING"}}),
        text);
    ok("UpdateStreamMode", wanted("PROVISIONED"));
    settle();
    EXPECT_EQ(code("UpdateStreamMode", wanted("ON_DEMAND")), "LimitExceededException");
    EXPECT_EQ(summary("s")["StreamModeDetails"]["StreamMode"], "PROVISIONED");
}

TEST_F(ApiStreams, TagsHaveRules)
{
    host.draw("s");
    Json many = Json::object();
    for (int i = 0; i < 50; ++i)
        many["key" + std::to_string(i)] = "value";
    ok("AddTagsToStream", {{"StreamName", "s"}, {"Tags", many}});
    EXPECT_EQ(
        fault("AddTagsToStream", {{"StreamName", "s"}, {"Tags", {{"one", "more"}}}}),
        "InvalidArgumentException: Failed to add tags to stream s under account 000000000000 because a given stream "
        "cannot have more than 50 tags associated with it.");
    ok("AddTagsToStream", {{"StreamName", "s"}, {"Tags", {{"key1", "another"}}}}); // takes the place of the old value
    EXPECT_EQ(
        fault("AddTagsToStream", {{"StreamName", "s"}, {"Tags", {{"key1", "a*b"}}}}),
        "InvalidArgumentException: Some tags contain invalid characters. Valid characters: Unicode letters, digits, "
        "white space, _ . / = + - % @.");
    ok("RemoveTagsFromStream", {{"StreamName", "s"}, {"TagKeys", {"key0", "never there"}}});
    const Json page = ok("ListTagsForStream", {{"StreamName", "s"}, {"Limit", 2}});
    EXPECT_EQ(page["Tags"][0], (Json{{"Key", "key1"}, {"Value", "another"}}));
    EXPECT_EQ(page["HasMoreTags"], true);
    const Json rest = ok("ListTagsForStream", {{"StreamName", "s"}, {"ExclusiveStartTagKey", page["Tags"][1]["Key"]}});
    EXPECT_EQ(rest["Tags"].size(), 47u);
    EXPECT_EQ(rest["HasMoreTags"], false);
    EXPECT_EQ(code("AddTagsToStream", {{"StreamName", "s"}, {"Tags", {{std::string(129, 'k'), ""}}}}),
              "ValidationException");

    const std::string consumer = registerConsumer("c")["ConsumerARN"];
    ok("TagResource", {{"ResourceARN", consumer}, {"Tags", {{"of", "consumer"}}}});
    EXPECT_EQ(ok("ListTagsForResource", {{"ResourceARN", consumer}})["Tags"].size(), 1u);
    ok("UntagResource", {{"ResourceARN", consumer}, {"TagKeys", {"of"}}});
    EXPECT_EQ(ok("ListTagsForResource", {{"ResourceARN", consumer}})["Tags"].size(), 0u);
    EXPECT_EQ(ok("ListTagsForResource", {{"ResourceARN", streamArn("s")}})["Tags"].size(), 49u);
}

TEST_F(ApiStreams, MonitoringNamesTheMetricsBeforeAndAfter)
{
    host.draw("s");
    const Json on = ok("EnableEnhancedMonitoring",
                       {{"StreamName", "s"}, {"ShardLevelMetrics", {"IncomingRecords", "IncomingBytes"}}});
    EXPECT_EQ(on["CurrentShardLevelMetrics"], Json::array());
    EXPECT_EQ(on["DesiredShardLevelMetrics"], (Json{"IncomingBytes", "IncomingRecords"}));
    EXPECT_EQ(ok("EnableEnhancedMonitoring",
                 {{"StreamName", "s"}, {"ShardLevelMetrics", {"ALL"}}})["DesiredShardLevelMetrics"]
                  .size(),
              7u);
    const Json off = ok("DisableEnhancedMonitoring", {{"StreamName", "s"}, {"ShardLevelMetrics", {"IncomingBytes"}}});
    EXPECT_EQ(off["CurrentShardLevelMetrics"].size(), 7u);
    EXPECT_EQ(off["DesiredShardLevelMetrics"].size(), 6u);
    EXPECT_EQ(summary("s")["EnhancedMonitoring"][0]["ShardLevelMetrics"], off["DesiredShardLevelMetrics"]);
}

TEST_F(ApiStreams, EncryptionIsShownAndCounted)
{
    host.draw("s");
    ok("StartStreamEncryption", key());
    EXPECT_EQ(summary("s")["StreamStatus"], "UPDATING");
    EXPECT_EQ(fault("StopStreamEncryption", key()),
              "ResourceInUseException: Stream s under account 000000000000 not ACTIVE, instead in state UPDATING");
    put("s"); // works meanwhile
    settle();
    EXPECT_EQ(summary("s")["EncryptionType"], "KMS");
    EXPECT_EQ(summary("s")["KeyId"], "alias/aws/kinesis");
    ok("StopStreamEncryption", key());
    settle();
    EXPECT_EQ(summary("s")["EncryptionType"], "NONE");
    EXPECT_FALSE(summary("s").contains("KeyId"));
    for (int i = 0; i < 24; ++i) {
        ok("StartStreamEncryption", key());
        settle();
    }
    EXPECT_EQ(code("StartStreamEncryption", key()), "LimitExceededException");
    Json none = key();
    none["EncryptionType"] = "NONE";
    EXPECT_EQ(code("StartStreamEncryption", none), "InvalidArgumentException");
    host.advance(kDay);
    ok("StartStreamEncryption", key());
}

TEST_F(ApiStreams, ConsumersAreRegisteredAndListed)
{
    host.draw("s");
    const Json made = registerConsumer("b");
    const std::string arn = streamArn("s") + "/consumer/b:1700000000";
    EXPECT_EQ(made, (Json{{"ConsumerName", "b"},
                          {"ConsumerARN", arn},
                          {"ConsumerStatus", "CREATING"},
                          {"ConsumerCreationTimestamp", 1'700'000'000}}));
    settle();
    EXPECT_EQ(fault("RegisterStreamConsumer", {{"StreamARN", streamArn("s")}, {"ConsumerName", "b"}}),
              "ResourceInUseException: Consumer b under stream s already exists for account 000000000000.");
    const Json byArn = ok("DescribeStreamConsumer", {{"ConsumerARN", arn}})["ConsumerDescription"];
    EXPECT_EQ(byArn["ConsumerStatus"], "ACTIVE");
    EXPECT_EQ(byArn["StreamARN"], streamArn("s"));
    EXPECT_EQ(
        ok("DescribeStreamConsumer", {{"StreamARN", streamArn("s")}, {"ConsumerName", "b"}})["ConsumerDescription"],
        byArn);
    EXPECT_EQ(fault("DescribeStreamConsumer", {{"StreamARN", streamArn("s")}, {"ConsumerName", "x"}}),
              "ResourceNotFoundException: Consumer x, account 000000000000 not found.");
    EXPECT_EQ(code("DescribeStreamConsumer", Json::object()), "InvalidArgumentException");
    registerConsumer("a");
    const Json page = ok("ListStreamConsumers", {{"StreamARN", streamArn("s")}, {"MaxResults", 1}});
    EXPECT_EQ(page["Consumers"][0]["ConsumerName"], "a");
    const Json rest = ok("ListStreamConsumers", {{"StreamARN", streamArn("s")}, {"NextToken", page["NextToken"]}});
    EXPECT_EQ(rest["Consumers"][0]["ConsumerName"], "b");
    EXPECT_FALSE(rest.contains("NextToken"));
    EXPECT_EQ(summary("s")["ConsumerCount"], 2);
    ok("DeregisterStreamConsumer", {{"ConsumerARN", arn}});
    EXPECT_EQ(code("DescribeStreamConsumer", {{"ConsumerARN", arn}}), "ResourceNotFoundException");
}

TEST_F(ApiStreams, AStreamHasTwentyConsumersAndFiveInCreation)
{
    host.draw("s");
    for (int i = 0; i < 20; ++i) {
        if (i == 5) {
            host.advance(milliseconds(200)); // five calls a second
            EXPECT_EQ(fault("RegisterStreamConsumer", {{"StreamARN", streamArn("s")}, {"ConsumerName", "early"}}),
                      "LimitExceededException: A stream can have at most 5 consumers in status CREATING.");
        }
        if (i % 5 == 0) host.advance(seconds(1));
        registerConsumer("c" + std::to_string(i));
    }
    host.advance(seconds(1));
    EXPECT_EQ(fault("RegisterStreamConsumer", {{"StreamARN", streamArn("s")}, {"ConsumerName", "c20"}}),
              "LimitExceededException: A stream can have at most 20 registered consumers.");
}

TEST_F(ApiStreams, WhatTheApiKnowsSurvivesARestart)
{
    create("s");
    ok("AddTagsToStream", {{"StreamName", "s"}, {"Tags", {{"a", "b"}}}});
    ok("StartStreamEncryption", key());
    settle();
    ok("EnableEnhancedMonitoring", {{"StreamName", "s"}, {"ShardLevelMetrics", {"ALL"}}});
    registerConsumer("c");
    ok("UpdateShardCount", {{"StreamName", "s"}, {"TargetShardCount", 2}, {"ScalingType", "UNIFORM_SCALING"}});
    settle();
    put("s");
    const Json before = summary("s"), described = ok("DescribeStream", {{"StreamName", "s"}});
    const Json consumers = ok("ListStreamConsumers", {{"StreamARN", streamArn("s")}});
    const std::string held = iterator("s", "LATEST");
    host.restart("s");
    EXPECT_EQ(summary("s"), before);
    EXPECT_EQ(before["OpenShardCount"], 2);
    EXPECT_EQ(ok("DescribeStream", {{"StreamName", "s"}}), described);
    EXPECT_EQ(ok("ListStreamConsumers", {{"StreamARN", streamArn("s")}}), consumers);
    EXPECT_EQ(ok("ListTagsForStream", {{"StreamName", "s"}})["Tags"].size(), 1u);
    EXPECT_EQ(put("s")["EncryptionType"], "KMS");
    get(held);
}

TEST_F(ApiStreams, ARegionElsewhereHasFewerShards)
{
    caller.region = "eu-central-1";
    EXPECT_EQ(ok("DescribeLimits", Json::object())["ShardLimit"], 1000);
    EXPECT_EQ(code("CreateStream", {{"StreamName", "s"}, {"ShardCount", 1001}}), "LimitExceededException");
}

} // namespace
} // namespace streamwright::kinesis::test
