// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/find.h"

#include "tests/app/session/drawing_fixture.h"

namespace streamwright {
namespace {

Lines idsOf(const std::string& query, const LiveView* live = nullptr)
{
    Lines ids;
    for (const Found& found : findParts(clickstream(), kinds(), live, query))
        ids.push_back(found.id);
    return ids;
}

TEST(Find, ByNameBestFirst)
{
    EXPECT_EQ(idsOf("archive"), (Lines{"archive", "archiver"}));
    EXPECT_EQ(idsOf("wbst"), Lines{"website"});
    EXPECT_EQ(idsOf("WEB"), Lines{"website"});
    EXPECT_TRUE(idsOf("xyzzy").empty());
    EXPECT_TRUE(idsOf("  ").empty());
}

TEST(Find, ByKindPropertyAndValue)
{
    EXPECT_EQ(idsOf("kinesis::stream"), Lines{"clicks"});
    EXPECT_EQ(idsOf("bucket"), Lines{"archive"});
    EXPECT_EQ(idsOf("1200"), Lines{"website"});
    const auto found = findParts(clickstream(), kinds(), nullptr, "shardcount");
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].where, "ShardCount: 2");
}

TEST(Find, ByStateOfTheRun)
{
    LiveView live;
    live.nodes["clicks"].state = NodeState::Throttling;
    live.nodes["counter"].state = NodeState::Starved;
    EXPECT_EQ(idsOf("throttling", &live), Lines{"clicks"});
    EXPECT_TRUE(idsOf("throttling").empty());
}

TEST(Find, NotesAndGroups)
{
    const auto note = findParts(clickstream(), kinds(), nullptr, "hot keys");
    ASSERT_EQ(note.size(), 1u);
    EXPECT_EQ(note[0].what, Found::What::Comment);
    EXPECT_EQ(note[0].where, "note: Hot keys here");
    const auto group = findParts(clickstream(), kinds(), nullptr, "intake");
    ASSERT_EQ(group.size(), 1u);
    EXPECT_EQ(group[0].what, Found::What::Group);
}

TEST(Find, EveryWordMustBeFound)
{
    EXPECT_EQ(idsOf("stream 2"), Lines{"clicks"});
    EXPECT_TRUE(idsOf("clicks 1200").empty());
}

} // namespace
} // namespace streamwright
