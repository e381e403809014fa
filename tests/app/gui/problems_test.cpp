// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/problems/problems_panel.h"
#include "tests/app/gui/form_fixture.h"

namespace streamwright::gui {

class ProblemsTest : public FormTest {
protected:
    ProblemsTest() : problems(bench)
    {
        problems.resize(900, 220);
        problems.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&problems));
        QObject::connect(&problems, &ProblemsPanel::countChanged, &problems, [this](int count) { told << count; });
    }
    QTreeView* view() { return problems.findChild<QTreeView*>("problemsView"); }
    QString text(int row, int column) { return view()->model()->index(row, column).data().toString(); }
    int rowOf(const QString& part)
    {
        for (int row = 0; row < view()->model()->rowCount(); ++row)
            if (text(row, 0).contains(part)) return row;
        return -1;
    }

    ProblemsPanel problems;
    QList<int> told;
};

TEST_F(ProblemsTest, SaysSoWhenThereAreNone)
{
    add("clicks", "AWS::Kinesis::Stream");
    EXPECT_EQ(problems.count(), 0);
    EXPECT_TRUE(problems.findChild<QLabel*>("problemsNone")->isVisible());
    EXPECT_FALSE(view()->isVisible());
}

TEST_F(ProblemsTest, TellsEveryFindingWithItsPlaceAndJumpsThere)
{
    add("other", "AWS::Kinesis::Stream");
    add("clicks", "AWS::Kinesis::Stream", R"({"ShardCount": 20000})");
    ASSERT_EQ(problems.count(), 1);
    EXPECT_EQ(told, QList<int>{1});
    EXPECT_TRUE(text(0, 0).contains("at most 10000"));
    EXPECT_TRUE(text(0, 1).contains("clicks"));
    EXPECT_TRUE(text(0, 1).contains("ShardCount"));
    QString revealed;
    QObject::connect(&bench, &Workbench::revealWanted, [&](const QString& node) { revealed = node; });
    view()->setFocus();
    view()->setCurrentIndex(view()->model()->index(0, 0));
    QTest::keyClick(view(), Qt::Key_Return);
    EXPECT_EQ(revealed, "clicks");
    EXPECT_EQ(panel.focusWidget(), at("field:/ShardCount"));
    bench.document.undo();
    EXPECT_EQ(problems.count(), 0);
    EXPECT_EQ(told, (QList<int>{1, 0}));
}

TEST_F(ProblemsTest, AClickFixesWhatAClickCan)
{
    add("clicks", "AWS::Kinesis::Stream", R"({"ShardCount": 20000})");
    const int row = rowOf("at most 10000");
    ASSERT_GE(row, 0);
    const QModelIndex fix = view()->model()->index(row, 2);
    ASSERT_FALSE(fix.data().toString().isEmpty());
    QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, view()->visualRect(fix).center());
    EXPECT_EQ(properties("clicks"), R"({"ShardCount":10000})");
    EXPECT_EQ(problems.count(), 0);
    bench.document.undo();
    EXPECT_EQ(properties("clicks"), R"({"ShardCount":20000})") << "a step of its own";
}

TEST_F(ProblemsTest, TellsWhatARunCouldNotTakeOver)
{
    add("clicks", "AWS::Kinesis::Stream");
    emit bench.run.editRefused("clicks: Name takes effect when a run starts");
    ASSERT_EQ(problems.count(), 1);
    EXPECT_TRUE(text(0, 0).contains("could not take an edit"));
    emit bench.run.editRefused("clicks: Name takes effect when a run starts");
    EXPECT_EQ(problems.count(), 1) << "the same is told once";
    emit bench.run.runStarted();
    EXPECT_EQ(problems.count(), 0);
}

} // namespace streamwright::gui
