// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas as a place to draw: moving, wiring, adding and splicing by mouse, and all of it by keyboard.
#include "tests/app/gui/canvas_fixture.h"

namespace streamwright::gui {

using CanvasEditingTest = CanvasTest;

TEST_F(CanvasEditingTest, ADragMovesOnTheGridAndIsOneStep)
{
    dragAndDrop(at("spare"), at("spare") + QPoint(67, 31));
    EXPECT_EQ(place("spare"), QPointF(60, 340)); // 67 and 331 on a grid of 20
    EXPECT_EQ(drawing().layout["spare"], Json({60, 340}));
    bench().document.undo();
    EXPECT_EQ(place("spare"), QPointF(0, 300));
    EXPECT_TRUE(bench().document.document().undoText().empty());
}

TEST_F(CanvasEditingTest, ADragOfOneMovesAllThatIsSelectedAndTheirEdges)
{
    bench().selection.set({{"web", "clicks"}, {}, {}, {}});
    dragAndDrop(at("web"), at("web") + QPoint(0, -60));
    EXPECT_EQ(place("web"), QPointF(0, -60));
    EXPECT_EQ(place("clicks"), QPointF(280, -60));
    EXPECT_EQ(scene().edge("web.out>clicks.in")->from().y(), -60 + 36);
    bench().document.undo();
    EXPECT_EQ(place("clicks"), QPointF(280, 0));
}

TEST_F(CanvasEditingTest, EscapeGivesUpAMove)
{
    drag(at("spare"), at("spare") + QPoint(120, 40));
    EXPECT_EQ(place("spare"), QPointF(120, 340));
    key(Qt::Key_Escape);
    drop(at("spare"));
    EXPECT_EQ(place("spare"), QPointF(0, 300));
    EXPECT_TRUE(bench().document.document().undoText().empty());
}

TEST_F(CanvasEditingTest, MovingANodeOfADrawingWithoutPlacesMovesNoOther)
{
    open(
        R"({"streamwright": 1, "nodes": [{"id": "a", "kind": "Local::Producer"}, {"id": "b", "kind": "Local::Producer"}]})");
    view().setZoom(1);
    const QPointF other = place("b");
    dragAndDrop(at("a"), at("a") + QPoint(0, 200));
    EXPECT_EQ(place("b"), other);
    EXPECT_NE(place("a"), QPointF(0, 0));
}

TEST_F(CanvasEditingTest, AWireIsDrawnFromAnOutputOrFromAnInput)
{
    dragAndDrop(port("web", "out", false), port("jobs", "in", true));
    EXPECT_TRUE(scene().edge("web.out>jobs.in"));
    EXPECT_EQ(selected().edges, std::set<std::string>{"web.out>jobs.in"});
    click(at(QPointF(140, 420)));
    dragAndDrop(port("spare", "in", true), port("web", "out", false));
    EXPECT_TRUE(scene().edge("web.out>spare.in"));
    bench().document.undo();
    EXPECT_FALSE(scene().edge("web.out>spare.in"));
    EXPECT_TRUE(scene().edge("web.out>jobs.in"));
}

TEST_F(CanvasEditingTest, WhileWiringFittingPortsGlowAndOthersFade)
{
    drag(port("web", "out", false), at(QPointF(200, 400)));
    const auto mark = [&](const std::string& node) { return scene().node(node)->face().ports[0].mark; };
    EXPECT_EQ(mark("jobs"), PortMark::Fits);
    EXPECT_EQ(mark("spare"), PortMark::Fits);
    EXPECT_EQ(mark("archive"), PortMark::Dimmed);
    EXPECT_EQ(mark("clicks"), PortMark::Dimmed); // they are joined already
    EXPECT_EQ(scene().node("archive")->look().body, PortMark::Dimmed);
    key(Qt::Key_Escape);
    EXPECT_EQ(mark("jobs"), PortMark::None);
    drop(at(QPointF(200, 400)));
    EXPECT_EQ(scene().edges().size(), 2u);
    EXPECT_FALSE(popup().isVisible());
}

TEST_F(CanvasEditingTest, AWireToWhatDoesNotFitSaysWhyAndChangesNothing)
{
    QSignalSpy said(&bench(), &Workbench::message);
    dragAndDrop(port("web", "out", false), port("archive", "in", true));
    EXPECT_EQ(scene().edges().size(), 2u);
    ASSERT_EQ(said.size(), 1);
    EXPECT_TRUE(said[0][0].toString().contains("objects")) << said[0][0].toString().toStdString();
}

TEST_F(CanvasEditingTest, AWireLetGoOverABodyTakesTheOnlyFittingPort)
{
    dragAndDrop(port("web", "out", false), at("jobs"));
    EXPECT_TRUE(scene().edge("web.out>jobs.in"));
}

TEST_F(CanvasEditingTest, AWireLetGoOverNothingOffersFittingKindsAndJoinsTheNewNode)
{
    dragAndDrop(port("spare", "out", false), at(QPointF(400, 340)));
    ASSERT_TRUE(popup().isVisible());
    auto* list = popup().findChild<QListWidget*>();
    QStringList titles;
    for (int i = 0; i < list->count(); ++i)
        titles << list->item(i)->text();
    EXPECT_TRUE(titles.contains("Consumer"));
    EXPECT_TRUE(titles.contains("Firehose delivery stream"));
    EXPECT_FALSE(titles.contains("Producer"));
    EXPECT_FALSE(titles.contains("S3 bucket"));
    QTest::keyClicks(QApplication::focusWidget(), "consumer");
    key(Qt::Key_Return);
    EXPECT_FALSE(popup().isVisible());
    ASSERT_EQ(drawing().nodes.size(), 7u);
    const Edge& edge = drawing().edges.back();
    EXPECT_EQ(edge.fromNode, "spare");
    EXPECT_EQ(edge.toNode, drawing().nodes.back().id);
    bench().document.undo(); // both in one step
    EXPECT_EQ(drawing().nodes.size(), 6u);
    EXPECT_EQ(drawing().edges.size(), 2u);
}

TEST_F(CanvasEditingTest, AnEndOfAnEdgeIsDraggedToAnotherNode)
{
    const EdgeItem* edge = scene().edge("web.out>clicks.in");
    dragAndDrop(at(edge->to() - QPointF(20, 0)), at("jobs"));
    EXPECT_FALSE(scene().edge("web.out>clicks.in"));
    EXPECT_TRUE(scene().edge("web.out>jobs.in"));
    EXPECT_EQ(drawing().edges.size(), 2u);
    bench().document.undo();
    EXPECT_TRUE(scene().edge("web.out>clicks.in"));
}

TEST_F(CanvasEditingTest, AKindDraggedInFromThePaletteIsAddedAtTheCursor)
{
    const QPointF where(140, 420);
    dragKindOver("AWS::SQS::Queue", at(where));
    dropKind(at(where));
    ASSERT_EQ(drawing().nodes.size(), 7u);
    const Node& added = drawing().nodes.back();
    EXPECT_EQ(added.kind, "AWS::SQS::Queue");
    EXPECT_TRUE(scene().node(added.id)->card().contains(where));
    EXPECT_EQ(selected().nodes, std::set<std::string>{added.id});
    EXPECT_EQ(drawing().edges.size(), 2u);
}

TEST_F(CanvasEditingTest, AKindDroppedOnAWireIsPutIntoIt)
{
    // A stream between a producer and a Firehose: records go in, shards come out, and Firehose takes both.
    bench().document.edit("Wire", [](Pipeline& pipeline) {
        pipeline.nodes.push_back({"hose", "AWS::KinesisFirehose::DeliveryStream"});
        pipeline.layout["hose"] = {560, 340};
        pipeline.edges.push_back({"web", "out", "hose", "in"});
    });
    const QPoint middle = middleOf("web.out>hose.in");
    dragKindOver("AWS::S3::Bucket", middle);
    ASSERT_TRUE(view().drop());
    EXPECT_EQ(view().drop()->wire().edge(), "");
    EXPECT_TRUE(view().drop()->wire().refusal().contains("takes objects"))
        << view().drop()->wire().refusal().toStdString();
    dragKindOver("AWS::Kinesis::Stream", middle);
    EXPECT_EQ(view().drop()->wire().edge(), "web.out>hose.in");
    dropKind(middle);
    const std::string added = drawing().nodes.back().id;
    EXPECT_FALSE(scene().edge("web.out>hose.in"));
    EXPECT_TRUE(scene().edge("web.out>" + added + ".in"));
    EXPECT_TRUE(scene().edge(added + ".out>hose.in"));
}

TEST_F(CanvasEditingTest, ALooseNodeMovedOntoAWireIsPutIntoIt)
{
    bench().document.edit("Wire", [](Pipeline& pipeline) {
        pipeline.nodes.push_back({"hose", "AWS::KinesisFirehose::DeliveryStream"});
        pipeline.layout["hose"] = {560, 340};
        pipeline.edges.push_back({"web", "out", "hose", "in"});
    });
    const QPoint grab = at("spare"), offset = grab - at(scene().node("spare")->card().center());
    dragAndDrop(grab, middleOf("web.out>hose.in") + offset);
    EXPECT_TRUE(scene().edge("web.out>spare.in"));
    EXPECT_TRUE(scene().edge("spare.out>hose.in"));
    bench().document.undo();
    EXPECT_TRUE(scene().edge("web.out>hose.in"));
    EXPECT_EQ(place("spare"), QPointF(0, 300));
}

TEST_F(CanvasEditingTest, WhatDoesNotFitIntoTheWireItIsDroppedOnSaysWhy)
{
    QSignalSpy said(&bench(), &Workbench::message);
    const QPoint middle = middleOf("clicks.out>reader.in");
    dragKindOver("AWS::S3::Bucket", middle);
    dropKind(middle);
    EXPECT_EQ(drawing().nodes.size(), 7u); // it is added all the same, beside the wire
    EXPECT_EQ(drawing().edges.size(), 2u);
    ASSERT_EQ(said.size(), 1);
    EXPECT_TRUE(said[0][0].toString().startsWith("Does not fit into this wire: "))
        << said[0][0].toString().toStdString();
    bench().document.undo();
    const QPoint grab = at("archive"), offset = grab - at(scene().node("archive")->card().center());
    dragAndDrop(grab, middle + offset);
    EXPECT_EQ(said.size(), 2);
    EXPECT_EQ(drawing().edges.size(), 2u);
}

TEST_F(CanvasEditingTest, ADoubleClickOnNothingAddsAKindFoundByAFewLetters)
{
    const QPointF where(140, 440);
    QTest::mouseDClick(view().viewport(), Qt::LeftButton, {}, at(where));
    ASSERT_TRUE(popup().isVisible());
    QTest::keyClicks(QApplication::focusWidget(), "kds");
    key(Qt::Key_Return);
    ASSERT_EQ(drawing().nodes.size(), 7u);
    EXPECT_EQ(drawing().nodes.back().kind, "AWS::Kinesis::Stream");
    EXPECT_TRUE(scene().node(drawing().nodes.back().id)->card().contains(where));
}

TEST_F(CanvasEditingTest, TabWithNothingSelectedAddsAndEscapeAddsNothing)
{
    focusCanvas();
    key(Qt::Key_Tab);
    ASSERT_TRUE(popup().isVisible());
    key(Qt::Key_Escape);
    EXPECT_FALSE(popup().isVisible());
    EXPECT_EQ(drawing().nodes.size(), 6u);
    EXPECT_TRUE(view().hasFocus());
}

TEST_F(CanvasEditingTest, AWishForANodeAddsItWhereNothingElseIs)
{
    emit bench().addNodeWanted("Local::Consumer");
    ASSERT_EQ(drawing().nodes.size(), 7u);
    const NodeItem* added = scene().node(drawing().nodes.back().id);
    EXPECT_TRUE(view().visibleRect().intersects(added->card()));
    for (const auto& [id, item] : scene().nodes())
        if (item != added) {
            EXPECT_FALSE(item->card().intersects(added->card())) << id;
        }
}

TEST_F(CanvasEditingTest, ArrowsFollowEdgesAndTabGoesThroughEverything)
{
    focusCanvas();
    bench().selection.selectNode("web");
    key(Qt::Key_Right);
    EXPECT_EQ(scene().currentNode(), "clicks");
    EXPECT_TRUE(scene().node("clicks")->look().focused);
    key(Qt::Key_Right);
    EXPECT_EQ(scene().currentNode(), "reader");
    key(Qt::Key_Left);
    EXPECT_EQ(scene().currentNode(), "clicks");
    key(Qt::Key_Down);
    EXPECT_EQ(scene().currentNode(), "jobs");
    key(Qt::Key_Up);
    EXPECT_EQ(scene().currentNode(), "clicks");
    std::set<std::string> seen;
    for (int i = 0; i < 6; ++i) {
        key(Qt::Key_Tab);
        seen.insert(scene().currentNode());
    }
    EXPECT_EQ(seen.size(), 6u);
    const std::string here = scene().currentNode();
    key(Qt::Key_Tab);
    key(Qt::Key_Backtab, Qt::ShiftModifier);
    EXPECT_EQ(scene().currentNode(), here);
}

TEST_F(CanvasEditingTest, EnterOpensTheFormAndCtrlArrowsNudgeInOneStep)
{
    focusCanvas();
    QSignalSpy form(&bench(), &Workbench::propertyWanted);
    bench().selection.selectNode("jobs");
    key(Qt::Key_Return);
    ASSERT_EQ(form.size(), 1);
    EXPECT_EQ(form[0][0], "jobs");
    focusCanvas();
    key(Qt::Key_Right, Qt::ControlModifier);
    key(Qt::Key_Right, Qt::ControlModifier);
    key(Qt::Key_Down, Qt::ControlModifier);
    EXPECT_EQ(place("jobs"), QPointF(320, 180));
    bench().document.undo();
    EXPECT_EQ(place("jobs"), QPointF(280, 160));
}

TEST_F(CanvasEditingTest, TheKeyboardConnectsAndReconnects)
{
    focusCanvas();
    bench().selection.selectNode("web");
    key(Qt::Key_C);
    ASSERT_TRUE(popup().isVisible());
    QTest::keyClicks(QApplication::focusWidget(), "jobs");
    key(Qt::Key_Return);
    EXPECT_TRUE(scene().edge("web.out>jobs.in"));
    bench().selection.selectNode("clicks");
    focusCanvas();
    key(Qt::Key_E);
    EXPECT_EQ(selected().edges, std::set<std::string>{"clicks.out>reader.in"});
    key(Qt::Key_E);
    EXPECT_EQ(selected().edges, std::set<std::string>{"web.out>clicks.in"});
    key(Qt::Key_C);
    QTest::keyClicks(QApplication::focusWidget(), "spare");
    key(Qt::Key_Return);
    EXPECT_FALSE(scene().edge("web.out>clicks.in"));
    EXPECT_TRUE(scene().edge("web.out>spare.in"));
}

TEST_F(CanvasEditingTest, WhatIsDraggedMayBeDeletedMeanwhile)
{
    focusCanvas();
    const QPoint from = at("spare");
    click(from);
    drag(from, from + QPoint(40, 40));
    key(Qt::Key_Delete);
    EXPECT_EQ(drawing().node("spare"), nullptr);
    QTest::mouseMove(view().viewport(), from + QPoint(80, 20));
    drop(from + QPoint(80, 20));
    EXPECT_FALSE(drawing().layout.contains("spare"));
}

} // namespace streamwright::gui
