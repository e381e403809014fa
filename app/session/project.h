// SPDX-License-Identifier: GPL-3.0-or-later
// Project: a pipeline file as opened by a front end: its text, its drawing, its plan and every problem with a place a
// person can find. Values; any thread.
#pragma once

#include <string>
#include <vector>

#include "core/plugin/pipeline_check.h"

namespace streamwright {

struct Project {
    std::string path;
    Pipeline pipeline;
    PipelinePlan plan; // runnable only when there are no problems
    std::vector<Problem> problems; // places: "FILE:LINE (/nodes/3/id)"
};

Project openProject(const std::string& path, const Registry& registry);

} // namespace streamwright
