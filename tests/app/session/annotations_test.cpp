// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/annotations.h"

#include "tests/app/session/drawing_fixture.h"

namespace streamwright {
namespace {

TEST(Notes, AddedChangedAndRemoved)
{
    Pipeline pipeline = clickstream();
    const std::string id = addComment(pipeline, {10, 20}, "look");
    EXPECT_EQ(id, "note-2");
    setCommentText(pipeline, id, "look again");
    moveComment(pipeline, id, {30, 40});
    resizeComment(pipeline, id, {20, 30}, 300, 5);
    setCommentColour(pipeline, id, "red");
    const Comment& note = *findComment(pipeline, id);
    EXPECT_EQ(note.text, "look again");
    EXPECT_EQ(note.x, 20);
    EXPECT_EQ(note.width, 300);
    EXPECT_EQ(note.height, kSmallestNote);
    EXPECT_EQ(note.colour, "red");
    EXPECT_TRUE(readPipeline(writePipeline(pipeline)).problems.empty());
    removeComments(pipeline, {id});
    setCommentText(pipeline, id, "nobody there");
    EXPECT_EQ(pipeline, clickstream());
}

TEST(Groups, ANodeIsInOneGroupAtMost)
{
    Pipeline pipeline = clickstream();
    const std::string group = makeGroup(pipeline, {"clicks", "counter"}, "Counting");
    EXPECT_EQ(findGroup(pipeline, "intake")->nodes, Lines{"website"});
    EXPECT_EQ(findGroup(pipeline, group)->nodes, (Lines{"clicks", "counter"}));
    EXPECT_EQ(groupOf(pipeline, "clicks")->title, "Counting");
    putIntoGroup(pipeline, group, {"website", "archive", "nobody"});
    EXPECT_EQ(findGroup(pipeline, group)->nodes, (Lines{"clicks", "counter", "archive", "website"}));
    EXPECT_FALSE(findGroup(pipeline, "intake")); // it was left without nodes
    EXPECT_EQ(makeGroup(pipeline, {"nobody"}), "");
}

TEST(Groups, RenamedCollapsedLeftAndTakenApart)
{
    Pipeline pipeline = clickstream();
    renameGroup(pipeline, "intake", "In");
    setCollapsed(pipeline, "intake", true);
    EXPECT_EQ(pipeline.groups[0].title, "In");
    EXPECT_TRUE(pipeline.groups[0].collapsed);
    takeOutOfGroups(pipeline, {"website"});
    EXPECT_EQ(pipeline.groups[0].nodes, Lines{"clicks"});
    EXPECT_EQ(groupOf(pipeline, "website"), nullptr);
    ungroup(pipeline, {"intake"});
    EXPECT_TRUE(pipeline.groups.empty());
    EXPECT_EQ(pipeline.nodes.size(), 5u);
}

} // namespace
} // namespace streamwright
