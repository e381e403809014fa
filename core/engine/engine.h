// SPDX-License-Identifier: GPL-3.0-or-later
// Engine: one run of a pipeline: operators joined by channels and moved by a clock.
// The owner calls open, runFor, runTicks (any number of times) and close on one thread, the scheduler's; digest too, or
// after close. Everything else may be called from any thread meanwhile: what changes the run takes effect between two
// ticks. Nothing in a run reads the system clock but the Clock.
#pragma once

#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/engine/event_log.h"
#include "core/metrics/metric_store.h"
#include "core/plugin/pipeline_check.h"

namespace streamwright {

class EngineRun;

struct EngineOptions {
    std::uint64_t seed = 1;
    unsigned threads = 0; // 0 = as many as there are processors
    double speed = 0; // seconds of the run in a second of the wall; 0 = as fast as the machine can
    Time start = kDefaultStart; // when a stored run is continued, not before its last moment
    std::string dataDirectory; // "" = in memory

    // Fixed, so that virtual runs are the same on every day.
    static constexpr Time kDefaultStart = Time(std::chrono::sys_days(std::chrono::year(2026) / 1 / 1));
};

enum class RunEnd { Reached, Stopped };
enum class Pace { BySpeed, AtOnce };

class Engine {
public:
    // plan: of a check without problems. Opens the data directory and every operator.
    static Result<std::unique_ptr<Engine>> open(PipelinePlan plan, const Registry& registry,
                                                const EngineOptions& options);
    ~Engine();

    // Runs for so long, or until stop(). A problem ends the run for good (a full disk, say). Runs in pieces, at whatever
    // speed, come to the same as one run.
    Result<RunEnd> runFor(Duration duration, Pace pace = Pace::BySpeed);
    // Exactly so many ticks, without waiting; fewer when `end` is reached before, where it stays then.
    Result<RunEnd> runTicks(std::uint64_t ticks, Time end = kNever);
    // Ends the runFor or runTicks that is on, or else the next one, between two ticks.
    void stop();
    void setSpeed(double speed); // as EngineOptions::speed
    double speed() const;

    // New properties of a node, as written; they are checked here and take effect between two ticks.
    std::vector<Problem> edit(const std::string& node, const Json& properties);
    // A node's properties as written, with every edit that has been taken; null when there is no such node.
    Json properties(const std::string& node) const;
    // The drawing as it is now (of a check without problems): nodes that are new begin, those that are gone end, edges
    // are laid anew, and properties that differ from those of the plan given before are edited. What is the same goes on
    // untouched; nothing that was acknowledged is lost. Returns what cannot be taken while running: such a property
    // stays as it is in the run, the rest is taken; a problem without which nothing is taken names no field.
    std::vector<Problem> rewire(PipelinePlan plan);
    // Closes the operators and the open metric periods and makes everything durable. Call once, after the last runFor.
    Result<void> close();

    Time now() const;
    Duration elapsed() const; // since the start of this run
    MetricStore& metrics();
    // What passes the edges: "node" is the edge's key (edgeKey in core/runtime/channel.h). Metrics, by second: Records,
    // Bytes (sums), Throttled, Failed (records, by their receipts), Outstanding (deliveries without receipt),
    // BacklogRecords, AgeMilliseconds (what waits behind the newest delivery). No part of the digest.
    MetricStore& flows();
    EventLog& events();
    // What runs, with every edit and rewiring that has been taken.
    std::shared_ptr<const PipelinePlan> plan() const;
    // A look into what a node keeps, from any thread, also after the run or after the node was taken out of it; null when
    // it keeps nothing or does not exist.
    std::shared_ptr<Browsable> browsable(const std::string& node) const;
    // What clients of a service's API can address, by the node's kind; several nodes of a name: the first drawn. Null (and
    // no node) when there is none.
    struct NamedResource {
        std::string node;
        std::shared_ptr<Resource> resource;
    };
    NamedResource resource(std::string_view kind, std::string_view name) const;
    std::vector<NamedResource> resources(std::string_view kind) const; // sorted by name
    // A node beside the drawn ones, made by a client (guests.h); takes effect between two ticks. Returns its id: its name,
    // or much like it. properties: as written, without the name. Edges that do not fit, or whose other end goes, are left.
    Result<std::string> addGuest(const std::string& kind, const std::string& name, const Json& properties,
                                 const std::vector<NewEdge>& edges = {});
    // With all that it stored. NotFound when that is no guest. Call settle before the same name is used again.
    Result<void> removeGuest(const std::string& id);
    // Whether everything asked for before the call has taken effect; waits so long. Not while the run stands still.
    bool settle(std::chrono::milliseconds atMost);
    // Facts of those beside the nodes, and commits.
    LogStore& store();
    // now(), and what has passed since the last tick: the time of what comes from outside.
    Time liveNow() const;
    // Keeps the newest batches that pass an edge, so many records at least, until untap. Costs nothing where no tap is.
    void tap(const std::string& edgeKey, std::size_t mostRecords);
    void untap(const std::string& edgeKey);
    std::vector<TappedBatch> tapped(const std::string& edgeKey) const; // oldest first
    // A hash over every record delivered to every sink, every metric and every loss, in a defined order: 16 hex digits.
    std::string digest() const;
    std::uint64_t ticks() const;
    // What streams and queues hold in memory: bounded by their retention; a durable run keeps sealed segments on disk.
    ByteCount memory() const;

private:
    explicit Engine(std::unique_ptr<EngineRun> run);
    std::unique_ptr<EngineRun> run_;
};

} // namespace streamwright
