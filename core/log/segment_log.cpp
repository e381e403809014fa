// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/segment_log.h"

namespace streamwright {

void SegmentLog::prefetch() const
{
    constexpr std::ptrdiff_t kLine = 64;
    const char* const tail = tail_.load(std::memory_order_relaxed);
    for (std::ptrdiff_t line = 0; line < 4; ++line) // a frame of the usual size
        __builtin_prefetch(tail + line * kLine, 1);
    const auto* const newest = reinterpret_cast<const char*>(newest_.load(std::memory_order_relaxed));
    __builtin_prefetch(newest, 1);
    __builtin_prefetch(newest + kLine, 1);
}

std::uint64_t SegmentLog::take(const Record& record)
{
    const std::uint64_t sequence = run_.append(record);
    tail_.store(run_.tail(), std::memory_order_relaxed);
    newest_.store(&run_.segments().back(), std::memory_order_relaxed);
    return sequence;
}

LogRead SegmentLog::read(std::uint64_t position, std::size_t maxRecords, ByteCount maxBytes) const
{
    const MutexLock lock(mutex_);
    return run_.read(position, maxRecords, maxBytes);
}

std::uint64_t SegmentLog::first() const
{
    const MutexLock lock(mutex_);
    return run_.first();
}

std::uint64_t SegmentLog::next() const
{
    const MutexLock lock(mutex_);
    return run_.next();
}

Time SegmentLog::newestTime() const
{
    const MutexLock lock(mutex_);
    return run_.newestTime();
}

ByteCount SegmentLog::size() const
{
    const MutexLock lock(mutex_);
    return run_.size();
}

std::uint64_t SegmentLog::positionAt(Time t) const
{
    const MutexLock lock(mutex_);
    return run_.positionAt(t);
}

void SegmentLog::retire()
{
    std::vector<Segment> gone; // let go after the lock
    const MutexLock lock(mutex_);
    retired_ = true;
    gone = run_.trim(run_.next());
}

Problem SegmentLog::refusal() const
{
    if (retired_) return {ProblemCode::NotFound, "the log was removed", name_};
    return {ProblemCode::LimitExceeded, "a record must be smaller than 256 MiB", name_};
}

} // namespace streamwright
