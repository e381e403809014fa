// SPDX-License-Identifier: GPL-3.0-or-later
// Nodes dragged into the frame of a group and out of it.
#include "app/gui/canvas/annotation_layer.h"
#include "app/gui/canvas/group_item.h"
#include "tests/app/gui/canvas_fixture.h"

namespace streamwright::gui {

class CanvasGroupsTest : public CanvasTest {
protected:
    CanvasGroupsTest()
    {
        bench().document.edit("Group", [](Pipeline& pipeline) {
            pipeline.groups.push_back({"g", "Work", {"jobs", "archive"}});
        });
    }
    std::set<std::string> members()
    {
        if (drawing().groups.empty()) return {};
        return {drawing().groups[0].nodes.begin(), drawing().groups[0].nodes.end()};
    }
    const GroupItem& frame() { return *find<AnnotationLayer>()->group("g"); }
    QPoint between() { return at(QPointF(510, 196)); } // jobs and archive
    QString undoText() { return QString::fromStdString(bench().document.document().undoText()); }
};

TEST_F(CanvasGroupsTest, ANodeLetGoInTheFrameBecomesAMemberInOneStep)
{
    const QPointF from = place("spare");
    drag(at("spare"), between());
    EXPECT_TRUE(frame().glowing());
    drop(between());
    EXPECT_FALSE(frame().glowing());
    EXPECT_EQ(members(), (std::set<std::string>{"jobs", "archive", "spare"}));
    EXPECT_TRUE(frame().box().contains(scene().node("spare")->card()));
    EXPECT_EQ(undoText(), "Move spare into Work");
    bench().document.undo();
    EXPECT_EQ(members(), (std::set<std::string>{"jobs", "archive"}));
    EXPECT_EQ(place("spare"), from);
}

TEST_F(CanvasGroupsTest, AMemberMovedWithinTheFrameStaysAndOneDraggedBeyondItLeaves)
{
    dragAndDrop(at("jobs"), at("jobs") + QPoint(0, 40));
    EXPECT_EQ(members(), (std::set<std::string>{"jobs", "archive"}));
    const QPoint outside = at("jobs") + QPoint(0, 200);
    drag(at("jobs"), outside);
    EXPECT_FALSE(frame().box().contains(scene().node("jobs")->card()));
    drop(outside);
    EXPECT_EQ(members(), std::set<std::string>{"archive"});
    EXPECT_EQ(undoText(), "Move jobs out of Work");
    bench().document.undo();
    EXPECT_EQ(members(), (std::set<std::string>{"jobs", "archive"}));
}

TEST_F(CanvasGroupsTest, ShiftKeepsTheMembershipAndStretchesTheFrame)
{
    const QPoint outside = at("jobs") + QPoint(0, 200);
    drag(at("jobs"), outside, Qt::LeftButton, Qt::ShiftModifier);
    drop(outside, Qt::LeftButton, Qt::ShiftModifier);
    EXPECT_EQ(members(), (std::set<std::string>{"jobs", "archive"}));
    EXPECT_TRUE(frame().box().contains(scene().node("jobs")->card()));
}

TEST_F(CanvasGroupsTest, EscapeGivesUpTheLeaving)
{
    const QRectF before = frame().box();
    drag(at("jobs"), at("jobs") + QPoint(0, 200));
    EXPECT_NE(frame().box(), before);
    key(Qt::Key_Escape);
    EXPECT_EQ(frame().box(), before);
    drop(at("jobs") + QPoint(0, 200));
    EXPECT_EQ(members(), (std::set<std::string>{"jobs", "archive"}));
}

TEST_F(CanvasGroupsTest, AllMembersDraggedTogetherAreStillTheGroup)
{
    bench().selection.set({{"jobs", "archive"}, {}, {}, {}});
    dragAndDrop(at("jobs"), at("jobs") + QPoint(0, 200));
    EXPECT_EQ(members(), (std::set<std::string>{"jobs", "archive"}));
    EXPECT_TRUE(frame().box().contains(scene().node("archive")->card()));
}

TEST_F(CanvasGroupsTest, AKindDroppedIntoTheFrameIsAMember)
{
    dragKindOver("AWS::SQS::Queue", between());
    EXPECT_TRUE(frame().glowing());
    dropKind(between());
    EXPECT_EQ(members(), (std::set<std::string>{"jobs", "archive", drawing().nodes.back().id}));
    EXPECT_FALSE(frame().glowing());
}

TEST_F(CanvasGroupsTest, WhatIsLetGoOnACollapsedGroupGoesIntoIt)
{
    bench().document.edit("Collapse", [](Pipeline& pipeline) { pipeline.groups[0].collapsed = true; });
    dragAndDrop(at("spare"), at(frame().box().center()));
    EXPECT_TRUE(members().contains("spare"));
    EXPECT_FALSE(scene().node("spare")->isVisible());
}

} // namespace streamwright::gui
