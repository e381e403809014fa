// SPDX-License-Identifier: GPL-3.0-or-later
// One record looked at: as tree, text and hex; objects of a bucket; what passes a wire.
#include "tests/app/gui/records_fixture.h"

namespace streamwright::gui {

namespace {

// One object of two lines that nest without end.
class DeepLines : public BrowseView {
public:
    std::uint64_t count() const override { return 1; }
    std::vector<BrowseRow> rows(std::uint64_t, std::size_t, ByteCount) const override { return {BrowseRow{}}; }
    std::uint64_t indexAt(Time) const override { return 0; }
    Result<BrowseContent> content(std::uint64_t, ByteCount) const override
    {
        const std::string line = std::string(100'000, '[') + std::string(100'000, ']');
        BrowseContent content;
        content.plain = line + "\n" + line;
        return content;
    }
};

} // namespace

TEST_F(RecordsTest, TheSelectedRecordIsShownAsTreeTextAndHex)
{
    runFor(seconds(2));
    open("clicks", 900);
    clickRow(3);
    auto* tree = find<QTreeView>("recordTree");
    ASSERT_TRUE(waitFor([&] { return tree->isVisible() && tree->model()->rowCount() == 3; }));
    EXPECT_EQ(tree->model()->index(0, 0).data().toString(), "visitor");
    EXPECT_EQ(tree->model()->index(0, 1).data().toString(), cell(3, RecordsModel::KeyColumn));
    EXPECT_TRUE(find<QTextEdit>("recordFacts")->toPlainText().contains(cell(3, RecordsModel::SequenceColumn)));

    press("recordAsText");
    auto* text = find<QPlainTextEdit>("recordText");
    EXPECT_TRUE(text->isVisible());
    EXPECT_EQ(text->toPlainText(), cell(3, RecordsModel::DataColumn));
    press("recordAsHex");
    EXPECT_TRUE(text->toPlainText().startsWith("00000000  7b 22 76 69"));
    press("copyRecordButton");
    EXPECT_EQ(QApplication::clipboard()->text(), text->toPlainText());

    QTest::keyClick(table, Qt::Key_Down); // the form stays for the next record
    EXPECT_TRUE(waitFor(
        [&] { return find<QTextEdit>("recordFacts")->toPlainText().contains(cell(4, RecordsModel::SequenceColumn)); }));
    EXPECT_TRUE(text->isVisible());
}

TEST_F(RecordsTest, JsonThatNestsWithoutEndIsShownAsText)
{
    runFor(seconds(1));
    auto* shown = find<RecordView>("recordView");
    shown->show(std::make_shared<DeepLines>(), 0, {});
    ASSERT_TRUE(waitFor([&] { return shown->plain().size() > 400'000; }));
    EXPECT_FALSE(find<QToolButton>("recordAsJson")->isEnabled());
    shown->copyAction()->trigger();
    EXPECT_EQ(QGuiApplication::clipboard()->text().size(), 400'001);
}

TEST_F(RecordsTest, ABucketsObjectsOpenAsTextDecompressed)
{
    runFor(seconds(12));
    open("archive", 1);
    EXPECT_TRUE(cell(0, RecordsModel::KeyColumn).endsWith(".gz"));
    clickRow(0);
    auto* tree = find<QTreeView>("recordTree");
    ASSERT_TRUE(waitFor([&] { return tree->isVisible(); }));
    EXPECT_GT(tree->model()->rowCount(), 100); // a line a record
    EXPECT_TRUE(tree->model()->index(0, 1).data().toString().startsWith("visitor: key-"));
    press("recordAsText");
    EXPECT_TRUE(find<QPlainTextEdit>("recordText")->toPlainText().startsWith("{\"visitor\""));
    EXPECT_TRUE(find<QTextEdit>("recordFacts")->toPlainText().contains("GZIP"));
}

TEST_F(RecordsTest, TheEdgeToABucketShowsItsObjectsDecompressedToo)
{
    const QString edge = "archiver.out>archive.in";
    bench().run.options().engine.speed = 10;
    ASSERT_TRUE(bench().run.start());
    ASSERT_TRUE(waitFor([&] { return find<QComboBox>("recordsSource")->findData(edge) >= 0; }));
    open(edge, 1);
    EXPECT_TRUE(cell(0, RecordsModel::DataColumn).startsWith("{\"visitor\"")) << shownText();
    clickRow(0);
    ASSERT_TRUE(waitFor([&] { return find<QTreeView>("recordTree")->isVisible(); }));
    EXPECT_GT(find<QTreeView>("recordTree")->model()->rowCount(), 100); // a line a record
    EXPECT_TRUE(find<QTextEdit>("recordFacts")->toPlainText().contains("GZIP"));
    stopAndWait();
}

TEST_F(RecordsTest, AnEdgeShowsWhatPassesItWhileItIsLookedAt)
{
    const QString edge = "site.out>clicks.in";
    bench().run.options().engine.speed = 5;
    ASSERT_TRUE(bench().run.start());
    ASSERT_TRUE(waitFor([&] { return find<QComboBox>("recordsSource")->findData(edge) >= 0; }));
    open(edge, 200);
    EXPECT_EQ(find<QComboBox>("recordsSource")->currentData().toString(), edge);
    EXPECT_TRUE(cell(0, RecordsModel::DataColumn).startsWith("{\"visitor\""));
    clickRow(5);
    ASSERT_TRUE(waitFor([&] { return find<QTreeView>("recordTree")->isVisible(); }));
    bench().run.pause();
    ASSERT_TRUE(waitFor([&] { return bench().run.state() == RunState::Paused; }));
    ASSERT_TRUE(atTheEnd());
    EXPECT_GE(cell(0, RecordsModel::TimeColumn), cell(model()->rowCount() - 1, RecordsModel::TimeColumn));

    // Elsewhere or out of sight, the engine keeps nothing of it any more.
    const auto kept = [&] {
        std::optional<std::size_t> batches;
        bench().run.ask(
            &window, [edge](Engine& engine) { return engine.tapped(edge.toStdString()).size(); },
            [&](std::size_t count) { batches = count; });
        EXPECT_TRUE(waitFor([&] { return batches.has_value(); }));
        return batches.value_or(0);
    };
    EXPECT_GT(kept(), 0u);
    open("clicks", 1);
    EXPECT_EQ(kept(), 0u);
    open(edge, 0);
    EXPECT_TRUE(waitFor([&] { return find<QLabel>("recordsEmpty")->text().startsWith("Resume the run"); }))
        << shownText();
    bench().run.resume();
    EXPECT_TRUE(waitFor([&] { return model()->rowCount() > 0; })) << shownText();
    find<QDockWidget>("records")->hide();
    EXPECT_EQ(kept(), 0u);
    find<QDockWidget>("records")->show();
    find<QDockWidget>("records")->raise();
    EXPECT_TRUE(waitFor([&] { return model()->rowCount() > 0; })) << shownText();
    stopAndWait();
    EXPECT_GT(kept(), 0u); // what passed last stays to be looked at
    EXPECT_GT(model()->rowCount(), 0);
    open("spare", 0);
    emit bench().recordsWanted(edge); // over: the stream keeps what came by it
    EXPECT_TRUE(waitFor([&] { return find<QComboBox>("recordsSource")->currentData().toString() == "clicks"; }));
}

} // namespace streamwright::gui
