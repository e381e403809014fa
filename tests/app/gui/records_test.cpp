// SPDX-License-Identifier: GPL-3.0-or-later
// The table of the record browser: order, parts, following, places.
#include "tests/app/gui/records_fixture.h"

namespace streamwright::gui {

TEST_F(RecordsTest, SaysWhatToDoWithoutARunAndShowsWhatWasWantedOnceThereIsOne)
{
    auto* empty = find<QLabel>("recordsEmpty");
    EXPECT_TRUE(empty->text().startsWith("Run the pipeline"));
    emit bench().recordsWanted("clicks");
    EXPECT_TRUE(empty->isVisible());
    EXPECT_TRUE(empty->text().contains("records of clicks"));
    runFor(seconds(2));
    EXPECT_TRUE(waitFor([&] { return model()->rowCount() > 900; })) << shownText();
    EXPECT_TRUE(table->isVisible());
    open("spare", 0);
    EXPECT_TRUE(waitFor([&] { return empty->isVisible() && empty->text().contains("No records have come to spare"); }))
        << shownText();
}

TEST_F(RecordsTest, ListsTheNewestFirstOrTheOldest)
{
    runFor(seconds(3));
    open("clicks", 1400);
    EXPECT_TRUE(cell(0, RecordsModel::TimeColumn).startsWith("00:00:0"));
    const QString newest = cell(0, RecordsModel::TimeColumn),
                  oldest = cell(model()->rowCount() - 1, RecordsModel::TimeColumn);
    EXPECT_GT(newest, oldest);
    EXPECT_TRUE(cell(0, RecordsModel::PartColumn).startsWith("shardId-"));
    EXPECT_TRUE(cell(0, RecordsModel::DataColumn).startsWith("{\"visitor\""));
    press("recordsNewestFirstButton");
    EXPECT_EQ(cell(0, RecordsModel::TimeColumn), oldest);
    EXPECT_EQ(cell(model()->rowCount() - 1, RecordsModel::TimeColumn), newest);
}

TEST_F(RecordsTest, OneShardAlone)
{
    runFor(seconds(2));
    open("clicks", 900);
    auto* parts = find<QComboBox>("recordsPart");
    ASSERT_TRUE(waitFor([&] { return parts->count() == 3; }));
    parts->setFocus();
    QTest::keyClick(parts, Qt::Key_Down);
    QTest::keyClick(parts, Qt::Key_Return);
    emit parts->activated(parts->currentIndex());
    ASSERT_TRUE(waitFor([&] { return model()->rowCount() > 0 && model()->rowCount() < 900; })) << shownText();
    for (int row = 0; row < 5; ++row)
        EXPECT_EQ(cell(row, RecordsModel::PartColumn), parts->currentData().toString());
}

TEST_F(RecordsTest, FollowsARunningStreamAndKeepsTheSelectedRecord)
{
    bench().run.options().engine.speed = 20;
    ASSERT_TRUE(bench().run.start());
    open("clicks", 200);
    clickRow(2);
    const QString sequence = cell(2, RecordsModel::SequenceColumn);
    const QString shard = cell(2, RecordsModel::PartColumn);
    const int before = model()->rowCount();
    ASSERT_TRUE(waitFor([&] { return model()->rowCount() > before + 500; }));
    EXPECT_GT(table->currentIndex().row(), 400);
    stopAndWait(); // from now on the row stays where it is
    ASSERT_TRUE(atTheEnd());
    const int row = table->currentIndex().row();
    EXPECT_EQ(cell(row, RecordsModel::SequenceColumn), sequence);
    EXPECT_EQ(cell(row, RecordsModel::PartColumn), shard);
}

TEST_F(RecordsTest, HeldItCountsWhatIsNew)
{
    bench().run.options().engine.speed = 20;
    ASSERT_TRUE(bench().run.start());
    open("clicks", 200);
    press("recordsFollowButton");
    const int held = model()->rowCount();
    EXPECT_TRUE(waitFor([&] { return counts().contains(QRegularExpression("held at 00:.*[0-9],?[0-9]+ new")); }))
        << counts().toStdString();
    EXPECT_EQ(model()->rowCount(), held);
    press("recordsFollowButton");
    EXPECT_TRUE(waitFor([&] { return model()->rowCount() > held; }));
    stopAndWait();
}

TEST_F(RecordsTest, GoesToATimeAndToARecord)
{
    runFor(seconds(10));
    open("clicks", 4900);
    type("recordsPlace", "00:00:05");
    ASSERT_TRUE(waitFor([&] { return table->currentIndex().row() > 0; }));
    const int row = table->currentIndex().row(); // the first record at or after the time
    EXPECT_GE(cell(row, RecordsModel::TimeColumn), "00:00:05.000");
    EXPECT_LT(cell(row + 1, RecordsModel::TimeColumn), "00:00:05.000");
    type("recordsPlace", "#1");
    EXPECT_EQ(table->currentIndex().row(), model()->rowCount() - 1);
    type("recordsPlace", "tomorrow");
    EXPECT_TRUE(told().contains("is expected"));
}

TEST_F(RecordsTest, FollowsTheSelectionInTheDrawing)
{
    runFor(seconds(2));
    open("clicks", 900);
    bench().selection.selectNode("archive");
    EXPECT_TRUE(waitFor([&] { return find<QComboBox>("recordsSource")->currentData() == "archive"; }));
    bench().selection.selectNode("site"); // keeps nothing: the table stays
    EXPECT_EQ(find<QComboBox>("recordsSource")->currentData(), "archive");
}

} // namespace streamwright::gui
