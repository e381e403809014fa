// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/problems/log_model.h"
#include "app/gui/problems/log_panel.h"
#include "tests/app/gui/window_fixture.h"

namespace streamwright::gui {

class LogTest : public testing::Test {
protected:
    LogTest() : bench(allKinds()), panel(bench)
    {
        panel.resize(800, 200);
        panel.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&panel));
        panel.activateWindow();
    }
    QTreeView* view() { return panel.findChild<QTreeView*>("logView"); }
    int rows() { return view()->model()->rowCount(); }
    LogModel& model()
    {
        return *static_cast<LogModel*>(static_cast<QSortFilterProxyModel*>(view()->model())->sourceModel());
    }

    // Lines as a run would bring them.
    void tell(int count, Severity severity = Severity::Information, const std::string& text = "something happened")
    {
        std::vector<Event> events;
        for (int i = 0; i < count; ++i)
            events.push_back(
                {++last, Time(milliseconds(static_cast<std::int64_t>(last) * 1000)), "clicks", severity, text});
        model().add(events);
        emit bench.run.stateChanged();
    }

    Workbench bench;
    LogPanel panel;
    std::uint64_t last = 0;
};

TEST_F(LogTest, TellsWhatTheRunReports)
{
    EXPECT_TRUE(panel.findChild<QLabel*>("logEmpty")->isVisible());
    ASSERT_TRUE(bench.document.open("resources/pipelines/hot-shard.json"));
    bench.run.options().engine.speed = 100;
    ASSERT_TRUE(bench.run.start());
    ASSERT_TRUE(waitFor([&] { return rows() > 0; }));
    EXPECT_FALSE(panel.findChild<QLabel*>("logEmpty")->isVisible());
    EXPECT_TRUE(view()->model()->index(0, LogModel::TimeColumn).data().toString().startsWith("00:"));
    bench.run.stop();
    ASSERT_TRUE(waitFor([&] { return bench.run.state() == RunState::Stopped; }));
}

TEST_F(LogTest, KeepsABoundedNumberOfLines)
{
    tell(static_cast<int>(LogModel::kMost) + 5);
    EXPECT_EQ(rows(), static_cast<int>(LogModel::kMost));
    EXPECT_EQ(model().event(0).number, 6u) << "the oldest go";
    tell(10);
    EXPECT_EQ(rows(), static_cast<int>(LogModel::kMost));
    EXPECT_EQ(model().event(0).number, 16u);
}

TEST_F(LogTest, FiltersByTextAndSeverity)
{
    tell(3);
    tell(2, Severity::Warning, "shard 0 is throttling");
    tell(1, Severity::Error, "the file is gone");
    QTest::keyClicks(panel.findChild<QLineEdit*>("logSearch"), "SHARD");
    EXPECT_EQ(rows(), 2);
    panel.findChild<QLineEdit*>("logSearch")->clear();
    auto* least = panel.findChild<QComboBox*>("logSeverity");
    least->setFocus();
    QTest::keyClick(least, Qt::Key_Down);
    EXPECT_EQ(rows(), 3);
    QTest::keyClick(least, Qt::Key_Down);
    EXPECT_EQ(rows(), 1);
    QTest::keyClicks(panel.findChild<QLineEdit*>("logSearch"), "shard");
    EXPECT_TRUE(panel.findChild<QLabel*>("logEmpty")->text().contains("No event matches"));
}

TEST_F(LogTest, ScrollingUpStopsFollowing)
{
    auto* follow = panel.findChild<QAction*>("logFollow");
    tell(200);
    EXPECT_TRUE(follow->isChecked());
    view()->setFocus();
    view()->setCurrentIndex(view()->model()->index(100, 0));
    QTest::keyClick(view(), Qt::Key_Up);
    EXPECT_FALSE(follow->isChecked());
    QTest::keyClick(view(), Qt::Key_End);
    EXPECT_TRUE(follow->isChecked());
}

TEST_F(LogTest, JumpsCopiesAndClears)
{
    tell(2);
    QString revealed;
    QObject::connect(&bench, &Workbench::revealWanted, [&](const QString& node) { revealed = node; });
    view()->setFocus();
    view()->setCurrentIndex(view()->model()->index(1, 0));
    QTest::keyClick(view(), Qt::Key_Return);
    EXPECT_EQ(revealed, "clicks");
    QTest::keyClick(view(), Qt::Key_C, Qt::ControlModifier);
    EXPECT_EQ(QGuiApplication::clipboard()->text(), "00:00:02.000\tInformation\tclicks\tsomething happened\n");
    panel.findChild<QAction*>("logClear")->trigger();
    EXPECT_EQ(rows(), 0);
}

} // namespace streamwright::gui
