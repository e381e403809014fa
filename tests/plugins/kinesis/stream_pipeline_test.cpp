// SPDX-License-Identifier: GPL-3.0-or-later
// The stream in a pipeline, seen from its consumers.
#include <filesystem>
#include <set>

#include "tests/support/pipeline_run.h"
#include "tests/support/test_operators.h"

namespace streamwright::kinesis {

void registerPlugin(Registry& registry);

namespace {

using test::runPipeline;
using test::sumOf;

// What consumers saw, by consumer: key -> record numbers in the order of arrival.
using Seen = std::map<std::string, std::map<std::string, std::vector<int>>>;
Seen& seen()
{
    static Seen all;
    return all;
}

// Remembers what it takes; "DelayMilliseconds" before it answers, "From" the start position.
class Reader : public Operator {
public:
    explicit Reader(const NodeSetup& setup) : id_(setup.id), properties_(setup.properties) { }
    Result<void> open(Context& context) override
    {
        Subscription subscription;
        subscription.window.batchesPerLane = 1;
        if (properties_.at("From") == "LATEST") subscription.start.kind = StartPosition::Kind::Latest;
        if (properties_.at("From") == "2s")
            subscription.start = {StartPosition::Kind::AtTime, context.now() + seconds(2)};
        asleepUntil_ = context.now() + seconds(properties_.at("AsleepSeconds").get<std::int64_t>());
        if (asleepUntil_ <= context.now() || properties_.at("From") != "LATEST") {
            Subscription asleep = subscription;
            if (asleepUntil_ > context.now()) asleep.window.batches = 0;
            context.inlets("in").front()->subscribe(asleep);
        }
        awake_ = subscription;
        context.wakeAt(asleepUntil_);
        return {};
    }
    void step(Context& context) override
    {
        Inlet& inlet = *context.inlets("in").front();
        if (awake_ && context.now() >= asleepUntil_) {
            inlet.subscribe(*awake_);
            awake_.reset();
        }
        for (Delivery& delivery : inlet.takeDeliveries()) {
            for (const Record& record : delivery.batch->records()) {
                seen()[id_][std::string(record.key)].push_back(std::stoi(std::string(record.data.substr(7))));
                context.delivered(record);
            }
            context.metric("Lost").record(static_cast<double>(delivery.lost));
            context.metric("Records").record(static_cast<double>(delivery.batch->size()));
            waiting_.push_back(
                {context.now() + milliseconds(properties_.at("DelayMilliseconds").get<std::int64_t>()), delivery.id});
        }
        while (!waiting_.empty() && waiting_.front().first <= context.now()) {
            inlet.answer({waiting_.front().second, Outcome::Accepted, {}, ""});
            waiting_.pop_front();
        }
        if (!waiting_.empty()) context.wakeAt(waiting_.front().first);
        if (awake_) context.wakeAt(asleepUntil_);
    }
    Result<void> apply(Context&, const Json&) override { return {}; }

private:
    const std::string id_;
    const Json properties_;
    Time asleepUntil_{};
    std::optional<Subscription> awake_;
    std::deque<std::pair<Time, DeliveryId>> waiting_;
};

const Registry& registry()
{
    static const Registry made = [] {
        static const std::string_view kReader[] = {
            R"({"kind": "Test::Reader", "title": "", "family": "", "icon": "", "help": "",
            "ports": [{"name": "in", "direction": "in", "accepts": ["shards"]}],
            "fields": [{"name": "DelayMilliseconds", "type": "integer", "default": 0}, {"name": "AsleepSeconds", "type": "integer", "default": 0},
                       {"name": "From", "type": "string", "default": "TRIM_HORIZON"}],
            "metrics": [{"name": "Lost", "unit": "Count"}, {"name": "Records", "unit": "Count"}]})"};
        Registry registry;
        test::addTestKinds(registry);
        registerPlugin(registry);
        registry.addKind(kReader, "Test::Reader",
                         [](const NodeSetup& setup) { return std::make_unique<Reader>(setup); });
        return registry;
    }();
    return made;
}

std::string pipeline(const std::string& source, const std::string& stream, const std::string& reader,
                     const std::string& edge = "{}")
{
    seen().clear();
    return R"({"streamwright": 1, "name": "t", "nodes": [{"id": "p", "kind": "Test::Source", "properties": )" + source +
           R"(}, {"id": "s", "kind": "AWS::Kinesis::Stream", "properties": )" + stream +
           R"(}, {"id": "c", "kind": "Test::Reader", "properties": )" + reader +
           R"(}], "edges": [{"from": "p.out", "to": "s.in"}, {"from": "s.out", "to": "c.in", "properties": )" + edge +
           "}]}";
}

// Every key's records came in the order they were sent, all of them once.
void expectCompleteAndInOrder(const std::string& consumer, std::size_t records)
{
    std::set<int> all;
    for (const auto& [key, numbers] : seen()[consumer]) {
        EXPECT_TRUE(std::is_sorted(numbers.begin(), numbers.end())) << key;
        all.insert(numbers.begin(), numbers.end());
    }
    std::size_t count = 0;
    for (const auto& [key, numbers] : seen()[consumer])
        count += numbers.size();
    EXPECT_EQ(count, records);
    EXPECT_EQ(all.size(), records);
}

TEST(StreamInAPipeline, DeliversEveryRecordOnceAndInOrderPerKey)
{
    auto engine = runPipeline(pipeline(R"({"Size": 100, "Batches": 100})", R"({"ShardCount": 4})", "{}"), registry(),
                              seconds(60));
    expectCompleteAndInOrder("c", 10'000);
    EXPECT_EQ(sumOf(*engine, "s", "IncomingRecords"), 10'000);
    EXPECT_EQ(sumOf(*engine, "s", "GetRecords.Records"), 10'000);
    EXPECT_GT(sumOf(*engine, "s", "IncomingRecords", "shardId-000000000003"), 1000);
    EXPECT_EQ(sumOf(*engine, "s", "WriteProvisionedThroughputExceeded"), 0);
}

TEST(StreamInAPipeline, ReshardingHandsOverFromParentToChildInOrder)
{
    // The reader is slow: parents are still being read long after their children have data.
    const std::string stream = R"({"ShardCount": 2, "Resharding": [
        {"AtSeconds": 2, "Action": "SplitShard", "ShardId": "shardId-000000000000"},
        {"AtSeconds": 4, "Action": "MergeShards", "ShardId": "shardId-000000000003", "AdjacentShardId": "shardId-000000000001"},
        {"AtSeconds": 6, "Action": "UpdateShardCount", "TargetShardCount": 4}]})";
    auto engine =
        runPipeline(pipeline(R"({"Size": 100, "Batches": 100, "Keys": 50})", stream, R"({"DelayMilliseconds": 4000})"),
                    registry(), seconds(600));
    expectCompleteAndInOrder("c", 10'000);
    EXPECT_GT(engine->metrics().total({"s", "shardId-000000000004", "IncomingRecords"}).sum, 0);
}

TEST(StreamInAPipeline, EnhancedFanOutPushesWithoutPolling)
{
    auto engine = runPipeline(
        pipeline(R"({"Size": 10, "Batches": 100})", R"({"ShardCount": 2})", "{}", R"({"EnhancedFanOut": true})"),
        registry(), seconds(60));
    expectCompleteAndInOrder("c", 1000);
    EXPECT_EQ(sumOf(*engine, "s", "SubscribeToShardEvent.Records", "c"), 1000);
    EXPECT_EQ(sumOf(*engine, "s", "GetRecords.Records"), 0);
    EXPECT_EQ(engine->metrics().total({"s", "", "GetRecords.Success"}).sampleCount, 0u);
}

TEST(StreamInAPipeline, EnhancedFanOutSurvivesResharding)
{
    const std::string stream =
        R"({"ShardCount": 1, "Resharding": [{"AtSeconds": 2, "Action": "UpdateShardCount", "TargetShardCount": 2}]})";
    runPipeline(pipeline(R"({"Size": 10, "Batches": 100})", stream, R"({"DelayMilliseconds": 1500})",
                         R"({"EnhancedFanOut": true})"),
                registry(), seconds(120));
    expectCompleteAndInOrder("c", 1000);
}

TEST(StreamInAPipeline, ThrottledRecordsAreReportedPerRecord)
{
    auto engine = runPipeline(pipeline(R"({"Size": 500, "Batches": 100})", R"({"ShardCount": 1})", "{}"), registry(),
                              seconds(60));
    const double taken = sumOf(*engine, "s", "IncomingRecords");
    EXPECT_EQ(taken + sumOf(*engine, "s", "WriteProvisionedThroughputExceeded"), 50'000);
    EXPECT_NEAR(taken, 1000 * 9.9 + 1000, 2); // ten seconds at the limit and the first second's burst
    EXPECT_EQ(sumOf(*engine, "p", "Exceptions"), sumOf(*engine, "s", "WriteProvisionedThroughputExceeded"));
}

TEST(StreamInAPipeline, AReaderThatSleepsPastTheRetentionLosesWhatExpiredAndIsToldHowMuch)
{
    auto engine = runPipeline(
        pipeline(R"({"Size": 1, "Batches": 480, "EveryMilliseconds": 360000})", "{}", R"({"AsleepSeconds": 172800})"),
        registry(), seconds(172'900)); // a record every six minutes for 48 h, read at the end
    // Record n arrived at n x 360 s; at 172,800 s those up to number 240 are 24 hours old.
    EXPECT_EQ(sumOf(*engine, "c", "Lost"), 241);
    EXPECT_EQ(sumOf(*engine, "c", "Records"), 239);
    EXPECT_EQ(sumOf(*engine, "s", "ExpiredUnreadRecords"), 241);
    EXPECT_EQ(sumOf(*engine, "s", "ExpiredUnreadRecords", "c"), 241);
}

TEST(StreamInAPipeline, LatestSkipsWhatWasThereBefore)
{
    auto engine = runPipeline(pipeline(R"({"Size": 1, "Batches": 20, "EveryMilliseconds": 1000})", "{}",
                                       R"({"From": "LATEST", "AsleepSeconds": 10})"),
                              registry(), seconds(60));
    EXPECT_EQ(sumOf(*engine, "c", "Records"), 9); // the reader subscribes at 10 s, when number 10 is there
}

TEST(StreamInAPipeline, AtTimestampBeginsAtItsTimeAndKeepsTheOrderOverSplits)
{
    // A split at 4 s; the reader sleeps until 8 s and asks for what came from 2 s on: parent before children.
    const std::string stream =
        R"({"ShardCount": 1, "Resharding": [{"AtSeconds": 4, "Action": "UpdateShardCount", "TargetShardCount": 2}]})";
    auto engine = runPipeline(pipeline(R"({"Size": 10, "Batches": 100, "Keys": 3})", stream,
                                       R"({"From": "2s", "AsleepSeconds": 8, "DelayMilliseconds": 300})"),
                              registry(), seconds(120));
    expectCompleteAndInOrder("c", 800);
}

TEST(StreamInAPipeline, AShardThatExpiresUnreadIsCountedAndItsChildrenAreRead)
{
    // A record a minute for 60 h, split at 1 h; the reader wakes after 50 h, when the parent has gone with its 60 records.
    const std::string stream =
        R"({"ShardCount": 1, "Resharding": [{"AtSeconds": 3630, "Action": "UpdateShardCount", "TargetShardCount": 2}]})";
    auto engine = runPipeline(
        pipeline(R"({"Size": 1, "Batches": 3600, "EveryMilliseconds": 60000})", stream, R"({"AsleepSeconds": 180000})"),
        registry(), std::chrono::hours(61));
    EXPECT_FALSE(seen()["c"].empty());
    EXPECT_EQ(sumOf(*engine, "c", "Records") + sumOf(*engine, "c", "Lost"), 3600);
    EXPECT_EQ(sumOf(*engine, "s", "ExpiredUnreadRecords", "c"), sumOf(*engine, "c", "Lost"));
    EXPECT_GT(sumOf(*engine, "c", "Lost"), 60);
}

TEST(StreamInAPipeline, TwoBusyStreamsAtOnceGiveTheSameDigestAtAnyThreadCount)
{
    const std::string text = R"({"streamwright": 1, "nodes": [
        {"id": "p", "kind": "Test::Source", "properties": {"Size": 500, "Batches": 40}},
        {"id": "q", "kind": "Test::Source", "properties": {"Size": 499, "Batches": 40}},
        {"id": "s", "kind": "AWS::Kinesis::Stream", "properties": {"ShardCount": 64}},
        {"id": "t", "kind": "AWS::Kinesis::Stream", "properties": {"ShardCount": 7}},
        {"id": "u", "kind": "AWS::Kinesis::Stream", "properties": {"ShardCount": 31}},
        {"id": "x", "kind": "Test::Sink"}, {"id": "y", "kind": "Test::Sink"}],
        "edges": [{"from": "p.out", "to": "s.in"}, {"from": "q.out", "to": "t.in"}, {"from": "p.out", "to": "u.in"}, {"from": "q.out", "to": "u.in"},
                  {"from": "s.out", "to": "x.in"}, {"from": "t.out", "to": "y.in"}, {"from": "u.out", "to": "y.in"}]})";
    const auto digest = [&](unsigned threads) {
        EngineOptions options;
        options.threads = threads;
        return runPipeline(text, registry(), seconds(20), options)->digest();
    };
    const std::string one = digest(1);
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(digest(2), one);
        EXPECT_EQ(digest(8), one);
    }
}

TEST(StreamInAPipeline, ALatestReaderThatIsStoppedBetweenParentAndChildrenGoesOnWithTheChildren)
{
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("sw-latest-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    EngineOptions options;
    options.dataDirectory = folder.string();
    const std::string stream =
        R"({"ShardCount": 1, "Resharding": [{"AtSeconds": 2, "Action": "UpdateShardCount", "TargetShardCount": 2}]})";
    // The reader answers only after a minute: at the stop the parent is not done, and the children have not begun.
    runPipeline(pipeline(R"({"Size": 10, "Batches": 40})", stream, R"({"From": "LATEST", "DelayMilliseconds": 60000})"),
                registry(), seconds(10), options);
    auto again =
        runPipeline(pipeline(R"({"Batches": 0})", stream, R"({"From": "LATEST"})"), registry(), seconds(60), options);
    EXPECT_EQ(sumOf(*again, "c", "Records"), 400); // at least once: what was not answered comes again, too
    EXPECT_EQ(again->events().errors().size(), 0u); // and the plan of resharding is not done twice
    std::filesystem::remove_all(folder);
}

TEST(StreamInAPipeline, ShardCountEditedWhileRunning)
{
    auto engine =
        test::openPipeline(pipeline(R"({"Size": 100, "Batches": 100})", R"({"ShardCount": 2})", "{}"), registry());
    ASSERT_TRUE(engine->runFor(seconds(3)));
    EXPECT_TRUE(engine->edit("s", {{"ShardCount", 4}}).empty());
    EXPECT_FALSE(engine->edit("s", {{"ShardCount", 0}}).empty());
    ASSERT_TRUE(engine->runFor(seconds(60)));
    std::vector<std::string> told;
    for (const Event& event : engine->events().after(0))
        if (event.node == "s") told.push_back(event.message);
    EXPECT_EQ(told, (std::vector<std::string>{"UpdateShardCount: 4 open shards", "edited: ShardCount 2 -> 4"}));
    EXPECT_GT(sumOf(*engine, "s", "IncomingRecords", "shardId-000000000005"), 0);
    expectCompleteAndInOrder("c", 10'000);
}

TEST(StreamInAPipeline, SameDigestAtAnyThreadCount)
{
    const std::string stream =
        R"({"ShardCount": 3, "Resharding": [{"AtSeconds": 3, "Action": "UpdateShardCount", "TargetShardCount": 5}]})";
    const auto digest = [&](unsigned threads) {
        EngineOptions options;
        options.threads = threads;
        return runPipeline(pipeline(R"({"Size": 400, "Batches": 50})", stream, R"({"DelayMilliseconds": 700})"),
                           registry(), seconds(40), options)
            ->digest();
    };
    const std::string one = digest(1);
    EXPECT_EQ(digest(2), one);
    EXPECT_EQ(digest(8), one);
}

TEST(StreamInAPipeline, ContinuesFromItsDataDirectory)
{
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("sw-stream-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    EngineOptions options;
    options.dataDirectory = folder.string();
    runPipeline(pipeline(R"({"Size": 10, "Batches": 20})", R"({"ShardCount": 2})", "{}"), registry(), seconds(30),
                options);
    expectCompleteAndInOrder("c", 200);
    // A second run: new records; the consumer goes on behind its checkpoint and sees none of the old ones.
    auto again = runPipeline(pipeline(R"({"Size": 10, "Batches": 5})", R"({"ShardCount": 2})", "{}"), registry(),
                             seconds(30), options);
    EXPECT_EQ(sumOf(*again, "c", "Records"), 50);
    again.reset(); // lets go of the directory
    // A third without any, by a consumer that has no checkpoint: all are still there.
    std::string other = pipeline(R"({"Batches": 0})", R"({"ShardCount": 2})", "{}");
    for (std::size_t at = 0; (at = other.find("\"c\"", at)) != std::string::npos; ++at)
        other.replace(at, 3, "\"d\"");
    other.replace(other.find("c.in"), 4, "d.in");
    auto third = runPipeline(other, registry(), seconds(30), options);
    EXPECT_EQ(sumOf(*third, "d", "Records"), 250);
    std::filesystem::remove_all(folder);
}

TEST(StreamChecks, PlansThatMakeNoSenseAreRefused)
{
    const auto problems = [](const std::string& properties) {
        const auto reading =
            readPipeline(R"({"streamwright": 1, "nodes": [{"id": "s", "kind": "AWS::Kinesis::Stream", "properties": )" +
                         properties + "}]}");
        return checkPipeline(reading.pipeline, registry(), "").problems;
    };
    EXPECT_TRUE(problems(R"({"StreamModeDetails": {"StreamMode": "ON_DEMAND"}})").empty());
    for (
        const char* bad :
        {R"({"ShardCount": 0})", R"({"ShardCount": 10001})", R"({"RetentionPeriodHours": 23})",
         R"({"RetentionPeriodHours": 8761})", R"({"Resharding": [{"AtSeconds": 1, "Action": "SplitShard"}]})",
         R"({"Resharding": [{"AtSeconds": 1, "Action": "SplitShard", "ShardId": "7"}]})",
         R"({"Resharding": [{"AtSeconds": 1, "Action": "UpdateShardCount"}]})",
         R"({"StreamModeDetails": {"StreamMode": "ON_DEMAND"}, "Resharding": [{"AtSeconds": 1, "Action": "UpdateShardCount", "TargetShardCount": 2}]})"})
        EXPECT_EQ(problems(bad).size(), 1u) << bad;
    EXPECT_NE(problems(R"({"RetentionPeriodHours": 23})")[0].message.find("8,760"), std::string::npos);
}

} // namespace
} // namespace streamwright::kinesis
