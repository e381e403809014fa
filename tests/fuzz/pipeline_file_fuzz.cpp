// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a pipeline file: reading, checking and writing back must neither crash nor change what they mean.
#include <cstdlib>

#include "core/graph/pipeline_file.h"
#include "core/plugin/pipeline_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace streamwright;
    static const Registry registry = [] {
        Registry made;
        registerBuiltins(made);
        return made;
    }();
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const PipelineReading reading = readPipeline(text);
    const PipelineCheck check = checkPipeline(reading.pipeline, registry, "");
    (void)locateProblems(reading.problems, "file", text);
    (void)locateProblems(check.problems, "file", text);
    if (reading.problems.empty()) {
        const std::string written = writePipeline(reading.pipeline);
        const PipelineReading again = readPipeline(written);
        if (!again.problems.empty() || writePipeline(again.pipeline) != written) std::abort();
    }
    return 0;
}
