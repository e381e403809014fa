// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/shard_load.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "core/metrics/top_keys.h"
#include "core/record/attributes.h"

namespace streamwright::kinesis {

namespace {

constexpr std::size_t kSketch = 512;
constexpr std::size_t kKeysTold = 10;
constexpr std::size_t kRecordsARead = 10'000;
// A split that leaves more than this on one side is none worth making.
constexpr double kHelps = 0.75;
// Below this share of its limit a shard has room.
constexpr double kBusy = 0.8;
constexpr double kFull = 0.95;

std::string percent(double share)
{
    char text[16];
    std::snprintf(text, sizeof text, "%.0f %%", share * 100);
    return text;
}

double shareOfLimit(double recordsPerSecond, double bytesPerSecond)
{
    return std::max(recordsPerSecond / static_cast<double>(kWriteRecordsPerSecond),
                    bytesPerSecond / static_cast<double>(kWriteBytesPerSecond.value()));
}

// The records of a span of time, weighed by key and place.
struct Tally {
    std::uint64_t records = 0, bytes = 0;
    Time first = kNever, last{};
    TopKeys byRecords{kSketch}, byBytes{kSketch};
    std::vector<HashWeight> recordWeights, byteWeights;
    Time second{}; // the one that is being counted
    std::uint64_t recordsInSecond = 0, bytesInSecond = 0;
    double busiest = 0; // share of the limit in the busiest second; means something for one shard's records only

    void add(const Record& record)
    {
        const std::uint64_t size = record.key.size() + record.data.size();
        ++records;
        bytes += size;
        if (const Time now = std::chrono::floor<std::chrono::seconds>(record.time); now != second) {
            second = now;
            recordsInSecond = bytesInSecond = 0;
        }
        busiest = std::max(
            busiest, shareOfLimit(static_cast<double>(++recordsInSecond), static_cast<double>(bytesInSecond += size)));
        first = std::min(first, record.time);
        last = std::max(last, record.time);
        byRecords.add(record.key, 1);
        byBytes.add(record.key, size);
        const auto explicitKey = record.extra.empty() ? std::nullopt : findAttribute(record.extra, "ExplicitHashKey");
        const auto place = explicitKey ? parseUint128(*explicitKey) : std::nullopt;
        recordWeights.push_back({place.value_or(hashKeyOf(record.key)), 1});
        byteWeights.push_back({recordWeights.back().key, size});
    }

    void addAll(const ShardLog& log, Time from, Time to, std::uint64_t most)
    {
        const std::uint64_t end = log.positionAt(to);
        std::uint64_t position = log.positionAt(from);
        if (end - std::min(end, position) > most) position = end - most;
        while (position < end) {
            const LogRead read = log.read(position, std::min<std::uint64_t>(kRecordsARead, end - position),
                                          ByteCount(std::numeric_limits<std::uint64_t>::max()));
            if (read.records.empty()) return;
            for (const Record& record : read.records)
                if (record.sequence < end) add(record);
            position = read.next;
        }
    }
};

// Rates over the span asked for, or over what was looked at of it.
LoadExplanation explanationOf(const Tally& tally, Time from, Time to, bool cut)
{
    LoadExplanation explanation;
    explanation.records = tally.records;
    if (tally.records == 0) return explanation;
    const double span = std::max(1.0, inSeconds(cut ? to - tally.first : to - from));
    explanation.recordsPerSecond = static_cast<double>(tally.records) / span;
    explanation.bytesPerSecond = static_cast<double>(tally.bytes) / span;
    const bool byBytes = explanation.bytesPerSecond / static_cast<double>(kWriteBytesPerSecond.value()) >
                         explanation.recordsPerSecond / static_cast<double>(kWriteRecordsPerSecond);
    const TopKeys& sketch = byBytes ? tally.byBytes : tally.byRecords;
    const double bytesARecord = static_cast<double>(tally.bytes) / static_cast<double>(tally.records);
    for (const TopKeys::Entry& entry : sketch.top(kKeysTold)) {
        const auto weight = static_cast<double>(entry.weight), all = static_cast<double>(sketch.total());
        LoadKey key{
            .key = entry.key, .share = weight / all, .shareAtLeast = (weight - static_cast<double>(entry.error)) / all};
        key.recordsPerSecond = byBytes ? weight / bytesARecord / span : weight / span;
        key.bytesPerSecond = byBytes ? weight / span : weight * bytesARecord / span;
        explanation.keys.push_back(std::move(key));
    }
    return explanation;
}

void addAdvice(LoadExplanation& explanation, const ShardInfo& info, double busiest,
               const std::optional<BestSplit>& split)
{
    const double share = shareOfLimit(explanation.recordsPerSecond, explanation.bytesPerSecond);
    if (!info.open()) {
        explanation.advice.push_back("The shard is closed: what it took then its children take now.");
        return;
    }
    if (split) {
        explanation.splitAt = toDecimal(split->newStartingHashKey);
        explanation.lowerShare = split->lowerShare;
    }
    if (std::max(share, busiest) < kBusy) {
        explanation.advice.push_back("The shard has room: it takes " + percent(share) + " of its limit, " +
                                     percent(busiest) + " in its busiest second. No split is needed.");
        return;
    }
    const LoadKey& heaviest = explanation.keys.front();
    explanation.splitHelps = split && std::max(split->lowerShare, 1 - split->lowerShare) <= kHelps;
    if (explanation.splitHelps) {
        explanation.advice.push_back("Split at " + explanation.splitAt + ": " + percent(split->lowerShare) + " / " +
                                     percent(1 - split->lowerShare) + " of the load.");
        return;
    }
    // As many keys as bring the heaviest below half of a shard; of a shard at its limit nobody knows what more would come.
    const double ofLimit = heaviest.share * std::max(share, 1.0);
    const auto keys = std::max(share > kFull ? 4 : 2, static_cast<int>(std::ceil(ofLimit * 2)));
    explanation.advice.push_back("No split would help: the key " + heaviest.key + " alone is " +
                                 percent(heaviest.share) + " of the load, and a key lives on one shard.");
    explanation.advice.push_back("Spread that key over " + std::to_string(keys) + " or more, " + heaviest.key +
                                 ".0 to " + heaviest.key + "." + std::to_string(keys - 1) +
                                 " for instance, or use a finer key.");
}

} // namespace

std::optional<BestSplit> bestSplit(const HashRange& range, std::vector<HashWeight> weights)
{
    std::sort(weights.begin(), weights.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
    std::uint64_t total = 0;
    for (const HashWeight& weight : weights)
        total += weight.weight;
    std::optional<BestSplit> best;
    std::uint64_t below = 0;
    for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
        below += weights[i].weight;
        const Uint128 left = weights[i].key, right = weights[i + 1].key;
        if (left == right) continue;
        // Between the two, as far from both as can be; the service wants start + 1 < key < end.
        const Uint128 key = left + (right - left + 1) / 2;
        if (key <= range.start + 1 || key >= range.end) continue;
        const double lower = static_cast<double>(below) / static_cast<double>(total);
        if (!best || std::abs(lower - 0.5) < std::abs(best->lowerShare - 0.5)) best = {key, lower};
    }
    return best;
}

LoadExplanation explainShard(const Shard& shard, const ShardInfo& info, Time from, Time to)
{
    Tally tally;
    tally.addAll(shard.log(), from, to, kMostRecordsExplained);
    LoadExplanation explanation = explanationOf(tally, from, to, tally.records == kMostRecordsExplained);
    if (explanation.records == 0) {
        explanation.advice.push_back("The shard took nothing in this time.");
        return explanation;
    }
    const bool byBytes = explanation.bytesPerSecond / static_cast<double>(kWriteBytesPerSecond.value()) >
                         explanation.recordsPerSecond / static_cast<double>(kWriteRecordsPerSecond);
    addAdvice(explanation, info, tally.busiest,
              bestSplit(info.range, std::move(byBytes ? tally.byteWeights : tally.recordWeights)));
    return explanation;
}

LoadExplanation explainStream(const std::vector<std::shared_ptr<Shard>>& shards, Time from, Time to)
{
    Tally all;
    std::uint64_t heaviest = 0;
    const Shard* busiest = nullptr;
    for (const auto& shard : shards) {
        const std::uint64_t before = all.records;
        all.addAll(shard->log(), from, to, kMostRecordsExplained / std::max<std::size_t>(shards.size(), 1));
        if (all.records - before <= heaviest) continue;
        heaviest = all.records - before;
        busiest = shard.get();
    }
    LoadExplanation explanation = explanationOf(all, from, to, false);
    if (busiest)
        explanation.advice.push_back("The busiest shard is " + shardIdOf(busiest->index()) + " with " +
                                     percent(static_cast<double>(heaviest) / static_cast<double>(all.records)) +
                                     " of the records.");
    else
        explanation.advice.push_back("The stream took nothing in this time.");
    return explanation;
}

} // namespace streamwright::kinesis
