// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/consumer_settings.h"
#include "tests/plugins/producers/stand_ins.h"

namespace streamwright::producers {
namespace {

using test::kRunStart;
using test::PairRun;

PairRun consume(Json properties, Json shards, const EngineOptions& options = {})
{
    return {"Test::Shards", std::move(shards), "Local::Consumer", std::move(properties), options};
}
PairRun consumeQueue(Json properties, Json queue)
{
    return {"Test::Messages", std::move(queue), "Local::Consumer", std::move(properties)};
}

TEST(Consumer, WithoutWorkTimeEverythingIsDoneAtOnce)
{
    PairRun run = consume({{"BatchSize", 30}}, {{"Lanes", 4}, {"Records", 100}});
    run.runFor(milliseconds(1));
    EXPECT_EQ(run.sum("RecordsProcessed"), 400);
    EXPECT_EQ(run.metric("RecordsProcessed").maximum, 30);
    EXPECT_EQ(run.seen.receipts.size(), 16u);
    for (const auto& [at, receipt] : run.seen.receipts)
        EXPECT_TRUE(receipt.outcome == Outcome::Accepted && receipt.exceptions.empty());
    EXPECT_EQ(run.metric("BusyWorkers").maximum, 0);
}

TEST(Consumer, AWorkerTakesOneBatchAtATimeForItsRecordsTime)
{
    PairRun run = consume({{"BatchSize", 10}, {"MillisecondsPerRecord", 100}}, {{"Lanes", 3}, {"Records", 10}});
    run.runFor(seconds(10));
    ASSERT_EQ(run.seen.receipts.size(), 3u);
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(run.seen.receipts[static_cast<std::size_t>(i)].first, kRunStart + seconds(i + 1));
    EXPECT_EQ(run.metric("BusyWorkers").maximum, 1);
    EXPECT_EQ(run.metric("IteratorAgeMilliseconds").maximum, 3000);
}

TEST(Consumer, MoreWorkersThanShardsBringNothing)
{
    const auto time = [](int workers) {
        PairRun run = consume({{"BatchSize", 10}, {"MillisecondsPerRecord", 10}, {"Workers", workers}},
                              {{"Lanes", 4}, {"Records", 100}});
        run.runFor(seconds(60));
        EXPECT_EQ(run.sum("RecordsProcessed"), 400);
        return run.seen.receipts.back().first - kRunStart;
    };
    EXPECT_EQ(time(1), seconds(4));
    EXPECT_EQ(time(2), seconds(2));
    EXPECT_EQ(time(4), seconds(1));
    EXPECT_EQ(time(40), seconds(1));
}

TEST(Consumer, EveryShardHasItsTurnAndKeepsItsOrder)
{
    PairRun run = consume({{"BatchSize", 10}, {"MillisecondsPerRecord", 1}}, {{"Lanes", 3}, {"Records", 30}});
    run.runFor(seconds(10));
    std::vector<Lane> lanes;
    for (const auto& [at, lane] : run.seen.sent)
        lanes.push_back(lane);
    EXPECT_EQ(lanes, (std::vector<Lane>{0, 1, 2, 0, 1, 2, 0, 1, 2}));
}

TEST(Consumer, LagComesOutAsMetrics)
{
    PairRun run =
        consume({{"BatchSize", 10}, {"MillisecondsPerRecord", 100}}, {{"Lanes", 1}, {"Records", 40}, {"Lost", 7}});
    run.runFor(seconds(60));
    EXPECT_EQ(run.metric("RecordsBehind").maximum, 30);
    EXPECT_EQ(run.metric("RecordsBehind").minimum, 0);
    EXPECT_EQ(run.metric("MillisBehindLatest").maximum, 2000); // 3 s behind would be the tip: nothing left
    EXPECT_EQ(run.sum("RecordsLostToRetention"), 7);
}

TEST(Consumer, APoisonRecordHoldsUpItsShardForEver)
{
    PairRun run = consume({{"BatchSize", 10}, {"PoisonKey", "k15"}, {"Workers", 4}}, {{"Lanes", 2}, {"Records", 30}});
    run.runFor(std::chrono::hours(1));
    EXPECT_EQ(run.sum("RecordsProcessed"), 30); // 15 of each shard
    EXPECT_GT(run.sum("ProcessingFailures"), 2 * 55);
    EXPECT_LT(run.sum("ProcessingFailures"), 2 * 130); // the back-off ends at half to one minute
    EXPECT_EQ(run.seen.receipts.size(), 2u);
    EXPECT_EQ(run.sum("RecordsSkipped"), 0);
    ASSERT_FALSE(run.events().empty());
    EXPECT_EQ(run.events()[0], "a record with the key k15 failed 5 times and holds up its shard");
}

TEST(Consumer, AfterMaxAttemptsARecordIsSkipped)
{
    PairRun run =
        consume({{"BatchSize", 10}, {"PoisonKey", "k9"}, {"Retry", {{"MaxAttempts", 3}, {"BaseMilliseconds", 1000}}}},
                {{"Records", 30}});
    run.runFor(seconds(60));
    EXPECT_EQ(run.sum("RecordsProcessed"), 29);
    EXPECT_EQ(run.sum("RecordsSkipped"), 1);
    EXPECT_EQ(run.sum("ProcessingFailures"), 3);
    const Duration first = run.seen.receipts[0].first - kRunStart; // half to all of 1 s, then of 2 s
    EXPECT_GE(first, milliseconds(1500));
    EXPECT_LE(first, milliseconds(3001));
}

TEST(Consumer, ABackOffKeepsNoWorkerBusy)
{
    PairRun run = consume({{"BatchSize", 10},
                           {"PoisonKey", "k0"},
                           {"MillisecondsPerRecord", 10},
                           {"Retry", {{"MaxAttempts", 2}, {"BaseMilliseconds", 10'000}}}},
                          {{"Lanes", 2}, {"Records", 10}});
    run.runFor(milliseconds(100));
    EXPECT_EQ(run.sum("ProcessingFailures"), 2); // both shards had their try, 10 ms each
}

TEST(Consumer, FailuresFollowTheirRate)
{
    PairRun run =
        consume({{"FailureRate", 0.1}, {"Retry", {{"BaseMilliseconds", 1}}}}, {{"Lanes", 10}, {"Records", 2000}});
    run.runFor(std::chrono::hours(1));
    EXPECT_EQ(run.sum("RecordsProcessed"), 20'000);
    EXPECT_NEAR(run.sum("ProcessingFailures"), 20'000 / 9.0, 200); // each attempt fails with 0.1
}

TEST(Consumer, AggregatesAreTakenApart)
{
    PairRun run = consume({{"BatchSize", 10}, {"MillisecondsPerRecord", 1}}, {{"Records", 20}, {"Packed", 50}});
    run.runFor(seconds(10));
    EXPECT_EQ(run.sum("RecordsProcessed"), 1000);
    ASSERT_EQ(run.seen.receipts.size(), 2u); // a batch is ten of the stream's records
    EXPECT_EQ(run.seen.receipts[0].first, kRunStart + milliseconds(500));
    EXPECT_EQ(run.metric("IteratorAgeMilliseconds").maximum, 1000);
}

TEST(Consumer, AggregatesStayWholeWhereThatIsWanted)
{
    PairRun run = consume({{"Deaggregate", false}}, {{"Records", 20}, {"Packed", 50}});
    run.runFor(seconds(10));
    EXPECT_EQ(run.sum("RecordsProcessed"), 20);
}

TEST(Consumer, AnAggregateOfNothingIsPassedOver)
{
    for (const char* shape : {"in a batch", "alone in its batch"}) {
        const int size = std::string(shape) == "in a batch" ? 10 : 1;
        for (const int packed : {0, 5}) {
            PairRun run = consume({{"BatchSize", size}, {"MillisecondsPerRecord", 1}},
                                  {{"Records", 30}, {"Packed", packed}, {"Empty", 12}});
            run.runFor(seconds(10));
            EXPECT_EQ(run.sum("RecordsProcessed"), 29 * std::max(1, packed)) << shape;
            EXPECT_EQ(run.sum("RecordsSkipped"), 0) << shape;
            ASSERT_EQ(run.seen.receipts.size(), static_cast<std::size_t>(30 / size)) << shape;
            for (const auto& [at, receipt] : run.seen.receipts)
                EXPECT_TRUE(receipt.outcome == Outcome::Accepted && receipt.exceptions.empty()) << shape;
        }
    }
}

TEST(Consumer, AUserRecordMayBePoison)
{
    PairRun run = consume({{"PoisonKey", "u7"}, {"Retry", {{"MaxAttempts", 1}}}}, {{"Records", 20}, {"Packed", 50}});
    run.runFor(seconds(60));
    EXPECT_EQ(run.sum("RecordsSkipped"), 20);
    EXPECT_EQ(run.sum("RecordsProcessed"), 980);
}

TEST(Consumer, OfAQueueFailedMessagesComeBackAndBlockNothing)
{
    PairRun run = consumeQueue({{"PoisonKey", "k3"}, {"Workers", 2}, {"MillisecondsPerRecord", 10}}, {{"Records", 25}});
    run.runFor(seconds(100));
    EXPECT_EQ(run.sum("RecordsProcessed"), 24);
    EXPECT_EQ(run.sum("ProcessingFailures"), 4); // at 0, 30, 60 and 90 s
    ASSERT_GE(run.seen.receipts.size(), 3u);
    EXPECT_EQ(run.seen.receipts[0].first, kRunStart + milliseconds(100)); // ten messages
    ASSERT_EQ(run.seen.receipts[0].second.exceptions.size(), 1u);
    EXPECT_EQ(run.seen.receipts[0].second.exceptions[0].index, 3u);
    EXPECT_EQ(run.seen.receipts[0].second.exceptions[0].outcome, Outcome::Failed);
    // No more is received than workers are free for.
    EXPECT_EQ(run.seen.sent[0].first, kRunStart);
    EXPECT_EQ(run.seen.sent[1].first, kRunStart);
    EXPECT_EQ(run.seen.sent[2].first, kRunStart + milliseconds(100));
}

TEST(Consumer, PausedUntilTakesNothingBefore)
{
    for (const Json& until : {Json(5), Json(isoTime(kRunStart + seconds(5)))}) {
        PairRun run = consume({{"PausedUntil", until}}, {{"Records", 10}});
        run.runFor(milliseconds(4999));
        EXPECT_TRUE(run.seen.sent.empty());
        run.runFor(seconds(1));
        EXPECT_EQ(run.sum("RecordsProcessed"), 10);
        EXPECT_EQ(run.seen.sent[0].first, kRunStart + seconds(5));
    }
}

TEST(Consumer, AScheduleWorksOnlyInItsHoursAndHandsBackWhatWaits)
{
    // 10 s of work in each 60; a batch takes 3 s, so four are begun in each period.
    PairRun run = consume(
        {{"BatchSize", 10}, {"MillisecondsPerRecord", 300}, {"Schedule", {{"EverySeconds", 60}, {"ForSeconds", 10}}}},
        {{"Lanes", 2}, {"Records", 40}});
    run.runFor(seconds(300));
    std::vector<std::int64_t> accepted, handedBack;
    for (const auto& [at, receipt] : run.seen.receipts)
        (receipt.outcome == Outcome::Accepted ? accepted : handedBack).push_back((at - kRunStart) / seconds(1));
    EXPECT_EQ(accepted, (std::vector<std::int64_t>{3, 6, 9, 12, 63, 66, 69, 72}));
    EXPECT_EQ(handedBack, (std::vector<std::int64_t>{10}));
    EXPECT_EQ(run.sum("RecordsProcessed"), 80);
}

TEST(Consumer, WorkingHours)
{
    const WorkingHours hours({{"PausedUntil", 130}, {"Schedule", {{"EverySeconds", 60}, {"ForSeconds", 20}}}},
                             kRunStart);
    EXPECT_FALSE(hours.workAt(kRunStart));
    EXPECT_EQ(hours.nextChange(kRunStart), kRunStart + seconds(130));
    EXPECT_TRUE(hours.workAt(kRunStart + seconds(130)));
    EXPECT_EQ(hours.nextChange(kRunStart + seconds(130)), kRunStart + seconds(140));
    EXPECT_FALSE(hours.workAt(kRunStart + seconds(140)));
    EXPECT_EQ(hours.nextChange(kRunStart + seconds(140)), kRunStart + seconds(180));
    const WorkingHours late({{"PausedUntil", 150}, {"Schedule", {{"EverySeconds", 60}, {"ForSeconds", 20}}}},
                            kRunStart);
    EXPECT_EQ(late.nextChange(kRunStart), kRunStart + seconds(180));
    const WorkingHours always(Json::object(), kRunStart);
    EXPECT_TRUE(always.workAt(kRunStart));
    EXPECT_EQ(always.nextChange(kRunStart), kNever);
    EXPECT_EQ(WorkingHours({{"Schedule", {{"EverySeconds", 60}, {"ForSeconds", 60}}}}, kRunStart).nextChange(kRunStart),
              kNever);
}

TEST(Consumer, EditsTakeEffectAtOnce)
{
    PairRun run = consume({{"BatchSize", 10}, {"MillisecondsPerRecord", 1000}}, {{"Lanes", 4}, {"Records", 10}});
    run.runFor(seconds(5));
    run.edit({{"BatchSize", 10}, {"MillisecondsPerRecord", 100}, {"Workers", 4}});
    run.runFor(seconds(2));
    ASSERT_EQ(run.seen.receipts.size(), 4u);
    EXPECT_EQ(run.seen.receipts[0].first, kRunStart + milliseconds(5500)); // 5 s of work left, ten times as fast
    EXPECT_EQ(run.seen.receipts[3].first, kRunStart + seconds(6));
    EXPECT_EQ(run.metric("BusyWorkers").maximum, 4);
    EXPECT_EQ(run.sum("RecordsProcessed"), 40);
}

TEST(Consumer, FaultyPropertiesAreRefused)
{
    test::Seen seen;
    const Registry registry = test::registryWith(seen);
    const auto place = [&](const Json& properties) {
        Json file = {{"streamwright", 1}, {"name", "x"}};
        file["nodes"] = Json::array({{{"id", "n"}, {"kind", "Local::Consumer"}, {"properties", properties}}});
        const auto problems = checkPipeline(readPipeline(file.dump()).pipeline, registry, "").problems;
        EXPECT_EQ(problems.size(), 1u) << properties.dump();
        return problems.empty() ? "" : problems[0].place;
    };
    EXPECT_EQ(place({{"PausedUntil", "tomorrow"}}), "/nodes/0/properties/PausedUntil");
    EXPECT_EQ(place({{"PausedUntil", true}}), "/nodes/0/properties/PausedUntil");
    EXPECT_EQ(place({{"StartPosition", "AT_TIMESTAMP"}}), "/nodes/0/properties/Timestamp");
    EXPECT_EQ(place({{"Schedule", {{"EverySeconds", 10}, {"ForSeconds", 20}}}}),
              "/nodes/0/properties/Schedule/ForSeconds");
    EXPECT_EQ(place({{"FailureRate", 1.5}}), "/nodes/0/properties/FailureRate");
}

TEST(Consumer, SameSeedSameDigestAtAnyThreadCount)
{
    const auto digest = [](unsigned threads, std::uint64_t seed) {
        EngineOptions options;
        options.threads = threads;
        options.seed = seed;
        PairRun run = consume({{"BatchSize", 50},
                               {"MillisecondsPerRecord", 0.5},
                               {"Workers", 3},
                               {"FailureRate", 0.05},
                               {"Retry", {{"MaxAttempts", 2}}}},
                              {{"Lanes", 8}, {"Records", 500}}, options);
        run.runFor(seconds(20));
        EXPECT_TRUE(run.engine->close());
        EXPECT_GT(run.sum("RecordsSkipped"), 0);
        return run.engine->digest();
    };
    const std::string one = digest(1, 5);
    EXPECT_EQ(digest(2, 5), one);
    EXPECT_EQ(digest(8, 5), one);
    EXPECT_NE(digest(1, 6), one);
}

} // namespace
} // namespace streamwright::producers
