// SPDX-License-Identifier: GPL-3.0-or-later
// Engine: one run of a pipeline: operators joined by channels and moved by a clock.
// The owner calls open, runFor (any number of times) and close on one thread, the scheduler's; stop, edit, metrics, events
// and now may be called from any thread meanwhile. Nothing in a run reads the system clock but the Clock.
#pragma once

#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/engine/event_log.h"
#include "core/metrics/metric_store.h"
#include "core/plugin/pipeline_check.h"

namespace streamwright {

struct EngineOptions {
    std::uint64_t seed = 1;
    unsigned threads = 0; // 0 = as many as there are processors
    double speed = 0; // seconds of the run in a second of the wall; 0 = as fast as the machine can
    Time start = kDefaultStart; // when a stored run is continued, not before its last moment
    std::string dataDirectory; // "" = in memory

    // Fixed, so that virtual runs are the same on every day.
    static constexpr Time kDefaultStart = Time(std::chrono::sys_days(std::chrono::year(2026) / 1 / 1));
};

class Engine {
public:
    // plan: of a check without problems. Opens the data directory and every operator.
    static Result<std::unique_ptr<Engine>> open(PipelinePlan plan, const Registry& registry,
                                                const EngineOptions& options);
    ~Engine();

    // Runs for so long, or until stop(). A problem ends the run for good (a full disk, say).
    Result<void> runFor(Duration duration);
    // Ends runFor soon, between two ticks.
    void stop();
    // New properties of a node, as written; they are checked here and take effect between two ticks.
    std::vector<Problem> edit(const std::string& node, const Json& properties);
    // A node's properties as written, with every edit that has been taken.
    Json properties(const std::string& node) const;
    // Closes the operators and the open metric periods and makes everything durable. Call once, after the last runFor.
    Result<void> close();

    Time now() const;
    Duration elapsed() const; // since the start of this run
    MetricStore& metrics();
    EventLog& events();
    const PipelinePlan& plan() const;
    // A look into what a node keeps, from any thread, also after the run; null when it keeps nothing or does not exist.
    std::shared_ptr<Browsable> browsable(const std::string& node) const;
    // A hash over every record delivered to every sink, every metric and every loss, in a defined order: 16 hex digits.
    std::string digest() const;
    std::uint64_t ticks() const;
    // What streams and queues hold in memory: bounded by their retention; a durable run keeps sealed segments on disk.
    ByteCount memory() const;

private:
    class Run;
    explicit Engine(std::unique_ptr<Run> run);
    std::unique_ptr<Run> run_;
};

} // namespace streamwright
