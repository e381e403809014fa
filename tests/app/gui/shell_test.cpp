// SPDX-License-Identifier: GPL-3.0-or-later
// The window's frame: menus, run bar, docks, welcome page, tour, command palette, files.
#include "app/gui/shell/command_palette.h"
#include "app/gui/shell/human_text.h"
#include "app/gui/shell/recovery.h"
#include "tests/app/gui/window_fixture.h"

namespace streamwright::gui {

namespace {

class ShellTest : public WindowTest {
protected:
    ShellTest() { EXPECT_TRUE(folder.isValid()); }

    QToolButton* button(const char* action)
    {
        auto* bar = find<QToolBar>("runBar");
        return qobject_cast<QToolButton*>(bar->widgetForAction(window.findChild<QAction*>(action)));
    }
    void click(QWidget* widget) { QTest::mouseClick(widget, Qt::LeftButton); }
    // Answers the next message box by its button, once it is there.
    void answer(QMessageBox::StandardButton with)
    {
        QTimer::singleShot(0, &window, [this, with] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (!box) return answer(with);
            ++asked;
            QTest::mouseClick(box->button(with), Qt::LeftButton);
        });
    }
    QString copyOfExample(const QString& name)
    {
        const QString path = folder.filePath(name);
        EXPECT_TRUE(QFile::copy("resources/pipelines/" + name, path));
        QFile(path).setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        return path;
    }

    QTemporaryDir folder;
    int asked = 0;
};

} // namespace

TEST(HumanText, SaysTimesCountsAndSizesShortly)
{
    EXPECT_EQ(clockText(seconds(3723)), "01:02:03");
    EXPECT_EQ(clockText(seconds(3 * 86400 + 61)), "3 d 00:01:01");
    EXPECT_EQ(countText(0), "0");
    EXPECT_EQ(countText(950), "950");
    EXPECT_EQ(countText(1234), "1.2 k");
    EXPECT_EQ(countText(3'400'000), "3.4 M");
    EXPECT_EQ(countText(0.5), "0.5");
    EXPECT_EQ(bytesText(1536), "1.5 KiB");
    EXPECT_EQ(bytesText(20.0 * 1024 * 1024), "20 MiB");
}

TEST_F(ShellTest, UnsavedWorkIsKeptWithoutWaitingForTheDisk)
{
    const QByteArray state = qgetenv("XDG_STATE_HOME");
    const QString blocked = folder.filePath("blocked");
    QFile file(blocked);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly)); // a file where the folder should be
    qputenv("XDG_STATE_HOME", blocked.toLocal8Bit());
    Recovery recovery(bench(), window);
    qputenv("XDG_STATE_HOME", state);
    QStringList told;
    QObject::connect(&bench(), &Workbench::message, &recovery, [&](const QString& text) { told << text; });
    bench().document.edit("Name", [](Pipeline& pipeline) { pipeline.name = "mine"; });
    recovery.keep();
    EXPECT_EQ(told, QStringList()); // the answer of the disk comes later
    ASSERT_TRUE(waitFor([&] { return told.size() == 1; }));
    EXPECT_TRUE(told[0].startsWith("Unsaved work cannot be kept safe"));

    file.remove();
    bench().document.edit("Name", [](Pipeline& pipeline) { pipeline.name = "newer"; });
    recovery.keep();
    bench().document.edit("Name", [](Pipeline& pipeline) { pipeline.name = "newest"; });
    recovery.keep(); // while the other may still be written
    EXPECT_TRUE(waitFor([&] {
        const QDir kept(blocked + "/streamwright");
        const QStringList files = kept.entryList({"*.recovery"});
        QFile copy(files.isEmpty() ? QString() : kept.filePath(files[0]));
        return copy.open(QIODevice::ReadOnly) && copy.readAll().contains("newest");
    }));
    bench().document.undo();
    bench().document.undo();
    bench().document.undo();
}

TEST_F(ShellTest, RunBarRunsPausesGoesOnAndStops)
{
    window.openFile("resources/pipelines/clickstream.json");
    find<QComboBox>("speed")->setCurrentIndex(3);
    click(button("run"));
    ASSERT_TRUE(waitFor([&] { return bench().run.state() == RunState::Running; }));
    EXPECT_EQ(button("run")->text(), "Pause");
    ASSERT_TRUE(waitFor([&] { return bench().run.live().elapsed > seconds(2); }));
    EXPECT_TRUE(find<QLabel>("clock")->text().endsWith(" of 00:10:00"));
    EXPECT_TRUE(waitFor([&] { return find<QLabel>("statusRate")->text().endsWith("records/s"); }));
    click(button("run"));
    ASSERT_TRUE(waitFor([&] { return bench().run.state() == RunState::Paused; }));
    EXPECT_EQ(find<QLabel>("runState")->accessibleName(), "Paused");
    click(button("run"));
    ASSERT_TRUE(waitFor([&] { return bench().run.state() == RunState::Running; }));
    click(button("stop"));
    ASSERT_TRUE(waitFor([&] { return bench().run.state() == RunState::Stopped; }));
    EXPECT_FALSE(button("stop")->isEnabled());
}

TEST_F(ShellTest, StepOneSecondStartsARunAndPausesAfterThatSecond)
{
    window.openFile("resources/pipelines/clickstream.json");
    click(button("stepSecond"));
    ASSERT_TRUE(
        waitFor([&] { return bench().run.state() == RunState::Paused && bench().run.live().elapsed >= seconds(1); }));
    click(button("stepSecond"));
    ASSERT_TRUE(
        waitFor([&] { return bench().run.state() == RunState::Paused && bench().run.live().elapsed >= seconds(2); }));
    EXPECT_EQ(bench().run.live().elapsed, seconds(2));
}

TEST_F(ShellTest, ARunThatReachesItsEndSaysFinished)
{
    window.openFile("resources/pipelines/clickstream.json");
    find<QComboBox>("speed")->setCurrentText("max");
    click(button("run"));
    ASSERT_TRUE(waitFor([&] { return bench().run.state() == RunState::Finished; }));
    EXPECT_TRUE(waitFor([&] { return find<QLabel>("clock")->text() == "00:10:00 of 00:10:00"; }));
    EXPECT_EQ(find<QProgressBar>("progress")->value(), 1000);
}

TEST_F(ShellTest, TheSeedIsPartOfTheDrawingAndCanBeUndone)
{
    window.openFile("resources/pipelines/clickstream.json");
    auto* seed = find<QSpinBox>("seed");
    seed->setFocus();
    seed->selectAll();
    QTest::keyClicks(seed, "42");
    EXPECT_EQ(bench().document.pipeline().seed, 42u);
    QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier);
    window.findChild<QAction*>("undo")->trigger();
    EXPECT_EQ(bench().document.pipeline().seed, 1u);
    EXPECT_EQ(seed->value(), 1);
}

TEST_F(ShellTest, CommandPaletteFindsAndRunsACommandByKeyboard)
{
    QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
    window.findChild<QAction*>("commands")->trigger();
    auto* palette = find<CommandPalette>("commandPalette");
    ASSERT_NE(palette, nullptr);
    auto* input = palette->findChild<QLineEdit*>();
    QTest::keyClicks(input, "theme dark");
    QTest::keyClick(input, Qt::Key_Return);
    EXPECT_TRUE(Theme::instance().dark());
    Theme::instance().choose(Theme::Choice::Light);
    EXPECT_FALSE(Theme::instance().dark());
}

TEST_F(ShellTest, CommandPaletteSaysWhenNothingMatches)
{
    window.findChild<QAction*>("commands")->trigger();
    auto* palette = find<CommandPalette>("commandPalette");
    ASSERT_NE(palette, nullptr);
    QTest::keyClicks(palette->findChild<QLineEdit*>(), "zzzzqq");
    auto* list = palette->findChild<QListWidget*>();
    ASSERT_EQ(list->count(), 1);
    EXPECT_EQ(list->item(0)->text(), "Nothing of that name");
    QTest::keyClick(palette->findChild<QLineEdit*>(), Qt::Key_Escape);
    EXPECT_FALSE(palette->isVisible());
}

TEST_F(ShellTest, UnsavedChangesAreAskedForAndMayBeKept)
{
    const QString path = copyOfExample("clickstream.json");
    window.openFile(path);
    bench().document.edit("Rename", [](Pipeline& pipeline) { pipeline.name = "Other"; });
    EXPECT_TRUE(window.isWindowModified());
    answer(QMessageBox::Cancel);
    EXPECT_FALSE(window.close());
    EXPECT_EQ(asked, 1);
    answer(QMessageBox::Save);
    EXPECT_TRUE(window.close());
    EXPECT_EQ(asked, 2);
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_TRUE(file.readAll().contains("\"Other\""));
}

TEST_F(ShellTest, SavingWhereNothingCanBeWrittenSaysSoAndKeepsTheFile)
{
    const QString path = copyOfExample("clickstream.json");
    window.openFile(path);
    ASSERT_TRUE(QFile::remove(path));
    ASSERT_TRUE(QDir(folder.path()).mkdir("clickstream.json")); // a folder stands in the way
    bench().document.edit("Rename", [](Pipeline& pipeline) { pipeline.name = "Other"; });
    window.findChild<QAction*>("save")->trigger();
    EXPECT_TRUE(window.statusBar()->currentMessage().startsWith("Not saved."));
    EXPECT_TRUE(window.isWindowModified());
}

TEST_F(ShellTest, FilesThatCannotBeReadAreToldAndTheDrawingStays)
{
    window.openFile("resources/pipelines/clickstream.json");
    window.openFile(folder.filePath("missing.json"));
    EXPECT_TRUE(window.statusBar()->currentMessage().contains("missing.json"));
    EXPECT_EQ(bench().document.pipeline().nodes.size(), 5u);
}

TEST_F(ShellTest, ADamagedFileOpensWithItsGoodPartAndItsProblems)
{
    const QString path = folder.filePath("damaged.json");
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(
        R"({"streamwright": 1, "nodes": [{"id": "good", "kind": "AWS::Kinesis::Stream"}, {"id": "odd", "kind": "AWS::Nope"}, 7]})");
    file.close();
    window.openFile(path);
    EXPECT_EQ(bench().document.pipeline().nodes.size(), 2u);
    EXPECT_GE(bench().document.problems().size(), 2u);
    click(button("run"));
    EXPECT_TRUE(window.statusBar()->currentMessage().startsWith("Not started."));
    EXPECT_TRUE(find<QDockWidget>("problems")->isVisible());
    const auto* problems = find<QTreeView>("problemsView");
    const auto where = [&](int row) { return problems->model()->index(row, 1).data().toString(); };
    EXPECT_TRUE(where(0).startsWith("damaged.json line 1 (nodes")) << where(0).toStdString();
    EXPECT_TRUE(problems->model()->index(0, 1).data(Qt::ToolTipRole).toString().contains(path + ":1"));

    const int before = problems->model()->rowCount();
    window.findChild<QAction*>("save")->trigger();
    EXPECT_EQ(problems->model()->rowCount(), before - 1) << "what was said of the file is over";
    EXPECT_TRUE(window.statusBar()->currentMessage().contains(path + ".damaged"))
        << window.statusBar()->currentMessage().toStdString();
}

TEST_F(ShellTest, AnAbsolutePathTypedInTheSaveDialogIsWhereItIsSaved)
{
    const QString path = folder.filePath("typed/by hand.json");
    ASSERT_TRUE(QDir(folder.path()).mkdir("typed"));
    bench().document.edit("Rename", [](Pipeline& pipeline) { pipeline.name = "Other"; });
    QTimer::singleShot(0, &window, [&] {
        auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
        ASSERT_TRUE(dialog);
        auto* name = dialog->findChild<QLineEdit*>("fileNameEdit");
        ASSERT_TRUE(name);
        name->setFocus();
        name->selectAll();
        QTest::keyClicks(name, path);
        QTest::keyClick(name, Qt::Key_Return);
        if (dialog->isVisible()) QTest::keyClick(name, Qt::Key_Return); // the first one may go to the completions
        if (dialog->isVisible()) {
            ADD_FAILURE() << "the dialog stays";
            dialog->reject();
        }
    });
    window.findChild<QAction*>("saveAs")->trigger();
    EXPECT_TRUE(QFile::exists(path));
    EXPECT_EQ(bench().document.document().path(), path.toStdString());
}

TEST_F(ShellTest, OnePanelTakesTheFullWindowAndGivesItBack)
{
    auto* monitor = find<QDockWidget>("monitor");
    auto* palette = find<QDockWidget>("palette");
    window.findChild<QAction*>("fullDock")->trigger(); // the canvas, when no dock has the keyboard
    EXPECT_FALSE(palette->isVisible());
    EXPECT_TRUE(find<QWidget>("canvas")->isVisible());
    window.findChild<QAction*>("fullDock")->trigger();
    EXPECT_TRUE(palette->isVisible());
    EXPECT_TRUE(monitor->isVisible());
}

TEST_F(ShellTest, TheTourHasEightStopsCanBeLeftAndTakenAgain)
{
    window.findChild<QAction*>("tour")->trigger();
    auto* card = find<QFrame>("tour");
    ASSERT_TRUE(card->isVisible());
    EXPECT_EQ(bench().document.pipeline().name, "Clickstream");
    for (int stop = 1; stop <= 8; ++stop) {
        ASSERT_TRUE(card->isVisible()) << stop;
        EXPECT_TRUE(window.rect().contains(card->geometry())) << stop;
        click(card->findChild<QPushButton*>("tourNext"));
    }
    EXPECT_FALSE(card->isVisible());
    window.findChild<QAction*>("tour")->trigger();
    ASSERT_TRUE(card->isVisible());
    click(card->findChild<QPushButton*>("tourSkip"));
    EXPECT_FALSE(card->isVisible());
}

TEST_F(ShellTest, TheWelcomePageRunsAnExample)
{
    MainWindow fresh(allKinds());
    fresh.resize(1280, 800);
    fresh.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&fresh));
    auto* run = fresh.findChild<QPushButton*>("run:clickstream");
    ASSERT_NE(run, nullptr);
    ASSERT_TRUE(run->isVisible());
    click(run);
    EXPECT_TRUE(waitFor([&] { return fresh.workbench().run.state() == RunState::Running; }));
    EXPECT_TRUE(fresh.findChild<QWidget*>("canvas")->isVisible());
}

TEST_F(ShellTest, RecentFilesAreRemembered)
{
    const QString path = copyOfExample("orders.json");
    window.openFile(path);
    MainWindow next(allKinds());
    next.show();
    const auto labels = next.findChild<QWidget*>("welcomePage")->findChildren<QLabel*>();
    EXPECT_TRUE(
        std::any_of(labels.begin(), labels.end(), [](QLabel* label) { return label->text().contains("orders.json"); }));
}

TEST_F(ShellTest, AnotherDrawingShowsNothingOfTheLastRun)
{
    window.openFile("resources/pipelines/clickstream.json");
    find<QComboBox>("speed")->setCurrentText("max");
    click(button("run"));
    ASSERT_TRUE(
        waitFor([&] { return bench().run.state() == RunState::Finished && !bench().run.live().nodes.empty(); }));
    window.openFile("resources/pipelines/hot-shard.json");
    EXPECT_FALSE(bench().run.hasRun());
    EXPECT_TRUE(bench().run.live().nodes.empty());
    EXPECT_EQ(bench().run.state(), RunState::Stopped);
    EXPECT_EQ(find<QLabel>("statusRate")->text(), "not running");
    find<QComboBox>("speed")->setCurrentIndex(0);
}

TEST_F(ShellTest, NodesOfAStoppedRunAreShownStopped)
{
    window.openFile("resources/pipelines/clickstream.json");
    click(button("run"));
    ASSERT_TRUE(waitFor([&] { return bench().run.live().elapsed > seconds(1); }));
    click(button("stop"));
    EXPECT_TRUE(waitFor([&] {
        const auto& nodes = bench().run.live().nodes;
        return std::all_of(nodes.begin(), nodes.end(),
                           [](const auto& node) { return node.second.state == NodeState::Stopped; });
    }));
}

} // namespace streamwright::gui
