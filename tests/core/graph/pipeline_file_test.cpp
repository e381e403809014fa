// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/pipeline_file.h"

#include <rapidcheck/gtest.h>

#include "core/base/duration_text.h"

namespace streamwright {
namespace {

const std::string kGood = R"({
  "streamwright": 1,
  "name": "clicks",
  "run": {"for": "15m", "seed": 9},
  "nodes": [
    {"id": "web", "kind": "Local::Producer", "properties": {"RecordsPerSecond": 5}, "colour": "red"},
    {"id": "s-1", "kind": "AWS::Kinesis::Stream", "disabled": true}
  ],
  "edges": [
    {"from": "web.out", "to": "s-1.in", "properties": {"A": 1}}
  ],
  "edits": [
    {"at": "1m", "node": "web", "properties": {"RecordsPerSecond": 6}}
  ],
  "layout": {"web": [0, 0]},
  "comments": [
    {"id": "note-1", "text": "look here", "at": [-40, 20.5], "size": [200, 80], "colour": "blue", "author": "me"}
  ],
  "groups": [
    {"id": "g", "title": "Intake", "nodes": ["web", "s-1"], "collapsed": true, "icon": "x"}
  ],
  "charts": [
    {"series": ["s-1.IncomingRecords", "s-1/shardId-000000000000.IncomingRecords"], "height": 2}
  ],
  "expect": [
    {"metric": "s-1/shardId-000000000000.GetRecords.IteratorAgeMilliseconds", "statistic": "Maximum", "is": "<=", "value": 5000, "after": "1m30s"}
  ],
  "comment": "kept"
}
)";

std::vector<std::string> problemsOf(const std::string& text)
{
    std::vector<std::string> out;
    for (const Problem& problem : locateProblems(readPipeline(text).problems, "f", text))
        out.push_back(problem.text());
    return out;
}

TEST(PipelineFile, ReadsEverything)
{
    const auto reading = readPipeline(kGood);
    ASSERT_TRUE(reading.problems.empty()) << reading.problems[0].text();
    const Pipeline& p = reading.pipeline;
    EXPECT_EQ(p.nodes.size(), 2u);
    EXPECT_EQ(p.edges[0].toNode, "s-1");
    EXPECT_EQ(p.runFor, std::chrono::minutes(15));
    EXPECT_EQ(p.seed, 9u);
    EXPECT_EQ(p.expect[0].part, "shardId-000000000000");
    EXPECT_EQ(p.expect[0].metric, "GetRecords.IteratorAgeMilliseconds");
    EXPECT_EQ(p.expect[0].after, seconds(90));
    EXPECT_EQ(p.edits[0].at, seconds(60));
    EXPECT_EQ(p.nodes[0].rest["colour"], "red");
    EXPECT_FALSE(p.nodes[0].disabled);
    EXPECT_TRUE(p.nodes[1].disabled);
    EXPECT_EQ(p.comments[0].y, 20.5);
    EXPECT_EQ(p.comments[0].width, 200);
    EXPECT_EQ(p.comments[0].colour, "blue");
    EXPECT_EQ(p.groups[0].nodes, (std::vector<std::string>{"web", "s-1"}));
    EXPECT_TRUE(p.groups[0].collapsed);
    EXPECT_EQ(p.charts[0].series[0], (MetricName{"s-1", "", "IncomingRecords"}));
    EXPECT_EQ(p.charts[0].series[1], (MetricName{"s-1", "shardId-000000000000", "IncomingRecords"}));
    EXPECT_EQ(p.rest["comment"], "kept");
}

TEST(PipelineFile, WritesWhatItReadUnknownPartsIncluded)
{
    const std::string written = writePipeline(readPipeline(kGood).pipeline);
    EXPECT_EQ(written, writePipeline(readPipeline(written).pipeline));
    EXPECT_EQ(*parseJson(written), *parseJson(kGood));
}

TEST(PipelineFile, EveryProblemHasItsLine)
{
    using Lines = std::vector<std::string>;
    EXPECT_EQ(problemsOf("{\n\"streamwright\": 1,\n\"nodes\": [\n{\"id\": \"a b\", \"kind\": \"K\"},\n{\"kind\": 7}]}"),
              (Lines{"f:4 (/nodes/0/id): an id has 1 to 64 letters, digits, - or _",
                     "f:5 (/nodes/1/kind): must be a text", "f:5 (/nodes/1): a node needs an id"}));
    EXPECT_EQ(problemsOf("{\"streamwright\": 1, \"nodes\": [\n{\"id\": \"a\", \"kind\": \"K\"},\n{\"id\": \"a\", "
                         "\"kind\": \"K\"}]}"),
              Lines{"f:3 (/nodes/1/id): the id \"a\" is given to two nodes"});
    EXPECT_EQ(problemsOf("{\"streamwright\": 1, \"edges\": [{\"from\": \"a\", \"to\": \"b.in\"}]}"),
              Lines{"f:1 (/edges/0/from): an end of an edge is written NODE.PORT, not \"a\""});
    EXPECT_EQ(problemsOf("{}"), Lines{"f: not a pipeline file: the member \"streamwright\": 1 is missing"});
    EXPECT_EQ(problemsOf("{\"streamwright\": 2}"),
              Lines{"f:1 (/streamwright): written by a newer Streamwright (format 2); this one reads format 1"});
    EXPECT_EQ(problemsOf("{\"streamwright\": 1,\n\"run\": {\"for\": \"soon\"}}").size(), 1u);
    EXPECT_EQ(problemsOf("{\"streamwright\": 1,\n\"expect\": [{\"metric\": \"a.B\", \"statistic\": \"Median\", \"is\": "
                         "\"~\", \"value\": 1}]}")
                  .size(),
              2u);
    EXPECT_NE(problemsOf("{\n  \"streamwright\": 1,,\n}")[0].find("f, line 2, column 21"), std::string::npos);
    EXPECT_EQ(problemsOf("").size(), 1u);
}

TEST(PipelineFile, TheGoodPartOfADamagedFileIsKept)
{
    const auto reading = readPipeline(
        R"({"streamwright": 1, "nodes": [{"id": "a", "kind": "K"}, 5, {"id": "b", "kind": "K"}], "edges": "?"})");
    EXPECT_EQ(reading.problems.size(), 2u);
    EXPECT_EQ(reading.pipeline.nodes.size(), 2u);
    EXPECT_EQ(reading.pipeline.nodes[1].position, 2u);
}

TEST(PipelineFile, NotesAndGroupsHaveTheirProblems)
{
    using Lines = std::vector<std::string>;
    const auto of = [](const std::string& member) {
        return problemsOf(R"({"streamwright": 1, "nodes": [{"id": "a", "kind": "K"}], )" + member + "}");
    };
    EXPECT_EQ(of(R"("comments": [7])"), Lines{"f:1 (/comments/0): a comment is an object with id, text, at and size"});
    EXPECT_EQ(of(R"("comments": [{"id": "n", "text": 1, "at": [1], "size": [0, 5], "colour": "mauve"}])"),
              (Lines{"f:1 (/comments/0/text): must be a text", "f:1 (/comments/0/at): must be two numbers: [x, y]",
                     "f:1 (/comments/0/size): must be two numbers above 0: [width, height]",
                     "f:1 (/comments/0/colour): must be one of yellow, blue, green, red, grey, not \"mauve\""}));
    EXPECT_EQ(of(R"("comments": [{"id": "n"}, {"id": "n"}, {}])"),
              (Lines{"f:1 (/comments/1/id): the id \"n\" is given twice", "f:1 (/comments/2): needs an id: a text"}));
    EXPECT_EQ(of(R"("groups": [{"id": "g", "nodes": ["a", "b", "a", 1], "collapsed": "no"}])"),
              (Lines{"f:1 (/groups/0/nodes/1): there is no node b",
                     "f:1 (/groups/0/nodes/2): a is in a group already; a node is in one group at most",
                     "f:1 (/groups/0/nodes/3): must be a text", "f:1 (/groups/0/collapsed): must be true or false"}));
    EXPECT_EQ(problemsOf(R"({"streamwright": 1, "nodes": [{"id": "a", "kind": "K", "disabled": 1}]})"),
              Lines{"f:1 (/nodes/0/disabled): must be true or false"});
}

TEST(PipelineFile, PinnedChartsHaveTheirProblems)
{
    using Lines = std::vector<std::string>;
    const std::string text =
        R"({"streamwright": 1, "nodes": [{"id": "a", "kind": "K"}],
"charts": [7, {"series": 1}, {"series": ["a.In", "a", "b.In", 2]}]})";
    EXPECT_EQ(problemsOf(text),
              (Lines{"f:2 (/charts/0): a chart is an object with its series",
                     "f:2 (/charts/1/series): must be a list of metrics",
                     "f:2 (/charts/2/series/1): a metric is written NODE.NAME or NODE/SHARD.NAME, not \"a\"",
                     "f:2 (/charts/2/series/2): there is no node b", "f:2 (/charts/2/series/3): must be a text"}));
    ASSERT_EQ(readPipeline(text).pipeline.charts.size(), 1u); // what is good of it
    EXPECT_EQ(readPipeline(text).pipeline.charts[0].series, (std::vector<MetricName>{{"a", "", "In"}}));
}

TEST(PipelineFile, GroupsMayStandBeforeTheirNodes)
{
    const auto reading = readPipeline(
        R"({"streamwright": 1, "groups": [{"id": "g", "nodes": ["a"]}], "nodes": [{"id": "a", "kind": "K"}]})");
    EXPECT_TRUE(reading.problems.empty());
    EXPECT_EQ(reading.pipeline.groups[0].nodes, std::vector<std::string>{"a"});
}

TEST(PipelineFile, NothingOfADamagedFileIsDroppedForItsIdAlone)
{
    const Pipeline p = readPipeline(R"({"streamwright": 1, "comments": [{"id": "n", "text": "1"}, {"text": "2"}],
        "nodes": [{"id": "a", "kind": "K"}, {"id": "a", "kind": "L"}, {"id": "a-2", "kind": "M"}]})")
                           .pipeline;
    ASSERT_EQ(p.nodes.size(), 3u);
    EXPECT_EQ(p.nodes[1].id, "a-3");
    EXPECT_EQ(p.nodes[1].kind, "L");
    EXPECT_EQ(p.nodes[2].id, "a-2");
    ASSERT_EQ(p.comments.size(), 2u);
    EXPECT_EQ(p.comments[1].text, "2");
}

RC_GTEST_PROP(PipelineFile, NoDamageCrashesTheReader, ())
{
    std::string text = kGood;
    const auto edits = *rc::gen::inRange(1, 6);
    for (int i = 0; i < edits; ++i) {
        const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
        if (*rc::gen::arbitrary<bool>())
            text[at] = *rc::gen::arbitrary<char>();
        else
            text.erase(at, *rc::gen::inRange<std::size_t>(1, 20));
    }
    const auto reading = readPipeline(text);
    (void)locateProblems(reading.problems, "f", text);
    (void)writePipeline(reading.pipeline);
}

TEST(Durations, BothWays)
{
    EXPECT_EQ(*parseDuration("90s"), seconds(90));
    EXPECT_EQ(*parseDuration("1h30m"), seconds(5400));
    EXPECT_EQ(*parseDuration("1.5s"), milliseconds(1500));
    EXPECT_EQ(*parseDuration("7d"), std::chrono::hours(168));
    EXPECT_EQ(durationText(seconds(5400)), "1h30m");
    EXPECT_EQ(durationText(milliseconds(250)), "250ms");
    EXPECT_EQ(durationText(Duration{}), "0s");
    for (const char* bad : {"", "5", "s", "-1s", "1y", "1s2", "nan s", "infs", "9999999d"})
        EXPECT_FALSE(parseDuration(bad)) << bad;
}

TEST(IsoTimes, ReadAndWritten)
{
    EXPECT_EQ(isoTime(*parseIsoTime("2026-01-31T23:59:59.5Z")), "2026-01-31T23:59:59.500Z");
    EXPECT_EQ(isoTime(*parseIsoTime("2024-02-29")), "2024-02-29T00:00:00.000Z");
    for (const char* bad :
         {"", "2026-02-30", "2026-1-1", "2026-01-01T25:00:00Z", "2026-01-01T00:00:00+01:00", "yesterday"})
        EXPECT_FALSE(parseIsoTime(bad)) << bad;
}

} // namespace
} // namespace streamwright
