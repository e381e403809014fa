// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <filesystem>

#include "core/base/file.h"
#include "tests/plugins/producers/stand_ins.h"

namespace streamwright::producers {
namespace {

using test::kRunStart;
using test::PairRun;

// A folder with a file in it, for as long as the test.
struct TemporaryFile {
    TemporaryFile(const std::string& name, const std::string& text)
        : folder(std::filesystem::temp_directory_path() /
                 ("file-source-" + std::to_string(::getpid()) + "-" + std::to_string(++made)))
    {
        std::filesystem::create_directories(folder);
        EXPECT_TRUE(writeFileAtomically((folder / name).string(), text));
    }
    ~TemporaryFile() { std::filesystem::remove_all(folder); }
    static inline int made = 0;
    std::filesystem::path folder;
};

PairRun replay(Json properties, const std::string& folder, Json service = Json::object(),
               const EngineOptions& options = {})
{
    return {"Local::FileSource", std::move(properties), "Test::Service", std::move(service), options, folder};
}

TEST(FileSource, ReplaysRealFlightsAtTheirRecordedPace)
{
    PairRun run = replay({{"Path", "datasets/flights-10k.jsonl"},
                          {"PartitionKey", "origin"},
                          {"Timestamp", "date"},
                          {"Speed", 3600},
                          {"LingerMilliseconds", 0}},
                         "resources");
    run.runFor(seconds(3600));
    EXPECT_EQ(run.seen.records(), 10'000u);
    EXPECT_EQ(run.sum("RecordsMalformed"), 0);
    EXPECT_EQ(run.seen.requests[0].at, kRunStart);
    EXPECT_EQ(run.seen.requests[0].keys[0], "DTW");
    // 00:47 to 01:10 is 23 minutes; an hour passes in a second.
    EXPECT_EQ(run.seen.requests[1].at, kRunStart + Duration(23 * 60 * 1'000'000 / 3600) + Duration(0));
    const Duration all =
        std::chrono::days(89) + std::chrono::hours(21) + std::chrono::minutes(40); // to 31 March, 22:27
    EXPECT_LE(run.seen.requests.back().at - kRunStart - all / 3600, Duration(1));
}

TEST(FileSource, ReplaysAtARateWithTheNumberAsKey)
{
    const TemporaryFile file("x.csv", "a,b\n1,x\n2,y\n3,z\n");
    PairRun run = replay({{"Path", "x.csv"}, {"RecordsPerSecond", 2}, {"LingerMilliseconds", 0}}, file.folder.string());
    run.runFor(seconds(10));
    ASSERT_EQ(run.seen.requests.size(), 3u);
    EXPECT_EQ(run.seen.requests[0].at, kRunStart + milliseconds(500));
    EXPECT_EQ(run.seen.requests[2].at, kRunStart + milliseconds(1500));
    EXPECT_EQ(run.seen.data(),
              (std::vector<std::string>{R"({"a":1,"b":"x"})", R"({"a":2,"b":"y"})", R"({"a":3,"b":"z"})"}));
    EXPECT_EQ(run.seen.requests[1].keys[0], "2");
}

TEST(FileSource, GathersBatchesAndSendsTheRestAtTheEnd)
{
    std::string text;
    for (int i = 1; i <= 25; ++i)
        text += std::to_string(i) + "\n";
    const TemporaryFile file("x.jsonl", text);
    PairRun run =
        replay({{"Path", "x.jsonl"}, {"RecordsPerSecond", 100}, {"BatchSize", 10}, {"LingerMilliseconds", 5000}},
               file.folder.string());
    run.runFor(seconds(10));
    ASSERT_EQ(run.seen.requests.size(), 3u);
    EXPECT_EQ(run.seen.requests[0].at, kRunStart + milliseconds(100));
    EXPECT_EQ(run.seen.requests[2].at, kRunStart + milliseconds(250));
    EXPECT_EQ(run.seen.requests[2].keys.size(), 5u);
    PairRun lingering =
        replay({{"Path", "x.jsonl"}, {"RecordsPerSecond", 100}, {"LingerMilliseconds", 35}}, file.folder.string());
    lingering.runFor(seconds(10));
    EXPECT_EQ(lingering.seen.requests[0].at, kRunStart + milliseconds(45));
    EXPECT_EQ(lingering.seen.requests[0].keys.size(), 4u);
}

TEST(FileSource, LoopBeginsAgainAfterAMeanGap)
{
    const TemporaryFile file("x.jsonl", "{\"t\":100}\n{\"t\":104}\n{\"t\":106}\n");
    PairRun run = replay(
        {{"Path", "x.jsonl"}, {"Timestamp", "t"}, {"Loop", true}, {"LingerMilliseconds", 0}, {"TotalRecords", 7}},
        file.folder.string());
    run.runFor(seconds(60));
    std::vector<std::int64_t> at;
    for (const auto& request : run.seen.requests)
        at.push_back((request.at - kRunStart) / seconds(1));
    EXPECT_EQ(at, (std::vector<std::int64_t>{0, 4, 6, 9, 13, 15, 18}));
    PairRun rate = replay({{"Path", "x.jsonl"}, {"RecordsPerSecond", 10}, {"Loop", true}}, file.folder.string());
    rate.runFor(seconds(60));
    EXPECT_EQ(rate.seen.records(), 600u);
}

TEST(FileSource, RecordsWithoutAnyGapLoopOnceASecond)
{
    const TemporaryFile file("x.jsonl", "{\"t\":100}\n{\"t\":100}\n");
    PairRun run = replay({{"Path", "x.jsonl"}, {"Timestamp", "t"}, {"Loop", true}, {"LingerMilliseconds", 0}},
                         file.folder.string());
    run.runFor(milliseconds(10'500));
    EXPECT_EQ(run.seen.records(), 22u);
}

TEST(FileSource, TimesThatGoBackAreDueAtOnce)
{
    const TemporaryFile file("x.jsonl", "{\"t\":100}\n{\"t\":110}\n{\"t\":105}\n{\"t\":112}\n");
    PairRun run = replay({{"Path", "x.jsonl"}, {"Timestamp", "t"}, {"LingerMilliseconds", 0}}, file.folder.string());
    run.runFor(seconds(60));
    ASSERT_EQ(run.seen.requests.size(), 3u);
    EXPECT_EQ(run.seen.requests[1].at, kRunStart + seconds(10));
    EXPECT_EQ(run.seen.requests[1].data, (std::vector<std::string>{"{\"t\":110}", "{\"t\":105}"}));
    EXPECT_EQ(run.seen.requests[2].at, kRunStart + seconds(12));
}

TEST(FileSource, MalformedRecordsAreToldCountedAndPassedOver)
{
    std::string text = "{\"a\":0}\n";
    for (int i = 0; i < 5000; ++i)
        text += "broken\n";
    const TemporaryFile file("x.jsonl", text + "{\"a\":1}\n");
    PairRun run = replay({{"Path", "x.jsonl"}, {"RecordsPerSecond", 100}}, file.folder.string());
    run.runFor(seconds(5));
    EXPECT_EQ(run.seen.data(), (std::vector<std::string>{"{\"a\":0}", "{\"a\":1}"}));
    EXPECT_EQ(run.sum("RecordsMalformed"), 5000);
    ASSERT_TRUE(run.engine->close());
    const auto events = run.events();
    ASSERT_EQ(events.size(), 21u);
    EXPECT_EQ(events[0].substr(0, (file.folder / "x.jsonl:2: not valid JSON").string().size()),
              (file.folder / "x.jsonl:2: not valid JSON").string());
    EXPECT_EQ(events[20], "and 4980 more malformed records");
}

TEST(FileSource, AFileOfNothingButBrokenLinesEndsEvenInALoop)
{
    const TemporaryFile file("x.jsonl", "broken\nbroken\n");
    PairRun run = replay({{"Path", "x.jsonl"}, {"Loop", true}}, file.folder.string());
    run.runFor(seconds(5));
    EXPECT_EQ(run.sum("RecordsMalformed"), 2);
}

TEST(FileSource, AnEditOfTheSpeedMovesWhatIsStillToCome)
{
    const TemporaryFile file("x.jsonl", "{\"t\":0}\n{\"t\":3600}\n{\"t\":7200}\n");
    const Json properties = {{"Path", "x.jsonl"}, {"Timestamp", "t"}, {"LingerMilliseconds", 0}};
    PairRun run = replay(properties, file.folder.string());
    run.runFor(seconds(600));
    EXPECT_EQ(run.seen.records(), 1u);
    Json faster = properties;
    faster["Speed"] = 100;
    run.edit(faster);
    run.runFor(seconds(100));
    ASSERT_EQ(run.seen.requests.size(), 3u);
    EXPECT_EQ(run.seen.requests[1].at, kRunStart + seconds(600) + seconds(30)); // 3,000 s were left
    EXPECT_EQ(run.seen.requests[2].at, kRunStart + seconds(600) + seconds(66));
}

TEST(FileSource, AnEditOfTheRateMovesWhatIsStillToCome)
{
    const TemporaryFile file("x.jsonl", "1\n2\n3\n4\n5\n6\n");
    PairRun run =
        replay({{"Path", "x.jsonl"}, {"RecordsPerSecond", 1}, {"LingerMilliseconds", 0}}, file.folder.string());
    run.runFor(milliseconds(2500));
    EXPECT_EQ(run.seen.records(), 2u);
    run.edit({{"Path", "x.jsonl"}, {"RecordsPerSecond", 0}, {"LingerMilliseconds", 0}});
    run.runFor(seconds(100));
    EXPECT_EQ(run.seen.records(), 2u);
    run.edit({{"Path", "x.jsonl"}, {"RecordsPerSecond", 1}, {"LingerMilliseconds", 0}});
    run.runFor(seconds(100));
    EXPECT_EQ(run.seen.data(), (std::vector<std::string>{"1", "2", "3", "4", "5", "6"}));
    EXPECT_EQ(run.seen.requests[2].at, kRunStart + milliseconds(103'000)); // half of it had grown before
}

TEST(FileSource, RefusedRecordsAreSentAgain)
{
    PairRun run =
        replay({{"Path", "datasets/flights-10k.jsonl"}, {"PartitionKey", "origin"}, {"RecordsPerSecond", 10'000}},
               "resources", {{"RefuseKey", "ORD"}, {"RefuseAttempts", 2}});
    run.runFor(seconds(30));
    EXPECT_EQ(run.sum("UserRecordsPut"), 10'000);
    EXPECT_GT(run.sum("RecordsRetried"), 0);
}

TEST(FileSource, FaultyFilesAreRefusedBeforeTheRun)
{
    test::Seen seen;
    const Registry registry = test::registryWith(seen);
    const auto problem = [&](const Json& properties) {
        Json file = {{"streamwright", 1}, {"name", "x"}};
        file["nodes"] = Json::array({{{"id", "n"}, {"kind", "Local::FileSource"}, {"properties", properties}}});
        const auto problems = checkPipeline(readPipeline(file.dump()).pipeline, registry, "resources").problems;
        EXPECT_EQ(problems.size(), 1u);
        return problems.empty() ? "" : problems[0].text();
    };
    EXPECT_EQ(problem({{"Path", "../resources/no.csv"}}),
              "/nodes/0/properties/Path: resources/no.csv: there is no such file; a relative Path is looked up in the "
              "folder of the pipeline file");
    EXPECT_EQ(problem(Json::object()), "/nodes/0/properties: Path is required");
    EXPECT_NE(problem({{"Path", "datasets"}}).find("not a regular file"), std::string::npos);
    EXPECT_NE(problem({{"Path", "datasets/flights-10k.jsonl"}, {"Timestamp", "date"}, {"RecordsPerSecond", 1}})
                  .find("not both"),
              std::string::npos);
}

TEST(FileSource, SameSeedSameDigestAtAnyThreadCount)
{
    const auto digest = [](unsigned threads) {
        EngineOptions options;
        options.threads = threads;
        PairRun run = replay({{"Path", "datasets/flights-10k.jsonl"},
                              {"PartitionKey", "origin"},
                              {"Timestamp", "date"},
                              {"Speed", 36'000}},
                             "resources", {{"RefuseKey", "ORD"}, {"RefuseAttempts", 1}}, options);
        run.runFor(seconds(300));
        EXPECT_TRUE(run.engine->close());
        return run.engine->digest();
    };
    EXPECT_EQ(digest(1), digest(2));
    EXPECT_EQ(digest(1), digest(8));
}

} // namespace
} // namespace streamwright::producers
