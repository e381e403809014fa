// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/project.h"

#include <filesystem>

#include "core/base/file.h"
#include "core/graph/pipeline_file.h"

namespace streamwright {

Project openProject(const std::string& path, const Registry& registry)
{
    Project project;
    project.path = path;
    const auto text = readFile(path);
    if (!text) {
        project.problems.push_back(text.problem());
        return project;
    }
    PipelineReading reading = readPipeline(*text);
    project.pipeline = std::move(reading.pipeline);
    PipelineCheck check = checkPipeline(project.pipeline, registry, std::filesystem::path(path).parent_path().string());
    project.plan = std::move(check.plan);
    std::vector<Problem> problems = std::move(reading.problems);
    problems.insert(problems.end(), check.problems.begin(), check.problems.end());
    project.problems = locateProblems(std::move(problems), path, *text);
    return project;
}

} // namespace streamwright
