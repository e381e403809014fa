// SPDX-License-Identifier: GPL-3.0-or-later
// Records saved to files.
#include "tests/app/gui/records_fixture.h"

namespace streamwright::gui {

TEST_F(RecordsTest, SavesWhatTheFilterShowsAsJsonLinesAndTheSelectedAsCsv)
{
    runFor(seconds(4));
    open("clicks", 1900);
    type("recordsFilter", "page = /cart");
    ASSERT_TRUE(waitFor([&] { return searchedAll(); }));
    const int found = model()->rowCount();
    const QString path = folder.filePath("cart.jsonl");
    save("recordsSaveAll", "cart.jsonl");
    ASSERT_TRUE(waitFor([&] { return told().contains("saved in cart.jsonl"); })) << told().toStdString();
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
    ASSERT_EQ(lines.size(), found);
    for (const QByteArray& line : lines)
        EXPECT_EQ(Json::parse(line.toStdString())["data"]["page"], "/cart");
    EXPECT_EQ(Json::parse(lines[0].toStdString())["key"], cell(0, RecordsModel::KeyColumn).toStdString());

    clickRow(1);
    QTest::keyClick(table, Qt::Key_Down, Qt::ShiftModifier);
    save("recordsSaveSelected", "two.csv");
    ASSERT_TRUE(waitFor([&] { return told().contains("2 records saved in two.csv"); })) << told().toStdString();
    QFile csv(folder.filePath("two.csv"));
    ASSERT_TRUE(csv.open(QIODevice::ReadOnly));
    const QList<QByteArray> rows = csv.readAll().trimmed().split('\n');
    ASSERT_EQ(rows.size(), 3);
    EXPECT_EQ(rows[0].trimmed(), "time,part,sequence,key,size,data");
    EXPECT_TRUE(rows[1].contains(cell(1, RecordsModel::SequenceColumn).toUtf8()));
}

TEST_F(RecordsTest, AFullDiskIsTold)
{
    if (!QFile::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
    runFor(seconds(1));
    open("clicks", 400);
    QFile::link("/dev/full", folder.filePath("full.jsonl.unfinished"));
    save("recordsSaveAll", "full.jsonl");
    EXPECT_TRUE(waitFor([&] { return told().startsWith("Not saved:"); })) << told().toStdString();
    EXPECT_FALSE(QFile::exists(folder.filePath("full.jsonl")));
}

} // namespace streamwright::gui
