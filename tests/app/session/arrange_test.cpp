// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/arrange.h"

#include "tests/app/session/drawing_fixture.h"

namespace streamwright {
namespace {

Extent extentOf(const std::string& node) { return node == "clicks" ? Extent{200, 100} : Extent{100, 50}; }

TEST(Arrange, MovingTakesGroupsAndNotesAlong)
{
    Pipeline pipeline = clickstream();
    moveParts(pipeline, {{"counter"}, {}, {"n"}, {"intake"}}, {10, -5}, extentOf);
    EXPECT_EQ(placeOf(pipeline, "counter"), (Point{610, 195}));
    EXPECT_EQ(placeOf(pipeline, "website"), (Point{10, 95}));
    EXPECT_EQ(placeOf(pipeline, "clicks"), (Point{310, 95}));
    EXPECT_EQ(placeOf(pipeline, "archive"), (Point{900, 0}));
    EXPECT_EQ(pipeline.comments[0].x, 310);
}

TEST(Arrange, ANodeWithoutAPlaceMovesFromWhereItIsDrawn)
{
    Pipeline pipeline = clickstream();
    pipeline.layout["counter"] = "somewhere";
    EXPECT_FALSE(placeOf(pipeline, "counter"));
    moveParts(pipeline, {{"counter"}, {}, {}, {}}, {0, 0}, extentOf);
    const auto place = placeOf(pipeline, "counter");
    ASSERT_TRUE(place);
    EXPECT_GE(place->y, 200); // below the others
}

TEST(Arrange, Snapping)
{
    Pipeline pipeline = clickstream();
    setPlace(pipeline, "clicks", {311, 89.6});
    snapParts(pipeline, {{"clicks"}, {}, {}, {}});
    EXPECT_EQ(placeOf(pipeline, "clicks"), (Point{320, 80}));
    EXPECT_EQ(snapped({-9, 11}), (Point{0, 20}));
}

TEST(Arrange, Aligning)
{
    const std::set<std::string> nodes{"clicks", "archiver", "counter"};
    const auto xs = [&](Alignment alignment) {
        Pipeline pipeline = clickstream();
        align(pipeline, nodes, alignment, extentOf);
        std::vector<double> out;
        for (const std::string& node : nodes)
            out.push_back(alignment < Alignment::Top ? placeOf(pipeline, node)->x : placeOf(pipeline, node)->y);
        EXPECT_EQ(placeOf(pipeline, "website"), (Point{0, 100}));
        return out;
    };
    using Numbers = std::vector<double>; // archiver, clicks (200 x 100), counter
    EXPECT_EQ(xs(Alignment::Left), (Numbers{300, 300, 300}));
    EXPECT_EQ(xs(Alignment::Right), (Numbers{600, 500, 600}));
    EXPECT_EQ(xs(Alignment::Centre), (Numbers{450, 400, 450}));
    EXPECT_EQ(xs(Alignment::Top), (Numbers{0, 0, 0}));
    EXPECT_EQ(xs(Alignment::Bottom), (Numbers{200, 150, 200}));
    EXPECT_EQ(xs(Alignment::Middle), (Numbers{100, 75, 100}));
}

TEST(Arrange, DistributingMakesEqualGapsBetweenTheOutermost)
{
    Pipeline pipeline = clickstream();
    setPlace(pipeline, "clicks", {120, 0});
    distribute(pipeline, {"website", "clicks", "archive"}, Direction::Horizontal, extentOf);
    EXPECT_EQ(placeOf(pipeline, "website"), (Point{0, 100}));
    EXPECT_EQ(placeOf(pipeline, "clicks"), (Point{400, 0})); // 300 free on either side
    EXPECT_EQ(placeOf(pipeline, "archive"), (Point{900, 0}));
    Pipeline two = clickstream();
    distribute(two, {"website", "archive"}, Direction::Vertical, extentOf);
    EXPECT_EQ(two, clickstream());
}

TEST(Arrange, AFreePlaceOverlapsNothing)
{
    const Pipeline pipeline = clickstream();
    const Point place = freePlace(pipeline, {300, 100}, extentOf);
    EXPECT_GE(place.y, 200 + kGrid);
    EXPECT_EQ(freePlace(pipeline, {0, 1000}, extentOf), (Point{0, 1000}));
}

} // namespace
} // namespace streamwright
