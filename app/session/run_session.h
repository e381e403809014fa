// SPDX-License-Identifier: GPL-3.0-or-later
// RunSession: a run of a project as a front end controls it: how long, how fast, with the file's timed edits.
// One thread calls open, run, runTo, runTick and finish; stop, interrupt and engine() (for metrics and events) may be used
// from others meanwhile.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>

#include "app/session/project.h"
#include "core/engine/engine.h"

namespace streamwright {

class RunSession {
public:
    // project: without problems.
    static Result<std::unique_ptr<RunSession>> open(const Project& project, const Registry& registry,
                                                    EngineOptions options);

    // Runs for so long, the timed edits on the way. Ends early by stop().
    Result<void> run(Duration duration);
    // For good.
    void stop();

    // Runs to that time of the run, the timed edits on the way; Stopped by interrupt(), and may go on then.
    Result<RunEnd> runTo(Time end, Pace pace = Pace::BySpeed);
    // One tick, without waiting, not beyond the end.
    Result<RunEnd> runTick(Time end);
    // Ends the runTo or runTick that is on, or else the next one.
    void interrupt() { engine_->stop(); }

    // Closes the engine; call once.
    Result<void> finish();

    Engine& engine() { return *engine_; }
    Time runStart() const { return runStart_; }
    Json report(const Registry& registry) const;
    std::vector<std::string> failedExpectations();

private:
    RunSession(const Project& project, EngineOptions options, std::unique_ptr<Engine> engine);
    // When the next timed edit is due, if that is before the end.
    std::optional<Time> nextEdit(Time end) const;
    void applyNextEdit();

    const Pipeline pipeline_;
    const EngineOptions options_;
    const std::unique_ptr<Engine> engine_;
    const Time runStart_;
    const std::chrono::steady_clock::time_point wallStart_;
    std::size_t nextEdit_ = 0;
    std::atomic<bool> stopped_{false};
    double wallSeconds_ = 0;
};

} // namespace streamwright
