// SPDX-License-Identifier: GPL-3.0-or-later
// Shard: the records of one shard and its limits (spec: kinesis-data-streams.md sections 2 and 3). Owned by a Stream,
// shared with readers. All methods may be called from any thread; time is passed in: a call that comes late (threads race)
// counts as made at the newest time seen.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/base/mutex.h"
#include "core/base/token_bucket.h"
#include "core/log/shard_log.h"
#include "plugins/kinesis/limits.h"
#include "plugins/kinesis/shard_map.h"

namespace streamwright::kinesis {

enum class PutStatus : std::uint8_t { Accepted, Throttled, Failed };

struct PutEntry {
    PutStatus status = PutStatus::Failed;
    ShardIndex shard = 0;
    std::uint64_t sequence = 0;
    Time shardCreated{}, arrival{}; // what a sequence number says beside
};

// What one request did to one shard.
struct ShardTally {
    ShardIndex shard = 0;
    std::uint32_t accepted = 0;
    std::uint32_t throttled = 0;
    ByteCount bytes; // accepted
};

struct GetResult {
    bool throttled = false;
    LogRead read;
    Duration behind{0}; // MillisBehindLatest: 0 at the tip
    bool atEnd = false; // the shard is closed and all of it has been read
    std::uint64_t left = 0; // records still unread
    std::uint64_t expired = 0; // records between the position asked for and the oldest one kept
};

// Learns at once of what happens to a shard. Called by the thread that put or closed, outside the shard's locks; must not
// block.
class ShardListener {
public:
    virtual ~ShardListener() = default;
    virtual void shardChanged() = 0;
};

class alignas(64) Shard {
public:
    Shard(const ShardInfo& info, std::shared_ptr<ShardLog> log, ByteCount writeBurst, Duration retention);

    ShardIndex index() const { return index_; }
    Time created() const { return created_; }

    // Takes those of the records (by their indices) that the limits allow now; false, and nothing done, when the shard
    // has been closed meanwhile.
    bool put(Time now, std::span<const Record> records, std::span<const std::uint32_t> indices,
             std::vector<PutEntry>& entries, ShardTally& tally) EXCLUDES(mutex_);
    // For who puts into many shards in turn, a little before each: the shard itself, then its log, then where that writes.
    void prefetch() const { prefetchLines(this); }
    void prefetchLog() const { prefetchLines(log_.get()); }
    void prefetchTail() const { log_->prefetch(); }
    // GetRecords: 5 calls a second and 2 MiB/s for all callers together.
    GetResult getRecords(Time now, std::uint64_t position, std::size_t mostRecords) EXCLUDES(mutex_);
    // A registered consumer's read: budget is its own 2 MiB/s.
    GetResult pushRecords(Time now, std::uint64_t position, std::size_t mostRecords, TokenBucket& budget,
                          ByteCount mostBytes = kReadBytesPerSecond) EXCLUDES(mutex_);

    // Those who listen cost a put nothing while there are none.
    void listen(const std::shared_ptr<ShardListener>& listener) EXCLUDES(listenersMutex_);
    void unlisten(const ShardListener& listener) EXCLUDES(listenersMutex_);
    void tellListeners() EXCLUDES(listenersMutex_);

    void close() EXCLUDES(mutex_);
    bool closed() const EXCLUDES(mutex_);
    void setRetention(Duration retention) EXCLUDES(mutex_);
    void setWriteBurst(ByteCount burst) EXCLUDES(mutex_);
    // Drops what is older than the retention period; returns when the next record will be (kNever when empty). Reads do
    // the same, so that no reader sees an expired record.
    Time expire(Time now) EXCLUDES(mutex_);

    const ShardLog& log() const { return *log_; }
    // Bytes and records taken since the last call: what on-demand scaling looks at.
    struct Load {
        ByteCount bytes;
        std::uint64_t records = 0;
    };
    Load takeLoad() EXCLUDES(mutex_);

private:
    static void prefetchLines(const void* begin);
    GetResult read(Time now, std::uint64_t position, std::size_t mostRecords, ByteCount mostBytes) REQUIRES(mutex_);
    Time trimExpired(Time now) REQUIRES(mutex_);
    bool take(Time now, std::span<const Record> records, std::span<const std::uint32_t> indices,
              std::vector<PutEntry>& entries, ShardTally& tally) EXCLUDES(mutex_);
    Time inOrder(Time now) REQUIRES(mutex_);

    // First what a put touches: three lines of the processor's cache.
    mutable Mutex mutex_;
    const std::shared_ptr<ShardLog> log_;
    const Time created_;
    TokenBucket writeRecords_ GUARDED_BY(mutex_);
    TokenBucket writeBytes_ GUARDED_BY(mutex_);
    Time oldest_ GUARDED_BY(mutex_) = kNever; // time of the oldest record kept
    Time newest_ GUARDED_BY(mutex_){}; // time of the latest call
    Load load_ GUARDED_BY(mutex_);
    const ShardIndex index_;
    bool closed_ GUARDED_BY(mutex_);
    std::atomic<bool> listened_{false};

    TokenBucket readCalls_ GUARDED_BY(mutex_);
    TokenBucket readBytes_ GUARDED_BY(mutex_);
    Time readLockedUntil_ GUARDED_BY(mutex_){};
    Duration retention_ GUARDED_BY(mutex_);
    Mutex listenersMutex_;
    std::vector<std::weak_ptr<ShardListener>> listeners_ GUARDED_BY(listenersMutex_);
};

} // namespace streamwright::kinesis
