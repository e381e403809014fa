// SPDX-License-Identifier: GPL-3.0-or-later
// A short run of a producer and a stream, for tests that look at runs.
#pragma once

#include <gtest/gtest.h>

#include "core/engine/engine.h"

namespace streamwright::test {

inline const Registry& allKinds()
{
    static const Registry registry = [] {
        Registry filled;
        registerBuiltins(filled);
        return filled;
    }();
    return registry;
}

// A producer of so many records a second into a stream of so many shards, run for so long.
inline std::unique_ptr<Engine> ran(int recordsPerSecond, int shards, Duration duration)
{
    Pipeline pipeline;
    Node producer{"sensors", "Local::Producer"};
    producer.properties = {{"RecordsPerSecond", recordsPerSecond}};
    Node stream{"readings", "AWS::Kinesis::Stream"};
    stream.properties = {{"ShardCount", shards}};
    pipeline.nodes = {producer, stream};
    pipeline.edges = {{"sensors", "out", "readings", "in"}};
    PipelineCheck check = checkPipeline(pipeline, allKinds(), ".");
    EXPECT_TRUE(check.problems.empty());
    auto engine = Engine::open(std::move(check.plan), allKinds(), {});
    EXPECT_TRUE(engine);
    EXPECT_TRUE((*engine)->runFor(duration));
    EXPECT_TRUE((*engine)->close());
    return std::move(*engine);
}

} // namespace streamwright::test
