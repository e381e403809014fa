// SPDX-License-Identifier: GPL-3.0-or-later
// ReadMetrics: what clients' GetRecords calls and subscriptions leave in a stream's metrics. Valid as long as the run; any
// thread.
#pragma once

#include <map>
#include <string>

#include "core/base/mutex.h"
#include "core/runtime/operator.h"
#include "plugins/kinesis/shard.h"

namespace streamwright::kinesis {

class ReadMetrics {
public:
    explicit ReadMetrics(Context& context);

    void getRecords(Time now, ShardIndex shard, const GetResult& result) EXCLUDES(mutex_);
    // SubscribeToShard by a consumer: taken, or refused because it came too soon.
    void subscribe(const std::string& consumer, bool taken);
    void event(Time now, ShardIndex shard, const std::string& consumer, const GetResult& result) EXCLUDES(mutex_);

private:
    struct OfShard {
        Metric *bytes, *records, *age, *throttled;
    };
    OfShard ofShard(ShardIndex index) EXCLUDES(mutex_);
    void recordOutgoing(Time now, ShardIndex shard, const GetResult& result) EXCLUDES(mutex_);

    Context& context_; // for the metrics of shards and consumers that are new
    Metric &bytes_, &records_, &success_, &age_, &throttled_;
    Mutex mutex_;
    std::map<ShardIndex, OfShard> shards_ GUARDED_BY(mutex_);
};

} // namespace streamwright::kinesis
