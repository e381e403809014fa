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
    const std::vector<OfShard> ofEach = ofShards(result.tallies);
    for (std::size_t i = 0; i < result.tallies.size(); ++i) {
        const ShardTally& tally = result.tallies[i];
        sums.bytes += tally.bytes;
        sums.accepted += tally.accepted;
        sums.throttled += tally.throttled;
        const OfShard& metrics = ofEach[i];
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

std::vector<PutMetrics::OfShard> PutMetrics::ofShards(const std::vector<ShardTally>& tallies)
{
    std::vector<OfShard> found;
    found.reserve(tallies.size());
    const MutexLock lock(mutex_);
    for (const ShardTally& tally : tallies) {
        if (tally.shard >= shards_.size()) shards_.resize(tally.shard + 1);
        OfShard& metrics = shards_[tally.shard];
        if (!metrics.throttled) {
            const std::string id = shardIdOf(tally.shard);
            metrics = {&context_.metric("IncomingBytes", id), &context_.metric("IncomingRecords", id),
                       &context_.metric("WriteProvisionedThroughputExceeded", id)};
        }
        found.push_back(metrics);
    }
    return found;
}

} // namespace streamwright::kinesis
