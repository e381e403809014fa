// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/segment_log.h"

namespace streamwright {

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
