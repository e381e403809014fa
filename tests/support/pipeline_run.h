// SPDX-License-Identifier: GPL-3.0-or-later
// PipelineRun: opens a pipeline text with a registry, as tests of plugins and of the engine need it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "core/engine/engine.h"
#include "core/graph/pipeline_file.h"

namespace streamwright::test {

// Fails the test and returns nothing when the text has problems.
inline std::unique_ptr<Engine> openPipeline(const std::string& text, const Registry& registry,
                                            const EngineOptions& options = {}, const std::string& folder = "")
{
    const auto reading = readPipeline(text);
    auto check = checkPipeline(reading.pipeline, registry, folder);
    for (const std::vector<Problem>* problems : {&reading.problems, &std::as_const(check.problems)})
        for (const Problem& problem : *problems)
            ADD_FAILURE() << problem.text();
    if (!reading.problems.empty() || !check.problems.empty()) return nullptr;
    auto engine = Engine::open(std::move(check.plan), registry, options);
    if (engine) return std::move(*engine);
    ADD_FAILURE() << engine.problem().text();
    return nullptr;
}

// The same, run for so long and closed.
inline std::unique_ptr<Engine> runPipeline(const std::string& text, const Registry& registry, Duration duration,
                                           const EngineOptions& options = {}, const std::string& folder = "")
{
    auto engine = openPipeline(text, registry, options, folder);
    if (!engine) return nullptr;
    EXPECT_TRUE(engine->runFor(duration));
    EXPECT_TRUE(engine->close());
    return engine;
}

inline double sumOf(Engine& engine, const std::string& node, const std::string& name, const std::string& part = "")
{
    return engine.metrics().total({node, part, name}).sum;
}

} // namespace streamwright::test
