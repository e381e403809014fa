// SPDX-License-Identifier: GPL-3.0-or-later
// The pipeline file: reading with every problem and its place, writing with a stable key order. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/graph/pipeline.h"

namespace streamwright {

struct PipelineReading {
    Pipeline pipeline; // the good part of the file
    std::vector<Problem> problems; // places: JSON pointers ("/nodes/3/id"); for broken JSON "line L, column C"
};

// Never fails: a hopeless text gives an empty pipeline and the reason.
PipelineReading readPipeline(std::string_view text);

std::string writePipeline(const Pipeline& pipeline);

// The problems with their places as people look for them: "FILE:LINE (/nodes/3/id)".
std::vector<Problem> locateProblems(std::vector<Problem> problems, const std::string& file, std::string_view text);

} // namespace streamwright
