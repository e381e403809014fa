// SPDX-License-Identifier: GPL-3.0-or-later
// The queue in a pipeline, seen from its senders and workers.
#include <filesystem>
#include <set>

#include "tests/plugins/sqs/queue_workers.h"

namespace streamwright::sqs::test {
namespace {

using streamwright::test::openPipeline;
using streamwright::test::runPipeline;
using streamwright::test::sumOf;

// Sender "s" -> queue "q" -> worker "w"; more: further nodes, edges: further edges, each with a leading comma.
std::string pipeline(const std::string& messages, const std::string& queue, const std::string& worker = "{}",
                     const std::string& more = "", const std::string& edges = "", const std::string& edge = "{}")
{
    seen().clear();
    refusals().clear();
    return R"({"streamwright": 1, "name": "t", "nodes": [{"id": "s", "kind": "Test::Sender", "properties": {"Messages": )" +
           messages + R"(}}, {"id": "q", "kind": "AWS::SQS::Queue", "properties": )" + queue +
           R"(}, {"id": "w", "kind": "Test::Worker", "properties": )" + worker + "}" + more +
           R"(], "edges": [{"from": "s.out", "to": "q.in"}, {"from": "q.out", "to": "w.in", "properties": )" + edge +
           "}" + edges + "]}";
}

// Without a worker.
std::string senderAndQueue(const std::string& messages, const std::string& queue)
{
    seen().clear();
    refusals().clear();
    return R"({"streamwright": 1, "name": "t", "nodes": [{"id": "s", "kind": "Test::Sender", "properties": {"Messages": )" +
           messages + R"(}}, {"id": "q", "kind": "AWS::SQS::Queue", "properties": )" + queue +
           R"(}], "edges": [{"from": "s.out", "to": "q.in"}]})";
}

const std::string kDeadLetterQueue =
    R"(, {"id": "dead", "kind": "AWS::SQS::Queue", "properties": {"ReceiveMessageWaitTimeSeconds": 20}},
    {"id": "dw", "kind": "Test::Worker"})";
const std::string kDeadLetterEdges =
    R"(, {"from": "q.deadLetters", "to": "dead.in"}, {"from": "dead.out", "to": "dw.in"})";

std::vector<std::pair<std::string, double>> bodiesAndSeconds(const std::string& worker)
{
    std::vector<std::pair<std::string, double>> out;
    for (const Seen& one : seen()[worker])
        out.emplace_back(one.body, one.second);
    return out;
}
using Times = std::vector<std::pair<std::string, double>>;

double lastOf(Engine& engine, const std::string& node, const std::string& name)
{
    for (const MetricSnapshot& snapshot : engine.metrics().snapshot(MetricStore::Detail::WithHistory, node))
        if (snapshot.id.name == name) return snapshot.seconds.back().maximum;
    ADD_FAILURE() << "no metric " << name;
    return -1;
}

TEST(QueueInAPipeline, EveryMessageIsSentReceivedAndDeleted)
{
    auto engine = runPipeline(pipeline(R"([{"Count": 95}, {"At": 5, "Count": 5, "Body": "late"}])",
                                       R"({"ReceiveMessageWaitTimeSeconds": 20})"),
                              registry(), seconds(60));
    std::set<std::string> bodies;
    for (const Seen& one : seen()["w"]) {
        bodies.insert(one.body);
        EXPECT_EQ(one.receives, 1u);
        EXPECT_EQ(one.key, "k");
    }
    EXPECT_EQ(bodies.size(), 100u);
    EXPECT_EQ(seen()["w"].size(), 100u);
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfMessagesSent"), 100);
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfMessagesReceived"), 100);
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfMessagesDeleted"), 100);
    EXPECT_EQ(engine->metrics().total({"q", "", "NumberOfMessagesSent"}).sampleCount, 11u); // calls of at most 10
    EXPECT_EQ(engine->metrics().total({"q", "", "SentMessageSize"}).sampleCount, 100u);
    EXPECT_EQ(lastOf(*engine, "q", "ApproximateNumberOfMessagesNotVisible"), 0);
}

TEST(QueueInAPipeline, WorkerGetsTheServicesAttributesAndTheSenders)
{
    runPipeline(pipeline(R"([{"At": 1.5, "Colour": "red"}])", R"({"ReceiveMessageWaitTimeSeconds": 20})"), registry(),
                seconds(10));
    ASSERT_EQ(seen()["w"].size(), 1u);
    const std::string& extra = seen()["w"][0].extra;
    EXPECT_EQ(findAttribute(extra, "MessageId").value_or("").size(), 36u);
    EXPECT_EQ(findAttribute(extra, "ApproximateReceiveCount"), "1");
    EXPECT_EQ(findAttribute(extra, "SentTimestamp"),
              std::to_string(epochMilliseconds(EngineOptions::kDefaultStart) + 1500));
    EXPECT_EQ(findAttribute(extra, "Colour"), "red");
    EXPECT_FALSE(findAttribute(extra, "SequenceNumber"));
}

TEST(QueueInAPipeline, DelaySecondsOfARecord)
{
    runPipeline(pipeline(R"([{"Delay": "7"}, {"Body": "now"}, {"Body": "bad", "Delay": "soon"}])",
                         R"({"ReceiveMessageWaitTimeSeconds": 20})"),
                registry(), seconds(10));
    EXPECT_EQ(bodiesAndSeconds("w"), (Times{{"now", 0}, {"x", 7}}));
    EXPECT_EQ(refusals()["s"], std::vector<std::string>{"failed InvalidParameterValue"});
}

TEST(QueueInAPipeline, LongPollingDeliversAtOnceAndCountsEmptyReceivesByTheWaitTime)
{
    auto engine = runPipeline(pipeline(R"([{"At": 30.25}])", R"({"ReceiveMessageWaitTimeSeconds": 10})"), registry(),
                              seconds(60));
    EXPECT_EQ(bodiesAndSeconds("w"), (Times{{"x", 30.25}}));
    // Open since 0: empty at 10, 20, 30; again since 30.35: empty at 40.35, 50.35.
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfEmptyReceives"), 5);
}

TEST(QueueInAPipeline, ShortPollingFindsMessagesAtTheNextPoll)
{
    auto engine = runPipeline(pipeline(R"([{"At": 2.2}])", "{}", "{}", "", "", R"({"PollMilliseconds": 500})"),
                              registry(), milliseconds(3900));
    EXPECT_EQ(bodiesAndSeconds("w"), (Times{{"x", 2.5}}));
    // Empty at 0, 0.5, 1, 1.5, 2; after the work at 2.6, 3.1, 3.6.
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfEmptyReceives"), 8);
}

TEST(QueueInAPipeline, MessageComesBackWhileItsWorkerIsStillBusy)
{
    auto engine = runPipeline(pipeline("[{}]", R"({"ReceiveMessageWaitTimeSeconds": 20, "VisibilityTimeout": 30})",
                                       R"({"Batches": 2, "Milliseconds": 45000})"),
                              registry(), seconds(59));
    EXPECT_EQ(bodiesAndSeconds("w"), (Times{{"x", 0}, {"x", 30}}));
    ASSERT_EQ(seen()["w"].size(), 2u);
    EXPECT_EQ(seen()["w"][1].receives, 2u);
    // The receipt at 45 bears the older handle: the delete succeeds and deletes nothing.
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfMessagesDeleted"), 1);
    EXPECT_EQ(lastOf(*engine, "q", "ApproximateNumberOfMessagesNotVisible"), 1);
}

TEST(QueueInAPipeline, FailedIsLeftToTheVisibilityTimeoutAndThrottledIsVisibleAtOnce)
{
    runPipeline(pipeline(R"([{"Body": "bad"}])", R"({"ReceiveMessageWaitTimeSeconds": 20, "VisibilityTimeout": 10})",
                         R"({"FailBody": "bad"})"),
                registry(), seconds(25));
    EXPECT_EQ(bodiesAndSeconds("w"), (Times{{"bad", 0}, {"bad", 10}, {"bad", 20}}));
    runPipeline(pipeline(R"([{"Body": "busy"}])", R"({"ReceiveMessageWaitTimeSeconds": 20})",
                         R"({"ThrottleBody": "busy", "Milliseconds": 1000})"),
                registry(), milliseconds(2500));
    EXPECT_EQ(bodiesAndSeconds("w"), (Times{{"busy", 0}, {"busy", 1}, {"busy", 2}}));
}

TEST(QueueInAPipeline, PoisonMovesToTheDeadLetterQueueOnReceiveMaxReceiveCountPlusOne)
{
    auto engine = runPipeline(
        pipeline(
            R"([{"Body": "poison", "Colour": "red"}, {"Body": "good"}])",
            R"({"ReceiveMessageWaitTimeSeconds": 20, "VisibilityTimeout": 10, "RedrivePolicy": {"maxReceiveCount": 2}})",
            R"({"FailBody": "poison"})", kDeadLetterQueue, kDeadLetterEdges),
        registry(), seconds(60));
    EXPECT_EQ(bodiesAndSeconds("w"), (Times{{"poison", 0}, {"good", 0}, {"poison", 10}}));
    EXPECT_EQ(bodiesAndSeconds("dw"), (Times{{"poison", 20}}));
    const Seen& dead = seen()["dw"][0];
    EXPECT_EQ(findAttribute(dead.extra, "MessageId"), findAttribute(seen()["w"][0].extra, "MessageId"));
    EXPECT_EQ(findAttribute(dead.extra, "SentTimestamp"), findAttribute(seen()["w"][0].extra, "SentTimestamp"));
    EXPECT_EQ(findAttribute(dead.extra, "DeadLetterQueueSourceArn"), "arn:aws:sqs:us-east-1:000000000000:q");
    EXPECT_EQ(findAttribute(dead.extra, "Colour"), "red");
    EXPECT_EQ(dead.key, "k");
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfMessagesMovedToDeadLetterQueue"), 1);
    EXPECT_EQ(sumOf(*engine, "dead", "NumberOfDeadLettersReceived"), 1);
    EXPECT_EQ(sumOf(*engine, "dead", "NumberOfMessagesSent"), 0); // moves are no sends
    EXPECT_EQ(lastOf(*engine, "q", "ApproximateNumberOfMessagesNotVisible"), 0);
}

TEST(QueueInAPipeline, DeadLetterQueueOfTheOtherTypeTakesNothingAndTheMessageStays)
{
    const std::string fifoDead = R"(, {"id": "dead", "kind": "AWS::SQS::Queue", "properties": {"FifoQueue": true}})";
    auto engine = runPipeline(
        pipeline(
            "[{}]",
            R"({"ReceiveMessageWaitTimeSeconds": 20, "VisibilityTimeout": 1, "RedrivePolicy": {"maxReceiveCount": 1}})",
            R"({"FailBody": "x"})", fifoDead, R"(, {"from": "q.deadLetters", "to": "dead.in"})"),
        registry(), seconds(100));
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfMessagesMovedToDeadLetterQueue"), 0);
    EXPECT_EQ(lastOf(*engine, "q", "ApproximateNumberOfMessagesNotVisible"), 1);
    const auto events = engine->events().after(0);
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0].severity, Severity::Error);
    EXPECT_NE(events[0].message.find("same type"), std::string::npos) << events[0].message;
}

TEST(QueueInAPipeline, FifoKeepsTheOrderOfAGroupAmongManyWorkersAndRetries)
{
    std::string messages = "[";
    for (int i = 0; i < 60; ++i)
        messages += std::string(i ? "," : "") + R"({"At": )" + std::to_string(i * 0.1) + R"(, "Key": "g)" +
                    std::to_string(i % 3) + R"(", "Body": "m)" + std::to_string(100 + i) + "\"}";
    auto engine = runPipeline(
        pipeline(messages + "]",
                 R"({"FifoQueue": true, "ContentBasedDeduplication": true, "ReceiveMessageWaitTimeSeconds": 20,
                                       "VisibilityTimeout": 5, "RedrivePolicy": {"maxReceiveCount": 3}})",
                 R"({"Batches": 4, "BatchSize": 1, "Milliseconds": 300, "FailBody": "m130"})",
                 R"(, {"id": "dead", "kind": "AWS::SQS::Queue", "properties": {"FifoQueue": true}})",
                 R"(, {"from": "q.deadLetters", "to": "dead.in"})"),
        registry(), seconds(100));
    std::map<std::string, std::vector<std::string>> byGroup;
    for (const Seen& one : seen()["w"])
        byGroup[one.key].push_back(one.body);
    EXPECT_EQ(std::count(byGroup["g0"].begin(), byGroup["g0"].end(), "m130"), 3);
    for (auto& [group, bodies] : byGroup) {
        bodies.erase(std::unique(bodies.begin(), bodies.end()), bodies.end()); // retries of the head of the group
        EXPECT_EQ(bodies.size(), 20u) << group;
        EXPECT_TRUE(std::is_sorted(bodies.begin(), bodies.end())) << group;
    }
    EXPECT_EQ(sumOf(*engine, "dead", "NumberOfDeadLettersReceived"), 1);
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfMessagesDeleted"), 59);
}

TEST(QueueInAPipeline, FifoLateReceiptDeletesNothing)
{
    auto engine =
        runPipeline(pipeline(R"([{"Id": "1"}])",
                             R"({"FifoQueue": true, "ReceiveMessageWaitTimeSeconds": 20, "VisibilityTimeout": 30})",
                             R"({"Milliseconds": 45000})"),
                    registry(), seconds(100));
    EXPECT_EQ(bodiesAndSeconds("w"), (Times{{"x", 0}, {"x", 45}, {"x", 90}}));
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfMessagesDeleted"), 0);
}

TEST(QueueInAPipeline, FifoDropsDuplicatesForFiveMinutes)
{
    auto engine = runPipeline(pipeline(R"([{"Id": "d"}, {"At": 299, "Id": "d"}, {"At": 301, "Id": "d"}, {"At": 302}])",
                                       R"({"FifoQueue": true, "ReceiveMessageWaitTimeSeconds": 20})"),
                              registry(), seconds(400));
    EXPECT_EQ(bodiesAndSeconds("w"), (Times{{"x", 0}, {"x", 301}}));
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfMessagesSent"), 2);
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfDeduplicatedSentMessages"), 1);
    EXPECT_EQ(refusals()["s"], std::vector<std::string>{"failed InvalidParameterValue"}); // no deduplication id
}

TEST(QueueInAPipeline, FifoThrottlesAbove300CallsASecondAndWorkersKeepWithinIt)
{
    const std::string fifo =
        R"({"FifoQueue": true, "ContentBasedDeduplication": true, "ReceiveMessageWaitTimeSeconds": 20})";
    auto engine =
        runPipeline(pipeline(R"([{"Count": 3500}])", fifo, R"({"Batches": 1000, "BatchSize": 1, "Milliseconds": 0})"),
                    registry(), seconds(60));
    EXPECT_EQ(refusals()["s"].size(), 500u);
    EXPECT_EQ(refusals()["s"][0], "throttled RequestThrottled");
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfMessagesSent"), 3000);
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfMessagesDeleted"), 3000);
    EXPECT_GT(sumOf(*engine, "q", "ThrottledRequests"), 50);
    EXPECT_NEAR(seen()["w"].back().second, (3000 - 300) / 300.0,
                0.1); // single receives: 300 a second after a burst of 300
}

TEST(QueueInAPipeline, RefusalsNameTheRule)
{
    auto engine = runPipeline(
        pipeline(R"([{"Padding": 2000}, {"Body": "\u0001"}, {"Id": "d"}])", R"({"MaximumMessageSize": 1024})"),
        registry(), seconds(5));
    EXPECT_EQ(refusals()["s"],
              (std::vector<std::string>{"failed InvalidParameterValue", "failed InvalidMessageContents",
                                        "failed InvalidParameterValue"}));
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfMessagesRejected"), 3);
}

TEST(QueueInAPipeline, LargeMessagesAreSplitIntoCallsOf1MiB)
{
    auto engine =
        runPipeline(pipeline(R"([{"Count": 10, "Padding": 300000}])", R"({"ReceiveMessageWaitTimeSeconds": 20})"),
                    registry(), seconds(5));
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfMessagesSent"), 10);
    EXPECT_EQ(engine->metrics().total({"q", "", "NumberOfMessagesSent"}).sampleCount, 4u);
}

TEST(QueueInAPipeline, RetentionLosesWhatNobodyDeletes)
{
    auto engine =
        runPipeline(senderAndQueue(R"([{"Count": 7}, {"At": 100, "Count": 3}])", R"({"MessageRetentionPeriod": 60})"),
                    registry(), seconds(120));
    EXPECT_EQ(sumOf(*engine, "q", "MessagesLostToRetention"), 7);
    EXPECT_EQ(lastOf(*engine, "q", "ApproximateNumberOfMessagesVisible"), 3);
}

TEST(QueueInAPipeline, OldestAgeGrowsWhileNothingHappensAndAnEmptyQueueCostsNothing)
{
    auto engine = runPipeline(senderAndQueue("[{}]", "{}"), registry(), std::chrono::hours(2));
    EXPECT_NEAR(lastOf(*engine, "q", "ApproximateAgeOfOldestMessage"), 7200, 61);
    EXPECT_LT(engine->ticks(), 150u);
    auto empty = runPipeline(senderAndQueue("[]", "{}"), registry(), std::chrono::hours(24 * 365));
    EXPECT_LT(empty->ticks(), 10u);
}

TEST(QueueInAPipeline, PropertyEditsTakeEffectWhileRunning)
{
    auto engine = openPipeline(pipeline(R"([{"Body": "bad"}])",
                                        R"({"ReceiveMessageWaitTimeSeconds": 20, "VisibilityTimeout": 10})",
                                        R"({"FailBody": "bad"})"),
                               registry());
    ASSERT_TRUE(engine->runFor(seconds(5)));
    EXPECT_TRUE(engine->edit("q", {{"ReceiveMessageWaitTimeSeconds", 20}, {"VisibilityTimeout", 100}}).empty());
    EXPECT_FALSE(engine->edit("q", {{"VisibilityTimeout", 43201}}).empty());
    ASSERT_TRUE(engine->runFor(seconds(200)));
    EXPECT_EQ(bodiesAndSeconds("w"), (Times{{"bad", 0}, {"bad", 10}, {"bad", 110}}));
    const auto refused = engine->edit("q", {{"FifoQueue", true}});
    ASSERT_FALSE(refused.empty());
    EXPECT_EQ(refused.front().place, "/FifoQueue");
}

TEST(QueueInAPipeline, VisibilityTimeoutZeroAndFullDisorderComeToAnEnd)
{
    for (const char* queue : {R"({"VisibilityTimeout": 0})", R"({"Disorder": 1})"}) {
        auto engine = runPipeline(pipeline(R"([{"Count": 20}])", queue, R"({"Batches": 1000000, "Milliseconds": 0})"),
                                  registry(), seconds(5));
        EXPECT_GE(seen()["w"].size(), 20u);
        EXPECT_EQ(lastOf(*engine, "q", "ApproximateNumberOfMessagesVisible"), 0) << queue;
    }
}

TEST(QueueInAPipeline, WorkersOnTwoEdgesShareTheMessages)
{
    runPipeline(pipeline(R"([{"Count": 100}])", R"({"ReceiveMessageWaitTimeSeconds": 20})", "{}",
                         R"(, {"id": "v", "kind": "Test::Worker"})", R"(, {"from": "q.out", "to": "v.in"})"),
                registry(), seconds(30));
    EXPECT_EQ(seen()["w"].size() + seen()["v"].size(), 100u);
    EXPECT_NEAR(static_cast<double>(seen()["v"].size()), 50, 10);
}

TEST(QueueInAPipeline, SameSeedSameDigestAtAnyThreadCount)
{
    const std::string text =
        pipeline(R"([{"Count": 500}, {"At": 1, "Count": 500, "Body": "y"}, {"At": 20, "Count": 300, "Body": "z"}])",
                 R"({"Disorder": 0.1, "VisibilityTimeout": 3, "RedrivePolicy": {"maxReceiveCount": 3}})",
                 R"({"Batches": 20, "FailBody": "y7"})", kDeadLetterQueue, kDeadLetterEdges);
    const auto digest = [&](unsigned threads, std::uint64_t seed) {
        EngineOptions options;
        options.threads = threads;
        options.seed = seed;
        return runPipeline(text, registry(), seconds(60), options)->digest();
    };
    const std::string one = digest(1, 7);
    EXPECT_EQ(digest(2, 7), one);
    EXPECT_EQ(digest(8, 7), one);
    EXPECT_NE(digest(1, 8), one);
}

TEST(QueueInAPipeline, MovesByArnAreTheSameAtAnyThreadCount)
{
    const std::string source = R"({"VisibilityTimeout": 1, "RedrivePolicy": {"maxReceiveCount": 1,
        "deadLetterTargetArn": "arn:aws:sqs:us-east-1:000000000000:dead"}})";
    const std::string messages =
        R"([{"Count": 700}, {"At": 1, "Count": 700, "Body": "y"}, {"At": 2, "Count": 700, "Body": "z"}])";
    const std::string silent = R"({"Batches": 1000, "Silent": true})";
    const std::string text = pipeline(
        messages, source, silent,
        R"(, {"id": "s2", "kind": "Test::Sender", "properties": {"Messages": )" + messages +
            R"(}}, {"id": "q2", "kind": "AWS::SQS::Queue", "properties": )" + source +
            R"(}, {"id": "w2", "kind": "Test::Worker", "properties": )" + silent +
            R"(}, {"id": "s3", "kind": "Test::Sender", "properties": {"Messages": )" + messages +
            R"(}}, {"id": "dead", "kind": "AWS::SQS::Queue", "properties": {"Disorder": 0.1}}, {"id": "dw", "kind": "Test::Worker"})",
        R"(, {"from": "s2.out", "to": "q2.in"}, {"from": "q2.out", "to": "w2.in"}, {"from": "s3.out", "to": "dead.in"},
           {"from": "dead.out", "to": "dw.in"})");
    const auto digest = [&](unsigned threads) {
        for (const char* worker : {"w", "w2", "dw"})
            seen()[worker].clear(); // made here, not by the workers' threads
        EngineOptions options;
        options.threads = threads;
        auto engine = runPipeline(text, registry(), seconds(60), options);
        EXPECT_EQ(sumOf(*engine, "dead", "NumberOfDeadLettersReceived"), 4200);
        return engine->digest();
    };
    const std::string one = digest(1);
    EXPECT_EQ(digest(2), one);
    EXPECT_EQ(digest(8), one);
}

TEST(QueueInAPipeline, KilledRunGoesOnWhereItWas)
{
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("sw-queue-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    EngineOptions options;
    options.dataDirectory = folder.string();
    const std::string queue =
        R"({"FifoQueue": true, "ContentBasedDeduplication": true, "ReceiveMessageWaitTimeSeconds": 20, "VisibilityTimeout": 60})";
    {
        // Five are worked on and deleted, five are in flight when the run is killed, the rest waits.
        auto engine = openPipeline(
            pipeline(R"([{"Count": 25, "Body": "m"}])", queue, R"({"BatchSize": 5, "Milliseconds": 10000})"),
            registry(), options);
        ASSERT_TRUE(engine && engine->runFor(seconds(15)));
        EXPECT_EQ(sumOf(*engine, "q", "NumberOfMessagesDeleted"), 5);
        // No close: everything acknowledged is on disk already.
    }
    const std::vector<Seen> before = seen()["w"];
    auto engine = runPipeline(pipeline(R"([{"Count": 25, "Body": "m"}])", queue), registry(), seconds(120), options);
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfMessagesSent"), 0); // the deduplication window has survived
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfDeduplicatedSentMessages"), 25);
    const std::vector<Seen>& after = seen()["w"];
    ASSERT_EQ(before.size(), 10u);
    ASSERT_EQ(after.size(), 20u); // one group: nothing before those in flight time out
    EXPECT_GE(after[0].second, 54); // received at 10 in the first run, the second began after 10 and before 16
    EXPECT_LE(after[0].second, 60);
    for (std::size_t i = 0; i < 20; ++i) {
        EXPECT_EQ(after[i].body, "m" + std::to_string(5 + i));
        EXPECT_EQ(after[i].receives, i < 5 ? 2u : 1u);
    }
    for (std::size_t i = 0; i < 5; ++i)
        EXPECT_EQ(findAttribute(after[i].extra, "MessageId"), findAttribute(before[5 + i].extra, "MessageId"));
    engine.reset();
    std::filesystem::remove_all(folder);
}

TEST(QueueInAPipeline, DeadLettersSurviveAKill)
{
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("sw-dead-" + std::to_string(::getpid()));
    EngineOptions options;
    options.dataDirectory = folder.string();
    const std::string queue =
        R"({"ReceiveMessageWaitTimeSeconds": 20, "VisibilityTimeout": 10, "RedrivePolicy": {"maxReceiveCount": 1}})";
    const auto text = [&](const std::string& messages) {
        return pipeline(messages, queue, R"({"FailBody": "x"})", R"(, {"id": "dead", "kind": "AWS::SQS::Queue"})",
                        R"(, {"from": "q.deadLetters", "to": "dead.in"})");
    };
    for (const int stop : {9'999'999, 10'000'000, 10'000'001}) {
        std::filesystem::remove_all(folder);
        {
            auto engine = openPipeline(text("[{}]"), registry(), options);
            ASSERT_TRUE(engine && engine->runFor(Duration(stop)));
        }
        auto engine = runPipeline(text("[]"), registry(), seconds(60), options);
        EXPECT_EQ(lastOf(*engine, "dead", "ApproximateNumberOfMessagesVisible"), 1) << stop;
        EXPECT_EQ(lastOf(*engine, "q", "ApproximateNumberOfMessagesNotVisible"), 0) << stop;
    }
    std::filesystem::remove_all(folder);
}

} // namespace
} // namespace streamwright::sqs::test
