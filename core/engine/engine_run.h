// SPDX-License-Identifier: GPL-3.0-or-later
// EngineRun: the inside of an Engine: nodes, channels, the schedule and the loop over ticks. Who may call what: engine.h.
//   A tick: step every node that is due, in parallel; make durable what it acknowledged; exchange its channels.
//   What people ask for (Changes) is taken between two ticks. A rewiring is in engine_rewire.cpp.
#pragma once

#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/engine/changes.h"
#include "core/engine/engine.h"
#include "core/engine/node_runtime.h"
#include "core/engine/schedule.h"
#include "core/log/log_store.h"
#include "core/time/clock.h"

namespace streamwright {

class EngineRun : public RunServices {
public:
    static constexpr const char* kClockKey = "engine/now"; // in the store: when the run was closed

    EngineRun(PipelinePlan drawn, std::vector<Guest> guests, const Registry& registry, const EngineOptions& options,
              std::unique_ptr<LogStore> store, Time start);

    Result<void> openNodes();
    Result<RunEnd> runFor(Duration duration, Pace pace);
    Result<RunEnd> runTicks(std::uint64_t ticks, Time end);
    void stop();
    Result<void> close();

    std::string digest() const;
    Time start() const { return start_; }
    Clock& clock() { return clock_; }
    Changes& changes() { return changes_; }
    EventLog& events() { return events_; }
    MetricStore& flows() { return flows_; }
    std::shared_ptr<Browsable> browsable(const std::string& node) EXCLUDES(outsideMutex_);
    Engine::NamedResource resource(std::string_view kind, std::string_view name) const EXCLUDES(outsideMutex_);
    std::vector<Engine::NamedResource> resources(std::string_view kind) EXCLUDES(outsideMutex_);
    Result<std::string> addGuest(const std::string& kind, const std::string& name, Json properties,
                                 const std::vector<NewEdge>& edges);
    Result<void> removeGuest(const std::string& id);
    std::vector<Problem> edit(const std::string& node, const Json& properties);
    std::uint64_t ticks() const { return ticks_; }
    ByteCount memory() const { return store_->memory(); }

    Time now() const override { return clock_.now(); }
    MetricStore& metrics() override { return metrics_; }
    LogStore& store() override { return *store_; }
    std::shared_ptr<Resource> findResource(std::string_view kind, std::string_view name) const override
    {
        return resource(kind, name).resource;
    }
    const std::string& dataDirectory() const override { return dataDirectory_; }
    void wakeFromOutside(std::uint64_t node) override;
    void report(const std::string& node, Severity severity, std::string message) override;
    void parallelFor(std::size_t count, const std::function<void(std::size_t)>& body) override;

private:
    struct Joined {
        std::unique_ptr<Channel> channel;
        std::size_t from, to;
        std::string key;
        std::array<Metric*, 8> flow; // in the order of kFlowMetrics; null until first recorded
    };
    using Nodes = std::vector<std::unique_ptr<NodeRuntime>>;
    using Channels = std::vector<Joined>;

    void ring();
    Result<RunEnd> loop(Time end, std::uint64_t ticks, Pace pace);
    void moveTo(Time t, Pace pace);
    void stepAll(const std::vector<std::size_t>& due);
    Result<void> afterSteps(const std::vector<std::size_t>& stepped);
    void exchange(const Joined& joined);
    void closeSecond();
    void recordFlow(Joined& joined, const Channel::Flow& flow);

    void takeFromOutside();
    void tellPlan();
    void take(const Changes::Edit& edit);
    void take(const Changes::Rewiring& rewiring);
    void take(const Changes::Erasure& erasure);
    void take(const Changes::Taps&);

    std::unique_ptr<NodeRuntime> makeNode(const NodeSetup& setup);
    std::unique_ptr<Operator> makeOperator(const NodeSetup& setup) const;
    Result<void> openNode(NodeRuntime& node);
    void join(Channels& kept);
    std::unique_ptr<Operator> replaceOperator(std::size_t index);
    void openAnew(std::size_t index);
    void show(NodeRuntime& node) EXCLUDES(outsideMutex_);
    std::uint64_t seed() const;

    const Registry& registry_;
    const std::string dataDirectory_;
    const std::uint64_t givenSeed_;
    const Duration moved_; // from the start asked for to the one that a continued run has
    const unsigned threads_;
    const tbb::global_control parallelism_;
    tbb::task_arena arena_;
    const std::unique_ptr<LogStore> store_;
    const Time start_;
    Clock clock_;
    MetricStore metrics_;
    MetricStore flows_;
    EventLog events_;
    Changes changes_;

    // The scheduler's own.
    Nodes nodes_; // in the order of the file
    std::vector<EdgeInfo> edges_; // likewise
    Channels channels_; // of edges_
    bool planStale_ = false; // nodes or edges are not as told to changes_
    std::vector<std::vector<std::size_t>> channelsOf_; // by node: the channels it has an end of
    std::unordered_map<std::uint64_t, std::size_t> nodeOfNumber_;
    std::map<std::string, NodeTally> gone_; // nodes taken out of the run
    std::uint64_t lastNumber_ = 0;
    Schedule schedule_{0};
    std::vector<std::size_t> touched_;
    int ticksAtThisInstant_ = 0;
    bool failed_ = false;
    std::atomic<std::uint64_t> ticks_{0};

    std::atomic<bool> stopping_{false};
    std::atomic<bool> outside_{false};
    mutable Mutex outsideMutex_;
    std::vector<std::uint64_t> wakes_ GUARDED_BY(outsideMutex_); // by number
    std::map<std::string, std::shared_ptr<Browsable>> browsables_ GUARDED_BY(outsideMutex_);
    using ResourcesByName = std::map<std::string, Engine::NamedResource, std::less<>>;
    std::map<std::string, ResourcesByName, std::less<>> resources_ GUARDED_BY(outsideMutex_); // by kind
};

} // namespace streamwright
