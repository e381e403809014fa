// SPDX-License-Identifier: GPL-3.0-or-later
// SegmentRun: what a log holds, oldest segment first: appending, reading, finding and trimming, without locks or files.
// Owned by a log, under its lock.
// Invariants: sequence numbers and times rise from segment to segment; there are gaps only where records were lost from
// disk; every segment holds at least one record at or after first().
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "core/log/buffer_pool.h"
#include "core/log/segment.h"
#include "core/log/shard_log.h"

namespace streamwright {

class SegmentRun {
public:
    SegmentRun(std::shared_ptr<BufferPool> pool, Checksum checksum) : pool_(std::move(pool)), checksum_(checksum) { }

    std::uint64_t append(const Record& record);
    LogRead read(std::uint64_t position, std::size_t maxRecords, ByteCount maxBytes) const;
    std::uint64_t positionAt(Time t) const;
    // Forgets the records before the position; returns the segments that are gone with them, for the caller to let go
    // of when it no longer holds the lock.
    std::vector<Segment> trim(std::uint64_t position);

    std::uint64_t first() const { return first_; }
    std::uint64_t next() const { return next_; }
    Time newestTime() const { return newestTime_; }
    ByteCount size() const { return ByteCount(payload_); }
    const std::vector<Segment>& segments() const { return segments_; }
    // Where the next frame will stand, if there is room; not before something was appended.
    const char* tail() const { return segments_.back().frames() + segments_.back().used(); }

    // Takes up a segment found on disk, later than all before it.
    void restore(Segment segment);
    // When all segments are in: sequence numbers and times go on at least from here.
    void restoreNext(std::uint64_t next, Time newestTime);
    // Puts the same frames, now in a mapped file, in the place of a segment in memory; joins them to the segment before
    // if they follow it there. Returns the segment that was in memory and the index of what stands in its place.
    std::pair<Segment, std::size_t> replace(std::size_t index, Segment mapped);

private:
    void grow(std::size_t stride);
    // Moves firstOffset_ on in the segment, up to the position; returns the payload passed over.
    std::uint64_t skip(const Segment& segment, std::uint64_t position);
    std::vector<Segment>::const_iterator segmentOf(std::uint64_t sequence) const;

    std::shared_ptr<BufferPool> pool_;
    Checksum checksum_;
    std::vector<Segment> segments_;
    std::size_t capacity_ = 0; // of all segments in memory
    std::size_t firstOffset_ = 0; // of the record first_ in the first segment
    std::uint64_t first_ = 0;
    std::uint64_t next_ = 0;
    std::uint64_t payload_ = 0;
    Time newestTime_{};
};

} // namespace streamwright
