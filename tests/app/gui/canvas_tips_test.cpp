// SPDX-License-Identifier: GPL-3.0-or-later
// Hovering over a node that is throttled: the tip names the limit, the shard, the key and what would help.
#include "tests/app/gui/canvas_fixture.h"

namespace streamwright::gui {

namespace {

class CanvasTipsTest : public CanvasTest {
protected:
    // To the end, as fast as the machine can.
    void run(Duration duration)
    {
        bench().run.options().engine.speed = 0;
        bench().document.edit("How long", [&](Pipeline& pipeline) {
            pipeline.runFor = duration;
            pipeline.edits.clear();
        });
        ASSERT_TRUE(bench().run.start());
        ASSERT_TRUE(waitFor([&] { return bench().run.state() == RunState::Finished; }));
        ASSERT_TRUE(waitFor([&] { return bench().run.live().elapsed >= duration; }));
    }
    // The pointer rests on the node; the tip once it says so much.
    QString tip(const std::string& node, const QString& words)
    {
        view().fitDrawing();
        const QPoint place = at(node);
        QHelpEvent rests(QEvent::ToolTip, place, view().viewport()->mapToGlobal(place));
        QApplication::sendEvent(view().viewport(), &rests);
        waitFor([&] { return QToolTip::text().contains(words); });
        return QToolTip::text();
    }
};

} // namespace

TEST_F(CanvasTipsTest, OfAHotShardNamesLimitShardKeyAndThatNoSplitHelps)
{
    window.openFile("resources/pipelines/hot-shard.json");
    run(seconds(30));
    const QString text = tip("readings", "key-0");
    EXPECT_TRUE(text.contains("throttling")) << text.toStdString();
    EXPECT_TRUE(text.contains(QRegularExpression("shardId-0+\\d+: [\\d.,k ]+ records/s are refused")))
        << text.toStdString();
    EXPECT_TRUE(text.contains("% of the limit")) << text.toStdString();
    EXPECT_TRUE(text.contains(QRegularExpression("Key key-0: \\d+ % of the load"))) << text.toStdString();
    EXPECT_TRUE(text.contains("No split would help")) << text.toStdString();
}

TEST_F(CanvasTipsTest, OfTooFewShardsSaysThatASplitHelpsAndWhere)
{
    bench().document.edit("much", [](Pipeline& pipeline) { pipeline.nodes[0].properties["RecordsPerSecond"] = 3000; });
    run(seconds(30));
    const QString text = tip("clicks", "plit");
    EXPECT_TRUE(text.contains("throttling")) << text.toStdString();
    EXPECT_TRUE(text.contains(QRegularExpression("shardId-0+\\d+"))) << text.toStdString();
    EXPECT_TRUE(text.contains("% of the limit")) << text.toStdString();
    EXPECT_TRUE(text.contains("plit")) << text.toStdString();
    EXPECT_FALSE(text.contains("No split would help")) << text.toStdString();
    // The producer's own tip tells of the stream that refuses.
    const QString sender = tip("web", "clicks: shardId");
    EXPECT_TRUE(sender.contains("clicks: shardId")) << sender.toStdString();
}

TEST_F(CanvasTipsTest, OfADisabledNodeSaysThatItBeginsEmpty)
{
    bench().selection.selectNode("jobs");
    bench().document.edit("Disable", [](Pipeline& pipeline) { pipeline.nodes[3].disabled = true; });
    EXPECT_TRUE(tip("jobs", "Disabled").contains("begins empty"));
    bench().document.edit("Disable", [](Pipeline& pipeline) { pipeline.nodes[0].disabled = true; });
    EXPECT_FALSE(tip("web", "Producer").contains("begins empty")); // it keeps nothing
}

} // namespace streamwright::gui
