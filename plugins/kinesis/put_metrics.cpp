// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/put_metrics.h"

namespace streamwright::kinesis {

PutMetrics::PutMetrics(Context& context)
    : context_(context),
      incomingBytes_(context.metric("IncomingBytes")),
      incomingRecords_(context.metric("IncomingRecords")),
      bytes_(context.metric("PutRecords.Bytes")),
      success_(context.metric("PutRecords.Success")),
      total_(context.metric("PutRecords.TotalRecords")),
      successful_(context.metric("PutRecords.SuccessfulRecords")),
      failed_(context.metric("PutRecords.FailedRecords")),
      throttled_(context.metric("PutRecords.ThrottledRecords")),
      exceeded_(context.metric("WriteProvisionedThroughputExceeded")),
      oneBytes_(context.metric("PutRecord.Bytes")),
      oneSuccess_(context.metric("PutRecord.Success"))
{
}

PutMetrics::Sums PutMetrics::recordShards(const PutResult& result)
{
    Sums sums;
    for (const ShardTally& tally : result.tallies) {
        sums.bytes += tally.bytes;
        sums.accepted += tally.accepted;
        sums.throttled += tally.throttled;
        const OfShard metrics = ofShard(tally.shard);
        if (tally.accepted > 0) {
            metrics.incomingBytes->record(static_cast<double>(tally.bytes.value()));
            metrics.incomingRecords->record(tally.accepted);
        }
        metrics.throttled->record(tally.throttled);
    }
    if (sums.accepted > 0) {
        incomingBytes_.record(static_cast<double>(sums.bytes.value()));
        incomingRecords_.record(sums.accepted);
    }
    exceeded_.record(sums.throttled);
    return sums;
}

void PutMetrics::record(std::size_t requestRecords, const PutResult& result)
{
    const Sums sums = recordShards(result);
    bytes_.record(static_cast<double>(sums.bytes.value()));
    success_.record(sums.accepted > 0 ? 1 : 0);
    total_.record(static_cast<double>(requestRecords));
    successful_.record(sums.accepted);
    failed_.record(static_cast<double>(requestRecords - sums.accepted - sums.throttled));
    throttled_.record(sums.throttled);
}

void PutMetrics::recordOne(const PutResult& result)
{
    const Sums sums = recordShards(result);
    oneBytes_.record(static_cast<double>(sums.bytes.value()));
    oneSuccess_.record(sums.accepted);
}

void PutMetrics::recordRefusal(std::size_t requestRecords)
{
    success_.record(0);
    total_.record(static_cast<double>(requestRecords));
}

PutMetrics::OfShard PutMetrics::ofShard(ShardIndex index)
{
    const MutexLock lock(mutex_);
    const auto found = shards_.find(index);
    if (found != shards_.end()) return found->second;
    const std::string id = shardIdOf(index);
    const OfShard made{&context_.metric("IncomingBytes", id), &context_.metric("IncomingRecords", id),
                       &context_.metric("WriteProvisionedThroughputExceeded", id)};
    return shards_.emplace(index, made).first->second;
}

} // namespace streamwright::kinesis
