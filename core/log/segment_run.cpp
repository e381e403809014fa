// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/segment_run.h"

#include <algorithm>
#include <bit>

#include "core/base/check.h"

namespace streamwright {

std::uint64_t SegmentRun::append(const Record& record)
{
    newestTime_ = std::max(newestTime_, record.time);
    const std::size_t stride = frameStride(record);
    if (segments_.empty() || !segments_.back().fits(stride)) grow(stride);
    segments_.back().append(record, newestTime_, checksum_);
    payload_ += record.key.size() + record.data.size();
    return next_++;
}

void SegmentRun::grow(std::size_t stride)
{
    // As much again as is held already: an idle log costs next to nothing, a large one at most twice its content.
    const std::size_t wanted =
        std::clamp(std::bit_floor(capacity_), BufferPool::kSmallestBuffer, BufferPool::kLargestBuffer);
    const std::size_t size = std::max(wanted, stride);
    segments_.emplace_back(pool_->take(size), size, next_);
    capacity_ += size;
    if (segments_.size() == 1) firstOffset_ = 0;
}

std::vector<Segment>::const_iterator SegmentRun::segmentOf(std::uint64_t sequence) const
{
    return std::partition_point(segments_.begin(), segments_.end(),
                                [sequence](const Segment& segment) { return segment.nextSequence() <= sequence; });
}

LogRead SegmentRun::read(std::uint64_t position, std::size_t maxRecords, ByteCount maxBytes) const
{
    LogRead out;
    out.first = out.next = std::clamp(position, first_, next_);
    if (maxRecords == 0 || out.first == next_) return out;
    const std::uint64_t average = payload_ / (next_ - first_) + 1;
    out.records.reserve(std::min<std::uint64_t>({maxRecords, next_ - out.first, maxBytes.value() / average + 1}));
    for (auto segment = segmentOf(out.first); segment != segments_.end(); ++segment) {
        std::size_t offset =
            out.first == first_ && segment == segments_.begin() ? firstOffset_ : segment->offsetOf(out.next);
        const std::size_t before = out.records.size();
        bool full = false;
        while (offset < segment->used()) {
            const FrameHeader header = frameHeaderAt(segment->frames() + offset);
            const ByteCount size(framePayload(header));
            full = out.records.size() == maxRecords || (!out.records.empty() && out.bytes + size > maxBytes);
            if (full) break;
            out.records.push_back(frameRecord(header, segment->frames() + offset));
            out.bytes += size;
            offset += frameStride(header);
        }
        if (out.records.size() > before) {
            out.owners.push_back(segment->owner());
            out.next = out.records.back().sequence + 1;
        }
        if (full) break;
    }
    if (out.records.empty()) out.next = next_; // nothing but a gap lies ahead
    return out;
}

std::uint64_t SegmentRun::positionAt(Time t) const
{
    const auto segment =
        std::partition_point(segments_.begin(), segments_.end(), [t](const Segment& s) { return s.newestTime() < t; });
    return segment == segments_.end() ? next_ : std::max(first_, segment->sequenceAt(t));
}

std::uint64_t SegmentRun::skip(const Segment& segment, std::uint64_t position)
{
    std::uint64_t skipped = 0;
    while (firstOffset_ < segment.used()) {
        const FrameHeader header = frameHeaderAt(segment.frames() + firstOffset_);
        if (header.sequence >= position) break;
        skipped += framePayload(header);
        firstOffset_ += frameStride(header);
    }
    return skipped;
}

std::vector<Segment> SegmentRun::trim(std::uint64_t position)
{
    position = std::min(position, next_);
    if (position <= first_) return {};
    auto kept = segments_.begin();
    for (; kept != segments_.end() && kept->nextSequence() <= position; ++kept, firstOffset_ = 0) {
        payload_ -= firstOffset_ == 0 ? kept->payload() : skip(*kept, position);
        capacity_ -= kept->capacity();
    }
    std::vector<Segment> gone(std::make_move_iterator(segments_.begin()), std::make_move_iterator(kept));
    segments_.erase(segments_.begin(), kept);
    if (!segments_.empty()) payload_ -= skip(segments_.front(), position);
    // The position may lie in a gap: the oldest record kept is then the one after it.
    first_ = segments_.empty() ? next_ : std::max(position, segments_.front().firstSequence());
    return gone;
}

void SegmentRun::restore(Segment segment)
{
    CHECK(!segment.empty() && segment.firstSequence() >= next_);
    if (segments_.empty()) first_ = segment.firstSequence();
    next_ = segment.nextSequence();
    newestTime_ = segment.newestTime();
    payload_ += segment.payload();
    segments_.push_back(std::move(segment));
}

void SegmentRun::restoreNext(std::uint64_t next, Time newestTime)
{
    next_ = std::max(next_, next);
    newestTime_ = std::max(newestTime_, newestTime);
    if (segments_.empty()) first_ = next_;
}

std::pair<Segment, std::size_t> SegmentRun::replace(std::size_t index, Segment mapped)
{
    Segment inMemory = std::exchange(segments_[index], std::move(mapped));
    capacity_ -= inMemory.capacity();
    if (index > 0 && !segments_[index - 1].inMemory() && segments_[index - 1].isFollowedBy(segments_[index])) {
        segments_[index - 1].absorb(segments_[index]);
        segments_.erase(segments_.begin() + static_cast<std::ptrdiff_t>(index));
        --index;
    }
    return {std::move(inMemory), index};
}

} // namespace streamwright
