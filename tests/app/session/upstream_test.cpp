// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/upstream.h"

#include <gtest/gtest.h>

namespace streamwright {

TEST(Upstream, FollowsEdgesBackwardsAlsoThroughLoopsButNotFromDisabledNodes)
{
    Pipeline pipeline;
    for (const char* id : {"a", "b", "c", "d", "off"})
        pipeline.nodes.push_back({id, "Local::Producer"});
    pipeline.nodes.back().disabled = true;
    pipeline.edges = {{"a", "out", "b", "in"},
                      {"b", "out", "c", "in"},
                      {"c", "out", "b", "in"},
                      {"c", "out", "d", "in"},
                      {"off", "out", "b", "in"}};
    EXPECT_EQ(withUpstream(pipeline, {"c"}), (std::set<std::string>{"a", "b", "c"}));
    EXPECT_EQ(withUpstream(pipeline, {"a"}), (std::set<std::string>{"a"}));
    EXPECT_EQ(withUpstream(pipeline, {}), std::set<std::string>{});
}

} // namespace streamwright
