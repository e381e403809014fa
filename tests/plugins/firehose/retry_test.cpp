// SPDX-License-Identifier: GPL-3.0-or-later
// What a delivery stream does while its bucket does not take what it sends.
#include "plugins/firehose/s3_delivery.h"
#include "tests/plugins/firehose/delivery_harness.h"

namespace streamwright::firehose {
namespace {

using test::DeliveryRun;
using test::hints;
using test::PutObject;
using test::s3;
using test::Script;

TEST(Retry, TheBackOffDoublesTo120SecondsWithAJitterOf15Percent)
{
    Random random(3);
    const double expected[] = {1, 2, 4, 8, 16, 32, 64, 120, 120};
    for (std::uint64_t n = 1; n <= 9; ++n) {
        double least = 1e9, most = 0;
        for (int i = 0; i < 1000; ++i) {
            const double wait = inSeconds(backoff(n, random));
            least = std::min(least, wait);
            most = std::max(most, wait);
        }
        EXPECT_GE(least, expected[n - 1] * 0.85);
        EXPECT_LE(most, expected[n - 1] * 1.15);
        EXPECT_LT(least, expected[n - 1] * 0.87); // the jitter is used
        EXPECT_GT(most, expected[n - 1] * 1.13);
    }
}

TEST(Retry, AFailedPutIsTriedAgainWithTheSameKeyUntilItSucceeds)
{
    Script script;
    script.batches = {{seconds(1), {"a"}}};
    script.bucket = [](Duration at, const PutObject&) {
        return at < seconds(400) ? Outcome::Failed : Outcome::Accepted;
    };
    DeliveryRun run(script, Json::object());
    run.runFor(seconds(1000)).close();
    ASSERT_EQ(script.stored().size(), 1u);
    ASSERT_GE(script.puts.size(), 7u); // 1 + 2 + 4 + 8 + 16 + 32 s and more after 301 s
    EXPECT_EQ(script.puts[0].at, seconds(301));
    for (std::size_t i = 0; i < script.puts.size(); ++i) {
        EXPECT_EQ(script.puts[i].key, script.puts[0].key);
        EXPECT_EQ(script.puts[i].attempt, i + 1);
    }
    const auto failures = static_cast<double>(script.puts.size() - 1);
    EXPECT_EQ(run.metric("DeliveryToS3.Success").sampleCount, script.puts.size());
    EXPECT_NEAR(run.metric("DeliveryToS3.Success").average(), 1 / (failures + 1), 1e-9);
    EXPECT_EQ(run.metric("DeliveryToS3.Records").sum, 1);
    EXPECT_GE(run.metric("DeliveryToS3.DataFreshness").maximum, 399);
    EXPECT_NE(run.events().find("does not take objects"), std::string::npos);
    EXPECT_NE(run.events().find("takes objects again"), std::string::npos);
}

TEST(Retry, ThrottlingIsTriedAgainToo)
{
    Script script;
    script.batches = {{seconds(1), {"a"}}};
    script.bucket = [](Duration, const PutObject& put) {
        return put.attempt < 3 ? Outcome::Throttled : Outcome::Accepted;
    };
    DeliveryRun run(script, Json::object());
    run.runFor(seconds(400)).close();
    EXPECT_EQ(script.puts.size(), 3u);
    EXPECT_EQ(script.stored().size(), 1u);
}

TEST(Retry, ObjectsArriveInTheOrderTheyWereMade)
{
    Script script;
    for (int i = 0; i < 20; ++i)
        script.batches.push_back({seconds(60 * i), {std::to_string(i) + " "}});
    script.bucket = [](Duration at, const PutObject&) {
        return at < seconds(700) ? Outcome::Failed : Outcome::Accepted;
    };
    DeliveryRun run(script, s3({{"BufferingHints", hints(5, 60)}}));
    run.runFor(seconds(3000)).close();
    std::string all;
    for (const PutObject& object : script.stored())
        all += object.data;
    EXPECT_EQ(all, "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 ");
}

TEST(Retry, WhileFailingOneObjectAtATimeIsTried)
{
    Script script;
    for (int i = 0; i < 5; ++i)
        script.batches.push_back({seconds(60 * i), {"x"}});
    script.bucket = [](Duration, const PutObject&) { return Outcome::Failed; };
    DeliveryRun run(script, s3({{"BufferingHints", hints(5, 60)}}));
    run.runFor(seconds(1000)).close();
    for (const PutObject& put : script.puts)
        EXPECT_EQ(put.key, script.puts[0].key);
}

TEST(Retry, AfterDayWithoutDeliveryDirectPutDataIsLostAndCounted)
{
    Script script;
    script.batches = {{seconds(1), {"a", "b"}}, {std::chrono::hours(20), {"later"}}};
    script.bucket = [](Duration at, const PutObject&) {
        return at < std::chrono::hours(30) ? Outcome::Failed : Outcome::Accepted;
    };
    DeliveryRun run(script, Json::object());
    run.runFor(std::chrono::hours(24) + seconds(300));
    EXPECT_EQ(run.metric("RecordsLost").sum, 0);
    run.runFor(seconds(2));
    EXPECT_EQ(run.metric("RecordsLost").sum, 2);
    EXPECT_NE(run.events().find("2 records were lost"), std::string::npos) << run.events();
    run.runFor(std::chrono::hours(10)).close();
    ASSERT_EQ(script.stored().size(), 1u);
    EXPECT_EQ(script.stored()[0].data, "later");
    EXPECT_EQ(run.metric("RecordsLost").sum, 2);
}

TEST(Retry, ABlockedBucketDoesNotStopTheBackupNorTheOtherWayRound)
{
    Script script;
    script.batches = {{seconds(1), {"a"}}};
    script.bucket = [](Duration, const PutObject& put) {
        return put.port == "backup" ? Outcome::Accepted : Outcome::Failed;
    };
    DeliveryRun run(script, s3({{"S3BackupMode", "Enabled"}}));
    run.runFor(seconds(1000)).close();
    EXPECT_EQ(script.stored("backup").size(), 1u);
    EXPECT_TRUE(script.stored("out").empty());
}

TEST(Retry, AFullBacklogRefusesDirectPuts)
{
    Script script;
    const std::string large(1'000'000, 'x');
    for (int i = 0; i < 10; ++i)
        script.batches.push_back({seconds(i), {large}});
    script.bucket = [](Duration at, const PutObject&) {
        return at < seconds(500) ? Outcome::Failed : Outcome::Accepted;
    };
    Json properties = s3({{"BufferingHints", hints(1, 60)}});
    properties["BacklogMegabytes"] = 4;
    DeliveryRun run(script, properties);
    script.batches.push_back({seconds(1000), {"afterwards"}});
    run.runFor(seconds(2000)).close();
    ASSERT_EQ(script.answers.size(), 11u);
    EXPECT_EQ(script.answers[4].receipt.outcome, Outcome::Accepted);
    EXPECT_EQ(script.answers[9].receipt.outcome, Outcome::Throttled);
    EXPECT_STREQ(script.answers[9].receipt.reason, "ServiceUnavailableException");
    EXPECT_EQ(script.answers[10].receipt.outcome, Outcome::Accepted);
    EXPECT_EQ(run.metric("ThrottledRecords").sum, 5);
    EXPECT_NE(run.events().find("BacklogMegabytes"), std::string::npos);
    std::size_t bytes = 0;
    for (const PutObject& object : script.stored())
        bytes += object.data.size();
    EXPECT_EQ(bytes, 5'000'010u);
}

} // namespace
} // namespace streamwright::firehose
