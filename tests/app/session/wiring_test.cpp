// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/wiring.h"

#include "tests/app/session/drawing_fixture.h"

namespace streamwright {
namespace {

std::string whyNot(const Pipeline& pipeline, const WireEnd& from, const WireEnd& to, const std::string& replacing = {})
{
    const auto result = connectable(pipeline, kinds(), from.node, from.port, to.node, to.port, replacing);
    return result ? "" : result.problem().message;
}

TEST(Wiring, ARefusalSaysWhy)
{
    Pipeline pipeline = clickstream();
    EXPECT_EQ(whyNot(pipeline, {"website", "out"}, {"archiver", "in"}), "");
    EXPECT_EQ(whyNot(pipeline, {"archiver", "in"}, {"website", "out"}), ""); // dragged from the input
    EXPECT_EQ(whyNot(pipeline, {"website", "out"}, {"archive", "in"}),
              "website.out carries records, but archive.in takes objects");
    EXPECT_EQ(whyNot(pipeline, {"clicks", "out"}, {"clicks", "in"}),
              "clicks would feed itself: what it passes on would never end");
    EXPECT_EQ(whyNot(pipeline, {"website", "out"}, {"clicks", "in"}), "the two are joined already");
    EXPECT_EQ(whyNot(pipeline, {"website", "out"}, {"clicks", "out"}), "both are outputs: a wire ends at an input");
    EXPECT_EQ(whyNot(pipeline, {"archiver", "in"}, {"clicks", "in"}), "both are inputs: a wire begins at an output");
    EXPECT_EQ(whyNot(pipeline, {"website", "up"}, {"clicks", "in"}), "Producer has no port up");
    EXPECT_EQ(whyNot(pipeline, {"website", "out"}, {"nobody", "in"}), "there is no node nobody");
    pipeline.nodes.push_back({"odd", "No::Kind"});
    EXPECT_EQ(whyNot(pipeline, {"website", "out"}, {"odd", "in"}),
              "odd is of an unknown kind: nothing is known of its ports");
}

TEST(Wiring, APortHasRoomForSoManyEdges)
{
    Pipeline pipeline = clickstream();
    addNode(pipeline, kinds(), "AWS::S3::Bucket", {});
    EXPECT_EQ(whyNot(pipeline, {"archiver", "out"}, {"bucket", "in"}), "archiver.out has its only edge already");
    EXPECT_EQ(whyNot(pipeline, {"archiver", "out"}, {"bucket", "in"}, "archiver.out>archive.in"), "");
}

TEST(Wiring, CirclesOfDeadLettersAreRefused)
{
    Pipeline pipeline;
    for (int i = 0; i < 3; ++i)
        addNode(pipeline, kinds(), "AWS::SQS::Queue", {});
    connect(pipeline, {"queue", "deadLetters"}, {"queue-2", "in"});
    connect(pipeline, {"queue-2", "deadLetters"}, {"queue-3", "in"});
    EXPECT_EQ(whyNot(pipeline, {"queue-3", "deadLetters"}, {"queue", "in"}),
              "the dead-letter queues would form a circle: a message could never be given up");
}

TEST(Wiring, ABodyTakesTheOnlyFittingPort)
{
    Pipeline pipeline = clickstream();
    addNode(pipeline, kinds(), "AWS::S3::Bucket", {});
    EXPECT_EQ(*fittingPort(pipeline, kinds(), {"website", "out"}, "archiver"), "in");
    EXPECT_EQ(*fittingPort(pipeline, kinds(), {"archive", "in"}, "archiver"), "backup"); // out is taken
    removeEdges(pipeline, {"archiver.out>archive.in"});
    EXPECT_EQ(fittingPort(pipeline, kinds(), {"bucket", "in"}, "archiver").problem().message,
              "fits at out and backup: drop it on one of these ports");
    EXPECT_EQ(fittingPort(pipeline, kinds(), {"website", "out"}, "website").problem().message, "Producer has no input");
    EXPECT_EQ(fittingPort(pipeline, kinds(), {"website", "out"}, "counter").problem().message,
              "website.out carries records, but counter.in takes shards or messages");
}

TEST(Wiring, ADroppedWireIsOfferedWhatFits)
{
    const auto titles = [](const std::vector<FittingKind>& fitting) {
        Lines out;
        for (const FittingKind& kind : fitting)
            out.push_back(kind.kind->title + "." + kind.port);
        return out;
    };
    const Pipeline pipeline = clickstream();
    EXPECT_EQ(titles(fittingKinds(pipeline, kinds(), {"archiver", "backup"})), Lines{"S3 bucket.in"});
    EXPECT_TRUE(fittingKinds(pipeline, kinds(), {"archiver", "out"}).empty()); // it has its only edge
    const auto readers = titles(fittingKinds(pipeline, kinds(), {"clicks", "out"}));
    EXPECT_NE(std::find(readers.begin(), readers.end(), "Consumer.in"), readers.end());
    EXPECT_EQ(std::find(readers.begin(), readers.end(), "S3 bucket.in"), readers.end());
    const auto sources = titles(fittingKinds(pipeline, kinds(), {"clicks", "in"}));
    EXPECT_NE(std::find(sources.begin(), sources.end(), "Producer.out"), sources.end());
}

TEST(Wiring, SplicingNeedsBothSidesToFit)
{
    Pipeline pipeline = clickstream();
    addNode(pipeline, kinds(), "AWS::SQS::Queue", {});
    EXPECT_EQ(spliceable(pipeline, kinds(), "queue", "website.out>clicks.in").problem().message,
              "queue.out carries messages, but clicks.in takes records");
    EXPECT_EQ(spliceable(pipeline, kinds(), "clicks", "website.out>clicks.in").problem().message,
              "the edge is one of clicks's own");
    EXPECT_FALSE(spliceable(pipeline, kinds(), "queue", "x.y>z.w"));
}

} // namespace
} // namespace streamwright
