// SPDX-License-Identifier: GPL-3.0-or-later
// What is done to a selection of the drawing by keys and menus; notes, groups, editing in place, the find bar.
#include "app/gui/canvas/annotation_layer.h"
#include "app/gui/canvas/canvas_actions.h"
#include "app/gui/canvas/comment_item.h"
#include "app/gui/canvas/find_bar.h"
#include "app/gui/canvas/group_item.h"
#include "tests/app/gui/canvas_fixture.h"

namespace streamwright::gui {

class CanvasActionsTest : public CanvasTest {
protected:
    CanvasActionsTest()
    {
        QGuiApplication::clipboard()->clear();
        window.activateWindow();
        focusCanvas();
    }

    QAction* action(const char* name) { return panel().findChild<QAction*>(name); }
    AnnotationLayer& layer() { return *find<AnnotationLayer>(); }
    void select(std::set<std::string> nodes) { bench().selection.set({std::move(nodes), {}, {}, {}}); }
    std::set<std::string> ids()
    {
        std::set<std::string> all;
        for (const Node& node : drawing().nodes)
            all.insert(node.id);
        return all;
    }
    QString undoText() { return QString::fromStdString(bench().document.document().undoText()); }
    void doubleClick(QPoint where)
    {
        QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, where);
        QTest::mouseDClick(view().viewport(), Qt::LeftButton, {}, where);
    }
    std::string addNote(QPointF where, const char* text = "a note")
    {
        std::string id;
        bench().document.edit("Note", [&](Pipeline& pipeline) {
            pipeline.comments.push_back({"n1", text, where.x(), where.y(), 160, 100, "yellow"});
        });
        return "n1";
    }
    std::string groupOf(std::set<std::string> nodes)
    {
        select(std::move(nodes));
        key(Qt::Key_G, Qt::ControlModifier);
        return drawing().groups.empty() ? "" : drawing().groups.back().id;
    }
};

TEST_F(CanvasActionsTest, CopyAndPasteGoThroughTheSystemClipboardAsText)
{
    select({"web", "clicks"});
    key(Qt::Key_C, Qt::ControlModifier);
    EXPECT_TRUE(QGuiApplication::clipboard()->text().contains("AWS::Kinesis::Stream"));
    EXPECT_EQ(drawing().nodes.size(), 6u);
    QTest::mouseMove(view().viewport(), at(QPointF(100, 240)));
    key(Qt::Key_V, Qt::ControlModifier);
    EXPECT_EQ(selected().nodes, (std::set<std::string>{"web-2", "clicks-2"}));
    EXPECT_TRUE(scene().edge("web-2.out>clicks-2.in"));
    EXPECT_EQ(place("web-2"), QPointF(100, 240));
    EXPECT_EQ(place("clicks-2"), QPointF(380, 240));
    bench().document.undo();
    EXPECT_EQ(drawing().nodes.size(), 6u);
}

TEST_F(CanvasActionsTest, WhatIsNoPieceOfADrawingCannotBePasted)
{
    QGuiApplication::clipboard()->setText("hello");
    EXPECT_FALSE(action("paste")->isEnabled());
    key(Qt::Key_V, Qt::ControlModifier);
    EXPECT_EQ(drawing().nodes.size(), 6u);
}

TEST_F(CanvasActionsTest, TheClipboardIsReadOnlyWhenItIsPasted)
{
    QString told;
    QObject::connect(&bench(), &Workbench::message, [&](const QString& text) { told = text; });
    QGuiApplication::clipboard()->setText("{\"streamwright\": 1, \"nodes\": [");
    EXPECT_TRUE(action("paste")->isEnabled()); // by its head
    key(Qt::Key_V, Qt::ControlModifier);
    EXPECT_EQ(drawing().nodes.size(), 6u);
    EXPECT_TRUE(told.contains("clipboard")) << told.toStdString();
}

TEST_F(CanvasActionsTest, CutTakesAway)
{
    select({"jobs"});
    key(Qt::Key_X, Qt::ControlModifier);
    EXPECT_FALSE(scene().node("jobs"));
    key(Qt::Key_V, Qt::ControlModifier);
    EXPECT_TRUE(scene().node("jobs"));
}

TEST_F(CanvasActionsTest, Duplicate)
{
    select({"clicks"});
    key(Qt::Key_D, Qt::ControlModifier);
    EXPECT_EQ(selected().nodes, std::set<std::string>{"clicks-2"});
    EXPECT_EQ(place("clicks-2"), QPointF(320, 40));
}

TEST_F(CanvasActionsTest, DeleteNodesAndEdges)
{
    click(middleOf("web.out>clicks.in"));
    key(Qt::Key_Delete);
    EXPECT_FALSE(scene().edge("web.out>clicks.in"));
    click(at("clicks"));
    key(Qt::Key_Delete);
    EXPECT_FALSE(scene().node("clicks"));
    EXPECT_TRUE(scene().edges().empty());
    EXPECT_TRUE(selected().empty());
    EXPECT_FALSE(action("delete")->isEnabled());
    bench().document.undo();
    bench().document.undo();
    EXPECT_EQ(scene().edges().size(), 2u);
}

TEST_F(CanvasActionsTest, DeleteAndHealClosesTheGap)
{
    bench().document.edit("", [](Pipeline& pipeline) {
        pipeline.nodes.push_back({"firehose", "AWS::KinesisFirehose::DeliveryStream"});
        pipeline.edges.push_back({"clicks", "out", "firehose", "in"});
    });
    select({"clicks"});
    key(Qt::Key_Delete, Qt::ControlModifier);
    EXPECT_TRUE(scene().edge("web.out>firehose.in")); // records fit there; into the consumer they do not
    EXPECT_EQ(scene().edges().size(), 1u);
}

TEST_F(CanvasActionsTest, SelectAll)
{
    addNote({0, 450});
    key(Qt::Key_A, Qt::ControlModifier);
    EXPECT_EQ(selected().nodes.size(), 6u);
    EXPECT_EQ(selected().comments.size(), 1u);
}

TEST_F(CanvasActionsTest, RenameInPlace)
{
    click(at("clicks"));
    key(Qt::Key_F2);
    auto* editor = find<QLineEdit>("nameEditor");
    ASSERT_TRUE(editor);
    EXPECT_EQ(editor->text(), "clicks");
    QTest::keyClicks(editor, "visits d");
    EXPECT_TRUE(scene().node("clicks")); // typing a letter is no key of the canvas
    QTest::keyClick(editor, Qt::Key_Return); // a blank is not allowed: it says so and stays
    EXPECT_TRUE(scene().node("clicks"));
    ASSERT_TRUE(editor->isVisible());
    QTest::keyClick(editor, Qt::Key_Backspace);
    QTest::keyClick(editor, Qt::Key_Backspace);
    QTest::keyClick(editor, Qt::Key_Return);
    EXPECT_TRUE(scene().node("visits"));
    EXPECT_TRUE(scene().edge("web.out>visits.in"));
    EXPECT_EQ(selected().nodes, std::set<std::string>{"visits"});
    EXPECT_EQ(undoText(), "Rename clicks");
}

TEST_F(CanvasActionsTest, EscapeLeavesTheName)
{
    click(at("clicks"));
    key(Qt::Key_F2);
    auto* editor = find<QLineEdit>("nameEditor");
    ASSERT_TRUE(editor);
    QTest::keyClicks(editor, "other");
    QTest::keyClick(editor, Qt::Key_Escape);
    EXPECT_TRUE(scene().node("clicks"));
    EXPECT_TRUE(view().hasFocus());
    EXPECT_EQ(selected().nodes, std::set<std::string>{"clicks"});
}

TEST_F(CanvasActionsTest, DisableAndEnable)
{
    select({"clicks", "reader"});
    key(Qt::Key_D);
    EXPECT_TRUE(drawing().node("clicks")->disabled);
    EXPECT_TRUE(drawing().node("reader")->disabled);
    EXPECT_EQ(action("disable")->text(), "Enable");
    key(Qt::Key_D);
    EXPECT_FALSE(drawing().node("clicks")->disabled);
    bench().document.undo();
    EXPECT_TRUE(drawing().node("clicks")->disabled);
}

TEST_F(CanvasActionsTest, AlignAndDistribute)
{
    select({"web", "jobs", "archive"});
    action("alignTop")->trigger();
    EXPECT_EQ(place("archive").y(), 0);
    EXPECT_EQ(place("jobs").y(), 0);
    bench().document.undo();
    bench().document.edit("", [](Pipeline& pipeline) { setPlace(pipeline, "jobs", {100, 160}); });
    action("distributeHorizontally")->trigger();
    EXPECT_EQ(place("jobs").x(), 280);
    select({"web"});
    EXPECT_FALSE(action("alignTop")->isEnabled());
    select({"web", "jobs"});
    EXPECT_TRUE(action("alignTop")->isEnabled());
    EXPECT_FALSE(action("distributeHorizontally")->isEnabled());
}

TEST_F(CanvasActionsTest, LayOutEverythingOrTheSelection)
{
    bench().document.edit("", [](Pipeline& pipeline) { setPlace(pipeline, "web", {700, 500}); });
    bench().selection.clear();
    key(Qt::Key_L, Qt::ControlModifier);
    EXPECT_LT(place("web").x(), place("clicks").x());
    EXPECT_LT(place("clicks").x(), place("reader").x());
    EXPECT_EQ(undoText(), "Lay out everything");
    select({"clicks", "reader"});
    const QPointF web = place("web");
    key(Qt::Key_L, Qt::ControlModifier);
    EXPECT_EQ(place("web"), web);
}

TEST_F(CanvasActionsTest, SnappingCanBeSwitchedOff)
{
    action("snap")->trigger();
    dragAndDrop(at("spare"), at("spare") + QPoint(67, 31));
    EXPECT_EQ(place("spare"), QPointF(67, 331));
    action("snap")->trigger();
    dragAndDrop(at("spare"), at("spare") + QPoint(6, 5));
    EXPECT_EQ(place("spare"), QPointF(80, 340));
}

TEST_F(CanvasActionsTest, ANoteIsAddedAndWritten)
{
    QTest::mouseMove(view().viewport(), at(QPointF(300, 300)));
    key(Qt::Key_C, Qt::ShiftModifier);
    auto* editor = find<QPlainTextEdit>("noteEditor");
    ASSERT_TRUE(editor);
    QTest::keyClicks(editor, "hot keys");
    QTest::keyClick(editor, Qt::Key_Return, Qt::ControlModifier);
    ASSERT_EQ(drawing().comments.size(), 1u);
    EXPECT_EQ(drawing().comments[0].text, "hot keys");
    EXPECT_EQ(drawing().comments[0].x, 300);
    EXPECT_TRUE(layer().comment(drawing().comments[0].id));
    EXPECT_EQ(selected().comments.size(), 1u);
}

TEST_F(CanvasActionsTest, ANoteIsEditedByADoubleClickAndAClickElsewhereTakesTheText)
{
    addNote({280, 300}, "old");
    doubleClick(at(QPointF(330, 340)));
    auto* editor = find<QPlainTextEdit>("noteEditor");
    ASSERT_TRUE(editor);
    EXPECT_EQ(editor->toPlainText(), "old");
    QTest::keyClicks(editor, "new text");
    click(at(QPointF(200, 470)));
    EXPECT_EQ(drawing().comments[0].text, "new text");
}

TEST_F(CanvasActionsTest, ANoteIsMovedResizedColouredAndDeleted)
{
    const std::string id = addNote({280, 300});
    dragAndDrop(at(QPointF(330, 340)), at(QPointF(370, 360)));
    EXPECT_EQ(drawing().comments[0].x, 320);
    EXPECT_EQ(drawing().comments[0].y, 320);
    const QPoint corner = at(layer().comment(id)->resizeCorner().center());
    dragAndDrop(corner, corner + QPoint(40, 30));
    EXPECT_EQ(drawing().comments[0].width, 200);
    EXPECT_EQ(drawing().comments[0].height, 130);
    EXPECT_EQ(undoText(), "Resize note");
    const QImage yellow = picture();
    std::unique_ptr<QMenu> menu(find<CanvasActions>()->contextMenu({"", "", id, ""}));
    QAction* colours = nullptr;
    for (QAction* entry : menu->actions())
        if (entry->menu()) colours = entry;
    ASSERT_TRUE(colours);
    colours->menu()->actions().at(1)->trigger();
    EXPECT_EQ(drawing().comments[0].colour, "blue");
    EXPECT_NE(picture(), yellow);
    key(Qt::Key_Delete);
    EXPECT_TRUE(drawing().comments.empty());
    EXPECT_FALSE(layer().comment(id));
    bench().document.undo();
    EXPECT_TRUE(layer().comment(id));
}

TEST_F(CanvasActionsTest, AGroupFramesItsNodesAndMovesThem)
{
    const std::string id = groupOf({"jobs", "archive"});
    ASSERT_EQ(drawing().groups.size(), 1u);
    EXPECT_EQ(selected().groups, std::set<std::string>{id});
    const GroupItem* item = layer().group(id);
    ASSERT_TRUE(item);
    EXPECT_TRUE(item->box().contains(scene().node("jobs")->card()));
    EXPECT_TRUE(item->box().contains(scene().node("archive")->card()));
    EXPECT_FALSE(item->box().intersects(scene().node("web")->card()));
    const QPoint title = at(item->titleBar().center());
    dragAndDrop(title, title + QPoint(0, 40));
    EXPECT_EQ(place("jobs"), QPointF(280, 200));
    EXPECT_EQ(place("archive"), QPointF(560, 200));
    EXPECT_EQ(place("web"), QPointF(0, 0));
    EXPECT_TRUE(item->box().contains(scene().node("jobs")->card()));
    key(Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_TRUE(drawing().groups.empty());
    EXPECT_FALSE(layer().group(id));
    EXPECT_EQ(ids().size(), 6u);
}

TEST_F(CanvasActionsTest, ACollapsedGroupStandsForItsNodes)
{
    const std::string id = groupOf({"web", "clicks"});
    click(at(layer().group(id)->chevron().center()));
    EXPECT_TRUE(drawing().groups[0].collapsed);
    EXPECT_FALSE(scene().node("web")->isVisible());
    EXPECT_FALSE(scene().edge("web.out>clicks.in")->isVisible());
    EXPECT_TRUE(scene().edge("clicks.out>reader.in")->isVisible());
    const QRectF box = layer().group(id)->box();
    EXPECT_NEAR(scene().edge("clicks.out>reader.in")->from().x(), box.right(), kPortRadius + 1);
    const QPoint middle = at(box.center());
    dragAndDrop(middle, middle + QPoint(0, -60));
    EXPECT_EQ(place("clicks"), QPointF(280, -60));
    EXPECT_EQ(scene().edge("clicks.out>reader.in")->from().y(), layer().group(id)->box().center().y());
    bench().document.undo();
    doubleClick(at(layer().group(id)->box().center()));
    EXPECT_FALSE(drawing().groups[0].collapsed);
    EXPECT_TRUE(scene().node("web")->isVisible());
}

TEST_F(CanvasActionsTest, AGroupIsRenamedInPlaceAndTakesNodesInAndOut)
{
    const std::string id = groupOf({"jobs"});
    key(Qt::Key_F2);
    auto* editor = find<QLineEdit>("groupTitleEditor");
    ASSERT_TRUE(editor);
    QTest::keyClicks(editor, "Work");
    QTest::keyClick(editor, Qt::Key_Return);
    EXPECT_EQ(drawing().groups[0].title, "Work");
    bench().selection.set({{"archive"}, {}, {}, {id}});
    key(Qt::Key_G, Qt::ControlModifier);
    EXPECT_EQ(drawing().groups[0].nodes, (std::vector<std::string>{"jobs", "archive"}));
    std::unique_ptr<QMenu> menu(find<CanvasActions>()->contextMenu({"jobs", "", "", ""}));
    for (QAction* entry : menu->actions())
        if (entry->text() == "Take out of the group") entry->trigger();
    EXPECT_EQ(drawing().groups[0].nodes, std::vector<std::string>{"archive"});
}

TEST_F(CanvasActionsTest, ARunningGroupShowsItsSummedRates)
{
    const std::string id = groupOf({"web", "clicks"});
    EXPECT_TRUE(layer().group(id)->rates().isEmpty());
    ASSERT_TRUE(bench().run.start());
    EXPECT_TRUE(waitFor([&] { return layer().group(id)->rates().startsWith("out "); }));
    bench().run.stop();
}

TEST_F(CanvasActionsTest, MenusOfferWhatFitsTheTarget)
{
    const auto texts = [&](const CanvasTarget& target) {
        std::unique_ptr<QMenu> menu(find<CanvasActions>()->contextMenu(target));
        QStringList out;
        for (const QAction* entry : menu->actions())
            if (!entry->isSeparator()) out << entry->text();
        return out;
    };
    EXPECT_TRUE(texts({"clicks", "", "", ""}).contains("Delete and close the gap"));
    EXPECT_EQ(selected().nodes, std::set<std::string>{"clicks"});
    EXPECT_EQ(texts({"", "web.out>clicks.in", "", ""}), (QStringList{"Show its records", "Delete"}));
    EXPECT_EQ(selected().edges, std::set<std::string>{"web.out>clicks.in"});
    EXPECT_TRUE(texts({}).contains("Select all"));
}

TEST_F(CanvasActionsTest, FindJumpsFromHitToHit)
{
    key(Qt::Key_F, Qt::ControlModifier);
    auto* bar = find<FindBar>();
    auto* words = find<QLineEdit>("findWords");
    auto* count = find<QLabel>("findCount");
    ASSERT_TRUE(bar->isVisible());
    EXPECT_TRUE(words->hasFocus());
    QTest::keyClicks(words, "kinesis");
    EXPECT_EQ(count->text(), "1 of 2");
    const auto first = selected().nodes;
    QTest::keyClick(words, Qt::Key_Return);
    EXPECT_EQ(count->text(), "2 of 2");
    EXPECT_NE(selected().nodes, first);
    QTest::keyClick(words, Qt::Key_Return, Qt::ShiftModifier);
    EXPECT_EQ(selected().nodes, first);
    words->clear();
    QTest::keyClicks(words, "zzzz");
    EXPECT_EQ(count->text(), "none");
    words->clear();
    QTest::keyClicks(words, "ShardCount: 2");
    EXPECT_EQ(selected().nodes, std::set<std::string>{"clicks"});
    QTest::keyClick(words, Qt::Key_Escape);
    EXPECT_FALSE(bar->isVisible());
    EXPECT_TRUE(view().hasFocus());
}

TEST_F(CanvasActionsTest, FindBringsAFarNodeAndANoteIntoSight)
{
    bench().document.edit("", [](Pipeline& pipeline) {
        setPlace(pipeline, "archive", {9000, 9000});
        pipeline.comments.push_back({"far", "remember the milk", -8000, 0, 160, 100, "yellow"});
    });
    key(Qt::Key_F, Qt::ControlModifier);
    auto* words = find<QLineEdit>("findWords");
    QTest::keyClicks(words, "archive");
    EXPECT_TRUE(view().visibleRect().contains(scene().node("archive")->card()));
    words->clear();
    QTest::keyClicks(words, "milk");
    EXPECT_EQ(selected().comments, std::set<std::string>{"far"});
    EXPECT_TRUE(view().visibleRect().contains(QPointF(-7950, 50)));
}

} // namespace streamwright::gui
