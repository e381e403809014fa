// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas shows what the document and the run are: items, selection, navigation, live state.
#include <QAccessible>

#include "app/gui/canvas/canvas_tips.h"
#include "tests/app/gui/canvas_fixture.h"

namespace streamwright::gui {

TEST_F(CanvasTest, ShowsEveryNodeAndEdgeAtItsPlace)
{
    EXPECT_EQ(scene().nodes().size(), 6u);
    EXPECT_EQ(scene().edges().size(), 2u);
    EXPECT_EQ(place("clicks"), QPointF(280, 0));
    EXPECT_EQ(scene().node("clicks")->face().title, "Kinesis data stream");
    EXPECT_TRUE(scene().edge("web.out>clicks.in"));
}

TEST_F(CanvasTest, FollowsAnEditWithoutMakingTheOtherItemsAnew)
{
    const NodeItem* web = scene().node("web");
    const EdgeItem* edge = scene().edge("web.out>clicks.in");
    bench().document.edit("Change", [](Pipeline& pipeline) {
        pipeline.nodes.push_back({"more", "Local::Producer"});
        pipeline.layout["more"] = {0, 120};
        std::erase_if(pipeline.nodes, [](const Node& node) { return node.id == "archive"; });
    });
    EXPECT_EQ(scene().node("web"), web);
    EXPECT_EQ(scene().edge("web.out>clicks.in"), edge);
    EXPECT_FALSE(scene().node("archive"));
    ASSERT_TRUE(scene().node("more"));
    bench().document.undo();
    EXPECT_TRUE(scene().node("archive"));
    EXPECT_FALSE(scene().node("more"));
}

TEST_F(CanvasTest, AnUnknownKindIsDrawnAsSuchWithItsProblem)
{
    open(
        R"({"streamwright": 1, "nodes": [{"id": "x", "kind": "AWS::Nowhere::Thing"}, {"id": "r", "kind": "Local::Consumer"}],
             "edges": [{"from": "x.odd", "to": "r.in"}]})");
    const NodeFace& face = scene().node("x")->face();
    EXPECT_TRUE(face.unknown);
    EXPECT_TRUE(face.title.contains("AWS::Nowhere::Thing"));
    EXPECT_GE(face.problems, 1);
    EXPECT_TRUE(nodeTip(scene(), *scene().node("x"), {}).contains("there is no kind"));
    ASSERT_EQ(face.ports.size(), 1u);
    EXPECT_EQ(face.ports[0].name, "odd");
    EXPECT_NE(place("x"), place("r")); // the file has no places
}

TEST_F(CanvasTest, TheEmptyCanvasSaysWhatToDo)
{
    const auto writing = [&] {
        const QImage image =
            picture().copy(QRect(view().viewport()->rect().center() - QPoint(100, 12), QSize(200, 24)));
        const QRgb ground = colour(Theme::Canvas).rgb(), dot = colour(Theme::CanvasGrid).rgb();
        int inked = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                inked += image.pixel(x, y) != ground && image.pixel(x, y) != dot;
        return inked;
    };
    bench().document.edit("Empty", [](Pipeline& pipeline) {
        pipeline.nodes.clear();
        pipeline.edges.clear();
    });
    EXPECT_GT(writing(), 200);
    bench().document.undo();
    view().centreOn({5000, 5000});
    EXPECT_EQ(writing(), 0);
}

TEST_F(CanvasTest, ClickShiftAndCtrlSelect)
{
    click(at("web"));
    EXPECT_EQ(selected(), (Selected{{"web"}, {}, {}, {}}));
    click(at("clicks"), Qt::ShiftModifier);
    EXPECT_EQ(selected().nodes.size(), 2u);
    click(at("clicks"), Qt::ControlModifier);
    EXPECT_EQ(selected().nodes, std::set<std::string>{"web"});
    click(middleOf("clicks.out>reader.in"));
    EXPECT_EQ(selected(), (Selected{{}, {"clicks.out>reader.in"}, {}, {}}));
    click(at(QPointF(140, 400)));
    EXPECT_TRUE(selected().empty());
}

TEST_F(CanvasTest, TheRubberBandSelectsWhatItTouchesAndEdgesItHolds)
{
    dragAndDrop(at(QPointF(-30, -40)), at(QPointF(400, 90)));
    EXPECT_EQ(selected().nodes, (std::set<std::string>{"clicks", "web"}));
    EXPECT_EQ(selected().edges, std::set<std::string>{"web.out>clicks.in"});
    dragAndDrop(at(QPointF(540, 140)), at(QPointF(600, 200)), Qt::ShiftModifier);
    EXPECT_EQ(selected().nodes, (std::set<std::string>{"archive", "clicks", "web"}));
    dragAndDrop(at(QPointF(540, 140)), at(QPointF(600, 200)), Qt::ControlModifier);
    EXPECT_EQ(selected().nodes, (std::set<std::string>{"clicks", "web"}));
}

TEST_F(CanvasTest, ASelectionMadeElsewhereShows)
{
    bench().selection.selectNode("jobs");
    EXPECT_TRUE(scene().node("jobs")->isSelected());
    bench().selection.selectEdge("web.out>clicks.in");
    EXPECT_FALSE(scene().node("jobs")->isSelected());
    EXPECT_TRUE(scene().edge("web.out>clicks.in")->isSelected());
}

TEST_F(CanvasTest, WhatIsDeletedIsSelectedNoMore)
{
    bench().selection.selectNode("spare");
    bench().document.edit("Delete", [](Pipeline& pipeline) { pipeline.nodes.pop_back(); });
    EXPECT_TRUE(selected().empty());
}

TEST_F(CanvasTest, MiddleDragPansOverNodesToo)
{
    const QPointF before = view().visibleRect().topLeft();
    drag(at("web"), at("web") + QPoint(60, 40), Qt::MiddleButton);
    drop(at("web"), Qt::MiddleButton);
    EXPECT_NE(view().visibleRect().topLeft(), before);
    EXPECT_EQ(place("web"), QPointF(0, 0));
    EXPECT_TRUE(selected().empty());
}

TEST_F(CanvasTest, SpaceAndDragPansOverWiresToo)
{
    focusCanvas();
    QTest::keyPress(&view(), Qt::Key_Space);
    const QPoint start = middleOf("web.out>clicks.in");
    const QPointF before = view().visibleRect().topLeft();
    dragAndDrop(start, start + QPoint(-50, 0));
    QTest::keyRelease(&view(), Qt::Key_Space);
    EXPECT_EQ(view().visibleRect().topLeft(), before + QPointF(50, 0));
    EXPECT_EQ(scene().edges().size(), 2u);
}

TEST_F(CanvasTest, CtrlWheelZoomsAtTheCursorAndTheWheelScrolls)
{
    const QPoint cursor = at("reader");
    const QPointF under = view().mapToScene(cursor);
    wheel(cursor, {0, 240}, Qt::ControlModifier);
    EXPECT_GT(view().zoom(), 1.2);
    EXPECT_LT(QLineF(view().mapToScene(cursor), under).length(), 2);
    const QPointF before = view().visibleRect().topLeft();
    wheel(cursor, {0, -120});
    EXPECT_GT(view().visibleRect().top(), before.y());
    EXPECT_EQ(view().visibleRect().left(), before.x());
    wheel(cursor, {0, -120}, Qt::ShiftModifier);
    EXPECT_GT(view().visibleRect().left(), before.x());
}

TEST_F(CanvasTest, FitShowsEverythingOrTheSelectionAndCtrl0IsActualSize)
{
    focusCanvas();
    view().setZoom(3);
    key(Qt::Key_F);
    EXPECT_TRUE(view().visibleRect().contains(scene().drawingRect()));
    bench().selection.selectNode("archive");
    view().setZoom(0.1);
    key(Qt::Key_F);
    EXPECT_EQ(view().zoom(), 1);
    EXPECT_LT(QLineF(view().visibleRect().center(), scene().node("archive")->card().center()).length(), 3);
    view().setZoom(0.5);
    key(Qt::Key_0, Qt::ControlModifier);
    EXPECT_EQ(view().zoom(), 1);
}

TEST_F(CanvasTest, TheBarInTheCornerZoomsAndEveryActionHasAnIcon)
{
    auto* bar = find<QFrame>("canvasBar");
    ASSERT_TRUE(bar && bar->isVisible());
    for (auto* button : bar->findChildren<QToolButton*>())
        if (button->accessibleName() == "Zoom in") QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_DOUBLE_EQ(view().zoom(), 1.25);
    for (const QAction* action : panel().editActions() + panel().arrangeActions() + panel().viewActions())
        if (action) {
            EXPECT_FALSE(action->icon().isNull()) << action->text().toStdString();
        }
}

TEST_F(CanvasTest, TheMinimapTakesASmallPartOfALowCanvas)
{
    const QWidget* map = find<QWidget>("minimap");
    for (const int height : {160, 300, 600}) {
        panel().resize(900, height);
        EXPECT_LE(map->height(), height / 4);
        EXPECT_TRUE(panel().rect().contains(map->geometry())) << height;
    }
}

TEST_F(CanvasTest, TheMinimapGoesWhereItIsClicked)
{
    QWidget* map = find<QWidget>("minimap");
    ASSERT_TRUE(map && map->isVisible());
    const QPointF before = view().visibleRect().center();
    QTest::mouseClick(map, Qt::LeftButton, {}, QPoint(map->width() - 20, map->height() - 20));
    EXPECT_GT(view().visibleRect().center().x(), before.x() + 50);
    focusCanvas();
    key(Qt::Key_M);
    EXPECT_FALSE(map->isVisible());
    key(Qt::Key_M);
    EXPECT_TRUE(map->isVisible());
}

// Two nodes whose names differ at their ends only are told apart, in letters that can be read.
TEST_F(CanvasTest, NamesAreReadFromFurtherAwayThanTheRest)
{
    const auto card = [](const char* id, double zoom) {
        NodeFace face;
        face.id = id;
        face.title = "SQS queue";
        face.icon = "sqs-queue";
        face.family = "SQS";
        NodePainter painter;
        painter.setFace(face);
        QImage image(static_cast<int>(kNodeWidth * zoom) + 1, static_cast<int>(kNodeHeight * zoom) + 1,
                     QImage::Format_RGB32);
        image.fill(colour(Theme::Canvas));
        QPainter onto(&image);
        onto.scale(zoom, zoom);
        painter.paint(onto, face, {}, {}, zoom);
        return image;
    };
    for (const double zoom : {0.25, 0.3, 0.4, 0.49}) {
        const QImage first = card("orders-of-the-shop-1", zoom), second = card("orders-of-the-shop-2", zoom);
        EXPECT_NE(first, second) << zoom;
        // Rows with a dark pixel of a letter, right of the icon: two lines of them.
        int rows = 0;
        for (int y = 2; y < first.height() - 2; ++y)
            for (int x = first.width() / 4; x < first.width() - 3; ++x)
                if (qAbs(first.pixelColor(x, y).lightness() - colour(Theme::NodeBody).lightness()) > 60) {
                    ++rows;
                    break;
                }
        EXPECT_GE(rows, 11) << zoom;
    }
}

TEST_F(CanvasTest, AnEdgeFollowsWhatBecomesOfItsNodes)
{
    const auto edge = [&] { return scene().edge("web.out>clicks.in"); };
    bench().document.edit("Disable", [](Pipeline& pipeline) { pipeline.nodes[0].disabled = true; });
    EXPECT_TRUE(edge()->disabled());
    bench().document.undo();
    EXPECT_FALSE(edge()->disabled());
    bench().document.edit("Move", [](Pipeline& pipeline) { pipeline.layout["clicks"] = {300, 90}; });
    EXPECT_TRUE(edge()->endsAt(scene().node("web")->portPosition("out", false),
                               scene().node("clicks")->portPosition("in", true)));
    bench().document.edit("Rename", [](Pipeline& pipeline) {
        pipeline.nodes[0].id = "site";
        pipeline.edges[0].fromNode = "site";
        pipeline.layout["site"] = {0, 0};
    });
    EXPECT_FALSE(edge());
    EXPECT_TRUE(scene().edge("site.out>clicks.in"));
    EXPECT_EQ(scene().edgesOf("site").size(), 1u);
}

TEST_F(CanvasTest, FromAfarNodesAreFlatInTheColourOfTheirFamily)
{
    view().setZoom(0.1);
    view().centreOn({375, 186});
    EXPECT_EQ(picture().pixelColor(at(scene().node("clicks")->card().center())),
              Theme::instance().familyColour("Kinesis"));
}

TEST_F(CanvasTest, RevealScrollsThereSelectsAndFlashes)
{
    view().centreOn({5000, 5000});
    emit bench().revealWanted("reader");
    EXPECT_TRUE(view().visibleRect().contains(scene().node("reader")->card()));
    EXPECT_EQ(selected().nodes, std::set<std::string>{"reader"});
    EXPECT_GT(scene().node("reader")->look().flash, 0);
    emit bench().revealEdgeWanted("web.out>clicks.in");
    EXPECT_EQ(selected().edges, std::set<std::string>{"web.out>clicks.in"});
}

TEST_F(CanvasTest, ADoubleClickOpensRecordsOrTheForm)
{
    QSignalSpy records(&bench(), &Workbench::recordsWanted), form(&bench(), &Workbench::propertyWanted);
    const auto doubleClick = [&](QPoint where) { QTest::mouseDClick(view().viewport(), Qt::LeftButton, {}, where); };
    doubleClick(at("clicks"));
    doubleClick(at("jobs"));
    doubleClick(at("archive"));
    doubleClick(middleOf("web.out>clicks.in"));
    ASSERT_EQ(records.size(), 4);
    EXPECT_EQ(records[0][0], "clicks");
    EXPECT_EQ(records[3][0], "web.out>clicks.in");
    doubleClick(at("web"));
    ASSERT_EQ(form.size(), 1);
    EXPECT_EQ(form[0][0], "web");
}

TEST_F(CanvasTest, RightAngledEdgesRunHorizontallyAndVertically)
{
    bench().document.edit("Move", [](Pipeline& pipeline) { pipeline.layout["clicks"] = {280, 200}; });
    scene().setEdgeStyle(EdgeStyle::Orthogonal);
    const EdgeItem* edge = scene().edge("web.out>clicks.in");
    const double bend = (edge->from().x() + edge->to().x()) / 2;
    EXPECT_TRUE(edge->shape().contains(QPointF(edge->from().x() + 5, edge->from().y())));
    EXPECT_NEAR(edge->middle().x(), bend, 8);
}

TEST_F(CanvasTest, AScreenReaderIsToldOfNodesAndEdges)
{
    QAccessibleInterface* canvas = QAccessible::queryAccessibleInterface(&view());
    ASSERT_TRUE(canvas);
    ASSERT_EQ(canvas->childCount(), 8);
    EXPECT_EQ(canvas->child(1)->text(QAccessible::Name), "clicks, Kinesis data stream");
    EXPECT_EQ(canvas->child(6)->text(QAccessible::Name), "edge from web to clicks");
    EXPECT_EQ(canvas->indexOfChild(canvas->child(4)), 4);
    bench().selection.selectNode("clicks");
    EXPECT_TRUE(canvas->child(1)->state().selected);
    const QPoint global = view().viewport()->mapToGlobal(at("reader"));
    EXPECT_EQ(canvas->childAt(global.x(), global.y())->text(QAccessible::Name), "reader, Consumer");
}

TEST_F(CanvasTest, ARunShowsRatesStatesAndEdgesThatFlow)
{
    window.openFile("resources/pipelines/hot-shard.json");
    view().setZoom(1);
    bench().run.options().engine.speed = 100;
    ASSERT_TRUE(bench().run.start());
    const auto live = [&] { return scene().node("readings")->live(); };
    EXPECT_TRUE(waitFor([&] { return live().shown && live().trend.size() > 5; }));
    EXPECT_FALSE(live().rate.isEmpty());
    QAccessibleInterface* canvas = QAccessible::queryAccessibleInterface(&view());
    EXPECT_TRUE(canvas->child(1)->text(QAccessible::Name).contains(stateWord(scene().stateOf("readings")->state)));
    bench().run.stop();
    EXPECT_TRUE(waitFor([&] { return !bench().run.active(); }));
}

TEST_F(CanvasTest, TheDrawingCanBePaintedAsAPicture)
{
    QImage image(600, 300, QImage::Format_RGB32);
    image.fill(Qt::magenta);
    QPainter painter(&image);
    panel().paintDrawing(painter, QRectF(0, 0, 600, 300));
    painter.end();
    EXPECT_EQ(image.pixelColor(2, 2), colour(Theme::Canvas));
    bool family = false;
    for (int x = 0; x < 600 && !family; ++x)
        for (int y = 0; y < 300 && !family; ++y)
            family = image.pixelColor(x, y) == Theme::instance().familyColour("Kinesis");
    EXPECT_TRUE(family);
}

} // namespace streamwright::gui
