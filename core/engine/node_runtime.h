// SPDX-License-Identifier: GPL-3.0-or-later
// NodeRuntime: one operator of a run with what belongs to it: its ends of the edges, its wake-up, its random numbers and
// its part of the digest. Owned by the engine; stepped by one thread at a time.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <unordered_map>
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
    virtual const std::string& dataDirectory() const = 0;
    virtual void wakeFromOutside(std::size_t node) = 0;
    virtual void report(const std::string& node, Severity severity, std::string message) = 0;
    virtual void parallelFor(std::size_t count, const std::function<void(std::size_t)>& body) = 0;
};

class NodeRuntime : public Context {
public:
    NodeRuntime(RunServices& services, std::size_t index, NodeSetup setup, std::unique_ptr<Operator> op,
                std::uint64_t seed);

    void addInlet(Inlet& inlet) { inlets_[inlet.edge().toPort].push_back(&inlet); }
    void addOutlet(Outlet& outlet) { outlets_[outlet.edge().fromPort].push_back(&outlet); }

    Operator& op() { return *operator_; }
    const NodeSetup& setup() const { return setup_; }
    // The wake-up asked for since the last call; kNever when none.
    Time takeWake() { return std::exchange(wake_, kNever); }
    void digest(RunningDigest& into) const;

    const std::string& nodeId() const override { return setup_.id; }
    Time now() const override { return services_.now(); }
    void wakeAt(Time t) override { wake_ = std::min(wake_, t); }
    std::function<void()> waker() override;
    std::span<Inlet* const> inlets(std::string_view port) override;
    std::span<Outlet* const> outlets(std::string_view port) override;
    Random& random() override { return random_; }
    Metric& metric(std::string_view name, std::string_view part) override;
    LogStore& store() override { return services_.store(); }
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
    const std::size_t index_;
    NodeSetup setup_;
    const std::unique_ptr<Operator> operator_;
    std::map<std::string, std::vector<Inlet*>, std::less<>> inlets_;
    std::map<std::string, std::vector<Outlet*>, std::less<>> outlets_;
    Time wake_ = kNever;
    Random random_;
    RunningDigest digest_;
    std::uint64_t recordsDelivered_ = 0;
    std::uint64_t recordsLost_ = 0;
};

} // namespace streamwright
