// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/plugins/producers/stand_ins.h"

namespace streamwright::producers {
namespace {

using test::kRunStart;
using test::PairRun;

PairRun produce(Json properties, Json service = Json::object(), const EngineOptions& options = {})
{
    return {"Local::Producer", std::move(properties), "Test::Service", std::move(service), options};
}

TEST(Producer, ABatchGoesWithItsLastRecordOrWhenItHasLingered)
{
    PairRun full = produce({{"RecordsPerSecond", 1000}, {"BatchSize", 50}, {"LingerMilliseconds", 1000}});
    full.runFor(seconds(1));
    ASSERT_EQ(full.seen.requests.size(), 20u);
    EXPECT_EQ(full.seen.requests[0].at, kRunStart + milliseconds(50));
    EXPECT_EQ(full.seen.requests[0].keys.size(), 50u);
    EXPECT_EQ(full.seen.requests[0].times.front(), kRunStart + milliseconds(1));
    EXPECT_EQ(full.seen.requests[0].times.back(), kRunStart + milliseconds(50));

    PairRun lingered = produce({{"RecordsPerSecond", 100}, {"LingerMilliseconds", 75}});
    lingered.runFor(seconds(1));
    EXPECT_EQ(lingered.seen.requests[0].at, kRunStart + milliseconds(10 + 75));
    EXPECT_EQ(lingered.seen.requests[0].keys.size(), 8u); // those of 10, 20, ... 80 ms
    EXPECT_EQ(lingered.seen.requests[1].times.front(), kRunStart + milliseconds(90));
    EXPECT_EQ(lingered.metric("BufferingTime").maximum, 75);
}

TEST(Producer, WithoutLingerEveryInstantIsARequest)
{
    PairRun run = produce({{"RecordsPerSecond", 10}, {"LingerMilliseconds", 0}});
    run.runFor(seconds(1));
    EXPECT_EQ(run.seen.requests.size(), 10u);
    EXPECT_EQ(run.metric("BufferingTime").maximum, 0);
}

TEST(Producer, ADayHasExactlyItsRecords)
{
    PairRun run = produce({{"RecordsPerSecond", 3}, {"LingerMilliseconds", 60'000}, {"RecordSizeBytes", 1}});
    run.runFor(seconds(86'400) + seconds(61));
    EXPECT_EQ(run.sum("RecordsGenerated") - run.sum("UserRecordsPut"), 0);
    std::size_t onTheDay = 0;
    for (const auto& request : run.seen.requests)
        onTheDay += static_cast<std::size_t>(std::count_if(request.times.begin(), request.times.end(),
                                                           [](Time t) { return t <= kRunStart + seconds(86'400); }));
    EXPECT_EQ(onTheDay, 3u * 86'400);
}

TEST(Producer, TotalRecordsEndIt)
{
    PairRun run = produce({{"RecordsPerSecond", 1000}, {"TotalRecords", 730}, {"Template", "{{sequence}}"}});
    run.runFor(seconds(10));
    EXPECT_EQ(run.seen.records(), 730u);
    EXPECT_EQ(run.seen.data().back(), "730");
    EXPECT_EQ(run.seen.requests.back().at, kRunStart + milliseconds(730)); // nothing to linger for
    run.edit({{"RecordsPerSecond", 1000}, {"TotalRecords", 1000}, {"Template", "{{sequence}}"}});
    run.runFor(seconds(10));
    EXPECT_EQ(run.seen.records(), 1000u);
}

TEST(Producer, KeysAndBodiesAreAsDescribed)
{
    PairRun run = produce({{"RecordsPerSecond", 1000},
                           {"TotalRecords", 2000},
                           {"PartitionKeys", {{"Distribution", "Hot"}, {"Count", 10}, {"HotShare", 0.7}}},
                           {"RecordSizeBytes", 250}});
    run.runFor(seconds(5));
    std::size_t hot = 0;
    for (const auto& request : run.seen.requests) {
        for (std::size_t i = 0; i < request.keys.size(); ++i) {
            hot += request.keys[i] == "key-0";
            ASSERT_EQ(request.data[i].size(), 250u);
        }
    }
    EXPECT_NEAR(static_cast<double>(hot), 1400, 100);
    PairRun templated = produce({{"RecordsPerSecond", 10},
                                 {"PartitionKeys", {{"Count", 1}, {"Prefix", "truck-"}}},
                                 {"Template", {{"id", "{{key}}"}, {"at", "{{timestamp milliseconds}}"}}}});
    templated.runFor(seconds(1));
    EXPECT_EQ(templated.seen.data()[0],
              R"({"id":"truck-0","at":)" + std::to_string(epochMilliseconds(kRunStart + milliseconds(100))) + "}");
}

TEST(Producer, OnlyRefusedRecordsAreSentAgainAfterABackOff)
{
    PairRun run = produce({{"RecordsPerSecond", 100},
                           {"TotalRecords", 100},
                           {"PartitionKeys", {{"Count", 4}}},
                           {"BatchSize", 100},
                           {"LingerMilliseconds", 2000},
                           {"Retry", {{"MaxAttempts", 5}, {"BaseMilliseconds", 200}}}},
                          {{"RefuseKey", "key-2"}, {"RefuseAttempts", 2}});
    run.runFor(seconds(10));
    ASSERT_EQ(run.seen.requests.size(), 3u);
    const auto& first = run.seen.requests[0];
    const auto refused = static_cast<std::size_t>(std::count(first.keys.begin(), first.keys.end(), "key-2"));
    for (const std::size_t i : {1u, 2u}) {
        EXPECT_EQ(run.seen.requests[i].keys, std::vector<std::string>(refused, "key-2"));
        EXPECT_EQ(run.seen.requests[i].attempt, i + 1);
        EXPECT_GT(run.seen.requests[i].at, run.seen.requests[i - 1].at);
        EXPECT_LE(run.seen.requests[i].at - run.seen.requests[i - 1].at,
                  milliseconds(200) * static_cast<int>(i) + Duration(1));
    }
    EXPECT_EQ(run.sum("RecordsSent"), 100);
    EXPECT_EQ(run.sum("RecordsRetried"), 2.0 * static_cast<double>(refused));
    EXPECT_EQ(run.sum("AllErrors"), 2.0 * static_cast<double>(refused));
    EXPECT_EQ(run.sum("UserRecordsPut"), 100);
    EXPECT_EQ(run.sum("RecordsDropped"), 0);
}

TEST(Producer, RecordsAreGivenUpAfterMaxAttempts)
{
    PairRun run = produce({{"RecordsPerSecond", 100}, {"TotalRecords", 50}, {"Retry", {{"MaxAttempts", 3}}}},
                          {{"RefuseAttempts", 100}, {"RefuseWhole", true}});
    run.runFor(seconds(60));
    EXPECT_EQ(run.sum("RecordsDropped"), 50);
    EXPECT_EQ(run.sum("AllErrors"), 150);
    EXPECT_EQ(run.sum("UserRecordsPut"), 0);
    ASSERT_FALSE(run.events().empty());
    EXPECT_NE(run.events()[0].find("refused in each of 3 attempts (InternalFailure)"), std::string::npos);
    PairRun once = produce({{"RecordsPerSecond", 100}, {"TotalRecords", 50}, {"Retry", {{"MaxAttempts", 1}}}},
                           {{"RefuseAttempts", 100}});
    once.runFor(seconds(60));
    EXPECT_EQ(once.sum("RecordsDropped"), 50);
    EXPECT_EQ(once.sum("RecordsRetried"), 0);
}

TEST(Producer, BackOffDoublesAndIsBounded)
{
    PairRun run = produce(
        {{"RecordsPerSecond", 1}, {"TotalRecords", 1}, {"Retry", {{"MaxAttempts", 40}, {"BaseMilliseconds", 1000}}}},
        {{"RefuseAttempts", 100}});
    run.runFor(std::chrono::hours(1));
    ASSERT_EQ(run.seen.requests.size(), 40u);
    Duration longest{0};
    for (std::size_t i = 1; i < run.seen.requests.size(); ++i) {
        const Duration pause = run.seen.requests[i].at - run.seen.requests[i - 1].at;
        EXPECT_LE(pause, std::min(seconds(1) * (1 << std::min<std::size_t>(i - 1, 10)), seconds(20)) + Duration(1));
        longest = std::max(longest, pause);
    }
    EXPECT_GT(longest, seconds(10));
}

TEST(Producer, AFullBufferDropsNewBatchesAndCountsThem)
{
    PairRun run =
        produce({{"RecordsPerSecond", 1000}, {"MaxPendingRecords", 1000}, {"TotalRecords", 5000}, {"BatchSize", 100}},
                {{"AnswerMilliseconds", 100'000}});
    run.runFor(seconds(10));
    EXPECT_EQ(run.seen.records(), 1000u);
    EXPECT_EQ(run.sum("RecordsGenerated"), 5000);
    EXPECT_EQ(run.sum("RecordsDropped"), 4000);
    EXPECT_NE(run.events()[0].find("MaxPendingRecords (1000)"), std::string::npos);
}

TEST(Producer, TheReceiversWindowIsKept)
{
    PairRun run = produce({{"RecordsPerSecond", 1000}, {"BatchSize", 100}, {"TotalRecords", 3000}},
                          {{"Window", 2}, {"AnswerMilliseconds", 1000}});
    run.runFor(milliseconds(950));
    EXPECT_EQ(run.seen.requests.size(), 2u);
    run.runFor(seconds(60));
    EXPECT_EQ(run.seen.records(), 3000u);
    EXPECT_EQ(run.sum("RecordsDropped"), 0);
}

TEST(Producer, EveryEdgeGetsTheSameBatchAndRetriesOnItsOwn)
{
    test::Seen seen;
    const Registry registry = test::registryWith(seen);
    auto engine = streamwright::test::runPipeline(R"({"streamwright": 1, "name": "two",
        "nodes": [{"id": "p", "kind": "Local::Producer", "properties": {"RecordsPerSecond": 100, "TotalRecords": 100, "BatchSize": 100, "LingerMilliseconds": 5000}},
                  {"id": "good", "kind": "Test::Service"}, {"id": "bad", "kind": "Test::Service", "properties": {"RefuseAttempts": 1}}],
        "edges": [{"from": "p.out", "to": "good.in"}, {"from": "p.out", "to": "bad.in"}]})",
                                                  registry, seconds(30));
    ASSERT_TRUE(engine);
    ASSERT_EQ(seen.requests.size(), 3u);
    EXPECT_EQ(seen.requests[0].batch, seen.requests[1].batch); // shared, not copied
    EXPECT_EQ(seen.requests[2].attempt, 2u);
    EXPECT_EQ(seen.requests[2].data, seen.requests[0].data);
    EXPECT_EQ(streamwright::test::sumOf(*engine, "p", "RecordsGenerated"), 100);
    EXPECT_EQ(streamwright::test::sumOf(*engine, "p", "UserRecordsPut"), 200);
}

TEST(Producer, AnEditTakesEffectAtOnceAndLosesNothing)
{
    PairRun run = produce({{"RecordsPerSecond", 1}, {"LingerMilliseconds", 3'600'000}, {"Template", "{{sequence}}"}});
    run.runFor(seconds(10));
    EXPECT_TRUE(run.seen.requests.empty());
    run.edit({{"RecordsPerSecond", 1000}, {"LingerMilliseconds", 50}, {"Template", "{{sequence}}"}});
    run.runFor(seconds(1));
    ASSERT_FALSE(run.seen.requests.empty());
    EXPECT_EQ(run.seen.requests[0].at, kRunStart + seconds(10)); // the ten that had waited
    EXPECT_EQ(run.seen.requests[0].data.size(), 10u);
    EXPECT_EQ(run.seen.requests[1].data[0], "11");
    run.edit({{"RecordsPerSecond", 0}});
    run.runFor(seconds(100));
    EXPECT_EQ(run.sum("RecordsGenerated"), 1010);
}

TEST(Producer, APatternShapesTheLoad)
{
    PairRun run = produce(
        {{"RecordsPerSecond", 0},
         {"Pattern", {{"Type", "Bursts"}, {"BurstRecordsPerSecond", 100}, {"BurstSeconds", 1}, {"EverySeconds", 60}}}});
    run.runFor(seconds(180));
    EXPECT_EQ(run.sum("RecordsGenerated"), 300);
    PairRun shorthand = produce(
        {{"RecordsPerSecond", 1}, {"Pattern", "Sine"}, {"PartitionKeys", "Zipf"}, {"LingerMilliseconds", 60'000}});
    shorthand.runFor(seconds(86'400 / 2) + seconds(60));
    EXPECT_NEAR(shorthand.sum("RecordsGenerated"), 43'200 + 0.5 * 86'400 / 3.14159, 70); // the upper half of the wave
}

std::vector<std::string> problemsOf(const std::string& kind, const Json& properties, const std::string& folder = "")
{
    test::Seen seen;
    const Registry registry = test::registryWith(seen);
    Json file = {{"streamwright", 1}, {"name", "x"}};
    file["nodes"] = Json::array({{{"id", "n"}, {"kind", kind}, {"properties", properties}}});
    const auto reading = readPipeline(file.dump());
    std::vector<std::string> texts;
    for (const Problem& problem : checkPipeline(reading.pipeline, registry, folder).problems)
        texts.push_back(problem.text());
    return texts;
}

TEST(Producer, FaultyPropertiesAreRefusedWithPlaceAndRule)
{
    const auto only = [](const Json& properties) {
        const auto problems = problemsOf("Local::Producer", properties);
        EXPECT_EQ(problems.size(), 1u) << properties.dump();
        return problems.empty() ? "" : problems[0];
    };
    EXPECT_EQ(only({{"BatchSize", 501}}),
              "/nodes/0/properties/BatchSize: must be at most 500, not 501: PutRecords takes 1 to 500 records.");
    EXPECT_EQ(only({{"RecordsPerSecond", -1}}),
              "/nodes/0/properties/RecordsPerSecond: must be at least 0 Count/Second, not -1: A producer makes 0 to "
              "10,000,000 records a second.");
    EXPECT_NE(only({{"Template", {{"a", "{{nosuch}}"}}}})
                  .find("/nodes/0/properties/Template/a: there is no field {{nosuch}}"),
              std::string::npos);
    EXPECT_EQ(only({{"Template", "x"}, {"RecordSizeBytes", 5}}),
              "/nodes/0/properties/RecordSizeBytes: give RecordSizeBytes or Template, not both");
    EXPECT_NE(only({{"Pattern", {{"Type", "Bursts"}, {"BurstSeconds", 61}}}})
                  .find("/Pattern/BurstSeconds: must not be longer"),
              std::string::npos);
    EXPECT_NE(only({{"Pattern", {{"Type", "Sine"}, {"DurationSeconds", 1}}}})
                  .find("DurationSeconds has a meaning only when Type is \"Ramp\""),
              std::string::npos);
    EXPECT_NE(only({{"PartitionKeys", {{"Skew", 1}}}}).find("Skew has a meaning only when Distribution is \"Zipf\""),
              std::string::npos);
    EXPECT_TRUE(problemsOf("Local::Producer", Json::object()).empty());
}

TEST(Producer, SameSeedSameDigestAtAnyThreadCount)
{
    const auto digest = [](unsigned threads, std::uint64_t seed) {
        EngineOptions options;
        options.threads = threads;
        options.seed = seed;
        PairRun run = produce({{"RecordsPerSecond", 5000},
                               {"PartitionKeys", "Zipf"},
                               {"Template", {{"id", "{{uuid}}"}, {"who", "{{name}}"}}},
                               {"Retry", {{"MaxAttempts", 2}}}},
                              {{"RefuseKey", "key-0"}, {"RefuseAttempts", 3}, {"RefuseUntilSeconds", 4}}, options);
        run.runFor(seconds(8));
        EXPECT_TRUE(run.engine->close());
        EXPECT_GT(run.sum("RecordsDropped"), 0);
        return run.engine->digest();
    };
    const std::string one = digest(1, 3);
    EXPECT_EQ(digest(2, 3), one);
    EXPECT_EQ(digest(8, 3), one);
    EXPECT_NE(digest(1, 4), one);
}

TEST(Kinds, EveryFieldPortAndMetricIsExplained)
{
    test::Seen seen;
    const Registry registry = test::registryWith(seen);
    const std::function<void(const std::string&, const Field&)> check = [&](const std::string& kind,
                                                                            const Field& field) {
        EXPECT_GT(field.help.size(), 10u) << kind << "." << field.name;
        const bool isNumber = field.type == Field::Type::Integer || field.type == Field::Type::Number;
        EXPECT_TRUE(!isNumber || (field.minimum && field.maximum)) << kind << "." << field.name;
        EXPECT_TRUE(field.type != Field::Type::Integer || !field.unit.empty()) << kind << "." << field.name;
        for (const Field& inner : field.fields)
            check(kind, inner);
    };
    for (const char* name : {"Local::Producer", "Local::FileSource", "Local::Consumer"}) {
        const NodeKind& kind = registry.find(name)->kind;
        for (const Field& field : kind.fields)
            check(name, field);
        for (const Port& port : kind.ports)
            EXPECT_GT(port.help.size(), 10u) << name;
        for (const MetricKind& metric : kind.metrics)
            EXPECT_TRUE(metric.help.size() > 10 && !metric.unit.empty()) << name << "." << metric.name;
    }
}

} // namespace
} // namespace streamwright::producers
