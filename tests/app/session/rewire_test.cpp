// SPDX-License-Identifier: GPL-3.0-or-later
// Real nodes rewired while they run: what was acknowledged is not lost, and nothing begins again that need not.
#include <fstream>

#include "tests/core/log/scratch_directory.h"
#include "tests/support/pipeline_run.h"

namespace streamwright {
namespace {

const Registry& registry()
{
    static const Registry made = [] {
        Registry registry;
        registerBuiltins(registry);
        return registry;
    }();
    return made;
}

PipelinePlan planOf(const std::string& nodes, const std::string& edges)
{
    const auto reading = readPipeline(R"({"streamwright": 1, "nodes": [)" + nodes + R"(], "edges": [)" + edges + "]}");
    auto check = checkPipeline(reading.pipeline, registry(), "");
    for (const Problem& problem : check.problems)
        ADD_FAILURE() << problem.text();
    return std::move(check.plan);
}

std::unique_ptr<Engine> openEngine(const std::string& nodes, const std::string& edges, EngineOptions options = {})
{
    auto engine = Engine::open(planOf(nodes, edges), registry(), options);
    if (engine) return std::move(*engine);
    ADD_FAILURE() << engine.problem().text();
    return nullptr;
}

void rewire(Engine& engine, const std::string& nodes, const std::string& edges)
{
    for (const Problem& problem : engine.rewire(planOf(nodes, edges)))
        ADD_FAILURE() << problem.text();
}

double sum(Engine& engine, const std::string& node, const std::string& metric)
{
    return test::sumOf(engine, node, metric);
}

const std::string kProducer =
    R"({"id": "p", "kind": "Local::Producer", "properties": {"RecordsPerSecond": 200, "RecordSizeBytes": 100, "TotalRecords": 10000}})";
const std::string kStream = R"({"id": "s", "kind": "AWS::Kinesis::Stream", "properties": {"ShardCount": 2}})";
const std::string kConsumer = R"({"id": "c", "kind": "Local::Consumer"})";
const std::string kPS = R"({"from": "p.out", "to": "s.in"})";
const std::string kSC = R"({"from": "s.out", "to": "c.in"})";

TEST(RewireNodes, AConsumerMoreReadsTheStreamAndTheOtherGoesOn)
{
    const auto run = [](unsigned threads) {
        EngineOptions options;
        options.threads = threads;
        auto engine = openEngine(kProducer + "," + kStream + "," + kConsumer, kPS + "," + kSC, options);
        EXPECT_TRUE(engine->runFor(seconds(20)));
        const std::string second = R"({"id": "d", "kind": "Local::Consumer"})";
        rewire(*engine, kProducer + "," + kStream + "," + kConsumer + "," + second,
               kPS + "," + kSC + R"(, {"from": "s.out", "to": "d.in"})");
        EXPECT_TRUE(engine->runFor(seconds(60)));
        EXPECT_EQ(sum(*engine, "c", "RecordsProcessed"), 10000);
        EXPECT_EQ(sum(*engine, "d", "RecordsProcessed"), 10000);
        EXPECT_TRUE(engine->close());
        return engine->digest();
    };
    const std::string one = run(1);
    EXPECT_EQ(run(2), one);
    EXPECT_EQ(run(8), one);
}

TEST(RewireNodes, AConsumerTakenOutAndPutBackGoesOnFromItsCheckpoint)
{
    auto engine = openEngine(kProducer + "," + kStream + "," + kConsumer, kPS + "," + kSC);
    ASSERT_TRUE(engine->runFor(seconds(20)));
    const double before = sum(*engine, "c", "RecordsProcessed");
    EXPECT_GT(before, 0);
    rewire(*engine, kProducer + "," + kStream, kPS);
    ASSERT_TRUE(engine->runFor(seconds(20)));
    EXPECT_EQ(sum(*engine, "c", "RecordsProcessed"), before);
    rewire(*engine, kProducer + "," + kStream + "," + kConsumer, kPS + "," + kSC);
    ASSERT_TRUE(engine->runFor(seconds(60)));
    EXPECT_EQ(sum(*engine, "c", "RecordsProcessed"), 10000); // each once: its checkpoint was exact
}

TEST(RewireNodes, AStreamTakenOutAndPutBackHasItsRecords)
{
    auto engine = openEngine(kProducer + "," + kStream, kPS);
    ASSERT_TRUE(engine->runFor(seconds(20)));
    const double taken = sum(*engine, "s", "IncomingRecords");
    rewire(*engine, kProducer, "");
    ASSERT_TRUE(engine->runFor(seconds(100)));
    rewire(*engine, kStream + "," + kConsumer, kSC);
    ASSERT_TRUE(engine->runFor(seconds(20)));
    EXPECT_EQ(sum(*engine, "c", "RecordsProcessed"), taken);
}

TEST(RewireNodes, AFileDoesNotBeginAgain)
{
    const ScratchDirectory scratch;
    const std::string path = scratch.path("lines.jsonl");
    {
        std::ofstream file(path);
        for (int i = 0; i < 1000; ++i)
            file << "{\"n\": " << i << "}\n";
    }
    const std::string source =
        R"({"id": "f", "kind": "Local::FileSource", "properties": {"RecordsPerSecond": 50, "Path": ")" + path + "\"}}";
    const std::string fs = R"({"from": "f.out", "to": "s.in"})";
    auto engine = openEngine(source + "," + kStream, fs);
    ASSERT_TRUE(engine->runFor(seconds(10)));
    const std::string other = R"({"id": "t", "kind": "AWS::Kinesis::Stream"})";
    rewire(*engine, source + "," + kStream + "," + other, fs + R"(, {"from": "f.out", "to": "t.in"})");
    ASSERT_TRUE(engine->runFor(seconds(30)));
    EXPECT_EQ(sum(*engine, "f", "RecordsGenerated"), 1000);
    EXPECT_EQ(sum(*engine, "s", "IncomingRecords"), 1000);
    EXPECT_NEAR(sum(*engine, "t", "IncomingRecords"), 500, 60);
}

TEST(RewireNodes, WhatFirehoseHasTakenReachesTheNewBucketAndTheOldOneKeepsItsObjects)
{
    const std::string firehose = R"({"id": "f", "kind": "AWS::KinesisFirehose::DeliveryStream", "properties": {
        "ExtendedS3DestinationConfiguration": {"BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 7}}}})";
    const std::string b2 = R"({"id": "b2", "kind": "AWS::S3::Bucket"})";
    const std::string pf = R"({"from": "p.out", "to": "f.in"})";
    const std::string plain = R"({"id": "b", "kind": "AWS::S3::Bucket"})";
    auto engine = openEngine(kProducer + "," + firehose + "," + plain, pf + R"(, {"from": "f.out", "to": "b.in"})");
    ASSERT_TRUE(engine->runFor(seconds(24)));
    const double inOld = sum(*engine, "b", "BytesUploaded");
    EXPECT_GT(inOld, 0);
    rewire(*engine, kProducer + "," + firehose + "," + plain + "," + b2, pf + R"(, {"from": "f.out", "to": "b2.in"})");
    ASSERT_TRUE(engine->runFor(seconds(100)));
    EXPECT_EQ(sum(*engine, "f", "IncomingRecords"), 10000);
    EXPECT_EQ(sum(*engine, "f", "DeliveryToS3.Records"), 10000);
    EXPECT_EQ(sum(*engine, "b", "BytesUploaded"), inOld);
    EXPECT_EQ(inOld + sum(*engine, "b2", "BytesUploaded"), 10000 * 100);
    // Another edge to the old bucket: the objects in its memory stay.
    const double objects = engine->metrics().total({"b", "", "NumberOfObjects"}).maximum;
    const std::string p2 =
        R"({"id": "p2", "kind": "Local::Producer", "properties": {"RecordsPerSecond": 200, "TotalRecords": 2000}})";
    const std::string f2 = R"({"id": "f2", "kind": "AWS::KinesisFirehose::DeliveryStream", "properties": {
        "ExtendedS3DestinationConfiguration": {"BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 7}}}})";
    rewire(
        *engine, kProducer + "," + firehose + "," + plain + "," + b2 + "," + p2 + "," + f2,
        pf +
            R"(, {"from": "f.out", "to": "b2.in"}, {"from": "p2.out", "to": "f2.in"}, {"from": "f2.out", "to": "b.in"})");
    ASSERT_TRUE(engine->runFor(seconds(60)));
    EXPECT_GT(engine->metrics().total({"b", "", "NumberOfObjects"}).maximum, objects);
}

TEST(RewireNodes, FirehoseReadsAStreamInsteadOfTakingPuts)
{
    const std::string firehose = R"({"id": "f", "kind": "AWS::KinesisFirehose::DeliveryStream", "properties": {
        "ExtendedS3DestinationConfiguration": {"BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 7}}}})";
    const std::string bucket = R"({"id": "b", "kind": "AWS::S3::Bucket"})";
    const std::string fb = R"({"from": "f.out", "to": "b.in"})";
    auto engine = openEngine(kProducer + "," + firehose + "," + bucket, fb + R"(, {"from": "p.out", "to": "f.in"})");
    ASSERT_TRUE(engine->runFor(seconds(10)));
    rewire(*engine, kProducer + "," + firehose + "," + bucket + "," + kStream,
           fb + "," + kPS + R"(, {"from": "s.out", "to": "f.in"})");
    ASSERT_TRUE(engine->runFor(seconds(100)));
    const double dropped = sum(*engine, "p", "RecordsDropped");
    EXPECT_EQ(sum(*engine, "f", "DeliveryToS3.Records") + dropped, 10000);
    EXPECT_TRUE(engine->events().errors().empty());
}

TEST(RewireNodes, AFirehoseTakesThePlaceOfAStreamUnderItsId)
{
    const std::string other = R"({"id": "s", "kind": "AWS::KinesisFirehose::DeliveryStream"})";
    const std::string bucket = R"({"id": "b", "kind": "AWS::S3::Bucket"})";
    auto engine = openEngine(kProducer + "," + kStream + "," + bucket, kPS);
    ASSERT_TRUE(engine->runFor(seconds(20)));
    const double inStream = sum(*engine, "s", "IncomingRecords");
    rewire(*engine, kProducer + "," + other + "," + bucket, kPS + R"(, {"from": "s.out", "to": "b.in"})");
    ASSERT_TRUE(engine->runFor(seconds(400)));
    EXPECT_EQ(inStream + sum(*engine, "s", "DeliveryToS3.Records") + sum(*engine, "p", "RecordsDropped"), 10000);
    EXPECT_GT(sum(*engine, "s", "DeliveryToS3.Records"), 5000);
    EXPECT_TRUE(engine->events().errors().empty());
    ASSERT_TRUE(engine->close());
}

TEST(RewireNodes, MessagesOfAWorkerThatGoesAreDoneByTheNext)
{
    const std::string queue = R"({"id": "q", "kind": "AWS::SQS::Queue", "properties": {"VisibilityTimeout": 5}})";
    const std::string producer =
        R"({"id": "p", "kind": "Local::Producer", "properties": {"RecordsPerSecond": 20, "TotalRecords": 400, "BatchSize": 10}})";
    const std::string slow =
        R"({"id": "c", "kind": "Local::Consumer", "properties": {"MillisecondsPerRecord": 1000, "Workers": 4}})";
    const std::string quick = R"({"id": "d", "kind": "Local::Consumer", "properties": {"Workers": 4}})";
    const std::string pq = R"({"from": "p.out", "to": "q.in"})";
    auto engine = openEngine(producer + "," + queue + "," + slow, pq + R"(, {"from": "q.out", "to": "c.in"})");
    ASSERT_TRUE(engine->runFor(seconds(10)));
    rewire(*engine, producer + "," + queue + "," + quick, pq + R"(, {"from": "q.out", "to": "d.in"})");
    ASSERT_TRUE(engine->runFor(seconds(120)));
    EXPECT_EQ(sum(*engine, "q", "NumberOfMessagesDeleted"), 400);
    EXPECT_GE(sum(*engine, "c", "RecordsProcessed") + sum(*engine, "d", "RecordsProcessed"), 400);
}

TEST(RewireNodes, RecordsThatWaitAtAnEdgeThatGoesAreCountedAsDropped)
{
    const std::string narrow = R"({"id": "s", "kind": "AWS::Kinesis::Stream", "properties": {"ShardCount": 1}})";
    const std::string producer =
        R"({"id": "p", "kind": "Local::Producer", "properties": {"RecordsPerSecond": 5000, "TotalRecords": 20000}})";
    auto engine = openEngine(producer + "," + narrow, kPS);
    ASSERT_TRUE(engine->runFor(milliseconds(2500)));
    rewire(*engine, producer + "," + narrow, "");
    ASSERT_TRUE(engine->runFor(seconds(10)));
    EXPECT_GT(sum(*engine, "p", "RecordsDropped"), 0);
    EXPECT_EQ(sum(*engine, "p", "RecordsDropped") + sum(*engine, "p", "UserRecordsPut"),
              sum(*engine, "p", "RecordsSent"));
    EXPECT_EQ(sum(*engine, "p", "UserRecordsPut"), sum(*engine, "s", "IncomingRecords"));
}

} // namespace
} // namespace streamwright
