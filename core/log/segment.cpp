// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/segment.h"

#include <algorithm>

#include "core/base/check.h"

namespace streamwright {

namespace {

// Finding a record reads the headers of half an interval on average; entries of mapped files stay in memory as long as
// the file, so they lie farther apart.
constexpr std::size_t kIndexInterval = std::size_t{4} << 10;
constexpr std::size_t kMappedIndexInterval = std::size_t{32} << 10;

} // namespace

Segment::Segment(std::shared_ptr<char> buffer, std::size_t capacity, std::uint64_t firstSequence)
    : owner_(buffer),
      frames_(buffer.get()),
      writable_(buffer.get()),
      capacity_(capacity),
      firstSequence_(firstSequence),
      nextSequence_(firstSequence)
{
}

Segment::Segment(std::shared_ptr<const void> owner, const char* frames, std::uint64_t firstSequence)
    : owner_(std::move(owner)),
      frames_(frames),
      firstSequence_(firstSequence),
      nextSequence_(firstSequence)
{
}

void Segment::append(const Record& record, Time time, Checksum checksum)
{
    writeFrame(writable_ + used_, record, time, nextSequence_, checksum);
    note(time, frameStride(record), record.key.size() + record.data.size());
}

void Segment::take(const FrameHeader& header)
{
    CHECK(header.sequence == nextSequence_);
    note(Time(Duration(header.time)), frameStride(header), framePayload(header));
}

void Segment::note(Time time, std::size_t stride, std::uint64_t payload)
{
    const std::size_t interval = writable_ != nullptr ? kIndexInterval : kMappedIndexInterval;
    if (used_ >= lastIndexed_ + interval) {
        index_.push_back(
            {time, static_cast<std::uint32_t>(used_), static_cast<std::uint32_t>(nextSequence_ - firstSequence_)});
        lastIndexed_ = used_;
    }
    used_ += stride;
    payload_ += payload;
    newestTime_ = time;
    ++nextSequence_;
}

Segment Segment::movedTo(std::shared_ptr<const void> owner, const char* frames) const
{
    Segment moved(std::move(owner), frames, firstSequence_);
    moved.absorbFrames(*this);
    return moved;
}

bool Segment::isFollowedBy(const Segment& other) const
{
    return frames_ + used_ == other.frames_ && nextSequence_ == other.firstSequence_;
}

void Segment::absorb(const Segment& following)
{
    CHECK(isFollowedBy(following));
    absorbFrames(following);
}

void Segment::absorbFrames(const Segment& following)
{
    const auto sequences = static_cast<std::uint32_t>(following.firstSequence_ - firstSequence_);
    for (const IndexEntry& entry : following.index_) {
        const std::size_t offset = used_ + entry.offset;
        if (offset < lastIndexed_ + kMappedIndexInterval) continue;
        index_.push_back({entry.time, static_cast<std::uint32_t>(offset), sequences + entry.sequence});
        lastIndexed_ = offset;
    }
    used_ += following.used_;
    payload_ += following.payload_;
    newestTime_ = following.newestTime_;
    nextSequence_ = following.nextSequence_;
}

std::size_t Segment::offsetOf(std::uint64_t sequence) const
{
    if (sequence >= nextSequence_) return used_;
    if (sequence <= firstSequence_) return 0;
    const auto wanted = static_cast<std::uint32_t>(sequence - firstSequence_);
    const auto after = std::upper_bound(index_.begin(), index_.end(), wanted,
                                        [](std::uint32_t s, const IndexEntry& entry) { return s < entry.sequence; });
    std::size_t offset = after == index_.begin() ? 0 : std::prev(after)->offset;
    std::uint32_t at = after == index_.begin() ? 0 : std::prev(after)->sequence;
    for (; at < wanted; ++at)
        offset += frameStride(frameHeaderAt(frames_ + offset));
    return offset;
}

std::uint64_t Segment::sequenceAt(Time t) const
{
    if (newestTime_ < t || empty()) return nextSequence_;
    const auto atOrAfter = std::lower_bound(index_.begin(), index_.end(), t,
                                            [](const IndexEntry& entry, Time time) { return entry.time < time; });
    std::size_t offset = atOrAfter == index_.begin() ? 0 : std::prev(atOrAfter)->offset;
    while (true) { // ends: the newest frame is at or after t
        const FrameHeader header = frameHeaderAt(frames_ + offset);
        if (Time(Duration(header.time)) >= t) return header.sequence;
        offset += frameStride(header);
    }
}

} // namespace streamwright
