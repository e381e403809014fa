// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>
#include <memory>

#include "app/cli/problem_output.h"
#include "app/cli/verbs.h"
#include "app/session/project.h"

namespace streamwright::cli {

Action addValidate(CLI::App& app, const Registry& registry, CLI::App*& command)
{
    auto files = std::make_shared<std::vector<std::string>>();
    command = app.add_subcommand("validate", "Checks pipeline files and prints every problem with its place.");
    command->add_option("FILE", *files, "Pipeline files")->required();
    return [files, &registry] {
        int code = kOk;
        for (const std::string& file : *files) {
            const Project project = openProject(file, registry);
            printProblems(project.problems);
            if (project.problems.empty())
                std::printf("%s: good: %zu nodes, %zu edges, %zu expectations\n", file.c_str(),
                            project.pipeline.nodes.size(), project.pipeline.edges.size(),
                            project.pipeline.expect.size());
            else
                code = kBadInput;
        }
        return code;
    };
}

} // namespace streamwright::cli
