// SPDX-License-Identifier: GPL-3.0-or-later
// The monitor, driven by mouse and keys over a real run: the hot shard of the example.
#include "app/gui/monitor/key_list.h"
#include "app/gui/monitor/monitor_panel.h"
#include "app/gui/monitor/number_text.h"
#include "app/gui/theme/overflow_row.h"
#include "tests/app/gui/window_fixture.h"

namespace streamwright::gui {

namespace {

constexpr int kRunSeconds = 60, kSplitSeconds = 40;

class MonitorTest : public WindowTest {
protected:
    MonitorTest()
    {
        window.openFile("resources/pipelines/hot-shard.json");
        bench().document.edit("shorter", [](Pipeline& pipeline) {
            pipeline.runFor = seconds(kRunSeconds);
            pipeline.edits.resize(1);
            pipeline.edits[0].at = seconds(kSplitSeconds);
        });
        window.showDock("monitor");
        panel = find<MonitorPanel>("monitorPanel");
        board = find<ChartBoard>("chartBoard");
        line = find<TimeLine>("timeLine");
    }

    // To its end, as fast as the machine can, with the stream selected.
    void runToEnd()
    {
        bench().run.options().engine.speed = 0;
        ASSERT_TRUE(bench().run.start());
        ASSERT_TRUE(waitFor([&] { return bench().run.state() == RunState::Finished; }));
        bench().selection.selectNode("readings");
        ASSERT_TRUE(waitFor([&] { return chart("Incoming records") && panel->window().end() >= kRunSeconds; }));
        ASSERT_TRUE(waitFor([&] { return linesOf("Incoming records") > 1 && pointsOf("Incoming records") > 20; }));
    }

    TimeChart* chart(const QString& title)
    {
        for (TimeChart* candidate : board->charts())
            if (candidate->data().title == title) return candidate;
        return nullptr;
    }
    std::size_t linesOf(const QString& title) { return chart(title) ? chart(title)->data().lines.size() : 0; }
    std::size_t pointsOf(const QString& title)
    {
        return linesOf(title) == 0 ? 0 : chart(title)->data().lines[0].points.size();
    }
    PlotView& plot() { return chart("Incoming records")->plot(); }
    // A point of the plot, in shares of it.
    QPoint inPlot(double x, double y)
    {
        return (plot().plotRect().topLeft() + QPointF(plot().plotRect().width() * x, plot().plotRect().height() * y))
            .toPoint();
    }
    void wheel(QWidget* widget, const QPoint& at, int steps)
    {
        QWheelEvent event(at, widget->mapToGlobal(at), {}, QPoint(0, steps * 120), Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(widget, &event);
    }
    void click(const QString& button)
    {
        auto* widget = find<QToolButton>(button + "Button");
        ASSERT_TRUE(widget && widget->isVisible()) << button.toStdString();
        QTest::mouseClick(widget, Qt::LeftButton);
    }

    MonitorPanel* panel = nullptr;
    ChartBoard* board = nullptr;
    TimeLine* line = nullptr;
};

TEST_F(MonitorTest, SaysWhatToDoBeforeTheFirstRun)
{
    ASSERT_TRUE(find<QLabel>("chartsEmpty")->isVisible());
    EXPECT_TRUE(find<QLabel>("chartsEmpty")->text().contains("Run the pipeline"));
    click("showHeatMap");
    EXPECT_TRUE(find<QLabel>("heatEmpty")->text().contains("Run the pipeline"));
    EXPECT_FALSE(find<QAction>("keepBaseline")->isEnabled());
}

TEST_F(MonitorTest, SelectionDecidesWhatIsCharted)
{
    runToEnd();
    EXPECT_EQ(find<QLabel>("chartScope")->text(), "readings");
    EXPECT_GT(chart("Incoming records")->data().lines.size(), 4u); // by shard
    EXPECT_FALSE(chart("Incoming records")->data().limit.empty());
    EXPECT_DOUBLE_EQ(chart("Incoming records")->data().limit.front().y(), 1000); // of a shard
    bench().selection.selectNode("dashboard");
    EXPECT_TRUE(waitFor([&] { return chart("Records processed") && !chart("Incoming records"); }));
    bench().selection.clear();
    EXPECT_TRUE(waitFor([&] { return chart("Records processed") && chart("Incoming records"); }));
    EXPECT_EQ(find<QLabel>("chartScope")->text(), "Whole pipeline");
}

TEST_F(MonitorTest, CrosshairSaysTheValuesOfItsTime)
{
    runToEnd();
    QTest::mouseMove(plot().viewport(), inPlot(0.5, 0.5));
    ASSERT_TRUE(waitFor([&] { return panel->window().hovered().has_value(); }));
    const QStringList said = plot().crosshairText();
    const double middle = (panel->window().from() + panel->window().to()) / 2;
    EXPECT_NEAR(*panel->window().hovered(), middle, 3);
    ASSERT_EQ(said.size(), 1 + static_cast<int>(plot().data().lines.size()));
    const ChartLine& first = plot().data().lines[0];
    const QPointF* point = pointAt(first.points, *panel->window().hovered(), 3);
    ASSERT_TRUE(point);
    EXPECT_EQ(said[1], first.label + "\t" + valueText(point->y(), plot().data().unit));
}

TEST_F(MonitorTest, WheelZoomsAtTheMouseDragPansDoubleClickResets)
{
    runToEnd();
    TimeWindow& time = panel->window();
    const double from = time.from(), to = time.to();
    const double under = plot().timeAt(inPlot(0.25, 0.5).x());
    wheel(plot().viewport(), inPlot(0.25, 0.5), 3);
    EXPECT_LT(time.to() - time.from(), (to - from) * 0.6);
    EXPECT_NEAR(plot().timeAt(inPlot(0.25, 0.5).x()), under, 1);
    EXPECT_FALSE(time.following());

    const double zoomed = time.from();
    QTest::mousePress(plot().viewport(), Qt::LeftButton, {}, inPlot(0.5, 0.5));
    QTest::mouseMove(plot().viewport(), inPlot(0.25, 0.5));
    QTest::mouseRelease(plot().viewport(), Qt::LeftButton, {}, inPlot(0.25, 0.5));
    EXPECT_GT(time.from(), zoomed);

    QTest::mouseDClick(plot().viewport(), Qt::LeftButton, {}, inPlot(0.5, 0.5));
    EXPECT_TRUE(time.following());
    EXPECT_DOUBLE_EQ(time.from(), from);
    EXPECT_DOUBLE_EQ(time.to(), to);
}

TEST_F(MonitorTest, KeysZoomPanAndMoveTheCrosshair)
{
    runToEnd();
    TimeWindow& time = panel->window();
    const double span = time.to() - time.from();
    QTest::keyClick(&plot(), Qt::Key_Plus);
    QTest::keyClick(&plot(), Qt::Key_Plus);
    EXPECT_LT(time.to() - time.from(), span);
    const double from = time.from();
    QTest::keyClick(&plot(), Qt::Key_Left);
    EXPECT_LT(time.from(), from);
    QTest::keyClick(&plot(), Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_TRUE(time.hovered());
    QTest::keyClick(&plot(), Qt::Key_Home);
    EXPECT_TRUE(time.following());
}

TEST_F(MonitorTest, ZoomedInTheChartGetsPointsOfThatTimeOnly)
{
    runToEnd();
    wheel(plot().viewport(), inPlot(0.5, 0.5), 8);
    const double from = panel->window().from(), to = panel->window().to();
    EXPECT_TRUE(waitFor([&] {
        const std::vector<QPointF>& points = plot().data().lines.at(0).points;
        return !points.empty() && points.front().x() >= from - 2 && points.back().x() <= to + 2;
    }));
}

TEST_F(MonitorTest, PausedChartsStandStillAndCountWhatIsMissed)
{
    bench().run.options().engine.speed = 20;
    ASSERT_TRUE(bench().run.start());
    ASSERT_TRUE(waitFor([&] { return panel->window().end() > 2; }));
    click("pauseCharts");
    const double to = panel->window().to(), from = panel->window().from();
    ASSERT_TRUE(waitFor([&] { return panel->window().missed() >= 3; }));
    EXPECT_TRUE(find<QLabel>("pausedText")->isVisible());
    const QString said = find<QLabel>("pausedText")->text();
    EXPECT_TRUE(said.startsWith("paused, ") && said.endsWith(" s missed")) << said.toStdString();
    EXPECT_DOUBLE_EQ(panel->window().to(), to);
    EXPECT_DOUBLE_EQ(panel->window().from(), from);
    click("pauseCharts");
    EXPECT_FALSE(find<QLabel>("pausedText")->isVisible());
    EXPECT_TRUE(waitFor([&] { return panel->window().to() >= 60 && panel->window().following(); }));
    bench().run.stop();
}

TEST_F(MonitorTest, LegendTakesLinesAwayAndBack)
{
    runToEnd();
    LegendBar& legend = chart("Incoming records")->legend();
    const int lines = legend.count();
    ASSERT_GT(lines, 2);
    panel->window().hover(30);
    ASSERT_EQ(plot().crosshairText().size(), 1 + lines);
    QTest::mouseClick(&legend, Qt::LeftButton, {}, legend.entryRect(1).center());
    EXPECT_EQ(plot().crosshairText().size(), lines);
    QTest::mouseClick(&legend, Qt::LeftButton, {}, legend.entryRect(1).center());
    EXPECT_EQ(plot().crosshairText().size(), 1 + lines);
    QTest::mouseClick(&legend, Qt::LeftButton, Qt::ControlModifier, legend.entryRect(0).center());
    EXPECT_EQ(plot().crosshairText().size(), 2); // alone
    QTest::keyClick(&legend, Qt::Key_Space, Qt::ControlModifier);
    EXPECT_EQ(plot().crosshairText().size(), 1 + lines);
}

TEST_F(MonitorTest, LogarithmicScaleGivesEachDecadeTheSameHeight)
{
    runToEnd();
    const auto height = [&](double low, double high) { return plot().yOf(low) - plot().yOf(high); };
    EXPECT_NEAR(height(0, 100) * 2, height(0, 200), 0.01);
    QTest::keyClick(&plot(), Qt::Key_L);
    EXPECT_TRUE(plot().logarithmic());
    EXPECT_NEAR(height(200, 400), height(400, 800), 0.01);
    auto* action = chart("Incoming records")->findChild<QAction*>("logarithmic");
    EXPECT_TRUE(action->isChecked());
    action->trigger();
    EXPECT_FALSE(plot().logarithmic());
}

TEST_F(MonitorTest, ChartsAreSavedAsPictureAndTable)
{
    runToEnd();
    QTemporaryDir folder;
    const auto path = [&](const char* name) { return folder.filePath(name); };
    TimeChart& saved = *chart("Incoming records");
    ASSERT_TRUE(saved.saveTo(path("a.png")));
    const QImage picture(path("a.png"));
    EXPECT_GT(picture.width(), 200);
    ASSERT_TRUE(saved.saveTo(path("a.svg")));
    QFile svg(path("a.svg"));
    ASSERT_TRUE(svg.open(QIODevice::ReadOnly));
    const QByteArray drawn = svg.readAll();
    EXPECT_TRUE(drawn.contains("<svg") && drawn.contains("Incoming records"));
    ASSERT_TRUE(saved.saveTo(path("a.csv")));
    QFile csv(path("a.csv"));
    ASSERT_TRUE(csv.open(QIODevice::ReadOnly));
    const QList<QByteArray> rows = csv.readAll().trimmed().split('\n');
    EXPECT_TRUE(rows[0].startsWith("seconds,"));
    EXPECT_EQ(rows[0].count(','), static_cast<int>(saved.data().lines.size()));
    EXPECT_GT(rows.size(), 20);
    EXPECT_FALSE(saved.saveTo(path("no/such/folder/a.csv")));
}

TEST_F(MonitorTest, ClickOnAHotCellNamesTheKeyThatHeatsIt)
{
    runToEnd();
    click("showHeatMap");
    auto* map = find<HeatMapView>("heatMap");
    ASSERT_TRUE(waitFor([&] { return map->isVisible() && map->map().rows.size() == 12 && map->map().columns > 50; }));
    // The hottest cell of the first minutes.
    HeatMapView::Cell hot{0, 20};
    for (std::size_t row = 0; row < map->map().rows.size(); ++row)
        for (std::size_t column = 20; column < 35; ++column)
            if (map->map().rows[row].share[column] > map->map().rows[hot.row].share[hot.column]) hot = {row, column};
    EXPECT_GT(map->map().rows[hot.row].share[hot.column], 0.9f);
    QTest::mouseClick(map, Qt::LeftButton, {}, map->cellRect(hot).center().toPoint());
    ASSERT_TRUE(waitFor([&] { return !find<KeyList>("keyList")->keys().empty(); }));
    EXPECT_GT(find<KeyList>("keyList")->keys()[0].share, 0.5);
    EXPECT_FALSE(find<QLabel>("keyAdvice")->text().isEmpty());
    EXPECT_TRUE(find<QLabel>("keyTitle")->text().contains("of its limit"));
    EXPECT_FALSE(find<QPushButton>("addShards")->isVisible()); // one key: no split helps
    // Arrows walk on.
    const QString title = find<QLabel>("keyTitle")->text();
    QTest::keyClick(map, Qt::Key_Right);
    EXPECT_NE(find<QLabel>("keyTitle")->text(), title);
}

TEST_F(MonitorTest, ScrubberShowsAnEarlierMomentUntilLive)
{
    runToEnd();
    QTest::mousePress(line, Qt::LeftButton, {}, QPoint(static_cast<int>(line->xOf(50)), 8));
    QTest::mouseMove(line, QPoint(static_cast<int>(line->xOf(30)), 8));
    QTest::mouseRelease(line, Qt::LeftButton, {}, QPoint(static_cast<int>(line->xOf(30)), 8));
    ASSERT_TRUE(bench().run.moment());
    EXPECT_NEAR(inSeconds(*bench().run.moment() - EngineOptions::kDefaultStart), 30, 2);
    EXPECT_EQ(find<QLabel>("runTime")->text().left(3), "00:");
    EXPECT_EQ(panel->window().moment(), line->moment());
    QTest::keyClick(line, Qt::Key_Right);
    EXPECT_NEAR(inSeconds(*bench().run.moment() - EngineOptions::kDefaultStart), 31, 2);
    click("live");
    EXPECT_FALSE(bench().run.moment());
    EXPECT_FALSE(line->moment());
    EXPECT_TRUE(panel->window().following());
}

TEST_F(MonitorTest, EventsAreListedAndLeadToTheirMoment)
{
    runToEnd();
    click("showEvents");
    auto* table = find<QTableView>("eventTable");
    ASSERT_TRUE(waitFor([&] { return table->model()->rowCount() > 1; }));
    int throttled = -1;
    for (int row = 0; row < table->model()->rowCount() && throttled < 0; ++row)
        if (table->model()->index(row, EventModel::Kind).data().toString() == "Throttled") throttled = row;
    ASSERT_GE(throttled, 0);
    QSignalSpy revealed(&bench(), &Workbench::revealWanted);
    table->setCurrentIndex(table->model()->index(throttled, 0));
    QTest::keyClick(table, Qt::Key_Return);
    EXPECT_TRUE(bench().run.moment());
    ASSERT_EQ(revealed.size(), 1);
    EXPECT_EQ(revealed[0][0].toString(), "readings");
    auto* kinds = find<QComboBox>("eventKinds");
    const int all = table->model()->rowCount();
    kinds->setCurrentIndex(kinds->findText("Shards changed"));
    EXPECT_LT(table->model()->rowCount(), all);
}

TEST_F(MonitorTest, PinnedChartStaysWhateverIsSelected)
{
    runToEnd();
    QTest::mouseClick(chart("Throttled writes")->findChild<QToolButton*>("pin"), Qt::LeftButton);
    EXPECT_TRUE(waitFor([&] { return board->charts().at(0)->data().title == "Throttled writes"; }));
    bench().selection.selectNode("dashboard");
    ASSERT_TRUE(waitFor([&] { return chart("Records processed"); }));
    EXPECT_EQ(board->charts().at(0)->data().title, "Throttled writes");
    QTest::mouseClick(board->charts().at(0)->findChild<QToolButton*>("pin"), Qt::LeftButton);
    EXPECT_TRUE(waitFor([&] { return !chart("Throttled writes"); }));
}

TEST_F(MonitorTest, PinnedChartsAreSavedWithTheDrawingAndComeBack)
{
    runToEnd();
    QTest::mouseClick(chart("Throttled writes")->findChild<QToolButton*>("pin"), Qt::LeftButton);
    ASSERT_TRUE(waitFor([&] { return board->charts().at(0)->data().title == "Throttled writes"; }));
    QTemporaryDir folder;
    const QString path = folder.filePath("pinned.json");
    ASSERT_TRUE(bench().document.save(path));
    bench().document.clear();
    EXPECT_TRUE(waitFor([&] { return board->charts().empty(); }));
    ASSERT_TRUE(bench().document.open(path));
    EXPECT_TRUE(bench().document.problems().empty());
    runToEnd();
    bench().selection.selectNode("dashboard");
    ASSERT_TRUE(waitFor([&] { return chart("Records processed"); }));
    EXPECT_EQ(board->charts().at(0)->data().title, "Throttled writes");
    // A pin is a change like any other.
    QTest::mouseClick(board->charts().at(0)->findChild<QToolButton*>("pin"), Qt::LeftButton);
    EXPECT_TRUE(waitFor([&] { return !chart("Throttled writes"); }));
    bench().document.undo();
    EXPECT_TRUE(waitFor([&] { return chart("Throttled writes"); }));
}

TEST_F(MonitorTest, AnyMetricCanBeAddedAsAChart)
{
    runToEnd();
    click("addChart");
    auto* tree = find<QTreeWidget>("seriesTree");
    ASSERT_TRUE(waitFor([&] { return tree->topLevelItemCount() == 3; }));
    QTest::keyClicks(find<QLineEdit>("seriesSearch"), "PutRecords.Success");
    QTreeWidgetItem* shown = nullptr;
    for (QTreeWidgetItemIterator it(tree, QTreeWidgetItemIterator::NotHidden); *it; ++it)
        if ((*it)->parent() && !(*it)->parent()->parent() && !shown) shown = *it;
    ASSERT_TRUE(shown);
    tree->scrollToItem(shown);
    const QRect box = tree->visualItemRect(shown);
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, QPoint(box.left() + 10, box.center().y()));
    ASSERT_EQ(shown->checkState(0), Qt::Checked);
    QTest::mouseClick(find<QPushButton>("addChosen"), Qt::LeftButton);
    EXPECT_TRUE(waitFor([&] { return board->charts().at(0)->data().key == "readings/PutRecords.Success/"; }));
}

TEST_F(MonitorTest, TwoRunsAreLaidOverEachOtherAndCompared)
{
    runToEnd();
    click("keepBaseline");
    ASSERT_TRUE(waitFor([&] { return find<QToolButton>("dropBaselineButton")->isVisible(); }));
    bench().document.edit("more", [](Pipeline& pipeline) { pipeline.nodes[0].properties["RecordsPerSecond"] = 1500; });
    runToEnd();
    ASSERT_TRUE(waitFor([&] { return !plot().data().lines.empty() && plot().data().lines[0].baseline.size() > 20; }));
    click("showCompare");
    auto* table = find<QTreeWidget>("comparisonTable");
    ASSERT_TRUE(waitFor([&] { return table->isVisible() && table->topLevelItemCount() > 3; }));
    EXPECT_TRUE(find<QLabel>("comparisonHead")->text().contains("sensors.RecordsPerSecond: 3000 \u2192 1500"));
    const QList<QTreeWidgetItem*> rows = table->findItems("Records generated", Qt::MatchExactly, 1);
    ASSERT_EQ(rows.size(), 1);
    EXPECT_EQ(rows[0]->text(4), "\u221250 %");
    EXPECT_EQ(rows[0]->text(2), "180 k");
    EXPECT_TRUE(rows[0]->text(5).endsWith(" k/s")) << rows[0]->text(5).toStdString();
    const QList<QTreeWidgetItem*> taken = table->findItems("Incoming records", Qt::MatchExactly, 1);
    ASSERT_EQ(taken.size(), 1);
    EXPECT_TRUE(taken[0]->text(2).endsWith(" k records")) << taken[0]->text(2).toStdString();
    EXPECT_TRUE(taken[0]->text(5).endsWith(" k records/s")) << taken[0]->text(5).toStdString();
    EXPECT_TRUE(taken[0]->textAlignment(2) & Qt::AlignRight);
    EXPECT_TRUE(find<QLabel>("comparisonHead")->text().contains("all 01:00 of both runs"));
    // What differs most stands first.
    const auto change = [&](int row) {
        const QString text = table->topLevelItem(row)->text(4);
        if (text == "=") return 0.0; // its peak differs
        return text.endsWith(" %") ? text.mid(1).section(' ', 0, 0).toDouble() : 100.0;
    };
    EXPECT_GE(change(0), 50);
    EXPECT_LE(change(table->topLevelItemCount() - 1), 50);

    // A shorter run: over the time that both have.
    bench().document.edit("shorter", [](Pipeline& pipeline) { pipeline.runFor = seconds(30); });
    ASSERT_TRUE(bench().run.start());
    ASSERT_TRUE(waitFor([&] {
        return find<QLabel>("comparisonHead")->text().contains("the first 00:30 of both runs");
    })) << find<QLabel>("comparisonHead")->text().toStdString();
    const QList<QTreeWidgetItem*> same = table->findItems("Records generated", Qt::MatchExactly, 1);
    ASSERT_EQ(same.size(), 1);
    EXPECT_EQ(same[0]->text(2), "90 k");
    EXPECT_EQ(same[0]->text(4), "\u221250 %");
    click("dropBaseline");
    EXPECT_FALSE(find<QToolButton>("dropBaselineButton")->isVisible());
    EXPECT_TRUE(find<QLabel>("comparisonEmpty")->isVisible());
}

TEST_F(MonitorTest, AComparisonWithAnotherRunIsReadFromItsTop)
{
    runToEnd();
    click("keepBaseline");
    ASSERT_TRUE(waitFor([&] { return find<QToolButton>("dropBaselineButton")->isVisible(); }));
    click("showCompare");
    auto* table = find<QTreeWidget>("comparisonTable");
    find<QCheckBox>("differencesOnly")->setChecked(false);
    find<QCheckBox>("comparisonParts")->setChecked(true);
    ASSERT_TRUE(waitFor([&] { return table->isVisible() && table->verticalScrollBar()->maximum() > 10; }));
    table->verticalScrollBar()->setValue(8);
    ASSERT_TRUE(bench().run.start());
    const auto compared = [&] { return find<QLabel>("comparisonHead")->text().contains("all 01:00 of both runs"); };
    ASSERT_TRUE(waitFor([&] { return compared() && table->isVisible() && table->topLevelItemCount() > 10; }));
    EXPECT_EQ(table->verticalScrollBar()->value(), 0);
}

TEST_F(MonitorTest, ANarrowPanelMovesWhatHasNoRoomIntoAMenuAndNothingOverlaps)
{
    runToEnd();
    for (const int width : {300, 380, 500, 700, 900, 1200}) {
        MonitorPanel alone(bench());
        alone.setMinimumSize(1, 1); // as on a small screen
        alone.resize(width, 240);
        alone.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&alone));
        auto* row = alone.findChild<OverflowRow*>();
        ASSERT_LE(row->minimumSizeHint().width(), 280);
        QList<QWidget*> shown;
        for (QWidget* widget : row->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly))
            if (widget->isVisible()) shown.append(widget);
        for (QWidget* widget : shown) {
            EXPECT_TRUE(row->rect().contains(widget->geometry())) << width << widget->objectName().toStdString();
            if (qobject_cast<QToolButton*>(widget)) {
                EXPECT_GE(widget->width(), widget->sizeHint().width())
                    << width << widget->objectName().toStdString() << ": cut";
            }
            for (QWidget* other : shown)
                EXPECT_TRUE(other == widget || !other->geometry().intersects(widget->geometry()))
                    << width << widget->objectName().toStdString() << other->objectName().toStdString();
        }
        // What is not in the row is in the menu.
        auto* menu = row->findChild<QMenu*>("moreMenu");
        emit menu->aboutToShow();
        const auto offered = [&](const char* name) {
            const auto* button = row->findChild<QToolButton*>(QString(name) + "Button");
            auto* action = alone.findChild<QAction*>(name);
            return button->isVisible() != menu->actions().contains(action);
        };
        for (const char* name : {"showCharts", "showCompare", "pauseCharts", "addChart", "keepBaseline"})
            EXPECT_TRUE(offered(name)) << width << name;
    }
}

TEST_F(MonitorTest, EveryViewIsDrawnInBothThemes)
{
    runToEnd();
    for (const auto choice : {Theme::Choice::Dark, Theme::Choice::Light}) {
        Theme::instance().choose(choice);
        for (const char* view : {"showHeatMap", "showEvents", "showCompare", "showCharts"}) {
            click(view);
            const QImage picture = panel->grab().toImage();
            const bool dark = picture.pixelColor(picture.width() / 2, picture.height() - 2).lightness() < 128;
            EXPECT_EQ(dark, choice == Theme::Choice::Dark) << view;
        }
    }
    Theme::instance().choose(Theme::Choice::System);
}

} // namespace

} // namespace streamwright::gui
