// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/gui/window_fixture.h"

#include "app/gui/monitor/plot_view.h"
#include "app/gui/palette/palette_view.h"

namespace streamwright::gui {

TEST_F(WindowTest, OpensAnExampleAndRunsIt)
{
    window.openFile("resources/pipelines/clickstream.json");
    EXPECT_EQ(bench().document.pipeline().nodes.size(), 5u);
    bench().run.options().engine.speed = 100;
    ASSERT_TRUE(bench().run.start());
    EXPECT_TRUE(waitFor([&] { return bench().run.live().elapsed > seconds(5); }));
    bench().run.stop();
    EXPECT_TRUE(waitFor([&] { return bench().run.state() == RunState::Stopped; }));
}

TEST_F(WindowTest, HasRoomOnHalfOfASmallScreen)
{
    bench().document.edit("name", [](Pipeline& pipeline) {
        pipeline.nodes.push_back({.id = std::string(128, 'n'), .kind = "AWS::Kinesis::Stream"});
    });
    for (const char* dock : {"palette", "inspector", "help", "log", "problems", "requests", "records", "monitor"})
        window.showDock(dock);
    EXPECT_LE(window.minimumSizeHint().width(), 640);
}

TEST_F(WindowTest, FiguresInTheStatusBarGiveWayToAMessage)
{
    window.openFile("resources/pipelines/clickstream.json");
    bench().run.options().endpoint = EndpointOptions{.port = 0};
    ASSERT_TRUE(bench().run.start());
    QLabel *rate = find<QLabel>("statusRate"), *endpoint = find<QLabel>("statusEndpoint");
    EXPECT_TRUE(waitFor([&] { return rate->text().endsWith("records/s") && endpoint->isVisible(); }));
    const int least = window.minimumSizeHint().width();
    emit bench().message(QString(200, 'x'));
    EXPECT_FALSE(endpoint->isVisible());
    EXPECT_FALSE(rate->isVisible());
    EXPECT_TRUE(find<QToolButton>("statusProblems")->isVisible());
    window.statusBar()->clearMessage();
    EXPECT_TRUE(endpoint->isVisible());
    EXPECT_LE(window.statusBar()->minimumSizeHint().width(), 320); // whatever its figures say
    EXPECT_EQ(window.minimumSizeHint().width(), least);
    bench().run.stop();
}

// With QT_SCALE_FACTOR=2 the screen is smaller than what the panels ask for.
TEST(SmallScreen, ANewWindowStaysOnIt)
{
    MainWindow window(allKinds());
    window.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&window));
    for (const bool drawing : {false, true}) {
        if (drawing) window.showCanvas();
        QCoreApplication::processEvents();
        const QSize room = window.screen()->availableSize();
        EXPECT_LE(window.width(), room.width()) << drawing;
        EXPECT_LE(window.height(), room.height()) << drawing;
    }
}

// With QT_SCALE_FACTOR=2, too: names are read whole, and of a chart there is more than its title.
TEST(SmallScreen, ItsPanelsAreLegible)
{
    MainWindow window(allKinds());
    window.show();
    window.openFile("resources/pipelines/hot-shard.json");
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&window));
    auto* palette = window.findChild<PaletteView*>();
    for (int family = 0; family < palette->model()->rowCount(); ++family)
        for (int row = 0; row < palette->model()->rowCount(palette->model()->index(family, 0)); ++row) {
            const QModelIndex kind = palette->model()->index(row, 0, palette->model()->index(family, 0));
            EXPECT_TRUE(palette->showsWholeTitle(kind)) << kind.data().toString().toStdString();
        }
    window.workbench().run.options().engine.speed = 100;
    ASSERT_TRUE(window.workbench().run.start());
    QWidget* board = window.findChild<QWidget*>("chartBoard");
    EXPECT_TRUE(waitFor([&] { return !board->findChildren<PlotView*>().empty(); }));
    PlotView* plot = board->findChildren<PlotView*>().first();
    const auto place = [&] { return QRect(plot->mapTo(board, QPoint()), plot->size()); };
    EXPECT_TRUE(waitFor([&] { return board->rect().contains(place()); }));
    EXPECT_GE(plot->height(), 3 * window.fontMetrics().height());
    window.workbench().run.stop();
}

// The tab says the name already, and has what the title bar's buttons did.
TEST_F(WindowTest, APanelAmongTabsHasNoTitleBarAndItsTabHasAMenu)
{
    auto *monitor = find<QDockWidget>("monitor"), *log = find<QDockWidget>("log");
    const auto titled = [](QDockWidget* dock) { return dock->widget()->y() > 0; };
    EXPECT_TRUE(waitFor([&] { return !titled(monitor); }));
    EXPECT_TRUE(titled(find<QDockWidget>("palette")));
    // The layout makes its tab bars anew as it likes.
    const auto tabOf = [&](const QString& title) {
        for (QTabBar* bar : window.findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly))
            for (int i = 0; i < bar->count(); ++i)
                if (bar->isVisible() && bar->tabText(i) == title) return std::pair(bar, bar->tabRect(i).center());
        return std::pair<QTabBar*, QPoint>();
    };
    const auto choose = [&](int entry) {
        ASSERT_TRUE(waitFor([&] { return tabOf("Log").first != nullptr; }));
        const auto [bar, at] = tabOf("Log");
        QContextMenuEvent wish(QContextMenuEvent::Mouse, at, bar->mapToGlobal(at));
        QApplication::sendEvent(bar, &wish);
        auto* menu = window.findChild<QMenu*>("tabMenu");
        ASSERT_NE(menu, nullptr);
        menu->actions().at(entry)->trigger();
        menu->close();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    };
    choose(0);
    EXPECT_TRUE(log->isVisible());
    EXPECT_FALSE(monitor->isVisible());
    window.findChild<QAction*>("fullDock")->trigger();
    EXPECT_TRUE(waitFor([&] { return !titled(monitor); }));
    choose(1);
    EXPECT_TRUE(log->isFloating());
    EXPECT_EQ(log->titleBarWidget(), nullptr); // a window of its own has its frame
    log->setFloating(false);
    EXPECT_TRUE(waitFor([&] { return !titled(log); }));
    choose(2);
    EXPECT_FALSE(log->isVisible());
    const auto [bar, at] = tabOf("Monitor");
    ASSERT_NE(bar, nullptr);
    QMouseEvent twice(QEvent::MouseButtonDblClick, at, bar->mapToGlobal(at), Qt::LeftButton, Qt::LeftButton, {});
    QApplication::sendEvent(bar, &twice); // the platform would hold QTest's button for pressed ever after
    EXPECT_TRUE(waitFor([&] { return monitor->isFloating(); }));
    window.findChild<QAction*>("resetLayout")->trigger(); // what is saved is the next test's
    EXPECT_TRUE(waitFor([&] { return !titled(monitor); }));
}

} // namespace streamwright::gui
