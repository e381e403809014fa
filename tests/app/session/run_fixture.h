// SPDX-License-Identifier: GPL-3.0-or-later
// Runs of pipelines with all plugins, in virtual time, to be looked at.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "app/session/project.h"
#include "core/engine/engine.h"
#include "tests/support/pipeline_run.h"

namespace streamwright::test {

inline const Registry& allKinds()
{
    static const Registry made = [] {
        Registry registry;
        registerBuiltins(registry);
        return registry;
    }();
    return made;
}

// An example of resources/pipelines, without its timed edits.
inline std::unique_ptr<Engine> example(const std::string& name, Duration duration)
{
    Project project = openProject("resources/pipelines/" + name + ".json", allKinds());
    for (const Problem& problem : project.problems)
        ADD_FAILURE() << problem.text();
    auto engine = Engine::open(std::move(project.plan), allKinds(), {});
    EXPECT_TRUE(engine);
    EXPECT_TRUE((*engine)->runFor(duration));
    return std::move(*engine);
}

inline std::unique_ptr<Engine> ran(const std::string& nodes, const std::string& edges, Duration duration)
{
    auto engine = openPipeline(
        R"({"streamwright": 1, "name": "t", "nodes": [)" + nodes + R"(], "edges": [)" + edges + "]}", allKinds());
    if (engine) {
        EXPECT_TRUE(engine->runFor(duration));
    }
    return engine;
}

inline bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

} // namespace streamwright::test
