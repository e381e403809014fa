// SPDX-License-Identifier: GPL-3.0-or-later
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <memory>
#include <mutex>
#include <thread>

#include "app/cli/endpoint_options.h"
#include "app/cli/problem_output.h"
#include "app/cli/verbs.h"
#include "app/session/run_session.h"

namespace streamwright::cli {

namespace {

struct Settings {
    std::string file;
    std::string dataDirectory;
    EndpointSettings endpoint;
    bool log = false;
};

std::atomic<bool> interrupted{false};
void onInterrupt(int) { interrupted = true; }

void printRequest(const RequestLogEntry& entry)
{
    // What was refused is told by its code, what was answered in part by the reason.
    const std::string& trouble = entry.error.empty() ? entry.reason : entry.error;
    std::printf("%s %s %s %s %d %.3f ms%s%s\n", isoTime(entry.time).c_str(), entry.client.c_str(),
                entry.action.empty() ? "-" : entry.action.c_str(),
                entry.resource.empty() ? "-" : entry.resource.c_str(), entry.status,
                static_cast<double>(entry.duration.count()) / 1000, trouble.empty() ? "" : " ", trouble.c_str());
}

// Runs the session on a thread of its own until a signal comes or the run fails.
Result<void> serveUntilInterrupted(RunSession& session, const Endpoint& endpoint, bool log)
{
    constexpr Duration kEndless = std::chrono::hours(24 * 366 * 100);
    std::atomic<bool> ended{false};
    Result<void> ran;
    std::jthread worker([&] {
        ran = session.run(kEndless);
        ended = true;
    });
    std::uint64_t shown = 0;
    while (!ended) {
        if (interrupted) session.stop();
        if (log) {
            for (const RequestLogEntry& entry : endpoint.requests(shown)) {
                printRequest(entry);
                shown = entry.number;
            }
            std::fflush(stdout);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    worker.join();
    return ran;
}

int serve(const Settings& settings, const Registry& registry)
{
    if (!registry.endpoint()) {
        printProblem({ProblemCode::NotFound, "this build has no endpoint: add the plugin endpoint", ""});
        return kBadInput;
    }
    const auto options = readEndpointOptions(settings.endpoint);
    if (!options) {
        printProblem(options.problem());
        return kBadInput;
    }
    Project project;
    if (!settings.file.empty()) project = openProject(settings.file, registry);
    if (!project.problems.empty()) {
        printProblems(project.problems);
        return exitCodeOf(project.problems.front());
    }
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        std::signal(signal, onInterrupt);
    EngineOptions engineOptions;
    engineOptions.speed = 1;
    engineOptions.seed = project.pipeline.seed.value_or(engineOptions.seed);
    engineOptions.dataDirectory = settings.dataDirectory;
    // Clients compare the times they get with their own.
    engineOptions.start = std::chrono::floor<Duration>(std::chrono::system_clock::now());
    auto session = RunSession::open(project, registry, engineOptions);
    if (!session) {
        printProblem(session.problem());
        return exitCodeOf(session.problem());
    }
    for (const Event& event : (*session)->engine().events().after(0)) // what recovery found
        std::fprintf(stderr, "%s\n", event.message.c_str());
    auto endpoint = registry.endpoint()((*session)->engine(), registry, *options);
    if (!endpoint) {
        printProblem(endpoint.problem());
        return exitCodeOf(endpoint.problem());
    }
    std::printf("endpoint: %s\n", (*endpoint)->url().c_str());
    std::fflush(stdout);
    const auto ran = serveUntilInterrupted(**session, **endpoint, settings.log);
    endpoint->reset();
    const auto finished = (*session)->finish();
    for (const Result<void>* result : {&ran, &finished}) {
        if (*result) continue;
        printProblem(result->problem());
        return exitCodeOf(result->problem());
    }
    return kOk;
}

} // namespace

Action addServe(CLI::App& app, const Registry& registry, CLI::App*& command)
{
    auto settings = std::make_shared<Settings>();
    command = app.add_subcommand(
        "serve", "Serves AWS clients (CLI, SDKs) in real time, without a window, until it is interrupted.");
    command->add_option("FILE", settings->file, "A pipeline whose streams and queues are there from the beginning");
    command
        ->add_option("--data-dir", settings->dataDirectory,
                     "Keeps everything there, what clients make too; a later serve continues it")
        ->check(notEmpty());
    addEndpointOptions(*command, settings->endpoint);
    command->add_flag("--log", settings->log, "Prints every request");
    return [settings, &registry] { return serve(*settings, registry); };
}

} // namespace streamwright::cli
