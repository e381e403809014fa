// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/fuzzy.h"

#include <gtest/gtest.h>

namespace streamwright {

TEST(Fuzzy, FindsLettersInOrderOnly)
{
    EXPECT_GT(fuzzyScore("kds", "Kinesis data stream"), 0);
    EXPECT_GT(fuzzyScore("STREAM", "Kinesis data stream"), 0);
    EXPECT_EQ(fuzzyScore("sdk", "Kinesis data"), 0);
    EXPECT_EQ(fuzzyScore("streams", "stream"), 0);
    EXPECT_GT(fuzzyScore("", "anything"), 0);
    EXPECT_GT(fuzzyScore("data st", "Kinesis data stream"), 0);
}

TEST(Fuzzy, PrefersBeginningsOfWordsAndRunsOfLetters)
{
    EXPECT_GT(fuzzyScore("sq", "SQS queue"), fuzzyScore("sq", "Kinesis queue"));
    EXPECT_GT(fuzzyScore("run", "Run"), fuzzyScore("run", "Remove unused node"));
    EXPECT_GT(fuzzyScore("ds", "DataStream"), fuzzyScore("ds", "woods"));
    EXPECT_GT(fuzzyScore("run", "Run"), fuzzyScore("run", "Run only the selection"));
}

} // namespace streamwright
