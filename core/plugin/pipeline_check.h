// SPDX-License-Identifier: GPL-3.0-or-later
// Checks a drawing against the kinds and turns it into the plan that an engine runs. Disabled nodes and their edges are
// left out: a node whose inputs are disabled idles, one whose required output is disabled is a problem. Any thread.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "core/graph/pipeline.h"
#include "core/plugin/registry.h"

namespace streamwright {

struct PipelinePlan {
    std::vector<NodeSetup> nodes; // in the order of the file, properties complete
    std::vector<EdgeInfo> edges; // likewise
};

struct PipelineCheck {
    PipelinePlan plan; // runnable only when there are no problems
    std::vector<Problem> problems; // places: JSON pointers into the pipeline file
};

// The nodes that an earlier check found good: as long as such a node and its edges stay as they were, its properties are
// not checked again. For whoever checks a drawing after every edit; one thread.
struct CheckMemory {
    std::unordered_map<std::string, NodeSetup> good; // by id
};

// folder: of the pipeline file, for relative paths in properties.
PipelineCheck checkPipeline(const Pipeline& pipeline, const Registry& registry, const std::string& folder);

// The problems alone, for a drawing that was checked with that memory before.
std::vector<Problem> checkAgain(const Pipeline& pipeline, const Registry& registry, const std::string& folder,
                                CheckMemory& memory);

} // namespace streamwright
