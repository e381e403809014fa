// SPDX-License-Identifier: GPL-3.0-or-later
// A delivery stream that reads a Kinesis stream.
#include "tests/plugins/firehose/delivery_harness.h"
#include "tests/support/aggregate_writer.h"

namespace streamwright::firehose {
namespace {

using test::DeliveryRun;
using test::hints;
using test::PutObject;
using test::s3;
using test::Script;
constexpr auto kStream = DeliveryRun::Source::Stream;

TEST(StreamSource, AReadIsAnsweredOnceItsRecordsAreInS3)
{
    Script script;
    script.batches = {{seconds(10), {"a", "b"}}, {seconds(20), {"c"}}};
    DeliveryRun run(script, Json::object(), kStream);
    run.runFor(seconds(309));
    EXPECT_TRUE(script.answers.empty());
    run.runFor(seconds(100)).close();
    ASSERT_EQ(script.stored().size(), 1u);
    EXPECT_EQ(script.stored()[0].data, "abc");
    ASSERT_EQ(script.answers.size(), 2u);
    EXPECT_EQ(script.answers[0].at, seconds(310));
    EXPECT_EQ(script.answers[0].receipt.delivery, 1u);
    EXPECT_EQ(script.answers[0].receipt.outcome, Outcome::Accepted);
    EXPECT_EQ(run.metric("DataReadFromKinesisStream.Records").sum, 3);
    EXPECT_EQ(run.metric("DataReadFromKinesisStream.Bytes").sum, 3);
    EXPECT_EQ(run.metric("KinesisMillisBehindLatest").sampleCount, 2u);
    EXPECT_EQ(run.metric("PutRecordBatch.Requests").sampleCount, 0u);
}

TEST(StreamSource, AReadInSeveralObjectsIsAnsweredAfterTheLast)
{
    Script script;
    script.batches = {{seconds(1), {std::string(1 << 20, 'x'), "rest"}}};
    DeliveryRun run(script, s3({{"BufferingHints", hints(1, 100)}}), kStream);
    run.runFor(seconds(50));
    EXPECT_EQ(script.stored().size(), 1u);
    EXPECT_TRUE(script.answers.empty());
    run.runFor(seconds(60)).close();
    EXPECT_EQ(script.stored().size(), 2u);
    ASSERT_EQ(script.answers.size(), 1u);
    EXPECT_EQ(script.answers[0].at, seconds(101));
}

TEST(StreamSource, WithABackupBothMustBeStored)
{
    Script script;
    script.batches = {{seconds(1), {"a"}}};
    DeliveryRun run(script,
                    s3({{"BufferingHints", hints(1, 60)},
                        {"S3BackupMode", "Enabled"},
                        {"S3BackupConfiguration", {{"BufferingHints", hints(1, 200)}}}}),
                    kStream);
    run.runFor(seconds(400)).close();
    ASSERT_EQ(script.answers.size(), 1u);
    EXPECT_EQ(script.answers[0].at, seconds(201));
}

TEST(StreamSource, AggregatesOfTheProducerLibraryAreTakenApart)
{
    using streamwright::test::aggregateOf, streamwright::test::bytesField, streamwright::test::sealed;
    Script script;
    script.batches = {{seconds(1), {"a", aggregateOf({{"k", "b"}, {"k", "c"}}), sealed(bytesField(1, "k")), "d"}},
                      {seconds(2), {sealed(bytesField(1, "k"))}}}; // aggregates of nothing among them
    DeliveryRun run(script,
                    s3({{"BufferingHints", hints(1, 60)},
                        {"S3BackupMode", "Enabled"},
                        {"S3BackupConfiguration", {{"BufferingHints", hints(1, 60)}}}}),
                    kStream);
    run.runFor(seconds(100)).close();
    for (const char* port : {"out", "backup"}) {
        ASSERT_EQ(script.stored(port).size(), 1u) << port;
        EXPECT_EQ(script.stored(port)[0].data, "abcd") << port;
    }
    ASSERT_EQ(script.answers.size(), 2u);
    EXPECT_EQ(script.answers[0].receipt.delivery, 2u); // nothing of it has to be stored
    EXPECT_EQ(script.answers[0].receipt.outcome, Outcome::Accepted);
    EXPECT_EQ(script.answers[1].receipt.outcome, Outcome::Accepted);
    EXPECT_EQ(run.metric("DataReadFromKinesisStream.Records").sum, 5);
    EXPECT_EQ(run.metric("DeliveryToS3.Records").sum, 4);
}

TEST(StreamSource, WhatIsPutDirectlyStaysAsItIs)
{
    const std::string aggregate = streamwright::test::aggregateOf({{"k", "b"}, {"k", "c"}});
    Script script;
    script.batches = {{seconds(1), {aggregate}}};
    DeliveryRun run(script, s3({{"BufferingHints", hints(1, 60)}}));
    run.runFor(seconds(100)).close();
    ASSERT_EQ(script.stored().size(), 1u);
    EXPECT_EQ(script.stored()[0].data, aggregate);
}

TEST(StreamSource, ABlockedBucketStopsTheReadingAndNothingIsLost)
{
    Script script;
    for (int i = 0; i < 48; ++i)
        script.batches.push_back({std::chrono::hours(i), {std::to_string(i) + " "}});
    script.bucket = [](Duration at, const PutObject&) {
        return at < std::chrono::hours(40) ? Outcome::Failed : Outcome::Accepted;
    };
    DeliveryRun run(script, Json::object(), kStream);
    run.runFor(std::chrono::hours(60)).close();
    ASSERT_GE(script.windows.size(), 3u);
    EXPECT_GT(script.windows[0].second, 0u);
    EXPECT_EQ(script.windows[1].second, 0u);
    EXPECT_EQ(script.windows[1].first, seconds(300)); // the first failed put
    EXPECT_GT(script.windows.back().second, 0u);
    EXPECT_GE(script.windows.back().first, std::chrono::hours(40));
    std::string all;
    for (const PutObject& object : script.stored())
        all += object.data;
    std::string expected;
    for (int i = 0; i < 48; ++i)
        expected += std::to_string(i) + " ";
    EXPECT_EQ(all, expected);
    EXPECT_EQ(script.answers.size(), 48u);
    EXPECT_EQ(run.metric("RecordsLost").sum, 0); // also after 24 hours
}

TEST(StreamSource, TheArrivalInTheStreamNamesTheObject)
{
    Script script;
    script.batches = {{seconds(3599), {"a"}}};
    DeliveryRun run(script, Json::object(), kStream);
    run.runFor(seconds(4000)).close();
    ASSERT_EQ(script.stored().size(), 1u);
    EXPECT_TRUE(script.stored()[0].key.starts_with("2026/01/01/00/fh-1-2026-01-01-00-59-59-"))
        << script.stored()[0].key;
}

} // namespace
} // namespace streamwright::firehose
