// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/read_metrics.h"

namespace streamwright::kinesis {

ReadMetrics::ReadMetrics(Context& context)
    : context_(context),
      bytes_(context.metric("GetRecords.Bytes")),
      records_(context.metric("GetRecords.Records")),
      success_(context.metric("GetRecords.Success")),
      age_(context.metric("GetRecords.IteratorAgeMilliseconds")),
      throttled_(context.metric("ReadProvisionedThroughputExceeded"))
{
}

void ReadMetrics::getRecords(Time now, ShardIndex shard, const GetResult& result)
{
    throttled_.record(result.throttled ? 1 : 0);
    success_.record(result.throttled ? 0 : 1);
    if (result.throttled) {
        ofShard(shard).throttled->record(1);
        return;
    }
    bytes_.record(static_cast<double>(result.read.bytes.value()));
    records_.record(static_cast<double>(result.read.records.size()));
    age_.record(result.read.records.empty() ? 0 : inMilliseconds(now - result.read.records.back().time));
    recordOutgoing(now, shard, result);
}

void ReadMetrics::subscribe(const std::string& consumer, bool taken)
{
    context_.metric("SubscribeToShard.Success", consumer).record(taken ? 1 : 0);
    context_.metric("SubscribeToShard.RateExceeded", consumer).record(taken ? 0 : 1);
}

void ReadMetrics::event(Time now, ShardIndex shard, const std::string& consumer, const GetResult& result)
{
    context_.metric("SubscribeToShardEvent.Bytes", consumer).record(static_cast<double>(result.read.bytes.value()));
    context_.metric("SubscribeToShardEvent.Records", consumer)
        .record(static_cast<double>(result.read.records.size()));
    context_.metric("SubscribeToShardEvent.Success", consumer).record(1);
    context_.metric("SubscribeToShardEvent.MillisBehindLatest", consumer).record(inMilliseconds(result.behind));
    recordOutgoing(now, shard, result);
}

void ReadMetrics::recordOutgoing(Time now, ShardIndex shard, const GetResult& result)
{
    if (result.read.records.empty()) return;
    const OfShard metrics = ofShard(shard);
    metrics.bytes->record(static_cast<double>(result.read.bytes.value()));
    metrics.records->record(static_cast<double>(result.read.records.size()));
    metrics.age->record(inMilliseconds(now - result.read.records.back().time));
}

ReadMetrics::OfShard ReadMetrics::ofShard(ShardIndex index)
{
    const MutexLock lock(mutex_);
    const auto found = shards_.find(index);
    if (found != shards_.end()) return found->second;
    const std::string id = shardIdOf(index);
    const OfShard made{&context_.metric("OutgoingBytes", id), &context_.metric("OutgoingRecords", id),
                       &context_.metric("IteratorAgeMilliseconds", id),
                       &context_.metric("ReadProvisionedThroughputExceeded", id)};
    return shards_.emplace(index, made).first->second;
}

} // namespace streamwright::kinesis
