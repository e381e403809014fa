// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/inspector/help_panel.h"
#include "tests/app/gui/window_fixture.h"

namespace streamwright::gui {

class HelpTest : public testing::Test {
protected:
    HelpTest() : bench(allKinds()), panel(bench)
    {
        panel.resize(420, 600);
        panel.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&panel));
        panel.activateWindow();
    }
    QString text() { return panel.findChild<QTextBrowser*>("helpText")->toPlainText(); }

    Workbench bench;
    HelpPanel panel;
};

TEST_F(HelpTest, EveryKindHasAPageWithAllThatItsDescriptionSays)
{
    for (const auto& [name, entry] : allKinds().kinds()) {
        emit bench.helpWanted(QString::fromStdString(name));
        const QString page = text();
        EXPECT_TRUE(page.contains(QString::fromStdString(entry.kind.title))) << name;
        for (const Field& field : entry.kind.fields) {
            EXPECT_TRUE(page.contains(QString::fromStdString(field.name))) << name << " " << field.name;
            EXPECT_TRUE(page.contains(QString::fromStdString(field.rule))) << name << " " << field.name;
        }
        for (const Port& port : entry.kind.ports)
            EXPECT_TRUE(page.contains(QString::fromStdString(port.name))) << name << " " << port.name;
        for (const MetricKind& metric : entry.kind.metrics)
            EXPECT_TRUE(page.contains(QString::fromStdString(metric.name))) << name << " " << metric.name;
    }
}

TEST_F(HelpTest, LeadsToKindsThatCanBeJoinedAndBack)
{
    emit bench.helpWanted("Local::Producer");
    EXPECT_TRUE(text().contains("To: "));
    emit panel.findChild<QTextBrowser*>("helpText")->anchorClicked(QUrl("kind:AWS::Kinesis::Stream"));
    EXPECT_EQ(panel.kind(), "AWS::Kinesis::Stream");
    EXPECT_TRUE(text().contains("Retention is 24 hours"));
    QTest::mouseClick(panel.findChild<QToolButton*>("helpBack"), Qt::LeftButton);
    EXPECT_EQ(panel.kind(), "Local::Producer");
}

TEST_F(HelpTest, TheListIsSearched)
{
    emit bench.helpWanted("");
    EXPECT_TRUE(text().contains("SQS queue"));
    QTest::keyClicks(panel.findChild<QLineEdit*>("helpSearch"), "VisibilityTimeout");
    EXPECT_TRUE(text().contains("SQS queue"));
    EXPECT_FALSE(text().contains("File source"));
    panel.findChild<QLineEdit*>("helpSearch")->setText("xyzzy");
    EXPECT_TRUE(text().contains("No page mentions"));
}

TEST_F(HelpTest, OnAPageTheSearchFindsThePlace)
{
    emit bench.helpWanted("AWS::SQS::Queue");
    QTest::keyClicks(panel.findChild<QLineEdit*>("helpSearch"), "Deduplication");
    EXPECT_EQ(panel.kind(), "AWS::SQS::Queue");
    EXPECT_EQ(panel.findChild<QTextBrowser*>("helpText")->textCursor().selectedText().toLower(), "deduplication");
}

} // namespace streamwright::gui
