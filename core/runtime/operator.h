// SPDX-License-Identifier: GPL-3.0-or-later
// Operator: a node at run time. Made per run by its kind's factory, owned by the engine.
//   open   once, before the first tick: take up stored state, subscribe inlets, ask for the first wake-up
//   step   whenever input has come or a wake-up is due: take all deliveries and receipts, answer, send; never block
//   apply  a property was edited while running: the new, checked, complete properties
//   rewired  the node's edges were changed while running; see below
//   close  once, after the last tick (also when the run is interrupted)
// A step touches only its own state, its inlets and its outlets, and is never called twice at once. Everything it does
// must follow from its state, its input, now() and random(): then a run is deterministic at any thread count.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/base/units.h"
#include "core/log/log_store.h"
#include "core/metrics/metric_store.h"
#include "core/runtime/channel.h"

namespace streamwright {

enum class Severity {
    Information,
    Warning, // what the services would do to you: throttling, loss, failing deliveries
    Error, // bad input or a place that cannot be used: the run goes on, but was not what was asked for
};

class Browsable; // browsable.h
class Resource; // resource.h

class Context {
public:
    virtual ~Context() = default;

    virtual const std::string& nodeId() const = 0;
    virtual Time now() const = 0;
    // Asks for a step at t (at once when t has passed). The earliest wish stands until the next step, whatever its cause:
    // a step that still waits for something asks again.
    virtual void wakeAt(Time t) = 0;
    // A function that makes the engine step this operator soon; may be called from any thread as long as the run lives.
    virtual std::function<void()> waker() = 0;

    // The ends of the edges at a port, in the order of the pipeline file.
    virtual std::span<Inlet* const> inlets(std::string_view port) = 0;
    virtual std::span<Outlet* const> outlets(std::string_view port) = 0;

    virtual Random& random() = 0;
    // A metric of this node; part: a shard or a consumer, "" for the node. Keep the reference, it stays valid.
    virtual Metric& metric(std::string_view name, std::string_view part = {}) = 0;
    virtual LogStore& store() = 0;
    // Another node as the clients of its service's API have it, by kind and name; null when there is none. Any thread, as
    // long as the node lives. In a step what it has may only be changed atBarrier.
    virtual std::shared_ptr<Resource> resource(std::string_view kind, std::string_view name) const = 0;
    // Calls it at this tick's end, before what was written becomes durable: one call at a time, in the order of the nodes.
    virtual void atBarrier(std::function<void()> then) = 0;
    // Where nodes may keep files ("" when the run has no data directory).
    virtual const std::string& dataDirectory() const = 0;

    // For the run's digest: a record that has reached its end here; records that are gone for good.
    virtual void delivered(const Record& record) = 0;
    virtual void lost(std::uint64_t records, std::string_view why) = 0;
    // A line of the run's log and of the time line.
    virtual void report(Severity severity, std::string message) = 0;

    // Calls body(0..count-1), in parallel where it pays. The calls must not depend on each other.
    virtual void parallelFor(std::size_t count, const std::function<void(std::size_t)>& body) = 0;
};

// What a factory gets: the node as drawn, its properties checked and complete (defaults filled in).
struct NodeSetup {
    std::string id;
    std::string kind;
    Json properties;
    Json written; // the same as they stand in the file, without defaults
    std::vector<EdgeInfo> inputs; // the edges that end here
    std::vector<EdgeInfo> outputs; // the edges that begin here
    std::string folder; // of the pipeline file: what relative paths are relative to
};

class Operator {
public:
    virtual ~Operator() = default;

    virtual Result<void> open(Context& context) = 0;
    virtual void step(Context& context) = 0;
    virtual Result<void> apply(Context& context, const Json& properties) = 0;
    // Between two steps: the context's inlets and outlets are the new ones, and setup has them and perhaps new properties.
    // True: the operator has taken both and goes on; it has let go of ends that are no more, and of what it waited for at
    // them. Ends that stay are the same objects; new inlets are to be subscribed.
    // False: it cannot. It is closed, made anew by its factory and opened over the same store, as after a restart.
    virtual bool rewired(Context&, const NodeSetup&) { return false; }
    virtual void close(Context&) { }
    // A look into what the operator keeps; null when it keeps nothing. Called after open, by the thread that opened.
    virtual std::shared_ptr<Browsable> browsable() { return nullptr; }
    // What the node is to the clients of its service's API; null for none. Called after open, by the thread that opened.
    virtual std::shared_ptr<Resource> resource() { return nullptr; }
};

using OperatorFactory = std::function<std::unique_ptr<Operator>(const NodeSetup&)>;

} // namespace streamwright
