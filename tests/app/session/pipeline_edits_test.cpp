// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/pipeline_edits.h"

#include "app/session/annotations.h"
#include "app/session/arrange.h"
#include "core/plugin/pipeline_check.h"
#include "tests/app/session/drawing_fixture.h"

namespace streamwright {
namespace {

TEST(PipelineEdits, NewNodesHaveReadableFreshIds)
{
    Pipeline pipeline = clickstream();
    EXPECT_EQ(addNode(pipeline, kinds(), "AWS::Kinesis::Stream", {40, 60}), "stream");
    EXPECT_EQ(addNode(pipeline, kinds(), "AWS::Kinesis::Stream", {40, 60}), "stream-2");
    EXPECT_EQ(addNode(pipeline, kinds(), "Nobody::Knows", {}), "knows");
    EXPECT_EQ(placeOf(pipeline, "stream"), (Point{40, 60}));
    EXPECT_EQ(freshId(pipeline, "stream-2"), "stream-3");
    EXPECT_EQ(freshId(pipeline, "Über uns!"), "ber-uns");
    EXPECT_EQ(freshId(pipeline, "???"), "node");
    EXPECT_TRUE(isNodeId(freshId(pipeline, std::string(200, 'x'))));
}

TEST(PipelineEdits, AnEdgeIsNotDoubled)
{
    Pipeline pipeline = clickstream();
    EXPECT_EQ(connect(pipeline, {"website", "out"}, {"clicks", "in"}), "website.out>clicks.in");
    EXPECT_EQ(pipeline.edges.size(), 4u);
    connect(pipeline, {"website", "out"}, {"archiver", "in"});
    EXPECT_EQ(edgesIn(pipeline).back(), "website.out>archiver.in");
}

TEST(PipelineEdits, AnEndIsReconnected)
{
    Pipeline pipeline = clickstream();
    EXPECT_EQ(reconnect(pipeline, "clicks.out>archiver.in", false, {"counter", "in"}), "clicks.out>counter.in");
    EXPECT_EQ(pipeline.edges.size(), 3u); // it became the one that was there
    pipeline = clickstream();
    addNode(pipeline, kinds(), "AWS::Kinesis::Stream", {});
    EXPECT_EQ(reconnect(pipeline, "clicks.out>archiver.in", true, {"stream", "out"}), "stream.out>archiver.in");
    EXPECT_EQ(edgesIn(pipeline)[1], "stream.out>archiver.in"); // in its row
}

TEST(PipelineEdits, SplicingPutsANodeIntoAnEdge)
{
    Pipeline pipeline = clickstream();
    addNode(pipeline, kinds(), "AWS::SQS::Queue", {});
    splice(pipeline, kinds(), "queue", "website.out>clicks.in"); // messages do not go into a stream: nothing happens
    EXPECT_EQ(edgesIn(pipeline), edgesIn(clickstream()));
    connect(pipeline, {"website", "out"}, {"counter", "in"}); // drawn though not allowed: a queue between would mend it
    pipeline.edges.back().properties = {{"kept", true}};
    splice(pipeline, kinds(), "queue", "website.out>counter.in");
    EXPECT_EQ(edgesIn(pipeline)[4], "website.out>queue.in");
    EXPECT_EQ(pipeline.edges[4].properties, (Json{{"kept", true}}));
    EXPECT_EQ(edgesIn(pipeline)[5], "queue.out>counter.in");
}

TEST(PipelineEdits, RemovedNodesTakeEverythingOfTheirsAlong)
{
    Pipeline pipeline = clickstream();
    pipeline.charts = {{{{"clicks", "", "IncomingRecords"}, {"archive", "", "PutRequests"}}, {}},
                       {{{"clicks", "", "IncomingBytes"}}, {}}};
    removeNodes(pipeline, kinds(), {"website", "clicks"});
    ASSERT_EQ(pipeline.charts.size(), 1u);
    EXPECT_EQ(pipeline.charts[0].series, (std::vector<MetricName>{{"archive", "", "PutRequests"}}));
    EXPECT_EQ(nodesIn(pipeline), (Lines{"archiver", "archive", "counter"}));
    EXPECT_EQ(edgesIn(pipeline), Lines{"archiver.out>archive.in"});
    EXPECT_TRUE(pipeline.edits.empty());
    EXPECT_TRUE(pipeline.expect.empty());
    EXPECT_TRUE(pipeline.groups.empty());
    EXPECT_EQ(pipeline.layout.size(), 3u);
}

TEST(PipelineEdits, HealingJoinsWhatFits)
{
    Pipeline pipeline = clickstream();
    removeNodes(pipeline, kinds(), {"clicks"}, true); // records go to Firehose, but not to a consumer
    EXPECT_EQ(edgesIn(pipeline), (Lines{"archiver.out>archive.in", "website.out>archiver.in"}));
    pipeline = clickstream();
    removeNodes(pipeline, kinds(), {"clicks"});
    EXPECT_EQ(edgesIn(pipeline), Lines{"archiver.out>archive.in"});
}

TEST(PipelineEdits, PartsWithAGroupAreRemovedWithItsNodes)
{
    Pipeline pipeline = clickstream();
    removeParts(pipeline, kinds(), {{}, {"archiver.out>archive.in"}, {"n"}, {"intake"}});
    EXPECT_EQ(nodesIn(pipeline), (Lines{"archiver", "archive", "counter"}));
    EXPECT_TRUE(pipeline.edges.empty());
    EXPECT_TRUE(pipeline.comments.empty());
}

TEST(PipelineEdits, ARenamedNodeKeepsEverything)
{
    Pipeline pipeline = clickstream();
    const auto good = checkPipeline(pipeline, kinds(), "").problems;
    pipeline.charts = {{{{"clicks", "", "IncomingRecords"}}, {}}};
    ASSERT_TRUE(renameNode(pipeline, "clicks", "visits"));
    EXPECT_EQ(pipeline.charts[0].series[0].node, "visits");
    EXPECT_EQ(edgesIn(pipeline), (Lines{"website.out>visits.in", "visits.out>archiver.in", "visits.out>counter.in",
                                        "archiver.out>archive.in"}));
    EXPECT_EQ(pipeline.expect[0].node, "visits");
    EXPECT_EQ(pipeline.groups[0].nodes, (Lines{"website", "visits"}));
    EXPECT_EQ(placeOf(pipeline, "visits"), (Point{300, 100}));
    EXPECT_FALSE(placeOf(pipeline, "clicks"));
    ASSERT_TRUE(renameNode(pipeline, "website", "web"));
    EXPECT_EQ(pipeline.edits[0].node, "web");
    EXPECT_EQ(checkPipeline(pipeline, kinds(), "").problems.size(), good.size());
    EXPECT_TRUE(readPipeline(writePipeline(pipeline)).problems.empty());
}

TEST(PipelineEdits, BadNamesAreRefusedInWords)
{
    Pipeline pipeline = clickstream();
    EXPECT_EQ(renameNode(pipeline, "clicks", "a b").problem().message, "an id has 1 to 64 letters, digits, - or _");
    EXPECT_EQ(renameNode(pipeline, "clicks", "").problem().message, "an id has 1 to 64 letters, digits, - or _");
    EXPECT_EQ(renameNode(pipeline, "clicks", "counter").problem().message, "another node is called counter already");
    EXPECT_TRUE(renameNode(pipeline, "clicks", "clicks"));
    EXPECT_EQ(pipeline, clickstream());
}

TEST(PipelineEdits, AStrayPlaceDoesNotMakeTheFileUnreadable)
{
    Pipeline pipeline = clickstream();
    pipeline.layout["ghost"] = Json::array({1, 2});
    ASSERT_TRUE(renameNode(pipeline, "clicks", "ghost"));
    EXPECT_EQ(placeOf(pipeline, "ghost"), (Point{300, 100}));
    EXPECT_TRUE(readPipeline(writePipeline(pipeline)).problems.empty());
}

TEST(PipelineEdits, DisabledAndBack)
{
    Pipeline pipeline = clickstream();
    setDisabled(pipeline, {"counter", "archive"}, true);
    EXPECT_TRUE(pipeline.node("counter")->disabled);
    setDisabled(pipeline, {"counter", "archive"}, false);
    EXPECT_EQ(pipeline, clickstream());
}

} // namespace
} // namespace streamwright
