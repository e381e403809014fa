// SPDX-License-Identifier: GPL-3.0-or-later
// What loads a shard: its heaviest keys in a span of time and the split that would help, from the records that it took.
// Pure functions over a shard's log; any thread.
#pragma once

#include <memory>
#include <vector>

#include "core/runtime/browsable.h"
#include "plugins/kinesis/shard.h"

namespace streamwright::kinesis {

// At most so many records are looked at, the newest of the span.
inline constexpr std::uint64_t kMostRecordsExplained = 200'000;

// Weight that lies at a hash key.
struct HashWeight {
    Uint128 key;
    std::uint64_t weight;
};

struct BestSplit {
    Uint128 newStartingHashKey;
    double lowerShare; // of the weight, below the key
};
// The split of the range that divides the weight most evenly; nothing when all of it lies on one hash key.
std::optional<BestSplit> bestSplit(const HashRange& range, std::vector<HashWeight> weights);

LoadExplanation explainShard(const Shard& shard, const ShardInfo& info, Time from, Time to);
// Of all the shards together: keys, and which shard is the busiest.
LoadExplanation explainStream(const std::vector<std::shared_ptr<Shard>>& shards, Time from, Time to);

} // namespace streamwright::kinesis
