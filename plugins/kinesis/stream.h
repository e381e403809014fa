// SPDX-License-Identifier: GPL-3.0-or-later
// Stream: one Kinesis data stream: routing, limits, retention, resharding, on-demand scaling (spec:
// kinesis-data-streams.md). A thread-safe resource: the tick, the AWS endpoint and the record inspector may use it at the
// same moment; locks are per shard. Its facts (shards, mode) and records live in the run's LogStore.
// Time is passed in.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/mutex.h"
#include "core/log/log_store.h"
#include "plugins/kinesis/on_demand.h"
#include "plugins/kinesis/shard.h"
#include "plugins/kinesis/shard_map.h"

namespace streamwright::kinesis {

enum class StreamMode { Provisioned, OnDemand };

struct StreamSettings {
    StreamMode mode = StreamMode::Provisioned;
    std::size_t shardCount = 1; // provisioned
    Duration retention = std::chrono::hours(24);
    ByteCount maxRecordSize = kDefaultRecordSize;
    ByteCount maxRequestSize = ByteCount::mib(10);
};

// Where a reader begins in a shard.
struct IteratorStart {
    enum class Type {
        TrimHorizon,
        Latest,
        AtSequenceNumber,
        AfterSequenceNumber,
        AtTimestamp
    } type = Type::TrimHorizon;
    std::uint64_t sequence = 0;
    Time timestamp{};
};

struct PutResult {
    std::vector<PutEntry> entries; // in the order of the request
    std::vector<ShardTally> tallies; // of the shards touched, by index
};

// Calls its function for 0..count-1, perhaps in parallel.
using ParallelFor = std::function<void(std::size_t, const std::function<void(std::size_t)>&)>;

inline void onThisThread(std::size_t count, const std::function<void(std::size_t)>& body)
{
    for (std::size_t i = 0; i < count; ++i)
        body(i);
}

class Stream {
public:
    // Takes up what the store holds of a stream of that name; else makes it by the settings.
    static Result<std::unique_ptr<Stream>> open(const std::string& name, const StreamSettings& settings,
                                                LogStore& store, Time now);

    // PutRecords (or PutRecord with one). Each record goes by its ExplicitHashKey attribute, else by its key's MD5. A
    // problem is a request that breaks a rule as a whole: nothing of it is taken.
    Result<PutResult> put(Time now, std::span<const Record> records, const ParallelFor& parallelFor = onThisThread);

    std::shared_ptr<Shard> shard(ShardIndex index) const EXCLUDES(tableMutex_);
    ShardMap shardMap() const EXCLUDES(tableMutex_);
    // Grows whenever the shards change.
    std::uint64_t generation() const EXCLUDES(tableMutex_);
    Result<std::uint64_t> iteratorPosition(Time now, ShardIndex shard, const IteratorStart& start) const;

    // The drawing wants that count now: what resharding makes of it stays, over restarts too, as long as that stays the same.
    void setDrawnShardCount(std::size_t count);
    Result<void> splitShard(Time now, ShardIndex shard, std::optional<Uint128> newStartingHashKey);
    Result<void> mergeShards(Time now, ShardIndex shard, ShardIndex adjacent);
    Result<void> updateShardCount(Time now, std::size_t target);
    // Whether the next updateShardCount would be taken, the mode aside.
    Result<void> mayUpdateShardCount(Time now, std::size_t target) EXCLUDES(tableMutex_);
    Result<void> updateMode(Time now, StreamMode mode);
    void setRetention(Duration retention) EXCLUDES(tableMutex_);
    void setSizes(ByteCount maxRecordSize, ByteCount maxRequestSize) EXCLUDES(tableMutex_);
    StreamSettings settings() const EXCLUDES(tableMutex_);

    // Expiry and on-demand scaling: call when due. Returns when it is due next, and says what it changed.
    struct Maintenance {
        Time next = kNever;
        std::vector<std::string> changes;
    };
    Maintenance maintain(Time now);

private:
    struct Table {
        ShardMap map;
        std::vector<std::shared_ptr<Shard>> open; // parallel to map.open()
        std::unordered_map<ShardIndex, std::shared_ptr<Shard>> all;
        std::uint64_t generation = 0;
    };

    Stream(std::string name, StreamSettings settings, LogStore& store);
    std::shared_ptr<const Table> table() const EXCLUDES(tableMutex_);
    Result<void> install(ShardMap map) REQUIRES(tableMutex_);
    static void tellOpen(const Table& before);
    Result<void> requireProvisioned() const REQUIRES(tableMutex_);
    Result<void> checkResize(Time now, std::size_t target) REQUIRES(tableMutex_);
    Result<void> checkRequest(std::span<const Record> records, ByteCount maxRecord, ByteCount maxRequest) const;
    void route(const Table& table, Time now, std::span<const Record> records, std::vector<std::uint32_t>& waiting,
               PutResult& result, const ParallelFor& parallelFor) const;
    void expireShards(Time now, Maintenance& done) REQUIRES(tableMutex_);
    void scaleOnDemand(Time now, std::vector<std::string>& changes) REQUIRES(tableMutex_);
    std::string shardCountKey() const { return "kinesis/" + name_ + "/ShardCount"; }
    std::string shardsKey() const { return "kinesis/" + name_ + "/shards"; }

    const std::string name_;
    LogStore& store_;
    mutable Mutex tableMutex_;
    std::shared_ptr<const Table> table_ GUARDED_BY(tableMutex_);
    StreamSettings settings_ GUARDED_BY(tableMutex_);
    std::deque<Time> resizes_ GUARDED_BY(tableMutex_); // of the last 24 h
    std::deque<Time> modeSwitches_ GUARDED_BY(tableMutex_); // likewise
    OnDemandPolicy onDemand_ GUARDED_BY(tableMutex_);
    Time onDemandDue_ GUARDED_BY(tableMutex_) = kNever;
};

} // namespace streamwright::kinesis
