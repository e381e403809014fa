// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <thread>

#include "app/cli/endpoint_options.h"
#include "app/cli/live_table.h"
#include "app/cli/problem_output.h"
#include "app/cli/verbs.h"
#include "app/session/run_session.h"
#include "core/base/duration_text.h"
#include "core/base/file.h"

namespace streamwright::cli {

namespace {

struct Settings {
    std::string file;
    std::string duration;
    std::string speed = "1";
    std::optional<std::uint64_t> seed;
    unsigned threads = 0;
    std::string dataDirectory;
    std::string report;
    bool quiet = false;
    EndpointSettings endpoint;
};

std::atomic<bool> interrupted{false};
void onInterrupt(int) { interrupted = true; }

Result<double> parseSpeed(const std::string& text)
{
    if (text == "max") return 0.0;
    char* end = nullptr;
    const double speed = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0' || !(speed > 0) || speed > 1e6)
        return Problem{ProblemCode::InvalidInput,
                       "not a speed: \"" + text +
                           "\"; write a number such as 1 or 100 (seconds of the run in a second), or max",
                       "--speed"};
    return speed;
}

// The session on a thread of its own, so that the table and Ctrl-C are served meanwhile.
Result<void> runWatched(RunSession& session, std::optional<Duration> duration, bool quiet)
{
    constexpr Duration kEndless = std::chrono::hours(24 * 366 * 100);
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<Result<void>> result;
    std::jthread worker([&] {
        Result<void> ran;
        try {
            ran = session.run(duration.value_or(kEndless));
        } catch (const std::exception& error) {
            ran = Problem{ProblemCode::Internal, std::string("internal error: ") + error.what(), ""};
        }
        const std::lock_guard lock(mutex);
        result = std::move(ran);
        changed.notify_all();
    });
    const bool terminal = isatty(STDOUT_FILENO) != 0;
    LiveTable table(session.engine(), duration, terminal);
    const auto period = terminal ? std::chrono::milliseconds(250) : std::chrono::milliseconds(1000);
    auto nextShow = std::chrono::steady_clock::now() + period;
    std::unique_lock lock(mutex);
    while (!result) {
        changed.wait_for(lock, std::chrono::milliseconds(50));
        if (interrupted) session.stop();
        if (quiet || std::chrono::steady_clock::now() < nextShow) continue;
        nextShow += period;
        lock.unlock();
        table.show();
        lock.lock();
    }
    lock.unlock();
    worker.join();
    auto finished = session.finish();
    if (!quiet) table.finish();
    return *result ? finished : *result;
}

// Where the report may go: not over the pipeline itself, and where something can be written. Asked before the run.
Result<void> checkReportPlace(const Settings& settings)
{
    if (settings.report.empty() || settings.report == "-") return {};
    std::error_code none;
    if (std::filesystem::equivalent(settings.report, settings.file, none))
        return Problem{ProblemCode::InvalidInput, "the report would replace the pipeline; give it another name",
                       settings.report};
    const std::filesystem::path folder = std::filesystem::path(settings.report).parent_path();
    if (!folder.empty() && !std::filesystem::is_directory(folder, none))
        return Problem{ProblemCode::InvalidInput, "the report's folder does not exist; make it first", settings.report};
    return {};
}

Result<void> writeReport(const RunSession& session, const Registry& registry, const std::string& path)
{
    const std::string text = session.report(registry).dump(2) + "\n";
    if (path == "-") {
        std::fputs(text.c_str(), stdout);
        return {};
    }
    std::error_code none;
    const auto status = std::filesystem::symlink_status(path, none);
    if (!std::filesystem::exists(status) || std::filesystem::is_regular_file(status))
        return writeFileAtomically(path, text);
    // A device, a pipe or a link is written through, not replaced.
    std::ofstream file(path);
    file << text << std::flush;
    if (!file) return ioProblem("write", path, errno);
    return {};
}

// AWS clients may use a paced run. Where nobody asked for it, a place that is taken (by another run, say) is only told.
Result<std::unique_ptr<Endpoint>> openEndpoint(const Settings& settings, const EndpointOptions& options,
                                               const Registry& registry, RunSession& session)
{
    const bool asked = !settings.endpoint.place.empty();
    if (settings.endpoint.none || !registry.endpoint() || (!asked && session.engine().speed() == 0))
        return std::unique_ptr<Endpoint>();
    auto endpoint = registry.endpoint()(session.engine(), registry, options);
    if (endpoint) {
        if (!settings.quiet) std::fprintf(stderr, "endpoint: %s\n", (*endpoint)->url().c_str());
        return endpoint;
    }
    if (asked) return endpoint;
    if (!settings.quiet) std::fprintf(stderr, "no endpoint: %s\n", endpoint.problem().text().c_str());
    return std::unique_ptr<Endpoint>();
}

int run(const Settings& settings, const Registry& registry)
{
    const Project project = openProject(settings.file, registry);
    if (!project.problems.empty()) {
        printProblems(project.problems);
        return exitCodeOf(project.problems.front());
    }
    EngineOptions options;
    options.seed = settings.seed.value_or(project.pipeline.seed.value_or(options.seed));
    options.threads = settings.threads;
    options.dataDirectory = settings.dataDirectory;
    const auto speed = parseSpeed(settings.speed);
    if (!speed) {
        printProblem(speed.problem());
        return kBadInput;
    }
    options.speed = *speed;
    const auto endpointOptions = readEndpointOptions(settings.endpoint);
    if (!endpointOptions) {
        printProblem(endpointOptions.problem());
        return kBadInput;
    }
    if (auto good = checkReportPlace(settings); !good) {
        printProblem(good.problem());
        return kBadInput;
    }
    std::optional<Duration> duration = project.pipeline.runFor;
    if (!settings.duration.empty()) {
        const auto parsed = parseDuration(settings.duration);
        if (!parsed) {
            printProblem({parsed.problem().code, parsed.problem().message, "--for"});
            return kBadInput;
        }
        duration = *parsed;
    }
    if (options.speed == 0 && !duration) {
        printProblem({ProblemCode::InvalidInput,
                      "a run at full speed needs an end: add --for 1h, or \"run\": {\"for\": \"1h\"} to the file",
                      settings.file});
        return kBadInput;
    }

    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        std::signal(signal, onInterrupt);
    auto session = RunSession::open(project, registry, options);
    if (!session) {
        printProblem(session.problem());
        return exitCodeOf(session.problem());
    }
    if (settings.quiet) // what recovery found in the data directory is always told
        for (const Event& event : (*session)->engine().events().after(0))
            std::fprintf(stderr, "%s\n", event.message.c_str());
    auto endpoint = openEndpoint(settings, *endpointOptions, registry, **session);
    if (!endpoint) {
        printProblem(endpoint.problem());
        return exitCodeOf(endpoint.problem());
    }
    const auto ran = runWatched(**session, duration, settings.quiet);
    endpoint->reset();
    int code = kOk;
    if (!settings.report.empty()) {
        if (auto written = writeReport(**session, registry, settings.report); !written) {
            printProblem(written.problem());
            code = kBadInput;
        }
    }
    if (!ran) {
        printProblem(ran.problem());
        return exitCodeOf(ran.problem());
    }
    if (!settings.quiet) std::printf("digest %s\n", (*session)->engine().digest().c_str());
    return printErrors((*session)->engine().events()) ? kBadInput : code;
}

} // namespace

Action addRun(CLI::App& app, const Registry& registry, CLI::App*& command)
{
    auto settings = std::make_shared<Settings>();
    command = app.add_subcommand("run", "Runs a pipeline and shows what happens.");
    command->add_option("FILE", settings->file, "The pipeline file")->required();
    command->add_option("--for", settings->duration, "How long: 90s, 15m, 24h; the file's \"run\", else until Ctrl-C")
        ->check(notEmpty());
    command->add_option("--speed", settings->speed, "Seconds of the run in a second of the wall, or max")
        ->capture_default_str();
    command->add_option("--seed", settings->seed, "The seed of chance; the file's, or 1")->check(wholeNumber());
    command->add_option("--threads", settings->threads, "Threads; as many as processors when absent")
        ->check(CLI::Range(1, 256));
    command
        ->add_option("--data-dir", settings->dataDirectory,
                     "Keeps streams, queues and objects there; a later run continues them")
        ->check(notEmpty());
    command->add_option("--report", settings->report, "Writes the report (JSON) to that file; - for standard output");
    addEndpointOptions(*command, settings->endpoint);
    command->add_flag("--no-endpoint", settings->endpoint.none, "Serves no AWS clients");
    command->add_flag("--quiet", settings->quiet, "Shows nothing while running");
    return [settings, &registry] { return run(*settings, registry); };
}

} // namespace streamwright::cli
