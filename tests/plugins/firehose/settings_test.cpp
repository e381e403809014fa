// SPDX-License-Identifier: GPL-3.0-or-later
// Which properties and edges of a delivery stream are refused, and how.
#include "plugins/firehose/settings.h"
#include "tests/plugins/firehose/delivery_harness.h"

namespace streamwright::firehose {
namespace {

using test::DeliveryRun;
using test::hints;
using test::s3;
using test::Script;

std::string problemsOf(const Json& properties, DeliveryRun::Source source = DeliveryRun::Source::Puts)
{
    Script script;
    const DeliveryRun run(script, properties, source);
    std::string text;
    for (const Problem& problem : run.problems)
        text += problem.text() + "\n";
    return text;
}

void expectRefused(const Json& properties, const std::string& place, const std::string& message)
{
    const std::string problems = problemsOf(properties);
    EXPECT_NE(problems.find("/nodes/0/properties" + place + ": "), std::string::npos) << problems;
    EXPECT_NE(problems.find(message), std::string::npos) << problems;
}

Json processing(Json processors) { return {{"Enabled", true}, {"Processors", std::move(processors)}}; }
Json extraction(const char* query)
{
    return {{"Type", "MetadataExtraction"},
            {"Parameters", Json::array({{{"ParameterName", "MetadataExtractionQuery"}, {"ParameterValue", query}}})}};
}

const std::string kS3 = "/ExtendedS3DestinationConfiguration";

TEST(Settings, TheDefaultsAreFine) { EXPECT_EQ(problemsOf(Json::object()), ""); }

TEST(Settings, BufferingHintsKeepTheirBounds)
{
    for (const auto& good : {hints(1, 0), hints(128, 900)})
        EXPECT_EQ(problemsOf(s3({{"BufferingHints", good}})), "");
    expectRefused(s3({{"BufferingHints", hints(0, 60)}}), kS3 + "/BufferingHints/SizeInMBs", "at least 1");
    expectRefused(s3({{"BufferingHints", hints(129, 60)}}), kS3 + "/BufferingHints/SizeInMBs", "at most 128");
    expectRefused(s3({{"BufferingHints", hints(1, 901)}}), kS3 + "/BufferingHints/IntervalInSeconds", "at most 900");
}

TEST(Settings, NamesKeepTheirPattern)
{
    EXPECT_EQ(problemsOf({{"DeliveryStreamName", "My_stream.1-a"}}), "");
    expectRefused({{"DeliveryStreamName", "with space"}}, "/DeliveryStreamName", "must match");
    expectRefused({{"DeliveryStreamName", std::string(65, 'n')}}, "/DeliveryStreamName", "at most 64");
    EXPECT_EQ(problemsOf(s3({{"FileExtension", ".json.gz"}})), "");
    expectRefused(s3({{"FileExtension", "json"}}), kS3 + "/FileExtension", "must match");
    expectRefused(s3({{"CompressionFormat", "SNAPPY"}}), kS3 + "/CompressionFormat", "\"Snappy\"");
}

TEST(Settings, PrefixesAreCheckedWithTheirPlace)
{
    expectRefused(s3({{"Prefix", "!{timestamp:YYYY}/"}, {"ErrorOutputPrefix", "e/"}}), kS3 + "/Prefix", "\"YYYY\"");
    expectRefused(s3({{"Prefix", "!{timestamp:yyyy}/"}}), kS3 + "/ErrorOutputPrefix",
                  "only when Prefix holds no expressions");
}

TEST(Settings, TheTypeFollowsFromTheEdge)
{
    EXPECT_EQ(problemsOf({{"DeliveryStreamType", "DirectPut"}}), "");
    EXPECT_EQ(problemsOf({{"DeliveryStreamType", "KinesisStreamAsSource"}}, DeliveryRun::Source::Stream), "");
    expectRefused({{"DeliveryStreamType", "KinesisStreamAsSource"}}, "/DeliveryStreamType", "makes it DirectPut");
    EXPECT_NE(problemsOf({{"DirectPutRecordsPerSecond", 5000}}, DeliveryRun::Source::Stream)
                  .find("no meaning with a Kinesis stream"),
              std::string::npos);
}

TEST(Settings, DirectPutsAndAStreamAtOnceAreRefused)
{
    const auto problemsWith = [](std::vector<std::string> protocols) {
        NodeSetup setup{.id = "fh",
                        .properties = parseJson(R"({"ExtendedS3DestinationConfiguration": {
            "BufferingHints": {"IntervalInSeconds": 300}, "CompressionFormat": "GZIP", "Prefix": "",
            "ErrorOutputPrefix": "", "FileExtension": "",
            "DynamicPartitioningConfiguration": {"Enabled": false, "RetryOptions": {"DurationInSeconds": 300}},
            "ProcessingConfiguration": {"Enabled": false, "Processors": []}, "S3BackupMode": "Disabled"},
            "Region": "us-east-1", "BacklogMegabytes": 10})")
                                          .value()};
        for (const auto& protocol : protocols)
            setup.inputs.push_back({.protocol = protocol});
        return readSettings(setup).problems.size();
    };
    EXPECT_EQ(problemsWith({"records", "records"}), 0u);
    EXPECT_EQ(problemsWith({"shards"}), 0u);
    EXPECT_EQ(problemsWith({"records", "shards"}), 1u);
    EXPECT_EQ(problemsWith({"shards", "shards"}), 1u);
}

TEST(Settings, DynamicPartitioningNeedsAll)
{
    const Json enabled = {{"Enabled", true}};
    Json good = {{"DynamicPartitioningConfiguration", enabled},
                 {"Prefix", "!{partitionKeyFromQuery:k}/"},
                 {"ErrorOutputPrefix", "e/"},
                 {"ProcessingConfiguration", processing(Json::array({extraction("{k: .k}")}))}};
    EXPECT_EQ(problemsOf(s3(good)), ""); // 128 MiB when no hint is given
    const auto with = [&](const char* member, Json value) {
        Json changed = good;
        changed[member] = std::move(value);
        return s3(changed);
    };
    expectRefused(with("BufferingHints", hints(63, 60)), kS3 + "/BufferingHints/SizeInMBs",
                  "BufferingHints.SizeInMBs must be at least 64 when Dynamic Partitioning is enabled.");
    expectRefused(with("ErrorOutputPrefix", ""), kS3 + "/ErrorOutputPrefix", "only when Prefix holds no expressions");
    expectRefused(with("Prefix", "p/"), kS3 + "/Prefix", "at least one !{partitionKeyFromQuery:KEY}");
    expectRefused(with("Prefix", "!{partitionKeyFromQuery:other}/"), kS3 + "/Prefix", "has no key other");
    expectRefused(with("ProcessingConfiguration", {{"Enabled", false}}), kS3 + "/DynamicPartitioningConfiguration",
                  "MetadataExtraction");
    expectRefused(with("ProcessingConfiguration", processing(Json::array({extraction("{k: .k|length}")}))),
                  kS3 + "/ProcessingConfiguration/Processors/0", "character 7");
    expectRefused(with("DynamicPartitioningConfiguration", {{"Enabled", false}}), kS3 + "/Prefix",
                  "DynamicPartitioningConfiguration.Enabled");
}

TEST(Settings, ProcessorsAreChecked)
{
    EXPECT_EQ(problemsOf(s3({{"ProcessingConfiguration", processing(Json::array({"AppendDelimiterToRecord"}))}})), "");
    expectRefused(s3({{"ProcessingConfiguration", processing(Json::array())}}),
                  kS3 + "/ProcessingConfiguration/Processors", "1 to 5 processors");
    expectRefused(s3({{"ProcessingConfiguration",
                       processing(Json::array({"AppendDelimiterToRecord", "AppendDelimiterToRecord"}))}}),
                  kS3 + "/ProcessingConfiguration/Processors/1", "stands twice");
    expectRefused(s3({{"ProcessingConfiguration", processing(Json::array({"Lambda"}))}}),
                  kS3 + "/ProcessingConfiguration/Processors/0/Type", "must be one of");
    expectRefused(s3({{"ProcessingConfiguration", processing(Json::array({extraction("{k: .k}")}))}}),
                  kS3 + "/ProcessingConfiguration", "serves dynamic partitioning");
    Json wrong = {{"Type", "AppendDelimiterToRecord"},
                  {"Parameters", Json::array({{{"ParameterName", "JsonParsingEngine"}, {"ParameterValue", "x"}}})}};
    expectRefused(s3({{"ProcessingConfiguration", processing(Json::array({wrong}))}}),
                  kS3 + "/ProcessingConfiguration/Processors/0/Parameters/0", "no parameter JsonParsingEngine");
}

TEST(Settings, TheDelimiterMayBeAnyText)
{
    Script script;
    script.batches = {{seconds(1), {"a", "b"}}};
    Json delimiter = {{"Type", "AppendDelimiterToRecord"},
                      {"Parameters", Json::array({{{"ParameterName", "Delimiter"}, {"ParameterValue", "|\\n"}}})}};
    DeliveryRun run(script, s3({{"ProcessingConfiguration", processing(Json::array({delimiter}))}}));
    run.runFor(seconds(400)).close();
    ASSERT_EQ(script.stored().size(), 1u);
    EXPECT_EQ(script.stored()[0].data, "a|\nb|\n");
}

TEST(Settings, BackupNeedsItsEdgeAndTheOtherWayRound)
{
    expectRefused(s3({{"S3BackupConfiguration", {{"Prefix", "p/"}}}}), kS3 + "/S3BackupConfiguration",
                  "only when S3BackupMode is");
    EXPECT_EQ(problemsOf(s3({{"S3BackupMode", "Enabled"}})), ""); // the harness draws the edge
    Script script;
    DeliveryRun run(script, s3({{"S3BackupMode", "Enabled"},
                                {"S3BackupConfiguration", {{"Prefix", "!{partitionKeyFromQuery:k}"}}}}));
    ASSERT_EQ(run.problems.size(), 1u);
    EXPECT_NE(run.problems[0].place.find("/S3BackupConfiguration/Prefix"), std::string::npos);
}

TEST(Settings, TheRegionDecidesTheQuota)
{
    for (const auto& [region, bytes] : {std::pair{"eu-west-1", 5.0}, {"us-west-2", 5.0}, {"eu-central-1", 1.0}}) {
        Script script;
        script.batches = {{seconds(1), {"a"}}};
        DeliveryRun run(script, {{"Region", region}});
        run.runFor(seconds(10)).close();
        EXPECT_EQ(run.metric("BytesPerSecondLimit").maximum, bytes * 1024 * 1024) << region;
    }
    Script script;
    script.batches = {{seconds(1), {"a"}}};
    DeliveryRun run(script, {{"DirectPutRecordsPerSecond", 5000}, {"DirectPutMegabytesPerSecond", 7}});
    run.runFor(seconds(10)).close();
    EXPECT_EQ(run.metric("RecordsPerSecondLimit").maximum, 5000);
    EXPECT_EQ(run.metric("BytesPerSecondLimit").maximum, 7 * 1024 * 1024);
    EXPECT_EQ(run.metric("PutRequestsPerSecondLimit").maximum, 2000);
}

} // namespace
} // namespace streamwright::firehose
