// SPDX-License-Identifier: GPL-3.0-or-later
// Dynamic partitioning and the error output, from the outside.
#include "plugins/firehose/error_line.h"
#include "tests/plugins/firehose/delivery_harness.h"

namespace streamwright::firehose {
namespace {

using test::DeliveryRun;
using test::hints;
using test::PutObject;
using test::s3;
using test::Script;

Json partitioned(Json more = Json::object())
{
    const Json query = {{"ParameterName", "MetadataExtractionQuery"}, {"ParameterValue", "{country: .geo.country}"}};
    const Json extraction = {{"Type", "MetadataExtraction"}, {"Parameters", Json::array({query})}};
    Json members = {{"Prefix", "c=!{partitionKeyFromQuery:country}/!{timestamp:yyyy}/"},
                    {"ErrorOutputPrefix", "errors/!{firehose:error-output-type}/"},
                    {"BufferingHints", hints(64, 60)},
                    {"DynamicPartitioningConfiguration", {{"Enabled", true}}},
                    {"ProcessingConfiguration", {{"Enabled", true}, {"Processors", Json::array({extraction})}}}};
    members.update(more);
    return s3(members);
}

std::string visit(const std::string& country, int number = 0)
{
    return Json{{"geo", {{"country", country}}}, {"n", number}}.dump();
}

std::vector<Json> errorsIn(const PutObject& object)
{
    std::vector<Json> lines;
    std::istringstream text(object.data);
    for (std::string line; std::getline(text, line);)
        lines.push_back(parseJson(line).value());
    return lines;
}

TEST(Partitioning, EveryPartitionHasItsOwnObjects)
{
    Script script;
    script.batches = {{seconds(1), {visit("at", 1), visit("de", 2), visit("at", 3)}}, {seconds(10), {visit("de", 4)}}};
    DeliveryRun run(script, partitioned());
    run.runFor(seconds(200)).close();
    const auto stored = script.stored();
    ASSERT_EQ(stored.size(), 2u);
    EXPECT_TRUE(stored[0].key.starts_with("c=at/2026/fh-1-")) << stored[0].key;
    EXPECT_EQ(stored[0].data, visit("at", 1) + visit("at", 3));
    EXPECT_TRUE(stored[1].key.starts_with("c=de/2026/fh-1-")) << stored[1].key;
    EXPECT_EQ(stored[1].data, visit("de", 2) + visit("de", 4));
    EXPECT_EQ(stored[1].at, seconds(61));
    EXPECT_EQ(run.metric("DeliveryToS3.ObjectCount").sum, 2);
    EXPECT_EQ(run.metric("PartitionCount").maximum, 2);
    EXPECT_EQ(run.metric("PartitionCountExceeded").sum, 0);
}

TEST(Partitioning, RecordsWithoutTheKeyGoToTheErrorOutputAsJsonLines)
{
    Script script;
    script.batches = {{seconds(1), {visit("at"), "no json", R"({"geo": {}})"}}};
    DeliveryRun run(script, partitioned());
    run.runFor(seconds(200)).close();
    const auto stored = script.stored();
    ASSERT_EQ(stored.size(), 2u);
    EXPECT_TRUE(stored[1].key.starts_with("errors/processing-failed/fh-1-")) << stored[1].key;
    const auto errors = errorsIn(stored[1]);
    ASSERT_EQ(errors.size(), 2u);
    EXPECT_EQ(errors[0]["rawData"], base64("no json"));
    EXPECT_EQ(errors[0]["errorCode"], "DynamicPartitioning.MetadataExtractionFailed");
    EXPECT_EQ(errors[0]["errorMessage"], "Non JSON record provided");
    EXPECT_EQ(errors[0]["attemptsMade"], 1);
    const std::int64_t arrived = epochMilliseconds(EngineOptions::kDefaultStart + seconds(1));
    EXPECT_EQ(errors[0]["arrivalTimestamp"], arrived);
    EXPECT_EQ(errors[0]["attemptEndingTimestamp"], arrived);
    EXPECT_EQ(errors[1]["errorMessage"], "partitionKeys values must not be null or empty");
    EXPECT_EQ(run.metric("RecordsFailed").sum, 2);
    EXPECT_EQ(run.metric("ErrorOutput.Records").sum, 2);
    EXPECT_EQ(run.metric("DeliveryToS3.Records").sum, 1);
}

TEST(Partitioning, AtMost500PartitionsAreActive)
{
    Script script;
    std::vector<std::string> first, second;
    for (int i = 0; i < 500; ++i)
        first.push_back(visit("c" + std::to_string(i)));
    second = {visit("c7"), visit("one-too-many")};
    script.batches = {{seconds(1), first}, {seconds(2), second}, {seconds(100), {visit("room-again")}}};
    DeliveryRun run(script, partitioned());
    run.runFor(seconds(300)).close();
    const auto stored = script.stored();
    EXPECT_EQ(stored.size(), 502u);
    std::vector<Json> errors;
    for (const PutObject& object : stored)
        if (object.key.starts_with("errors/")) errors = errorsIn(object);
    ASSERT_EQ(errors.size(), 1u);
    EXPECT_EQ(errors[0]["errorCode"], "DynamicPartitioning.ActivePartitionLimitExceeded");
    EXPECT_EQ(errors[0]["rawData"], base64(visit("one-too-many")));
    EXPECT_EQ(run.metric("PartitionCount").maximum, 500);
    EXPECT_EQ(run.metric("PartitionCountExceeded").maximum, 1);
}

TEST(Partitioning, APrefixThatWouldBeTooLongGoesToTheErrorOutput)
{
    Script script;
    script.batches = {{seconds(1), {visit(std::string(600, 'x'))}}};
    DeliveryRun run(script, partitioned());
    run.runFor(seconds(200)).close();
    ASSERT_EQ(script.stored().size(), 1u);
    EXPECT_EQ(errorsIn(script.stored()[0]).at(0)["errorCode"], "DynamicPartitioning.PrefixEvaluationFailed");
}

TEST(Partitioning, AfterTheRetryDurationTheRecordsGoToTheErrorOutput)
{
    Script script;
    script.batches = {{seconds(1), {visit("at", 1), visit("at", 2)}}};
    script.bucket = [](Duration, const PutObject& put) {
        return put.key.starts_with("errors/") ? Outcome::Accepted : Outcome::Failed;
    };
    Json retry = {
        {"DynamicPartitioningConfiguration", {{"Enabled", true}, {"RetryOptions", {{"DurationInSeconds", 100}}}}}};
    DeliveryRun run(script, partitioned(retry));
    run.runFor(seconds(1000)).close();
    const auto stored = script.stored();
    ASSERT_EQ(stored.size(), 1u);
    EXPECT_EQ(stored[0].at, seconds(1 + 60 + 100 + 60)); // buffered, retried, buffered as errors
    const auto errors = errorsIn(stored[0]);
    ASSERT_EQ(errors.size(), 2u);
    EXPECT_EQ(errors[1]["rawData"], base64(visit("at", 2)));
    EXPECT_EQ(errors[1]["errorCode"], "S3.InternalError");
    EXPECT_GT(errors[1]["attemptsMade"].get<int>(), 3);
    EXPECT_EQ(run.metric("RecordsLost").sum, 0);
}

TEST(Partitioning, WithoutRetryDurationTheFirstFailureCounts)
{
    Script script;
    script.batches = {{seconds(1), {visit("at")}}};
    script.bucket = [](Duration, const PutObject& put) {
        return put.key.starts_with("errors/") ? Outcome::Accepted : Outcome::Failed;
    };
    Json retry = {
        {"DynamicPartitioningConfiguration", {{"Enabled", true}, {"RetryOptions", {{"DurationInSeconds", 0}}}}}};
    DeliveryRun run(script, partitioned(retry));
    run.runFor(seconds(1000)).close();
    EXPECT_EQ(script.puts.size(), 2u);
    EXPECT_EQ(script.stored().size(), 1u);
}

TEST(Partitioning, AnEditOfThePrefixKeepsPartitionsApart)
{
    Script script;
    script.batches = {{seconds(1), {visit("at", 1), visit("de", 2)}}, {seconds(20), {visit("at", 3)}}};
    DeliveryRun run(script, partitioned());
    run.runFor(seconds(10));
    ASSERT_TRUE(run.engine->edit("fh", partitioned({{"Prefix", "new/!{partitionKeyFromQuery:country}/"}})).empty());
    run.runFor(seconds(200)).close();
    const auto stored = script.stored();
    ASSERT_EQ(stored.size(), 3u);
    EXPECT_TRUE(stored[0].key.starts_with("c=at/2026/")) << stored[0].key;
    EXPECT_TRUE(stored[1].key.starts_with("c=de/2026/")) << stored[1].key;
    EXPECT_TRUE(stored[2].key.starts_with("new/at/")) << stored[2].key;
}

TEST(ErrorLine, Base64OfRfc4648)
{
    for (const auto& [plain, encoded] : {std::pair{"", ""},
                                         {"f", "Zg=="},
                                         {"fo", "Zm8="},
                                         {"foo", "Zm9v"},
                                         {"foob", "Zm9vYg=="},
                                         {"fooba", "Zm9vYmE="},
                                         {"foobar", "Zm9vYmFy"}})
        EXPECT_EQ(base64(plain), encoded);
    EXPECT_EQ(base64("\xFB\xFF\xFE"), "+//+");
}

} // namespace
} // namespace streamwright::firehose
