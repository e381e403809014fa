// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/fixes.h"

#include "app/session/document.h"
#include "tests/app/session/drawing_fixture.h"

namespace streamwright {
namespace {

// The drawing as a person left it: one problem, and its fixes.
struct Broken {
    explicit Broken(const std::function<void(Pipeline&)>& breakIt) : document(kinds())
    {
        document.edit("Draw", [](Pipeline& pipeline) { pipeline = clickstream(); });
        EXPECT_TRUE(document.problems().empty());
        document.edit("Break", breakIt);
        EXPECT_FALSE(document.problems().empty());
        if (!document.problems().empty()) fixes = fixesFor(document.pipeline(), kinds(), document.problems().front());
    }
    Lines labels() const
    {
        Lines out;
        for (const Fix& fix : fixes)
            out.push_back(fix.label);
        return out;
    }
    // Whether the click mends it.
    bool click(const std::string& label)
    {
        const std::size_t before = document.problems().size();
        for (const Fix& fix : fixes)
            if (fix.label == label) document.edit(fix.label, fix.change);
        return document.problems().size() < before;
    }
    ProblemSubject subject() const { return subjectOf(document.pipeline(), document.problems().front()); }

    Document document;
    std::vector<Fix> fixes;
};

TEST(Fixes, ABoundThatIsBroken)
{
    Broken broken([](Pipeline& p) { p.nodes[1].properties["ShardCount"] = 20'000; });
    EXPECT_EQ(broken.labels(), (Lines{"Set ShardCount to 10000", "Reset ShardCount to its default", "Disable clicks"}));
    EXPECT_EQ(broken.subject().node, "clicks");
    EXPECT_EQ(broken.subject().property, "/ShardCount");
    EXPECT_TRUE(broken.click("Set ShardCount to 10000"));
    EXPECT_EQ(broken.document.pipeline().nodes[1].properties["ShardCount"], 10'000);
}

TEST(Fixes, AnUnknownProperty)
{
    Broken broken([](Pipeline& p) { p.nodes[1].properties = {{"ShardCout", 3}, {"RetentionPeriodHours", 48}}; });
    EXPECT_EQ(broken.labels(), (Lines{"Rename ShardCout to ShardCount", "Remove ShardCout", "Disable clicks"}));
    EXPECT_TRUE(broken.click("Rename ShardCout to ShardCount"));
    EXPECT_EQ(broken.document.pipeline().nodes[1].properties.dump(), R"({"ShardCount":3,"RetentionPeriodHours":48})");
    Broken strange([](Pipeline& p) { p.nodes[1].properties["Whatever"] = 3; });
    EXPECT_EQ(strange.labels(), (Lines{"Remove Whatever", "Disable clicks"}));
    EXPECT_TRUE(strange.click("Remove Whatever"));
}

TEST(Fixes, AWrongTypeOrWord)
{
    Broken type([](Pipeline& p) { p.nodes[1].properties["ShardCount"] = "4"; });
    EXPECT_EQ(type.labels().front(), "Set ShardCount to 4");
    EXPECT_TRUE(type.click("Set ShardCount to 4"));
    Broken word([](Pipeline& p) { p.nodes[1].properties["StreamModeDetails"] = {{"StreamMode", "ON_DEMND"}}; });
    EXPECT_EQ(word.labels().front(), "Set StreamMode to \"ON_DEMAND\"");
    EXPECT_TRUE(word.click("Set StreamMode to \"ON_DEMAND\""));
}

TEST(Fixes, WhatIsMissingInAListsEntry)
{
    Broken broken([](Pipeline& p) {
        p.nodes[1].properties["Resharding"] =
            Json::array({{{"Action", "SplitShard"}, {"ShardId", "shardId-000000000000"}}});
    });
    EXPECT_EQ(broken.labels().front(), "Set AtSeconds to 0");
    EXPECT_TRUE(broken.click("Set AtSeconds to 0"));
}

TEST(Fixes, AnUnknownKind)
{
    Broken broken([](Pipeline& p) { p.nodes[1].kind = "AWS::Kinesis::Strem"; });
    EXPECT_EQ(broken.labels(), (Lines{"Change its kind to AWS::Kinesis::Stream", "Remove clicks", "Disable clicks"}));
    EXPECT_TRUE(broken.click("Change its kind to AWS::Kinesis::Stream"));
}

TEST(Fixes, AnEdgeToNowhere)
{
    Broken broken([](Pipeline& p) { p.edges[0].toNode = "clikcs"; });
    EXPECT_EQ(broken.labels(), (Lines{"Join it to clicks", "Remove the edge"}));
    EXPECT_EQ(broken.subject().edge, "website.out>clikcs.in");
    EXPECT_TRUE(broken.click("Join it to clicks"));
    Broken removed([](Pipeline& p) { p.edges[0].toNode = "nobody-at-all"; });
    EXPECT_TRUE(removed.click("Remove the edge"));
    EXPECT_EQ(removed.document.pipeline().edges.size(), 3u);
}

TEST(Fixes, AnEdgeAtAWrongPort)
{
    Broken broken([](Pipeline& p) { p.edges[0].toPort = "inn"; });
    EXPECT_EQ(broken.labels(), (Lines{"Use the port in", "Remove the edge"}));
    EXPECT_TRUE(broken.click("Use the port in"));
}

TEST(Fixes, OfTwoEqualEdgesOneGoes)
{
    Broken broken([](Pipeline& p) { p.edges.push_back(p.edges[0]); });
    EXPECT_EQ(broken.labels(), Lines{"Remove the edge"});
    EXPECT_TRUE(broken.click("Remove the edge"));
    EXPECT_EQ(edgesIn(broken.document.pipeline()), edgesIn(clickstream()));
}

TEST(Fixes, AnEdgesProperty)
{
    Broken broken([](Pipeline& p) { p.edges[1].properties["PollMilliseconds"] = 5; });
    EXPECT_EQ(broken.labels().front(), "Set PollMilliseconds to 200");
    EXPECT_TRUE(broken.click("Set PollMilliseconds to 200"));
}

TEST(Fixes, AnOutputThatMustLeadSomewhere)
{
    Broken broken([](Pipeline& p) { removeEdges(p, {"archiver.out>archive.in"}); });
    EXPECT_EQ(broken.labels(), (Lines{"Send it to archive", "Add S3 bucket", "Disable archiver"}));
    EXPECT_TRUE(broken.click("Add S3 bucket"));
    EXPECT_EQ(edgesIn(broken.document.pipeline()).back(), "archiver.out>bucket.in");
    Broken disabled([](Pipeline& p) { setDisabled(p, {"archive"}, true); });
    EXPECT_EQ(disabled.labels(), (Lines{"Enable archive", "Disable archiver"}));
    EXPECT_TRUE(disabled.click("Enable archive"));
}

TEST(Fixes, TimedEditsAndExpectations)
{
    Broken edit([](Pipeline& p) { p.edits[0].node = "webste"; });
    EXPECT_EQ(edit.labels(), (Lines{"Make it an edit of website", "Remove the timed edit"}));
    EXPECT_TRUE(edit.click("Make it an edit of website"));
    Broken value([](Pipeline& p) { p.edits[0].properties["RecordsPerSecond"] = -1; });
    EXPECT_TRUE(value.click(value.labels().front()));
    Broken metric([](Pipeline& p) { p.expect[0].metric = "IncomingRecrds"; });
    EXPECT_EQ(metric.labels(), (Lines{"Expect it of IncomingRecords", "Remove the expectation"}));
    EXPECT_EQ(metric.subject().node, "clicks");
    EXPECT_TRUE(metric.click("Expect it of IncomingRecords"));
    Broken node([](Pipeline& p) { p.expect[0].node = "cliks"; });
    EXPECT_TRUE(node.click("Expect it of clicks"));
}

TEST(Fixes, ThereIsNoneForAFileThatCouldNotBeRead)
{
    EXPECT_TRUE(fixesFor(clickstream(), kinds(), {ProblemCode::InvalidInput, "must be a text", "f:3 (/name)"}).empty());
    EXPECT_TRUE(fixesFor(clickstream(), kinds(), {ProblemCode::InvalidInput, "x", "/nodes/99/kind"}).empty());
}

} // namespace
} // namespace streamwright
