// SPDX-License-Identifier: GPL-3.0-or-later
// ShardMap: the shards of a stream and their lineage as a value: creation, split, merge, even resizing, expiry, and the
// way from a hash key to the open shard that owns it. The open shards always tile the hash space. Any thread may read a
// copy.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/base/units.h"
#include "plugins/kinesis/hash_key.h"

namespace streamwright::kinesis {

using ShardIndex = std::uint32_t; // numbered from 0, never reused

std::string shardIdOf(ShardIndex index); // "shardId-000000000007"
std::optional<ShardIndex> parseShardId(std::string_view id);

// The same text where many are written.
class ShardIdText {
public:
    explicit ShardIdText(ShardIndex index);
    operator std::string_view() const { return {text_, sizeof text_}; }

private:
    char text_[20];
};

struct ShardInfo {
    ShardIndex index = 0;
    HashRange range;
    std::optional<ShardIndex> parent;
    std::optional<ShardIndex> adjacentParent; // of a merge's child
    Time created{};
    std::optional<Time> closed;

    std::string id() const { return shardIdOf(index); }
    bool open() const { return !closed.has_value(); }
};

class ShardMap {
public:
    ShardMap() = default;
    ShardMap(std::size_t shardCount, Time now);

    // All that have not expired, by index.
    const std::vector<ShardInfo>& shards() const { return shards_; }
    const ShardInfo* find(ShardIndex index) const;
    std::size_t openCount() const { return open_.size(); }
    // The open shards in the order of their ranges.
    const std::vector<ShardIndex>& open() const { return open_; }
    // Where in open() the owner of the key stands.
    std::size_t ownerOf(Uint128 hashKey) const;

    // SplitShard: children [start, key-1] and [key, end]; start + 1 < key < end.
    Result<void> split(ShardIndex shard, Uint128 newStartingHashKey, Time now);
    // The same in the middle of its range.
    Result<void> splitInTheMiddle(ShardIndex shard, Time now);
    // MergeShards: the ranges must touch.
    Result<void> merge(ShardIndex shard, ShardIndex adjacent, Time now);
    // UpdateShardCount(UNIFORM_SCALING): splits and merges to equal ranges.
    void resizeTo(std::size_t shardCount, Time now);
    // Forgets a closed shard whose last record has left the retention period.
    void expire(ShardIndex shard);

    Json toJson() const;
    static Result<ShardMap> fromJson(const Json& json);

private:
    ShardInfo* mutableOpen(ShardIndex index);
    ShardIndex addChild(HashRange range, ShardIndex parent, std::optional<ShardIndex> adjacent, Time now);
    void refreshOpen();

    std::vector<ShardInfo> shards_;
    ShardIndex next_ = 0;
    std::vector<ShardIndex> open_;
    std::vector<Uint128> openStarts_;
};

} // namespace streamwright::kinesis
