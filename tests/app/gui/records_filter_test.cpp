// SPDX-License-Identifier: GPL-3.0-or-later
// The filter of the record browser.
#include "tests/app/gui/records_fixture.h"

namespace streamwright::gui {

TEST_F(RecordsTest, FiltersByFieldTextAndKey)
{
    runFor(seconds(4));
    open("clicks", 1900);
    type("recordsFilter", "page = /cart and amount > 50");
    ASSERT_TRUE(waitFor([&] { return searchedAll(); })) << shownText();
    const int found = model()->rowCount();
    EXPECT_GT(found, 100);
    EXPECT_LT(found, 400);
    for (int row : {0, found / 2, found - 1}) {
        const Json data = Json::parse(cell(row, RecordsModel::DataColumn).toStdString());
        EXPECT_EQ(data["page"], "/cart");
        EXPECT_GT(data["amount"].get<double>(), 50);
    }
    EXPECT_GT(cell(0, RecordsModel::TimeColumn), cell(found - 1, RecordsModel::TimeColumn));

    const QString key = cell(0, RecordsModel::KeyColumn);
    clickRow(0);
    find<QAction>("recordsFilterKey")->trigger();
    ASSERT_TRUE(waitFor([&] { return searchedAll() && model()->rowCount() != found; }));
    EXPECT_EQ(cell(model()->rowCount() - 1, RecordsModel::KeyColumn), key);

    type("recordsFilter", "page = /nowhere");
    EXPECT_TRUE(waitFor([&] { return find<QLabel>("recordsEmpty")->isVisible(); }));
    EXPECT_EQ(find<QLabel>("recordsEmpty")->text(), "No record matches the filter.");
    type("recordsFilter", "");
    EXPECT_TRUE(waitFor([&] { return model()->rowCount() > 1900; }));
}

TEST_F(RecordsTest, AFilterThatCannotBeReadSaysWhy)
{
    runFor(seconds(1));
    open("clicks", 400);
    type("recordsFilter", "page =");
    EXPECT_EQ(told(), "character 7: a value is expected after =");
    EXPECT_GT(model()->rowCount(), 400);
    type("recordsFilter", "page = /home");
    EXPECT_EQ(told(), "");
}

TEST_F(RecordsTest, AFilterFollowsToo)
{
    bench().run.options().engine.speed = 20;
    ASSERT_TRUE(bench().run.start());
    open("clicks", 200);
    type("recordsFilter", "page = /cart");
    ASSERT_TRUE(waitFor([&] { return model()->rowCount() > 20; }));
    const int before = model()->rowCount();
    ASSERT_TRUE(waitFor([&] { return model()->rowCount() > before + 50; }));
    stopAndWait();
    ASSERT_TRUE(atTheEnd());
    ASSERT_TRUE(waitFor([&] { return searchedAll(); }));
    QString last = "99";
    for (int row = 0; row < model()->rowCount(); row += 25) {
        EXPECT_LE(cell(row, RecordsModel::TimeColumn), last); // newest first, what came later on top
        EXPECT_TRUE(cell(row, RecordsModel::DataColumn).contains("/cart"));
        last = cell(row, RecordsModel::TimeColumn);
    }
}

} // namespace streamwright::gui
