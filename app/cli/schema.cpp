// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include "app/cli/verbs.h"
#include "app/session/pipeline_schema.h"

namespace streamwright::cli {

Action addSchema(CLI::App& app, const Registry& registry, CLI::App*& command)
{
    command = app.add_subcommand("schema", "Prints the JSON Schema of a pipeline file, composed from the kinds.");
    return [&registry] {
        std::printf("%s\n", pipelineSchema(registry).dump(2).c_str());
        return kOk;
    };
}

} // namespace streamwright::cli
