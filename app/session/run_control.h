// SPDX-License-Identifier: GPL-3.0-or-later
// RunControl: a run as a person steers it: start, pause, step, change speed, edit the drawing, stop. Owns the run's thread.
// Every method may be called from any thread, onStateChange's listener included, and returns soon; what the run is to do,
// its thread does. State changes are told one after the other in the order they happen, with no lock held. The engine
// stays to be looked at after the run, until the next start.
//   Stopped, Finished, Failed --start--> Running <--pause, resume--> Paused
//   Running, Paused --stop--> Stopped; --the end--> Finished; --a problem--> Failed
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
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
    bool paused = false; // begins with a pause, to be stepped
    std::set<std::string> only; // nodes to run; empty = all that are enabled
    std::optional<EndpointOptions> endpoint; // where AWS clients may use the run; none = nowhere
};

class RunControl {
public:
    explicit RunControl(const Registry& registry);
    ~RunControl();

    // project: without problems. Ends a run that is on. A run on a data directory is opened on its thread: until then
    // there is no engine, and what goes wrong is told as Failed.
    Result<void> start(const Project& project, const RunOptions& options);
    void pause();
    void resume();
    // One tick, or so much of the run's time, without waiting; paused afterwards. Starts nothing.
    void stepTick();
    void stepFor(Duration duration);
    // Waits a moment for the run to end; where that takes longer (a full disk that syncs, say), Stopped is told later.
    void stop();
    void setSpeed(double speed); // as EngineOptions::speed; also of the next run, unless its options say otherwise
    // Takes the drawing as it is now over into the run: properties and wiring. Returns what cannot be taken and was not
    // told before; the rest is. A drawing with problems changes nothing.
    std::vector<Problem> update(const Project& project);

    RunState state() const;
    double speed() const;
    std::optional<Duration> duration() const;
    std::string failure() const;
    // The run's engine: shared, so that a look at it may outlast the run. Null before the first start.
    std::shared_ptr<Engine> engine() const;

    // Where AWS clients connect to the run that is on: "http://127.0.0.1:4566"; "" when they cannot: why not stands in the
    // run's log.
    std::string endpointUrl() const;
    std::vector<RequestLogEntry>
    requests(std::uint64_t after) const; // as Endpoint::requests; also when the run is over

    // Returns when the listener before is not running any more.
    void onStateChange(std::function<void(RunState)> listener);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace streamwright
