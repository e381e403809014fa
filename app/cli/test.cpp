// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <cstdio>
#include <memory>

#include "app/cli/problem_output.h"
#include "app/cli/verbs.h"
#include "app/session/run_session.h"
#include "core/base/duration_text.h"

namespace streamwright::cli {

namespace {

struct Settings {
    std::vector<std::string> files;
    std::optional<std::uint64_t> seed;
    unsigned threads = 0;
};

int refuse(const std::string& file, const std::vector<Problem>& problems)
{
    std::printf("BAD   %s\n", file.c_str());
    std::fflush(stdout);
    printProblems(problems);
    return exitCodeOf(problems.front());
}

int testOne(const std::string& file, const Registry& registry, const Settings& settings)
{
    const Project project = openProject(file, registry);
    if (!project.problems.empty()) return refuse(file, project.problems);
    if (!project.pipeline.runFor)
        return refuse(file,
                      {{ProblemCode::InvalidInput, "says not how long to run; add \"run\": {\"for\": \"60s\"}", file}});
    EngineOptions options;
    options.seed = settings.seed.value_or(project.pipeline.seed.value_or(options.seed));
    options.threads = settings.threads;
    const auto begin = std::chrono::steady_clock::now();
    auto session = RunSession::open(project, registry, options);
    if (!session) return refuse(file, {session.problem()});
    if (auto ran = (*session)->run(*project.pipeline.runFor); !ran) return refuse(file, {ran.problem()});
    if (auto finished = (*session)->finish(); !finished) return refuse(file, {finished.problem()});
    const std::vector<std::string> failures = (*session)->failedExpectations();
    const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    std::printf("%s %s: %zu of %zu expectations hold, %s in %.2f s, digest %s\n", failures.empty() ? "OK   " : "FAIL ",
                file.c_str(), project.pipeline.expect.size() - failures.size(), project.pipeline.expect.size(),
                durationText(*project.pipeline.runFor).c_str(), wall, (*session)->engine().digest().c_str());
    for (const std::string& failure : failures)
        std::printf("      %s\n", failure.c_str());
    std::fflush(stdout);
    if (printErrors((*session)->engine().events())) return kBadInput;
    return failures.empty() ? kOk : kExpectationFailed;
}

} // namespace

Action addTest(CLI::App& app, const Registry& registry, CLI::App*& command)
{
    auto settings = std::make_shared<Settings>();
    command = app.add_subcommand("test", "Runs pipelines at full speed and checks what they expect.");
    command->add_option("FILE", settings->files, "Pipeline files")->required();
    command->add_option("--seed", settings->seed, "The seed of chance; the file's, or 1")->check(wholeNumber());
    command->add_option("--threads", settings->threads, "Threads; as many as processors when absent")
        ->check(CLI::Range(1, 256));
    return [settings, &registry] {
        int code = kOk;
        for (const std::string& file : settings->files)
            code = std::max(code, testOne(file, registry, *settings));
        return code;
    };
}

} // namespace streamwright::cli
