// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/auto_layout.h"

#include <random>

#include "app/session/layered_graph.h"
#include "tests/app/session/drawing_fixture.h"

namespace streamwright {
namespace {

Extent extentOf(const std::string&) { return {180, 72}; }

Pipeline drawing(std::size_t count, const LayeredGraph::Edges& edges)
{
    Pipeline pipeline;
    const auto id = [](std::size_t i) { return "n" + std::to_string(i); };
    for (std::size_t i = 0; i < count; ++i)
        pipeline.nodes.push_back({id(i), "K"});
    for (const auto& [from, to] : edges)
        pipeline.edges.push_back({id(from), "out", id(to), "in"});
    return pipeline;
}

LayeredGraph::Edges randomEdges(std::size_t count, std::size_t edges, unsigned seed)
{
    std::mt19937 random(seed);
    std::set<std::pair<std::size_t, std::size_t>> made;
    while (made.size() < edges) {
        const std::size_t from = random() % (count - 1);
        made.emplace(from, from + 1 + random() % std::min<std::size_t>(count - 1 - from, 30));
    }
    return {made.begin(), made.end()};
}

bool overlapping(const std::map<std::string, Point>& places)
{
    for (auto a = places.begin(); a != places.end(); ++a)
        for (auto b = std::next(a); b != places.end(); ++b)
            if (std::abs(a->second.x - b->second.x) < 180 && std::abs(a->second.y - b->second.y) < 72) return true;
    return false;
}

TEST(AutoLayout, EveryEdgeLeadsToTheRight)
{
    Pipeline pipeline = clickstream();
    const auto places = autoLayout(pipeline, {}, extentOf);
    for (const Edge& edge : pipeline.edges)
        EXPECT_GE(places.at(edge.toNode).x, places.at(edge.fromNode).x + 180 + LayoutGaps{}.between) << keyOf(edge);
    EXPECT_FALSE(overlapping(places));
    EXPECT_EQ(places.at("archiver").x, places.at("counter").x); // side by side behind the stream
}

TEST(AutoLayout, AChainIsStraight)
{
    const auto places = autoLayout(drawing(5, {{0, 1}, {1, 2}, {2, 3}, {3, 4}}), {}, extentOf);
    for (const auto& [node, place] : places)
        EXPECT_DOUBLE_EQ(place.y, places.at("n0").y) << node;
}

TEST(AutoLayout, CrossingsThatNeedNotBeAreAvoided)
{
    // Drawn in the order of the file the two pairs would cross.
    LayeredGraph pairs(6, {{0, 3}, {1, 2}, {4, 0}, {4, 1}, {2, 5}, {3, 5}});
    EXPECT_EQ(pairs.crossings(), 0u);
    LayeredGraph tree(15, {{0, 1},
                           {0, 2},
                           {1, 3},
                           {2, 4},
                           {1, 5},
                           {2, 6},
                           {3, 7},
                           {4, 8},
                           {5, 9},
                           {6, 10},
                           {3, 11},
                           {4, 12},
                           {5, 13},
                           {6, 14}});
    EXPECT_EQ(tree.crossings(), 0u);
    LayeredGraph complete(4, {{0, 2}, {0, 3}, {1, 2}, {1, 3}});
    EXPECT_EQ(complete.crossings(), 1u);
}

TEST(AutoLayout, CirclesAndEmptyDrawingsAreLaidOutToo)
{
    EXPECT_TRUE(autoLayout({}, {}, extentOf).empty());
    const auto circle = autoLayout(drawing(4, {{0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 3}}), {}, extentOf);
    EXPECT_EQ(circle.size(), 4u);
    EXPECT_FALSE(overlapping(circle));
    EXPECT_LT(circle.at("n1").x, circle.at("n2").x);
    const auto both = autoLayout(drawing(2, {{0, 1}, {1, 0}}), {}, extentOf);
    EXPECT_FALSE(overlapping(both));
}

TEST(AutoLayout, NothingOverlapsAndTheSameDrawingGivesTheSamePlaces)
{
    for (unsigned seed = 1; seed <= 20; ++seed) {
        const Pipeline pipeline = drawing(60, randomEdges(60, 90, seed));
        const auto places = autoLayout(pipeline, {}, extentOf);
        EXPECT_FALSE(overlapping(places)) << seed;
        EXPECT_EQ(places, autoLayout(pipeline, {}, extentOf));
        for (const Edge& edge : pipeline.edges)
            EXPECT_LT(places.at(edge.fromNode).x, places.at(edge.toNode).x);
    }
}

TEST(AutoLayout, TheSelectionAloneMovesAndStaysWhereItWas)
{
    Pipeline pipeline = clickstream();
    const Pipeline before = pipeline;
    layOut(pipeline, {"archiver", "archive"}, extentOf);
    EXPECT_EQ(placeOf(pipeline, "archiver"), (Point{600, 0}));
    EXPECT_EQ(placeOf(pipeline, "archive"), (Point{880, 0}));
    for (const char* other : {"website", "clicks", "counter"})
        EXPECT_EQ(placeOf(pipeline, other), placeOf(before, other));
}

TEST(AutoLayout, ALargeDrawingIsLaidOut)
{
    const auto places = autoLayout(drawing(5000, randomEdges(5000, 7000, 7)), {}, extentOf);
    EXPECT_EQ(places.size(), 5000u);
}

TEST(AutoLayout, NodesWithoutAPlaceAreDrawnBesideTheOthers)
{
    Pipeline pipeline = clickstream();
    EXPECT_EQ(placesOf(pipeline, extentOf), writtenPlaces(pipeline));
    pipeline.nodes.push_back({"late", "K"});
    pipeline.layout["gone"] = Json::array({5, 5});
    const auto places = placesOf(pipeline, extentOf);
    EXPECT_EQ(places.size(), 6u);
    EXPECT_FALSE(overlapping(places));
    pipeline.layout = Json::object();
    EXPECT_EQ(placesOf(pipeline, extentOf), autoLayout(pipeline, {}, extentOf));
}

} // namespace
} // namespace streamwright
