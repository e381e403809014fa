// SPDX-License-Identifier: GPL-3.0-or-later
// ConsumerOperator: Local::Consumer at run time, a modelled fleet of workers on streams and queues. A delivery waits
// for a free worker, keeps it busy for its records' work time, and is answered when it is done.
//   Of a stream one batch of a shard is out at a time, so a shard is worked on in order, by one worker. A record that
//   fails is tried again after a back-off, which holds up its shard and no worker, until it succeeds or is skipped.
//   Of a queue a message that fails is answered as failed and comes back when the queue says so.
// Owned by the engine.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/runtime/operator.h"
#include "plugins/producers/consumer_settings.h"

namespace streamwright::producers {

class ConsumerOperator : public Operator {
public:
    explicit ConsumerOperator(const NodeSetup& setup) : properties_(setup.properties) { }
    Result<void> open(Context& context) override;
    void step(Context& context) override;
    Result<void> apply(Context& context, const Json& properties) override;
    bool rewired(Context& context, const NodeSetup& setup) override;

private:
    // A delivery on its way through the fleet.
    struct Job {
        Inlet* inlet = nullptr;
        bool isStream = false;
        Delivery delivery;
        RecordBatchPtr records; // the delivery's, aggregates taken apart
        std::size_t done = 0; // records settled, from the first
        std::uint32_t attempts = 0; // of the record at `done` that have failed
        // What the worker is at: the records from done to until succeed; then, if fails, the one at until does not.
        std::size_t until = 0;
        bool fails = false;
        std::vector<Receipt::Exception> failed; // of a queue: by index
    };
    using JobPtr = std::unique_ptr<Job>;
    struct Metrics {
        Metric *processed, *failures, *skipped, *age, *behindMillis, *behindRecords, *lost, *busy;
    };

    void subscribe(Context& context, bool working);
    void takeDeliveries(Context& context);
    void workOn(Context& context, JobPtr job);
    void planRun(Context& context, Job& job);
    void finish(Context& context, JobPtr job);
    void finishStream(Context& context, JobPtr job);
    void finishQueue(Context& context, Job& job);
    void failOnce(Context& context, JobPtr job);
    void answer(Context& context, Job& job);
    void tellWhenBehind(Context& context, Duration age);
    void handBackWaiting();
    void recordBusy();

    Json properties_;
    ConsumerSettings settings_;
    std::optional<WorkingHours> hours_;
    Metrics metrics_{};
    Time start_{};

    std::deque<JobPtr> waiting_; // for a worker
    std::map<std::pair<Time, std::uint64_t>, JobPtr> running_; // by the time a worker finishes it
    std::map<std::pair<Time, std::uint64_t>, JobPtr> backedOff_; // by the time it may be tried again
    std::uint64_t sequence_ = 0; // orders what happens at the same time
    std::vector<Inlet*> inlets_; // those known
    std::optional<Window> asked_; // of streams, as last subscribed
    std::optional<Window> askedOfQueues_;
    std::size_t busyRecorded_ = ~std::size_t{0};
    Time nextReport_{};
    bool behind_ = false;
};

// What the fields of the kind cannot say.
std::vector<Problem> checkConsumer(const NodeSetup& setup);

} // namespace streamwright::producers
