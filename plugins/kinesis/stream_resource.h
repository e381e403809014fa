// SPDX-License-Identifier: GPL-3.0-or-later
// StreamResource: a stream as the clients of the Kinesis API reach it: the stream itself, its metrics, and what the API
// knows of it beside. Shared by its StreamOperator and the requests under way; any thread.
//   1. stream(), the metrics, change and the wakes only between enter and leave: then the run cannot end meanwhile.
//   2. Whoever has entered does not wait for the engine.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "core/base/mutex.h"
#include "core/runtime/resource.h"
#include "core/runtime/run_gate.h"
#include "plugins/kinesis/put_metrics.h"
#include "plugins/kinesis/read_metrics.h"
#include "plugins/kinesis/stream.h"
#include "plugins/kinesis/stream_facts.h"

namespace streamwright::kinesis {

inline constexpr std::string_view kStreamKind = "AWS::Kinesis::Stream";

enum class StreamStatus { Creating, Active, Updating };

class StreamResource : public Resource {
public:
    static Result<std::shared_ptr<StreamResource>> open(std::string name, std::shared_ptr<Stream> stream,
                                                        std::shared_ptr<PutMetrics> putMetrics, Context& context);

    const std::string& name() const override { return name_; }

    bool enter() { return gate_.enter(); }
    void leave() { gate_.leave(); }
    void close() { gate_.close(); } // by the operator, before it ends

    Stream& stream() { return *stream_; }
    PutMetrics& putMetrics() { return *putMetrics_; }
    ReadMetrics& readMetrics() { return readMetrics_; }

    // Consumers of the pipeline wait for records, or upkeep for the first one: then a put wakes the operator, once.
    void wakeAtPut(bool wanted) { wakeAtPut_ = wanted; }
    void putDone()
    {
        if (wakeAtPut_ && wakeAtPut_.exchange(false)) wake_();
    }
    void wake() { wake_(); }

    std::shared_ptr<const StreamFacts> facts() const EXCLUDES(mutex_);
    // Changes them unless edit says why not (its answer, something that is true for a refusal, is handed on).
    template <typename Edit>
    auto change(Edit edit) EXCLUDES(mutex_)
    {
        const MutexLock lock(mutex_);
        StreamFacts facts = *facts_;
        auto refused = edit(facts);
        if (!refused) store(std::move(facts));
        return refused;
    }

    StreamStatus status(Time now) const EXCLUDES(mutex_);
    void setStatus(StreamStatus status, Time until) EXCLUDES(mutex_);
    // From Active to Updating; the status found when it was not Active.
    StreamStatus beginUpdate(Time now, Time until) EXCLUDES(mutex_);

private:
    StreamResource(std::string name, std::shared_ptr<Stream> stream, std::shared_ptr<PutMetrics> putMetrics,
                   Context& context);
    void store(StreamFacts facts) REQUIRES(mutex_);
    StreamStatus statusAt(Time now) const REQUIRES(mutex_) { return now < until_ ? status_ : StreamStatus::Active; }

    const std::string name_;
    const std::string factsKey_;
    const std::shared_ptr<Stream> stream_;
    const std::shared_ptr<PutMetrics> putMetrics_;
    ReadMetrics readMetrics_;
    LogStore& store_;
    const std::function<void()> wake_;
    RunGate gate_;
    std::atomic<bool> wakeAtPut_{true};
    mutable Mutex mutex_;
    std::shared_ptr<const StreamFacts> facts_ GUARDED_BY(mutex_);
    StreamStatus status_ GUARDED_BY(mutex_) = StreamStatus::Active;
    Time until_ GUARDED_BY(mutex_){}; // of the status
};

} // namespace streamwright::kinesis
