// SPDX-License-Identifier: GPL-3.0-or-later
// PutRecord and PutRecordBatch as clients send them.
#ifdef STREAMWRIGHT_HAS_STORES
#include <set>

#include "plugins/firehose/delivery_stream_resource.h"
#include "tests/plugins/firehose/api_fixture.h"

namespace streamwright::firehose::test {
namespace {

TEST_F(FirehoseApi, PutRecordIsTakenCountedAndWakesTheStream)
{
    const Reply put = call("PutRecord", {{"DeliveryStreamName", "drawn"}, {"Record", record("hello")}});
    ASSERT_EQ(put.code, "") << put.message;
    EXPECT_FALSE(put["RecordId"].get<std::string>().empty());
    EXPECT_EQ(put["Encrypted"], false);
    wait(seconds(301));
    EXPECT_EQ(sum("fh", "PutRecord.Requests"), 1);
    EXPECT_EQ(sum("fh", "PutRecord.Bytes"), 5);
    EXPECT_EQ(sum("fh", "PutRecordBatch.Requests"), 0);
    EXPECT_EQ(sum("fh", "IncomingRecords"), 1);
    EXPECT_EQ(sum("fh", "DeliveryToS3.Records"), 1);
}

TEST_F(FirehoseApi, PutRecordBatchAnswersByRecordInTheOrderOfTheRequest)
{
    const Reply put =
        call("PutRecordBatch", {{"DeliveryStreamName", "drawn"}, {"Records", {record("a"), record(""), record("c")}}});
    ASSERT_EQ(put.code, "") << put.message;
    EXPECT_EQ(put["FailedPutCount"], 0);
    ASSERT_EQ(put["RequestResponses"].size(), 3u);
    std::set<std::string> ids;
    for (const Json& one : put["RequestResponses"])
        ids.insert(one.at("RecordId").get<std::string>());
    EXPECT_EQ(ids.size(), 3u);
    wait(seconds(1));
    EXPECT_EQ(sum("fh", "PutRecordBatch.Records"), 3);
}

TEST_F(FirehoseApi, RecordsBeyondTheQuotaFailSingly)
{
    // 5 MiB a second, of which each request takes nearly four.
    const std::string large(999'000, 'x');
    const Json request{{"DeliveryStreamName", "drawn"},
                       {"Records", {record(large), record(large), record(large), record(large)}}};
    ASSERT_EQ(call("PutRecordBatch", request)["FailedPutCount"], 0);
    const Reply second = caller->call("PutRecordBatch", request);
    EXPECT_EQ(second["FailedPutCount"], 3);
    EXPECT_EQ(second.note, "3 of 4 entries failed: ServiceUnavailableException");
    const Json failed = second["RequestResponses"].at(1);
    EXPECT_EQ(failed.at("ErrorCode"), "ServiceUnavailableException");
    EXPECT_EQ(failed.at("ErrorMessage"), "Slow down.");
    EXPECT_FALSE(failed.contains("RecordId"));
    const Reply single = caller->call("PutRecord", {{"DeliveryStreamName", "drawn"}, {"Record", record(large)}});
    EXPECT_EQ(single.code, "ServiceUnavailableException");
    EXPECT_EQ(single.message, "Slow down.");
    EXPECT_EQ(single.status, 503);
    wait(seconds(1));
    EXPECT_EQ(sum("fh", "ThrottledRecords"), 4);
}

TEST_F(FirehoseApi, RefusalsOfPuts)
{
    const Reply unknown = call("PutRecord", {{"DeliveryStreamName", "nobody"}, {"Record", record("x")}});
    EXPECT_EQ(unknown.code, "ResourceNotFoundException");
    EXPECT_EQ(unknown.message, "Firehose nobody under account 000000000000 not found.");
    const Reply reader = call("PutRecord", {{"DeliveryStreamName", "reader"}, {"Record", record("x")}});
    EXPECT_EQ(reader.code, "InvalidArgumentException");
    const std::string large(1'000'000, 'x');
    Json records = Json::array();
    for (int i = 0; i < 5; ++i)
        records.push_back(record(large));
    EXPECT_EQ(call("PutRecordBatch", {{"DeliveryStreamName", "drawn"}, {"Records", records}}).code,
              "InvalidArgumentException");
    EXPECT_EQ(call("PutRecordBatch", {{"DeliveryStreamName", "drawn"}, {"Records", Json::array()}}).code,
              "ValidationException");
    EXPECT_EQ(
        call("PutRecord", {{"DeliveryStreamName", "drawn"}, {"Record", record(std::string(1'024'001, 'x'))}}).code,
        "ValidationException");
}

TEST_F(FirehoseApi, AfterTheRunNothingIsTaken)
{
    const auto stream = std::dynamic_pointer_cast<DeliveryStreamResource>(
        engine->resource("AWS::KinesisFirehose::DeliveryStream", "drawn").resource);
    ASSERT_TRUE(stream);
    engine.reset();
    BatchBuilder builder;
    builder.copy({.data = "late"});
    EXPECT_EQ(stream->put(PutKind::Record, builder.build(), Time{}).problem().code, ProblemCode::Conflict);
    EXPECT_FALSE(stream->change([](DeliveryFacts&) { return true; }));
    EXPECT_EQ(stream->name(), "drawn");
}

} // namespace
} // namespace streamwright::firehose::test
#endif
