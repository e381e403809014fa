// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/monitor/number_text.h"

#include <gtest/gtest.h>

namespace streamwright::gui {

TEST(NumberText, ValuesBearTheirUnit)
{
    EXPECT_EQ(valueText(0, "Count"), "0");
    EXPECT_EQ(valueText(1234, "records/s"), "1.23 k/s");
    EXPECT_EQ(valueText(999.96, "Count"), "1 k");
    EXPECT_EQ(valueText(1048576, "Bytes/Second"), "1 MiB/s");
    EXPECT_EQ(valueText(1536, "Bytes"), "1.5 KiB");
    EXPECT_EQ(valueText(250, "Milliseconds"), "250 ms");
    EXPECT_EQ(valueText(90'000, "Milliseconds"), "90 s");
    EXPECT_EQ(valueText(600, "Seconds"), "10 min");
    EXPECT_EQ(valueText(12.5, "Percent"), "12.5 %");
}

TEST(NumberText, TimesOfTheRun)
{
    EXPECT_EQ(runTimeText(125), "02:05");
    EXPECT_EQ(runTimeText(3725), "1:02:05");
    EXPECT_EQ(runTimeText(1.5, 0.5), "00:01.5");
}

TEST(NumberText, AxesHaveRoundSteps)
{
    EXPECT_EQ(roundSteps(0, 1000, 5, false), (std::vector<double>{0, 200, 400, 600, 800, 1000}));
    EXPECT_EQ(roundSteps(0, 4096, 4, true), (std::vector<double>{0, 1024, 2048, 3072, 4096}));
    EXPECT_EQ(roundTop(930, false), 1000);
    EXPECT_EQ(roundTop(1'000'000, true), 1'048'576);
    EXPECT_EQ(roundTop(0, false), 1);
    double step = 0;
    EXPECT_EQ(timeSteps(0, 120, 4, &step), (std::vector<double>{0, 30, 60, 90, 120}));
    EXPECT_EQ(step, 30);
}

} // namespace streamwright::gui
