// SPDX-License-Identifier: GPL-3.0-or-later
// DeliveryStreamResource: a delivery stream as its clients see it (core/runtime/resource.h): puts by the intake's rules,
// and the facts of delivery_facts.h. Shared by the operator, which closes it before it ends; afterwards it refuses what
// would change the stream. Any thread; a put wakes the operator, once for all puts that it has not seen yet.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "core/base/mutex.h"
#include "core/runtime/resource.h"
#include "plugins/firehose/delivery_facts.h"
#include "plugins/firehose/delivery_metrics.h"
#include "plugins/firehose/delivery_stream.h"

namespace streamwright::firehose {

class DeliveryStreamResource : public Resource {
public:
    // The node as it is drawn now.
    struct Drawing {
        Json properties; // complete
        bool fromStream = false;
        std::string source, bucket, backup; // ids of the nodes joined to it; "" = none
    };

    // stream: null when a Kinesis stream is read.
    DeliveryStreamResource(std::string name, Context& context, DeliveryStream* stream, DeliveryMetrics& metrics);

    const std::string& name() const override { return name_; }

    // Nothing is taken by a stream that reads a Kinesis stream. A Conflict when the run is over.
    Result<PutAnswer> put(PutKind kind, const RecordBatchPtr& batch, Time now) EXCLUDES(mutex_);

    bool direct() const EXCLUDES(mutex_); // false: it reads a Kinesis stream
    bool encrypted() const EXCLUDES(mutex_);
    Drawing drawing() const EXCLUDES(mutex_);
    DeliveryFacts facts() const EXCLUDES(mutex_);
    // Changes the facts and puts them into the store. False when change says so (then it has changed nothing), or when
    // the run is over.
    bool change(const std::function<bool(DeliveryFacts&)>& change) EXCLUDES(mutex_);

    // The operator's.
    void draw(Drawing drawing, DeliveryStream* stream) EXCLUDES(mutex_);
    void steps() { woken_ = false; } // it is about to take what was put
    void close() EXCLUDES(mutex_);

private:
    const std::string name_;
    const std::string factsKey_;
    std::atomic<bool> woken_{false};
    mutable Mutex mutex_;
    std::function<void()> wake_ GUARDED_BY(mutex_); // none once closed
    DeliveryStream* stream_ GUARDED_BY(mutex_);
    DeliveryMetrics* metrics_ GUARDED_BY(mutex_);
    LogStore* store_ GUARDED_BY(mutex_);
    Drawing drawing_ GUARDED_BY(mutex_);
    DeliveryFacts facts_ GUARDED_BY(mutex_);
};

} // namespace streamwright::firehose
