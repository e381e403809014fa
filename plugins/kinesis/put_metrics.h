// SPDX-License-Identifier: GPL-3.0-or-later
// PutMetrics: what a PutRecord or PutRecords request leaves in a stream's metrics, whoever made it: an edge of the
// pipeline, a client or a person. Valid as long as the run; any thread.
#pragma once

#include <vector>

#include "core/base/mutex.h"
#include "core/runtime/operator.h"
#include "plugins/kinesis/stream.h"

namespace streamwright::kinesis {

class PutMetrics {
public:
    explicit PutMetrics(Context& context);

    void record(std::size_t requestRecords, const PutResult& result) EXCLUDES(mutex_);
    // A request that broke a rule.
    void recordRefusal(std::size_t requestRecords);
    // The same of PutRecord.
    void recordOne(const PutResult& result) EXCLUDES(mutex_);
    void recordRefusalOfOne() { oneSuccess_.record(0); }

private:
    struct OfShard {
        Metric *incomingBytes = nullptr, *incomingRecords = nullptr, *throttled = nullptr; // null: not asked for yet
    };
    struct Sums {
        ByteCount bytes;
        std::uint32_t accepted = 0, throttled = 0;
    };
    // What both have in common.
    Sums recordShards(const PutResult& result) EXCLUDES(mutex_);
    void addMissing(const std::vector<ShardTally>& tallies) REQUIRES(mutex_);

    Context& context_; // for the metrics of shards that are new
    Metric &incomingBytes_, &incomingRecords_, &bytes_, &success_, &total_, &successful_, &failed_, &throttled_,
        &exceeded_, &oneBytes_, &oneSuccess_;
    Mutex mutex_;
    std::vector<OfShard> shards_ GUARDED_BY(mutex_); // by index
};

} // namespace streamwright::kinesis
