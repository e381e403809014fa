// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/shard.h"

namespace streamwright::kinesis {

namespace {

ByteCount sizeOf(const Record& record) { return ByteCount(record.key.size() + record.data.size()); }

} // namespace

Shard::Shard(const ShardInfo& info, std::shared_ptr<ShardLog> log, ByteCount writeBurst, Duration retention)
    : log_(std::move(log)),
      created_(info.created),
      writeRecords_(kWriteRecordsPerSecond, kWriteRecordsPerSecond),
      writeBytes_(kWriteBytesPerSecond.value(), writeBurst.value()),
      index_(info.index),
      closed_(!info.open()),
      readCalls_(kReadCallsPerSecond, kReadCallsPerSecond),
      readBytes_(kReadBytesPerSecond.value(), kReadBytesPerSecond.value()),
      retention_(retention)
{
    newest_ = log_->newestTime();
    if (log_->first() != log_->next()) oldest_ = log_->read(log_->first(), 1, ByteCount(1)).records.front().time;
}

void Shard::prefetchLines(const void* begin)
{
    constexpr std::ptrdiff_t kLine = 64;
    for (std::ptrdiff_t line = 0; line < 3; ++line)
        __builtin_prefetch(static_cast<const char*>(begin) + line * kLine, 1);
}

Time Shard::inOrder(Time now) { return newest_ = std::max(newest_, now); }

bool Shard::put(Time now, std::span<const Record> records, std::span<const std::uint32_t> indices,
                std::vector<PutEntry>& entries, ShardTally& tally)
{
    if (!take(now, records, indices, entries, tally)) return false;
    if (tally.accepted > 0) tellListeners();
    return true;
}

bool Shard::take(Time now, std::span<const Record> records, std::span<const std::uint32_t> indices,
                 std::vector<PutEntry>& entries, ShardTally& tally)
{
    const MutexLock lock(mutex_);
    if (closed_) return false;
    now = inOrder(now);
    for (const std::uint32_t i : indices) {
        Record record = records[i];
        PutEntry& entry = entries[i];
        entry.shard = index_;
        const ByteCount size = sizeOf(record);
        if (!writeRecords_.has(1, now) || !writeBytes_.take(size.value(), now)) {
            entry.status = PutStatus::Throttled;
            ++tally.throttled;
            continue;
        }
        writeRecords_.take(1, now);
        record.time = now;
        const auto sequence = log_->append(record);
        if (!sequence) {
            entry.status = PutStatus::Failed;
            continue;
        }
        if (oldest_ == kNever) oldest_ = now;
        entry.status = PutStatus::Accepted;
        entry.sequence = *sequence;
        entry.shardCreated = created_;
        entry.arrival = now;
        ++tally.accepted;
        tally.bytes += size;
    }
    load_.bytes += tally.bytes;
    load_.records += tally.accepted;
    return true;
}

GetResult Shard::read(Time now, std::uint64_t position, std::size_t mostRecords, ByteCount mostBytes)
{
    trimExpired(now);
    GetResult result;
    result.read = log_->read(position, mostRecords, mostBytes);
    const std::uint64_t end = log_->next();
    result.left = end - result.read.next;
    result.expired = result.read.first > position ? result.read.first - position : 0;
    result.atEnd = closed_ && result.left == 0;
    if (result.left > 0 && !result.read.records.empty()) result.behind = now - result.read.records.back().time;
    return result;
}

GetResult Shard::getRecords(Time now, std::uint64_t position, std::size_t mostRecords)
{
    const MutexLock lock(mutex_);
    now = inOrder(now);
    GetResult result;
    if (now < readLockedUntil_ || !readCalls_.take(1, now)) {
        result.throttled = true;
        return result;
    }
    result = read(now, position, std::min(mostRecords, kGetRecordsMostRecords), kGetRecordsMostBytes);
    const std::uint64_t bytes = result.read.bytes.value();
    if (!readBytes_.take(bytes, now)) {
        readBytes_.overdraw(bytes, now);
        const auto repaid = Duration(static_cast<std::int64_t>(bytes * 1'000'000 / kReadBytesPerSecond.value()));
        readLockedUntil_ = now + std::max(kReadLockout, repaid);
    }
    return result;
}

GetResult Shard::pushRecords(Time now, std::uint64_t position, std::size_t mostRecords, TokenBucket& budget,
                             ByteCount mostBytes)
{
    const MutexLock lock(mutex_);
    now = inOrder(now);
    GetResult result;
    if (budget.level(now) < 0) { // the last push went over: wait until it is paid
        result.throttled = true;
        return result;
    }
    result = read(now, position, mostRecords, mostBytes);
    budget.overdraw(result.read.bytes.value(), now);
    return result;
}

void Shard::listen(const std::shared_ptr<ShardListener>& listener)
{
    const MutexLock lock(listenersMutex_);
    listeners_.push_back(listener);
    listened_ = true;
}

void Shard::unlisten(const ShardListener& listener)
{
    const MutexLock lock(listenersMutex_);
    std::erase_if(listeners_, [&](const auto& known) {
        const auto alive = known.lock();
        return !alive || alive.get() == &listener;
    });
    listened_ = !listeners_.empty();
}

void Shard::tellListeners()
{
    if (!listened_) return;
    std::vector<std::shared_ptr<ShardListener>> told;
    {
        const MutexLock lock(listenersMutex_);
        for (const auto& known : listeners_)
            if (auto alive = known.lock()) told.push_back(std::move(alive));
    }
    for (const auto& listener : told)
        listener->shardChanged();
}

void Shard::close()
{
    const MutexLock lock(mutex_);
    closed_ = true;
}

bool Shard::closed() const
{
    const MutexLock lock(mutex_);
    return closed_;
}

void Shard::setRetention(Duration retention)
{
    const MutexLock lock(mutex_);
    retention_ = retention;
}

void Shard::setWriteBurst(ByteCount burst)
{
    const MutexLock lock(mutex_);
    writeBytes_ = TokenBucket(kWriteBytesPerSecond.value(), burst.value());
}

Time Shard::expire(Time now)
{
    const MutexLock lock(mutex_);
    return trimExpired(inOrder(now));
}

Time Shard::trimExpired(Time now)
{
    if (oldest_ == kNever) return kNever;
    if (now - oldest_ >= retention_) {
        const std::uint64_t horizon = log_->positionAt(now - retention_ + Duration(1));
        log_->trim(horizon);
        oldest_ = horizon == log_->next() ? kNever : log_->read(horizon, 1, ByteCount(1)).records.front().time;
    }
    return oldest_ == kNever ? kNever : oldest_ + retention_;
}

Shard::Load Shard::takeLoad()
{
    const MutexLock lock(mutex_);
    return std::exchange(load_, Load{});
}

} // namespace streamwright::kinesis
