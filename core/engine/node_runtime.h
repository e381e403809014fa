// SPDX-License-Identifier: GPL-3.0-or-later
// NodeRuntime: one operator of a run with what belongs to it: its ends of the edges, its wake-up, its random numbers and
// its part of the digest. It outlives its operator when that has to be opened anew. Owned by the engine; stepped by one
// thread at a time.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/runtime/operator.h"

namespace streamwright {

// What a run shares with all of its nodes. Thread-safe.
class RunServices {
public:
    virtual ~RunServices() = default;
    virtual Time now() const = 0;
    virtual MetricStore& metrics() = 0;
    virtual LogStore& store() = 0;
    virtual std::shared_ptr<Resource> findResource(std::string_view kind, std::string_view name) const = 0;
    virtual const std::string& dataDirectory() const = 0;
    virtual void wakeFromOutside(std::uint64_t node) = 0; // NodeRuntime::number
    virtual void report(const std::string& node, Severity severity, std::string message) = 0;
    virtual void parallelFor(std::size_t count, const std::function<void(std::size_t)>& body) = 0;
};

// What stands for a node beyond its operator: when a node is taken out of a run and comes back, it goes on from here.
struct NodeTally {
    Random random;
    RunningDigest digest;
    std::uint64_t recordsDelivered = 0;
    std::uint64_t recordsLost = 0;

    void addTo(RunningDigest& all, const std::string& node) const;
};

class NodeRuntime : public Context {
public:
    // number: unique in the run, for wakers.
    NodeRuntime(RunServices& services, std::uint64_t number, NodeSetup setup, std::unique_ptr<Operator> op,
                NodeTally tally);

    void clearEnds();
    void addInlet(Inlet& inlet) { inlets_[inlet.edge().toPort].push_back(&inlet); }
    void addOutlet(Outlet& outlet) { outlets_[outlet.edge().fromPort].push_back(&outlet); }

    Operator& op() { return *operator_; }
    std::unique_ptr<Operator> exchangeOperator(std::unique_ptr<Operator> op)
    {
        return std::exchange(operator_, std::move(op));
    }
    const NodeSetup& setup() const { return setup_; }
    void setSetup(NodeSetup setup) { setup_ = std::move(setup); }
    std::uint64_t number() const { return number_; }
    // The wake-up asked for since the last call; kNever when none.
    Time takeWake() { return std::exchange(wake_, kNever); }
    // What the last step has left to be done now.
    void runAtBarrier();
    const NodeTally& tally() const { return tally_; }

    const std::string& nodeId() const override { return setup_.id; }
    Time now() const override { return services_.now(); }
    void wakeAt(Time t) override { wake_ = std::min(wake_, t); }
    std::function<void()> waker() override;
    std::span<Inlet* const> inlets(std::string_view port) override;
    std::span<Outlet* const> outlets(std::string_view port) override;
    Random& random() override { return tally_.random; }
    Metric& metric(std::string_view name, std::string_view part) override;
    LogStore& store() override { return services_.store(); }
    std::shared_ptr<Resource> resource(std::string_view kind, std::string_view name) const override
    {
        return services_.findResource(kind, name);
    }
    void atBarrier(std::function<void()> then) override { atBarrier_.push_back(std::move(then)); }
    const std::string& dataDirectory() const override { return services_.dataDirectory(); }
    void delivered(const Record& record) override;
    void lost(std::uint64_t records, std::string_view why) override;
    void report(Severity severity, std::string message) override;
    void parallelFor(std::size_t count, const std::function<void(std::size_t)>& body) override
    {
        services_.parallelFor(count, body);
    }

private:
    RunServices& services_;
    const std::uint64_t number_;
    NodeSetup setup_;
    std::unique_ptr<Operator> operator_;
    std::map<std::string, std::vector<Inlet*>, std::less<>> inlets_;
    std::map<std::string, std::vector<Outlet*>, std::less<>> outlets_;
    Time wake_ = kNever;
    std::vector<std::function<void()>> atBarrier_;
    NodeTally tally_;
};

} // namespace streamwright
