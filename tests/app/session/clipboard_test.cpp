// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/clipboard.h"

#include "tests/app/session/drawing_fixture.h"

namespace streamwright {
namespace {

TEST(Clipboard, APieceKeepsItsInnerLinksNotesAndGroups)
{
    Pipeline pipeline = clickstream();
    const std::string text = copyParts(pipeline, {{"archiver", "archive"}, {}, {"n"}, {"intake"}});
    const auto fragment = readFragment(text);
    ASSERT_TRUE(fragment) << fragment.problem().text();
    const Parts added = paste(pipeline, *fragment, {1000, 500});
    EXPECT_EQ(added.nodes, (std::set<std::string>{"website-2", "clicks-2", "archiver-2", "archive-2"}));
    EXPECT_EQ(added.edges, (std::set<std::string>{"website-2.out>clicks-2.in", "clicks-2.out>archiver-2.in",
                                                  "archiver-2.out>archive-2.in"}));
    EXPECT_EQ(findEdge(pipeline, "clicks-2.out>archiver-2.in")->properties, (Json{{"PollMilliseconds", 500}}));
    EXPECT_EQ(pipeline.node("clicks-2")->properties, pipeline.node("clicks")->properties);
    EXPECT_EQ(placeOf(pipeline, "website-2"), (Point{1000, 600}));
    EXPECT_EQ(placeOf(pipeline, "archiver-2"), (Point{1600, 500}));
    ASSERT_EQ(pipeline.comments.size(), 2u);
    EXPECT_EQ(pipeline.comments[1].text, "Hot keys here");
    EXPECT_EQ(pipeline.comments[1].x, 1300);
    EXPECT_EQ(pipeline.comments[1].colour, "blue");
    ASSERT_EQ(pipeline.groups.size(), 2u);
    EXPECT_EQ(pipeline.groups[1].title, "Intake");
    EXPECT_EQ(std::set<std::string>(pipeline.groups[1].nodes.begin(), pipeline.groups[1].nodes.end()),
              (std::set<std::string>{"website-2", "clicks-2"}));
    EXPECT_TRUE(readPipeline(writePipeline(pipeline)).problems.empty());
}

TEST(Clipboard, PastingTwiceMakesTwoCopies)
{
    Pipeline pipeline = clickstream();
    const auto fragment = readFragment(copyParts(pipeline, {{"clicks"}, {}, {}, {}}));
    ASSERT_TRUE(fragment);
    paste(pipeline, *fragment, {});
    EXPECT_EQ(paste(pipeline, *fragment, {}).nodes, std::set<std::string>{"clicks-3"});
    EXPECT_EQ(pipeline.edges.size(), 4u);
}

TEST(Clipboard, TheTextOfAWholeFileIsPastedAsAPiece)
{
    Pipeline file = clickstream(), pipeline;
    file.runFor = seconds(5);
    const auto fragment = readFragment(writePipeline(file));
    ASSERT_TRUE(fragment) << fragment.problem().text();
    EXPECT_EQ(paste(pipeline, *fragment, {}).nodes.size(), file.nodes.size());
    EXPECT_EQ(pipeline.edges.size(), file.edges.size());
    EXPECT_FALSE(pipeline.runFor); // how it runs is the drawing's own
}

TEST(Clipboard, TheHeadOfATextTellsWhetherItMayBeAPiece)
{
    const std::string text = copyParts(clickstream(), {{"clicks"}, {}, {}, {}});
    EXPECT_TRUE(mayBeFragment(text.substr(0, kFragmentHead), text.size()));
    EXPECT_FALSE(mayBeFragment(text.substr(0, kFragmentHead), std::size_t{1} << 30));
    for (const std::string& other : {std::string(), std::string(" \n"), std::string("hello"), std::string("[1, 2]"),
                                     "{\"a\": \"" + std::string(kFragmentHead, 'x') + "\", \"streamwright\": 1}"})
        EXPECT_FALSE(mayBeFragment(other, other.size())) << other;
}

TEST(Clipboard, OtherTextsAreRefusedInWords)
{
    for (const char* text : {"", "  \n", "hello", "{\"a\": 1}", "{\"streamwright\": 1}", "{\"streamwright\": 1, ",
                             "{\"streamwright\": 9, \"nodes\": []}", "[1, 2]"}) {
        const auto fragment = readFragment(text);
        ASSERT_FALSE(fragment) << text;
        EXPECT_NE(fragment.problem().message.find("clipboard"), std::string::npos) << text;
    }
    EXPECT_EQ(copyParts(clickstream(), {}), "");
}

TEST(Clipboard, DuplicatesStandBesideTheirOriginals)
{
    Pipeline pipeline = clickstream();
    const Parts added = duplicate(pipeline, {{"clicks", "counter"}, {}, {}, {}});
    EXPECT_EQ(added.nodes, (std::set<std::string>{"clicks-2", "counter-2"}));
    EXPECT_EQ(added.edges, std::set<std::string>{"clicks-2.out>counter-2.in"});
    EXPECT_EQ(placeOf(pipeline, "clicks-2"), (Point{340, 140}));
    EXPECT_EQ(placeOf(pipeline, "counter-2"), (Point{640, 240}));
}

} // namespace
} // namespace streamwright
