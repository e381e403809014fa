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
    constexpr std::size_t kAhead = 8;
    Sums sums;
    const MutexLock lock(mutex_);
    addMissing(result.tallies);
    MetricRecorder recorder(exceeded_);
    for (std::size_t i = 0; i < result.tallies.size(); ++i) {
        if (i + kAhead < result.tallies.size()) {
            const OfShard& next = shards_[result.tallies[i + kAhead].shard];
            for (const Metric* metric : {next.incomingBytes, next.incomingRecords, next.throttled})
                metric->prefetch();
        }
        const ShardTally& tally = result.tallies[i];
        sums.bytes += tally.bytes;
        sums.accepted += tally.accepted;
        sums.throttled += tally.throttled;
        const OfShard& metrics = shards_[tally.shard];
        if (tally.accepted > 0) {
            recorder.record(*metrics.incomingBytes, static_cast<double>(tally.bytes.value()));
            recorder.record(*metrics.incomingRecords, tally.accepted);
        }
        recorder.record(*metrics.throttled, tally.throttled);
    }
    if (sums.accepted > 0) {
        recorder.record(incomingBytes_, static_cast<double>(sums.bytes.value()));
        recorder.record(incomingRecords_, sums.accepted);
    }
    recorder.record(exceeded_, sums.throttled);
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

void PutMetrics::addMissing(const std::vector<ShardTally>& tallies)
{
    for (const ShardTally& tally : tallies) {
        if (tally.shard >= shards_.size()) shards_.resize(tally.shard + 1);
        OfShard& metrics = shards_[tally.shard];
        if (metrics.throttled) continue;
        const std::string id = shardIdOf(tally.shard);
        metrics = {&context_.metric("IncomingBytes", id), &context_.metric("IncomingRecords", id),
                   &context_.metric("WriteProvisionedThroughputExceeded", id)};
    }
}

} // namespace streamwright::kinesis
