// SPDX-License-Identifier: GPL-3.0-or-later
// A delivery stream from the outside: what comes in at one end and when, what is stored at the other and when.
#include <regex>

#include "tests/core/log/scratch_directory.h"
#include "tests/plugins/firehose/delivery_harness.h"

namespace streamwright::firehose {
namespace {

using test::DeliveryRun;
using test::hints;
using test::s3;
using test::Script;

const std::string kKey = "fh-1-\\d{4}(-\\d\\d){5}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

std::vector<std::string> dataOf(const std::vector<test::PutObject>& objects)
{
    std::vector<std::string> data;
    for (const auto& object : objects)
        data.push_back(object.data);
    return data;
}

TEST(Delivery, BuffersUntilTheIntervalIsOver)
{
    Script script;
    script.batches = {{seconds(10), {"a", "b"}}, {seconds(60), {"c"}}, {seconds(311), {"d"}}};
    DeliveryRun run(script, Json::object());
    run.runFor(seconds(1000)).close();
    const auto stored = script.stored();
    ASSERT_EQ(stored.size(), 2u);
    EXPECT_EQ(stored[0].at, seconds(310)); // 300 s after the first record of the buffer, to the microsecond
    EXPECT_EQ(stored[0].data, "abc");
    EXPECT_EQ(stored[1].at, seconds(611));
    EXPECT_EQ(stored[1].data, "d");
    EXPECT_TRUE(std::regex_match(stored[0].key, std::regex("2026/01/01/00/" + kKey))) << stored[0].key;
    EXPECT_NE(stored[0].key.find("2026-01-01-00-00-10"), std::string::npos); // the oldest record's arrival
}

TEST(Delivery, BuffersUntilTheSizeIsReached)
{
    Script script;
    const std::string kilobytes(500'000, 'x');
    script.batches = {{seconds(1), {kilobytes, kilobytes}}, {seconds(2), {kilobytes}}};
    DeliveryRun run(script, s3({{"BufferingHints", hints(1, 900)}}));
    run.runFor(seconds(10)).close();
    const auto stored = script.stored();
    ASSERT_EQ(stored.size(), 1u);
    EXPECT_EQ(stored[0].at, seconds(2));
    EXPECT_EQ(stored[0].data.size(), 1'500'000u);
    EXPECT_EQ(run.events(), ""); // nothing was left
}

TEST(Delivery, IntervalZeroDeliversAtOnce)
{
    Script script;
    script.batches = {{seconds(1), {"a"}}, {seconds(2), {"b"}}};
    DeliveryRun run(script, s3({{"BufferingHints", hints(5, 0)}}));
    run.runFor(seconds(10)).close();
    EXPECT_EQ(dataOf(script.stored()), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(script.stored()[1].at, seconds(2));
}

TEST(Delivery, RecordsAreJoinedWithoutSeparatorUnlessADelimiterIsAppended)
{
    for (const bool append : {false, true}) {
        Script script;
        script.batches = {{seconds(1), {"a", "", "b"}}};
        DeliveryRun run(script,
                        s3({{"ProcessingConfiguration",
                             {{"Enabled", append}, {"Processors", Json::array({"AppendDelimiterToRecord"})}}}}));
        run.runFor(seconds(400)).close();
        EXPECT_EQ(dataOf(script.stored()), std::vector<std::string>{append ? "a\n\nb\n" : "ab"});
    }
}

TEST(Delivery, ObjectsAreCompressedAndNamedForIt)
{
    const auto objectOf = [](Json members) {
        Script script;
        script.batches = {{seconds(1), {"abc"}}};
        DeliveryRun run(script, s3(std::move(members)));
        run.runFor(seconds(400)).close();
        EXPECT_EQ(run.metric("DeliveryToS3.Bytes").sum, 3); // before compression
        return script.stored().at(0);
    };
    const auto gzip = objectOf({{"CompressionFormat", "GZIP"}});
    EXPECT_TRUE(gzip.key.ends_with(".gz")) << gzip.key;
    EXPECT_TRUE(gzip.data.starts_with("\x1F\x8B"));
    const auto zip = objectOf({{"CompressionFormat", "ZIP"}});
    EXPECT_TRUE(zip.key.ends_with(".zip")) << zip.key;
    const std::string entry = zip.key.substr(zip.key.rfind('/') + 1, zip.key.size() - 4 - zip.key.rfind('/') - 1);
    EXPECT_EQ(zip.data.substr(30, entry.size()), entry);
    EXPECT_TRUE(objectOf({{"CompressionFormat", "Snappy"}}).key.ends_with(".snappy"));
    const auto renamed = objectOf({{"CompressionFormat", "GZIP"}, {"FileExtension", ".jsonl.gz"}});
    EXPECT_TRUE(std::regex_match(renamed.key, std::regex(".*[0-9a-f]{12}\\.jsonl\\.gz"))) << renamed.key;
}

#ifdef STREAMWRIGHT_HAS_STORES
TEST(Delivery, ARealBucketThatFailsThrottlesAndIsSlowGetsEverythingInTheEnd)
{
    const ScratchDirectory folder;
    Script script;
    std::string expected;
    for (int i = 0; i < 300; ++i) {
        script.batches.push_back({seconds(i), {std::to_string(i) + " "}});
        expected += script.batches.back().records[0];
    }
    const Json faults = parseJson(R"({"Faults": [{"Type": "Fail", "FromSeconds": 30, "ForSeconds": 60},
        {"Type": "Throttle", "FromSeconds": 120, "ForSeconds": 100, "Share": 0.7},
        {"Type": "Slow", "FromSeconds": 0, "ForSeconds": 200, "Milliseconds": 1500}]})")
                            .value();
    DeliveryRun run(script, s3({{"BufferingHints", hints(1, 10)}}), DeliveryRun::Source::Puts,
                    {.dataDirectory = folder.path()}, faults);
    run.runFor(seconds(1000)).close();
    std::string all;
    const std::string hour = folder.path() + "/buckets/bucket/2026/01/01/00";
    std::vector<std::string> files;
    for (const auto& file : std::filesystem::directory_iterator(hour))
        files.push_back(file.path());
    std::sort(files.begin(), files.end()); // by the time in their names
    for (const std::string& file : files)
        all += readFile(file).value();
    EXPECT_EQ(all, expected);
    EXPECT_EQ(run.metric("DeliveryToS3.Records").sum, 300);
    EXPECT_LT(run.metric("DeliveryToS3.Success").average(), 1);
}
#endif

TEST(Delivery, APutIsAnsweredAtOnceNotAtDelivery)
{
    Script script;
    script.batches = {{seconds(1), {"a"}}};
    DeliveryRun run(script, Json::object());
    run.runFor(seconds(2));
    ASSERT_EQ(script.answers.size(), 1u);
    EXPECT_EQ(script.answers[0].at, seconds(1));
    EXPECT_EQ(script.answers[0].receipt.outcome, Outcome::Accepted);
    EXPECT_TRUE(script.puts.empty());
    run.close();
    EXPECT_NE(run.events().find("1 bytes in buffers and 0 objects not delivered"), std::string::npos) << run.events();
}

TEST(Delivery, MetricsBearTheirCloudWatchNames)
{
    Script script;
    script.batches = {{seconds(1), {"abc", "de"}}, {seconds(5), {"f"}}};
    DeliveryRun run(script, Json::object());
    run.runFor(seconds(600)).close();
    EXPECT_EQ(run.metric("IncomingRecords").sum, 3);
    EXPECT_EQ(run.metric("IncomingBytes").sum, 6);
    EXPECT_EQ(run.metric("IncomingPutRequests").sum, 2);
    EXPECT_EQ(run.metric("PutRecordBatch.Records").sum, 3);
    EXPECT_EQ(run.metric("PutRecordBatch.Bytes").sum, 6);
    EXPECT_EQ(run.metric("PutRecordBatch.Requests").sum, 2);
    EXPECT_EQ(run.metric("ThrottledRecords").sum, 0);
    EXPECT_EQ(run.metric("BytesPerSecondLimit").maximum, 5.0 * 1024 * 1024);
    EXPECT_EQ(run.metric("RecordsPerSecondLimit").maximum, 500'000);
    EXPECT_EQ(run.metric("PutRequestsPerSecondLimit").maximum, 2'000);
    EXPECT_EQ(run.metric("DeliveryToS3.Records").sum, 3);
    EXPECT_EQ(run.metric("DeliveryToS3.Bytes").sum, 6);
    EXPECT_EQ(run.metric("DeliveryToS3.Success").average(), 1);
    EXPECT_EQ(run.metric("DeliveryToS3.DataFreshness").maximum, 300);
    EXPECT_EQ(run.metric("BufferedBytes").maximum, 6);
    EXPECT_EQ(run.metric("DeliveryToS3.ObjectCount").sampleCount, 0u); // only with dynamic partitioning
}

TEST(Delivery, SourceRecordsAreBackedUp)
{
    Script script;
    script.batches = {{seconds(1), {"a", "b"}}};
    DeliveryRun run(
        script, s3({{"S3BackupMode", "Enabled"},
                    {"S3BackupConfiguration", {{"Prefix", "raw/!{timestamp:yyyy}/"}, {"BufferingHints", hints(1, 60)}}},
                    {"ProcessingConfiguration",
                     {{"Enabled", true}, {"Processors", Json::array({"AppendDelimiterToRecord"})}}}}));
    run.runFor(seconds(400)).close();
    const auto copies = script.stored("backup");
    ASSERT_EQ(copies.size(), 1u);
    EXPECT_EQ(copies[0].data, "ab"); // as they came
    EXPECT_EQ(copies[0].at, seconds(61));
    EXPECT_TRUE(std::regex_match(copies[0].key, std::regex("raw/2026/" + kKey))) << copies[0].key;
    EXPECT_EQ(dataOf(script.stored()), std::vector<std::string>{"a\nb\n"});
    EXPECT_EQ(run.metric("BackupToS3.Records").sum, 2);
    EXPECT_EQ(run.metric("BackupToS3.Bytes").sum, 2);
    EXPECT_EQ(run.metric("BackupToS3.Success").sum, 1);
    EXPECT_EQ(run.metric("BackupToS3.DataFreshness").maximum, 60);
    EXPECT_EQ(run.metric("DeliveryToS3.Records").sum, 2);
}

TEST(Delivery, EditsTakeEffectOnWhatIsBuffered)
{
    Script script;
    script.batches = {{seconds(1), {"a"}}};
    DeliveryRun run(script, Json::object());
    run.runFor(seconds(10));
    const auto edited = s3({{"BufferingHints", hints(5, 60)}, {"Prefix", "new/"}});
    ASSERT_TRUE(run.engine->edit("fh", edited).empty());
    run.runFor(seconds(100)).close();
    const auto stored = script.stored();
    ASSERT_EQ(stored.size(), 1u);
    EXPECT_EQ(stored[0].at, seconds(61));
    EXPECT_TRUE(stored[0].key.starts_with("new/2026/01/01/00/fh-1-")) << stored[0].key;
}

TEST(Delivery, ChoicesOfTheCreationCannotBeEdited)
{
    Script script;
    DeliveryRun run(script, Json::object());
    run.runFor(seconds(1));
    const auto refused = run.engine->edit("fh", {{"DeliveryStreamName", "other"}});
    ASSERT_EQ(refused.size(), 1u);
    EXPECT_EQ(refused[0].place, "/DeliveryStreamName");
    const Json partitioned = {
        {"ExtendedS3DestinationConfiguration", {{"DynamicPartitioningConfiguration", {{"Enabled", true}}}}}};
    ASSERT_FALSE(run.engine->edit("fh", partitioned).empty());
    EXPECT_NE(run.engine->edit("fh", partitioned)[0].place.find("/DynamicPartitioningConfiguration/Enabled"),
              std::string::npos);
}

TEST(Delivery, SameSeedSameDigestAtAnyThreadCount)
{
    const auto digest = [](unsigned threads, std::uint64_t seed) {
        Script script;
        for (int i = 0; i < 200; ++i)
            script.batches.push_back(
                {seconds(i), {std::string(static_cast<std::size_t>(i) * 997 % 60'000, 'r'), std::to_string(i)}});
        script.bucket = [](Duration at, const test::PutObject&) {
            return at < seconds(150) ? Outcome::Failed : Outcome::Accepted;
        };
        EngineOptions options;
        options.threads = threads;
        options.seed = seed;
        DeliveryRun run(
            script, s3({{"BufferingHints", hints(1, 30)}, {"CompressionFormat", "GZIP"}, {"S3BackupMode", "Enabled"}}),
            DeliveryRun::Source::Puts, options);
        run.runFor(seconds(1000)).close();
        return run.engine->digest();
    };
    const std::string one = digest(1, 7);
    EXPECT_EQ(digest(2, 7), one);
    EXPECT_EQ(digest(8, 7), one);
    EXPECT_NE(digest(1, 8), one);
}

} // namespace
} // namespace streamwright::firehose
