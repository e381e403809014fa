// SPDX-License-Identifier: GPL-3.0-or-later
// With a data directory nothing acknowledged is lost: what was not delivered when a run ended is delivered by the next.
#include "tests/core/log/scratch_directory.h"
#include "tests/plugins/firehose/delivery_harness.h"

namespace streamwright::firehose {
namespace {

using test::DeliveryRun;
using test::hints;
using test::PutObject;
using test::s3;
using test::Script;

struct Durable {
    ScratchDirectory folder;
    EngineOptions options{.dataDirectory = folder.path()};
};

std::string joined(const Script& script, const std::string& port = "out")
{
    std::string all;
    for (const PutObject& object : script.stored(port))
        all += object.data;
    return all;
}

// The first run is dropped without close(), like a process that is killed.
TEST(Restart, WhatWasAcknowledgedAndNotDeliveredIsDeliveredByTheNextRun)
{
    Durable durable;
    Script first;
    first.batches = {{seconds(1), {"a ", "b "}}, {seconds(2), {"c "}}};
    {
        DeliveryRun run(first, Json::object(), DeliveryRun::Source::Puts, durable.options);
        run.runFor(seconds(10));
        ASSERT_EQ(first.answers.size(), 2u);
        EXPECT_TRUE(first.puts.empty());
    }
    Script second;
    second.batches = {{seconds(5), {"d "}}};
    DeliveryRun run(second, Json::object(), DeliveryRun::Source::Puts, durable.options);
    run.runFor(seconds(700)).close();
    ASSERT_EQ(joined(second), "a b c d ");
    // The buffer's age counts from the arrival in the first run.
    EXPECT_NE(second.stored()[0].key.find("2026-01-01-00-00-01"), std::string::npos) << second.stored()[0].key;
    EXPECT_LT(second.stored()[0].at, seconds(300));
}

TEST(Restart, WhatWasDeliveredIsNotDeliveredAgain)
{
    Durable durable;
    Script first;
    first.batches = {{seconds(1), {"a "}}, {seconds(350), {"b "}}};
    {
        DeliveryRun run(first, Json::object(), DeliveryRun::Source::Puts, durable.options);
        run.runFor(seconds(400));
        EXPECT_EQ(joined(first), "a ");
    }
    Script second;
    DeliveryRun run(second, Json::object(), DeliveryRun::Source::Puts, durable.options);
    run.runFor(seconds(700)).close();
    EXPECT_EQ(joined(second), "b ");
}

TEST(Restart, ObjectsThatTheBucketDidNotTakeAreMadeAgain)
{
    Durable durable;
    Script first;
    first.batches = {{seconds(1), {"a "}}, {seconds(400), {"b "}}};
    first.bucket = [](Duration, const PutObject&) { return Outcome::Failed; };
    {
        DeliveryRun run(first, s3({{"CompressionFormat", "UNCOMPRESSED"}, {"S3BackupMode", "Enabled"}}),
                        DeliveryRun::Source::Puts, durable.options);
        run.runFor(seconds(800)).close();
        EXPECT_TRUE(first.stored().empty());
        EXPECT_NE(run.events().find("the next run goes on with them"), std::string::npos) << run.events();
    }
    Script second;
    DeliveryRun run(second, s3({{"S3BackupMode", "Enabled"}}), DeliveryRun::Source::Puts, durable.options);
    run.runFor(seconds(700)).close();
    EXPECT_EQ(joined(second), "a b ");
    EXPECT_EQ(joined(second, "backup"), "a b ");
}

TEST(Restart, WithoutADataDirectoryTheRunSaysWhatItLeaves)
{
    Script script;
    script.batches = {{seconds(1), {"abc"}}};
    DeliveryRun run(script, Json::object());
    run.runFor(seconds(10)).close();
    EXPECT_NE(run.events().find("3 bytes in buffers"), std::string::npos) << run.events();
    EXPECT_NE(run.events().find("without a data directory they end with the run"), std::string::npos) << run.events();
}

TEST(Restart, ThrottledRecordsAreNotInTheLog)
{
    Durable durable;
    Script first;
    std::vector<std::string> records;
    for (int i = 0; i < 10; ++i)
        records.push_back(std::to_string(i));
    first.batches = {{seconds(1), records}};
    {
        DeliveryRun run(first, {{"DirectPutRecordsPerSecond", 7}}, DeliveryRun::Source::Puts, durable.options);
        run.runFor(seconds(10));
        ASSERT_EQ(first.answers.size(), 1u);
        EXPECT_EQ(first.answers[0].receipt.exceptions.size(), 3u);
    }
    Script second;
    DeliveryRun run(second, Json::object(), DeliveryRun::Source::Puts, durable.options);
    run.runFor(seconds(700)).close();
    EXPECT_EQ(joined(second), "0123456");
}

} // namespace
} // namespace streamwright::firehose
