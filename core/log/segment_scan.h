// SPDX-License-Identifier: GPL-3.0-or-later
// Scanning the bytes of a segment file at recovery: which runs of frames are sound, and what is damaged between them.
// After damage the scan goes on at the next sound frame (frames lie at multiples of 8). Pure function; any thread.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "core/log/segment.h"

namespace streamwright {

struct Damage {
    std::size_t begin = 0; // offsets into the file; begin == end: no bad bytes, records are missing all the same
    std::size_t end = 0;
    std::uint64_t lostFrom = 0; // sequence numbers [lostFrom, lostTo)
    std::uint64_t lostTo = 0;
};

struct SegmentScan {
    std::vector<Segment> segments;
    std::vector<Damage> damages; // between sound frames or before the first
    std::size_t soundEnd = 0; // end of the last sound frame; what follows is damaged up to the end of the file
    std::uint64_t next = 0; // sequence number after the last sound frame
    Time newestTime{};
};

// bytes: the whole file, kept by owner. begin: where frames begin. next, newest: the first number and earliest time
// that may come.
SegmentScan scanSegment(const std::shared_ptr<const void>& owner, std::string_view bytes, std::size_t begin,
                        std::uint64_t next, Time newest);

} // namespace streamwright
