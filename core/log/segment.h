// SPDX-License-Identifier: GPL-3.0-or-later
// Segment: a gapless run of frames in one piece of memory (a buffer being filled, or a mapped file) with a sparse index
// by sequence number and by time. Bytes once written never change or move, so views stay valid as long as owner() is
// held. Owned by a SegmentRun, under its log's lock. Offsets in bytes from the first frame.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/log/frame.h"

namespace streamwright {

class Segment {
public:
    // An empty segment that fills the buffer.
    Segment(std::shared_ptr<char> buffer, std::size_t capacity, std::uint64_t firstSequence);
    // An empty segment over memory that holds frames already: take() adds them one by one.
    Segment(std::shared_ptr<const void> owner, const char* frames, std::uint64_t firstSequence);

    bool fits(std::size_t stride) const { return used_ + stride <= capacity_; }
    // Adds a frame; it must fit, and time must not be before newestTime().
    void append(const Record& record, Time time, Checksum checksum);
    // Adds the frame that lies at the end already.
    void take(const FrameHeader& header);
    // The same frames where they lie elsewhere (in a mapped file).
    Segment movedTo(std::shared_ptr<const void> owner, const char* frames) const;
    // Adds all frames of the segment that follows this one in memory and in sequence.
    void absorb(const Segment& following);
    bool isFollowedBy(const Segment& other) const;

    std::uint64_t firstSequence() const { return firstSequence_; }
    std::uint64_t nextSequence() const { return nextSequence_; }
    bool empty() const { return nextSequence_ == firstSequence_; }
    Time newestTime() const { return newestTime_; }
    std::uint64_t payload() const { return payload_; }
    const char* frames() const { return frames_; }
    std::size_t used() const { return used_; }
    std::size_t capacity() const { return capacity_; }
    bool inMemory() const { return capacity_ > 0; } // can be appended to, and is not in a mapped file
    const std::shared_ptr<const void>& owner() const { return owner_; }

    // Where the frame of that number begins; used() when it is beyond the last.
    std::size_t offsetOf(std::uint64_t sequence) const;
    // The first sequence number whose time is at or after t; nextSequence() if none is.
    std::uint64_t sequenceAt(Time t) const;

private:
    struct IndexEntry {
        Time time;
        std::uint32_t offset;
        std::uint32_t sequence; // relative to firstSequence_
    };

    void note(Time time, std::size_t stride, std::uint64_t payload);
    void absorbFrames(const Segment& following);

    std::shared_ptr<const void> owner_;
    const char* frames_;
    char* writable_ = nullptr;
    std::size_t capacity_ = 0;
    std::size_t used_ = 0;
    std::uint64_t firstSequence_;
    std::uint64_t nextSequence_;
    std::uint64_t payload_ = 0;
    Time newestTime_{};
    std::size_t lastIndexed_ = 0;
    std::vector<IndexEntry> index_; // a frame about every kIndexInterval bytes, none at 0
};

} // namespace streamwright
