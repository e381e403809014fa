// SPDX-License-Identifier: GPL-3.0-or-later
// What tests of the record browser share: a pipeline of every source, a window that shows it, and a person's hands.
#pragma once

#include "app/gui/records/records_panel.h"
#include "tests/app/gui/window_fixture.h"

namespace streamwright::gui {

inline constexpr auto kRecordsPipeline = R"({
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

class RecordsTest : public WindowTest {
protected:
    RecordsTest()
    {
        EXPECT_TRUE(folder.isValid());
        const QString path = folder.filePath("records.json");
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(kRecordsPipeline);
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

} // namespace streamwright::gui
