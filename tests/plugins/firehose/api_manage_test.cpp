// SPDX-License-Identifier: GPL-3.0-or-later
// Delivery streams that clients make, change, describe and end.
#ifdef STREAMWRIGHT_HAS_STORES
#include <filesystem>

#include "tests/plugins/firehose/api_fixture.h"

namespace streamwright::firehose::test {
namespace {

TEST_F(FirehoseApi, ACreatedStreamDeliversIntoTheBucketItNames)
{
    const Reply made = call("CreateDeliveryStream",
                            creation("made", {{"BufferingHints", {{"SizeInMBs", 1}, {"IntervalInSeconds", 60}}},
                                              {"CompressionFormat", "GZIP"}}));
    ASSERT_EQ(made.code, "") << made.message;
    EXPECT_EQ(made["DeliveryStreamARN"], "arn:aws:firehose:us-east-1:000000000000:deliverystream/made");
    ASSERT_EQ(call("PutRecord", {{"DeliveryStreamName", "made"}, {"Record", record("x")}}).code, "");
    wait(seconds(62));
    const std::string bucket = host->nodeOf("AWS::S3::Bucket", "made-bucket");
    EXPECT_EQ(sum(bucket, "PutRequests"), 1);

    const Json described = describe("made");
    EXPECT_EQ(described.at("DeliveryStreamStatus"), "ACTIVE");
    EXPECT_EQ(described.at("DeliveryStreamType"), "DirectPut");
    EXPECT_EQ(described.at("VersionId"), "1");
    EXPECT_EQ(described.at("HasMoreDestinations"), false);
    const Json& s3 = described.at("Destinations").at(0).at("ExtendedS3DestinationDescription");
    EXPECT_EQ(s3.at("BucketARN"), "arn:aws:s3:::made-bucket");
    EXPECT_EQ(s3.at("RoleARN"), "arn:aws:iam::000000000000:role/firehose");
    EXPECT_EQ(s3.at("CompressionFormat"), "GZIP");
    EXPECT_EQ(s3.at("BufferingHints"), (Json{{"SizeInMBs", 1}, {"IntervalInSeconds", 60}}));
    EXPECT_EQ(s3.at("EncryptionConfiguration").at("NoEncryptionConfig"), "NoEncryption");
    EXPECT_EQ(s3.at("S3BackupMode"), "Disabled");
}

TEST_F(FirehoseApi, ADrawnBucketIsUsedAsItIs)
{
    ASSERT_EQ(call("CreateDeliveryStream", creation("made", {{"BucketARN", "arn:aws:s3:::drawn-bucket"}})).code, "");
    EXPECT_EQ(host->nodeOf("AWS::S3::Bucket", "made-bucket"), "");
    const Json described = describe("made");
    EXPECT_EQ(described.at("Destinations").at(0).at("S3DestinationDescription").at("BucketARN"),
              "arn:aws:s3:::drawn-bucket");
}

TEST_F(FirehoseApi, BackupGoesToItsOwnBucket)
{
    const Reply made =
        call("CreateDeliveryStream",
             creation("made", {{"S3BackupMode", "Enabled"},
                               {"S3BackupConfiguration", destination({{"BucketARN", "arn:aws:s3:::copies"}})}}));
    ASSERT_EQ(made.code, "") << made.message;
    call("PutRecord", {{"DeliveryStreamName", "made"}, {"Record", record("x")}});
    wait(seconds(301));
    EXPECT_EQ(sum(host->nodeOf("AWS::S3::Bucket", "made-bucket"), "PutRequests"), 1);
    EXPECT_EQ(sum(host->nodeOf("AWS::S3::Bucket", "copies"), "PutRequests"), 1);
}

TEST_F(FirehoseApi, RefusalsOfCreate)
{
    const Reply exists = call("CreateDeliveryStream", creation("drawn"));
    EXPECT_EQ(exists.code, "ResourceInUseException");
    EXPECT_EQ(exists.message, "Firehose drawn under accountId 000000000000 already exists");
    const auto invalid = [&](Json request, const std::string& inMessage) {
        const Reply reply = call("CreateDeliveryStream", request);
        EXPECT_EQ(reply.code, "InvalidArgumentException") << request.dump();
        EXPECT_NE(reply.message.find(inMessage), std::string::npos) << reply.message;
    };
    const std::string exactlyOne = "Exactly one destination configuration is supported for a Firehose";
    invalid({{"DeliveryStreamName", "made"}}, exactlyOne);
    Json both = creation("made");
    both["S3DestinationConfiguration"] = destination();
    invalid(both, exactlyOne);
    invalid(creation("made", {{"BufferingHints", {{"SizeInMBs", 5}}}}), "BufferingHints");
    invalid(creation("made", {{"DynamicPartitioningConfiguration", {{"Enabled", true}}}}), "ExtendedS3");
    invalid(creation("made", {{"BucketARN", "arn:aws:s3:::Not_A_Bucket"}}), "bucket");
    invalid(
        creation("made", {{"ProcessingConfiguration", {{"Enabled", true}, {"Processors", {{{"Type", "Lambda"}}}}}}}),
        "Lambda");
    Json reading = creation("made");
    reading["DeliveryStreamType"] = "KinesisStreamAsSource";
    invalid(reading, "KinesisStreamSourceConfiguration");
    // What was refused has left nothing behind.
    EXPECT_EQ(host->all("AWS::KinesisFirehose::DeliveryStream").size(), 2u);
    EXPECT_EQ(host->all("AWS::S3::Bucket").size(), 1u);
}

TEST_F(FirehoseApi, DeletedIsGoneAndADrawnOneStays)
{
    ASSERT_EQ(call("CreateDeliveryStream", creation("made")).code, "");
    EXPECT_EQ(call("DeleteDeliveryStream", {{"DeliveryStreamName", "made"}}).code, "");
    EXPECT_EQ(call("DescribeDeliveryStream", {{"DeliveryStreamName", "made"}}).code, "ResourceNotFoundException");
    EXPECT_EQ(call("DeleteDeliveryStream", {{"DeliveryStreamName", "made"}}).code, "ResourceNotFoundException");
    EXPECT_EQ(call("DeleteDeliveryStream", {{"DeliveryStreamName", "drawn"}}).code, "ResourceInUseException");
    EXPECT_EQ(call("CreateDeliveryStream", creation("made")).code, "");
}

TEST_F(FirehoseApi, ListIsSortedPagedAndFiltered)
{
    for (const char* name : {"c", "a", "b"})
        ASSERT_EQ(call("CreateDeliveryStream", creation(name)).code, "");
    const Reply first = call("ListDeliveryStreams", {{"Limit", 2}});
    EXPECT_EQ(first["DeliveryStreamNames"], (Json{"a", "b"}));
    EXPECT_EQ(first["HasMoreDeliveryStreams"], true);
    const Reply rest = call("ListDeliveryStreams", {{"ExclusiveStartDeliveryStreamName", "b"}});
    EXPECT_EQ(rest["DeliveryStreamNames"], (Json{"c", "drawn", "reader"}));
    EXPECT_EQ(rest["HasMoreDeliveryStreams"], false);
    EXPECT_EQ(call("ListDeliveryStreams", {{"DeliveryStreamType", "KinesisStreamAsSource"}})["DeliveryStreamNames"],
              Json{"reader"});
}

TEST_F(FirehoseApi, UpdateDestinationMergesAndCountsVersions)
{
    ASSERT_EQ(call("CreateDeliveryStream", creation("made", {{"Prefix", "old/"}})).code, "");
    Json update{{"DeliveryStreamName", "made"},
                {"CurrentDeliveryStreamVersionId", "1"},
                {"DestinationId", "destinationId-000000000001"},
                {"ExtendedS3DestinationUpdate", {{"CompressionFormat", "GZIP"}}}};
    ASSERT_EQ(call("UpdateDestination", update).code, "");
    Json described = describe("made");
    EXPECT_EQ(described.at("VersionId"), "2");
    EXPECT_TRUE(described.contains("LastUpdateTimestamp"));
    const Json& s3 = described.at("Destinations").at(0).at("ExtendedS3DestinationDescription");
    EXPECT_EQ(s3.at("CompressionFormat"), "GZIP");
    EXPECT_EQ(s3.at("Prefix"), "old/");

    EXPECT_EQ(call("UpdateDestination", update).code, "ConcurrentModificationException");
    update["CurrentDeliveryStreamVersionId"] = "2";
    update["ExtendedS3DestinationUpdate"] = {{"BucketARN", "arn:aws:s3:::another"}};
    EXPECT_EQ(call("UpdateDestination", update).code, "InvalidArgumentException");
    update["ExtendedS3DestinationUpdate"] = {{"DynamicPartitioningConfiguration", {{"Enabled", true}}}};
    EXPECT_EQ(call("UpdateDestination", update).code, "InvalidArgumentException");
    EXPECT_EQ(describe("made").at("VersionId"), "2");
    update["DestinationId"] = "destinationId-000000000002";
    EXPECT_EQ(call("UpdateDestination", update).code, "InvalidArgumentException");
}

TEST_F(FirehoseApi, EncryptionIsSwitchedAndCounted)
{
    EXPECT_EQ(describe("drawn").at("DeliveryStreamEncryptionConfiguration"), (Json{{"Status", "DISABLED"}}));
    const Json start{{"DeliveryStreamName", "drawn"},
                     {"DeliveryStreamEncryptionConfigurationInput",
                      {{"KeyType", "CUSTOMER_MANAGED_CMK"}, {"KeyARN", "arn:aws:kms:us-east-1:000000000000:key/1"}}}};
    ASSERT_EQ(call("StartDeliveryStreamEncryption", start).code, "");
    EXPECT_EQ(describe("drawn").at("DeliveryStreamEncryptionConfiguration"),
              (Json{{"KeyARN", "arn:aws:kms:us-east-1:000000000000:key/1"},
                    {"KeyType", "CUSTOMER_MANAGED_CMK"},
                    {"Status", "ENABLED"}}));
    EXPECT_EQ(call("PutRecord", {{"DeliveryStreamName", "drawn"}, {"Record", record("x")}})["Encrypted"], true);
    const Json stop{{"DeliveryStreamName", "drawn"}};
    for (int i = 0; i < 24; ++i)
        ASSERT_EQ(call("StopDeliveryStreamEncryption", stop).code, "");
    EXPECT_EQ(call("StopDeliveryStreamEncryption", stop).code, "LimitExceededException");
    wait(std::chrono::hours(24));
    EXPECT_EQ(call("StopDeliveryStreamEncryption", stop).code, "");
    Json noKey = start;
    noKey["DeliveryStreamEncryptionConfigurationInput"].erase("KeyARN");
    EXPECT_EQ(call("StartDeliveryStreamEncryption", noKey).code, "InvalidArgumentException");
    EXPECT_EQ(call("StartDeliveryStreamEncryption", {{"DeliveryStreamName", "reader"}}).code,
              "InvalidArgumentException");
}

TEST_F(FirehoseApi, TagsAreKeptReplacedAndPaged)
{
    Json creating = creation("made");
    creating["Tags"] = {{{"Key", "subject"}, {"Value", "taboo"}}};
    ASSERT_EQ(call("CreateDeliveryStream", creating).code, "");
    const Json name{{"DeliveryStreamName", "made"}};
    EXPECT_EQ(call("ListTagsForDeliveryStream", name).body,
              Json::parse(R"({"Tags": [{"Key": "subject", "Value": "taboo"}], "HasMoreTags": false})"));
    ASSERT_EQ(call("UntagDeliveryStream", {{"DeliveryStreamName", "made"}, {"TagKeys", {"subject"}}}).code, "");
    EXPECT_EQ(call("ListTagsForDeliveryStream", name).body, Json::parse(R"({"Tags": [], "HasMoreTags": false})"));
    Json tags = Json::array();
    for (int i = 10; i < 60; ++i)
        tags.push_back({{"Key", "k" + std::to_string(i)}, {"Value", "v"}});
    ASSERT_EQ(call("TagDeliveryStream", {{"DeliveryStreamName", "made"}, {"Tags", tags}}).code, "");
    EXPECT_EQ(call("TagDeliveryStream", {{"DeliveryStreamName", "made"}, {"Tags", {{{"Key", "one-more"}}}}}).code,
              "LimitExceededException");
    const Reply page = call("ListTagsForDeliveryStream",
                            {{"DeliveryStreamName", "made"}, {"ExclusiveStartTagKey", "k11"}, {"Limit", 3}});
    EXPECT_EQ(page["Tags"].size(), 3u);
    EXPECT_EQ(page["Tags"].at(0).at("Key"), "k12");
    EXPECT_EQ(page["HasMoreTags"], true);
}

TEST_F(FirehoseApi, ControlActionsAreTakenFiveTimesASecond)
{
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(caller->call("ListDeliveryStreams", Json::object()).code, "");
    EXPECT_EQ(caller->call("ListDeliveryStreams", Json::object()).code, "ThrottlingException");
    EXPECT_EQ(caller->call("DescribeDeliveryStream", {{"DeliveryStreamName", "drawn"}}).code, "");
}

TEST_F(FirehoseApi, EveryActionOfTheModelIsThere)
{
    for (const auto& [name, shapes] : caller->service().shapes->actions())
        EXPECT_TRUE(caller->service().find(name)) << name;
}

class DurableFirehoseApi : public FirehoseApi {
protected:
    DurableFirehoseApi() : FirehoseApi(options()) { }
    static EngineOptions options()
    {
        EngineOptions options;
        options.dataDirectory = ::testing::TempDir() + "firehose_api_test";
        std::filesystem::remove_all(options.dataDirectory);
        return options;
    }
};

TEST_F(DurableFirehoseApi, WhatClientsMadeAndPutSurvivesARestart)
{
    const std::string directory = ::testing::TempDir() + "firehose_api_test";
    Json creating = creation("made", {{"Prefix", "p/"}});
    creating["Tags"] = {{{"Key", "k"}, {"Value", "v"}}};
    ASSERT_EQ(call("CreateDeliveryStream", creating).code, "");
    ASSERT_EQ(call("PutRecord", {{"DeliveryStreamName", "made"}, {"Record", record("kept")}}).code, "");
    const Json created = describe("made").at("CreateTimestamp");
    ASSERT_TRUE(engine->close());
    caller.reset();
    host.reset();
    engine.reset();

    EngineOptions again;
    again.dataDirectory = directory;
    open(again);
    const Json described = describe("made");
    EXPECT_EQ(described.at("CreateTimestamp"), created);
    EXPECT_EQ(described.at("Destinations").at(0).at("ExtendedS3DestinationDescription").at("Prefix"), "p/");
    EXPECT_EQ(call("ListTagsForDeliveryStream", {{"DeliveryStreamName", "made"}})["Tags"].size(), 1u);
    wait(seconds(301));
    EXPECT_EQ(sum(host->nodeOf("AWS::S3::Bucket", "made-bucket"), "PutRequests"), 1);
}

} // namespace
} // namespace streamwright::firehose::test
#endif
