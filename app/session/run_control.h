// SPDX-License-Identifier: GPL-3.0-or-later
// RunControl: a run as a person steers it: start, pause, step, change speed, edit the drawing, stop. Owns the run's thread.
// Every method may be called from any thread and returns at once but for start and stop; state changes are told through
// onStateChange, from the run's thread or the caller's. The engine stays to be looked at after the run, until the next start.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "app/session/project.h"
#include "core/engine/engine.h"

namespace streamwright {

enum class RunState {
    Stopped, // never started, or stopped by a person
    Running,
    Paused,
    Finished, // reached its end
    Failed, // ended by a problem: failure() says which
};

struct RunOptions {
    EngineOptions engine;
    std::optional<Duration> duration; // of the run's time; none = until stopped
    std::set<std::string> only; // nodes to run; empty = all that are enabled
};

class RunControl {
public:
    explicit RunControl(const Registry& registry);
    ~RunControl();

    // project: without problems. Ends a run that is on.
    Result<void> start(const Project& project, const RunOptions& options);
    void pause();
    void resume();
    // One tick, or so much of the run's time; paused afterwards. Starts nothing.
    void stepTick();
    void stepFor(Duration duration);
    void stop();
    void setSpeed(double speed); // as EngineOptions::speed
    // Takes the drawing as it is now over into the run: properties and wiring. What cannot be taken is told; the rest is.
    std::vector<Problem> update(const Project& project);

    RunState state() const;
    double speed() const;
    std::optional<Duration> duration() const;
    std::string failure() const;
    // The run's engine: shared, so that a look at it may outlast the run. Null before the first start.
    std::shared_ptr<Engine> engine() const;

    void onStateChange(std::function<void(RunState)> listener);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace streamwright
