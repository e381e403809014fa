// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/records/records_panel.h"

#include "tests/app/gui/window_fixture.h"

namespace streamwright::gui {

namespace {

constexpr auto kPipeline = R"({
  "streamwright": 1, "name": "records",
  "nodes": [
    {"id": "site", "kind": "Local::Producer", "properties": {"RecordsPerSecond": 500,
      "Template": {"visitor": "{{key}}", "page": "{{category /home:3 /cart:1}}", "amount": "{{number 1 100}}"}}},
    {"id": "clicks", "kind": "AWS::Kinesis::Stream", "properties": {"ShardCount": 2}},
    {"id": "spare", "kind": "AWS::Kinesis::Stream", "properties": {"ShardCount": 1}},
    {"id": "jobs", "kind": "AWS::SQS::Queue"},
    {"id": "archiver", "kind": "AWS::KinesisFirehose::DeliveryStream", "properties": {"ExtendedS3DestinationConfiguration":
      {"BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 5}, "CompressionFormat": "GZIP",
       "ProcessingConfiguration": {"Enabled": true, "Processors": [{"Type": "AppendDelimiterToRecord"}]}}}},
    {"id": "archive", "kind": "AWS::S3::Bucket"}
  ],
  "edges": [
    {"from": "site.out", "to": "clicks.in"},
    {"from": "clicks.out", "to": "archiver.in"},
    {"from": "archiver.out", "to": "archive.in"}
  ]
})";

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

class RecordsTest : public WindowTest {
protected:
    RecordsTest()
    {
        EXPECT_TRUE(folder.isValid());
        const QString path = folder.filePath("records.json");
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(kPipeline);
        file.close();
        EXPECT_TRUE(bench().document.open(path));
        find<QDockWidget>("records")->show();
        find<QDockWidget>("records")->raise();
        panel = window.findChild<RecordsPanel*>();
        table = find<QTableView>("recordsTable");
    }

    // Runs so much of the run's time, as fast as the machine can, and stops.
    void runFor(Duration duration)
    {
        bench().run.options().engine.speed = 0;
        bench().document.edit("How long", [&](Pipeline& pipeline) { pipeline.runFor = duration; });
        ASSERT_TRUE(bench().run.start());
        ASSERT_TRUE(waitFor([&] { return bench().run.state() == RunState::Finished; }));
    }
    void open(const QString& id, std::uint64_t least = 1)
    {
        emit bench().recordsWanted(id);
        ASSERT_TRUE(waitFor([&] { return model()->rowCount() >= static_cast<int>(least); })) << shownText();
    }
    void stopAndWait()
    {
        bench().run.stop();
        ASSERT_TRUE(waitFor([&] { return !bench().run.active(); }));
    }
    // The table has followed to the run's last moment.
    bool atTheEnd()
    {
        std::optional<Time> end;
        bench().run.ask(
            &window, [](Engine& engine) { return engine.now(); }, [&](Time now) { end = now; });
        return waitFor([&] { return end && qobject_cast<RecordsModel*>(model())->viewedAt() == *end; });
    }
    QAbstractItemModel* model() { return table->model(); }
    // What a cell shows, once it has been read.
    QString cell(int row, int column)
    {
        const QModelIndex index = model()->index(row, column);
        table->scrollTo(index);
        waitFor([&] {
            const QString text = index.siblingAtColumn(RecordsModel::TimeColumn).data().toString();
            return !text.isEmpty();
        });
        return index.data().toString();
    }
    void clickRow(int row)
    {
        cell(row, 0);
        const QRect place = table->visualRect(model()->index(row, RecordsModel::KeyColumn));
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, place.center());
    }
    void type(const QString& name, const QString& text)
    {
        auto* line = find<QLineEdit>(name);
        line->clear();
        QTest::mouseClick(line, Qt::LeftButton);
        QTest::keyClicks(line, text);
        QTest::keyClick(line, Qt::Key_Return);
    }
    void press(const QString& name)
    {
        auto* button = find<QAbstractButton>(name);
        ASSERT_TRUE(button && button->isVisible()) << name.toStdString();
        QTest::mouseClick(button, Qt::LeftButton);
    }
    QString counts() { return find<QLabel>("recordsCounts")->text(); }
    bool searchedAll()
    {
        const auto match = QRegularExpression("searched ([0-9,]+) of ([0-9,]+)").match(counts());
        return match.hasMatch() && match.captured(1) == match.captured(2) && match.captured(1) != "0";
    }
    QString told() { return find<QLabel>("recordsTold")->text(); }
    std::string shownText() { return (find<QLabel>("recordsEmpty")->text() + " | " + counts()).toStdString(); }
    void save(const QString& action, const QString& fileName)
    {
        find<QAction>(action)->trigger();
        ASSERT_TRUE(waitFor([&] { return find<QFileDialog>("recordsSaveDialog") != nullptr; }));
        auto* dialog = find<QFileDialog>("recordsSaveDialog");
        dialog->setDirectory(folder.path());
        auto* name = dialog->findChild<QLineEdit*>();
        ASSERT_TRUE(name);
        name->setFocus();
        name->selectAll();
        QTest::keyClicks(name, fileName);
        auto* buttons = dialog->findChild<QDialogButtonBox*>();
        QTest::mouseClick(buttons->button(QDialogButtonBox::Save), Qt::LeftButton);
        ASSERT_TRUE(waitFor([&] { return !find<QFileDialog>("recordsSaveDialog"); }));
    }

    QTemporaryDir folder;
    RecordsPanel* panel = nullptr;
    QTableView* table = nullptr;
};

} // namespace

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

TEST_F(RecordsTest, SendsARecordByHandAndAgain)
{
    bench().run.options().engine.speed = 1;
    ASSERT_TRUE(bench().run.start());
    open("spare", 0);
    ASSERT_TRUE(waitFor([&] { return find<QAction>("recordsSend")->isEnabled(); }));
    press("recordsSendButton");
    ASSERT_TRUE(waitFor([&] { return find<QComboBox>("sendTarget")->currentText() == "spare"; }));
    QTest::keyClicks(find<QLineEdit>("sendKey"), "by-hand");
    QTest::keyClicks(find<QPlainTextEdit>("sendData"), "{\"page\": ");
    EXPECT_TRUE(find<QLabel>("sendVerdict")->text().startsWith("not valid JSON"));
    QTest::keyClicks(find<QPlainTextEdit>("sendData"), "\"/test\"}");
    EXPECT_EQ(find<QLabel>("sendVerdict")->text(), "valid JSON");
    press("sendButton");
    ASSERT_TRUE(waitFor([&] { return model()->rowCount() == 1; })) << shownText();
    EXPECT_TRUE(find<QLabel>("sendResult")->text().startsWith("1 taken, the last by shardId-"));
    EXPECT_EQ(cell(0, RecordsModel::KeyColumn), "by-hand");

    press("sendClose");
    clickRow(0);
    ASSERT_TRUE(waitFor([&] { return find<QTreeView>("recordTree")->isVisible(); }));
    find<QAction>("recordsSendAgain")->trigger();
    EXPECT_EQ(find<QLineEdit>("sendKey")->text(), "by-hand");
    QTest::keyClick(find<QPlainTextEdit>("sendData"), Qt::Key_Return, Qt::ControlModifier);
    EXPECT_TRUE(waitFor([&] { return model()->rowCount() == 2; })) << shownText();
    stopAndWait();
}

TEST_F(RecordsTest, TellsWhatWasThrottledOfManySent)
{
    bench().run.options().engine.speed = 1;
    ASSERT_TRUE(bench().run.start());
    ASSERT_TRUE(waitFor([&] { return bench().run.live().elapsed > Duration(0); }));
    bench().run.pause(); // nothing is filled up again while the clock stands
    open("spare", 0);
    ASSERT_TRUE(waitFor([&] { return find<QAction>("recordsSend")->isEnabled(); }));
    press("recordsSendButton");
    ASSERT_TRUE(waitFor([&] { return find<QComboBox>("sendTarget")->currentText() == "spare"; }));
    QTest::keyClicks(find<QLineEdit>("sendKey"), "k");
    QTest::keyClicks(find<QPlainTextEdit>("sendData"), "x");
    find<QSpinBox>("sendCount")->setValue(3000);
    press("sendButton");
    EXPECT_TRUE(waitFor([&] {
        return find<QLabel>("sendResult")->text().contains(QRegularExpression("taken.*throttled"));
    })) << find<QLabel>("sendResult")->text().toStdString();
    stopAndWait();
}

TEST_F(RecordsTest, WhatIsSentManyTimesEndsWithItsRun)
{
    bench().run.options().engine.speed = 1;
    ASSERT_TRUE(bench().run.start());
    open("jobs", 0);
    ASSERT_TRUE(waitFor([&] { return find<QAction>("recordsSend")->isEnabled(); }));
    press("recordsSendButton");
    ASSERT_TRUE(waitFor([&] { return find<QComboBox>("sendTarget")->currentText() == "jobs"; }));
    QTest::keyClicks(find<QPlainTextEdit>("sendData"), "x");
    find<QSpinBox>("sendCount")->setValue(100'000);
    press("sendButton");
    const auto result = [&] { return find<QLabel>("sendResult")->text(); };
    ASSERT_TRUE(waitFor([&] { return result().contains("to go"); }));
    bench().run.stop();
    ASSERT_TRUE(bench().run.start());
    ASSERT_TRUE(waitFor([&] { return !result().contains("to go"); })) << result().toStdString();
    EXPECT_TRUE(result().contains("not sent")) << result().toStdString();
    EXPECT_TRUE(find<QPushButton>("sendButton")->isEnabled());
    // Nothing of it came to the new run's queue.
    std::optional<std::uint64_t> kept;
    bench().run.ask(
        &window, [](Engine& engine) { return engine.browsable("jobs")->view("", engine.now())->count(); },
        [&](std::uint64_t count) { kept = count; });
    ASSERT_TRUE(waitFor([&] { return kept.has_value(); }));
    EXPECT_EQ(*kept, 0u);
    stopAndWait();
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
