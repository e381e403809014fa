// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/gui/window_fixture.h"

namespace streamwright::gui {

TEST_F(WindowTest, OpensAnExampleAndRunsIt)
{
    window.openFile("resources/pipelines/clickstream.json");
    EXPECT_EQ(bench().document.pipeline().nodes.size(), 5u);
    bench().run.options().engine.speed = 100;
    ASSERT_TRUE(bench().run.start());
    EXPECT_TRUE(waitFor([&] { return bench().run.live().elapsed > seconds(5); }));
    bench().run.stop();
    EXPECT_TRUE(waitFor([&] { return bench().run.state() == RunState::Stopped; }));
}

} // namespace streamwright::gui
