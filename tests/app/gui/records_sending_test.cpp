// SPDX-License-Identifier: GPL-3.0-or-later
// Records sent by hand.
#include "tests/app/gui/records_fixture.h"

namespace streamwright::gui {

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

} // namespace streamwright::gui
