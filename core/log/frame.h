// SPDX-License-Identifier: GPL-3.0-or-later
// Frame: one record as bytes, the same in memory and on disk (FORMAT.md). A header, then key, data and extra without
// gaps, then zeros up to the next multiple of 8. Pure functions over bytes; any thread. Sizes in bytes, times in
// microseconds since the Unix epoch, little-endian.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "core/record/record_batch.h"

namespace streamwright {

static_assert(std::endian::native == std::endian::little, "frames are read in place as little-endian");

inline constexpr std::size_t kFrameAlignment = 8;
// Larger records are refused: a bound keeps damaged sizes from looking plausible.
inline constexpr std::size_t kLargestFrame = std::size_t{256} << 20;

struct FrameHeader {
    std::uint32_t crc = 0; // CRC-32C of all bytes after this field up to the padding; 0 and unused in memory
    std::uint32_t keySize = 0;
    std::uint32_t dataSize = 0;
    std::uint32_t extraSize = 0;
    std::int64_t time = 0;
    std::uint64_t sequence = 0;
};
static_assert(sizeof(FrameHeader) == 32);

constexpr std::size_t paddedToFrame(std::size_t size) { return (size + kFrameAlignment - 1) & ~(kFrameAlignment - 1); }

// Header, key, data and extra; without padding.
inline std::size_t frameBytes(const FrameHeader& header)
{
    return sizeof header + header.keySize + header.dataSize + header.extraSize;
}
// From the start of this frame to the start of the next.
inline std::size_t frameStride(const FrameHeader& header) { return paddedToFrame(frameBytes(header)); }
inline std::size_t frameStride(const Record& record)
{
    return paddedToFrame(sizeof(FrameHeader) + record.key.size() + record.data.size() + record.extra.size());
}
// What counts as the record's size: key and data.
inline std::uint64_t framePayload(const FrameHeader& header) { return std::uint64_t{header.keySize} + header.dataSize; }

inline FrameHeader frameHeaderAt(const char* at)
{
    FrameHeader header;
    std::memcpy(&header, at, sizeof header);
    return header;
}

inline Record frameRecord(const FrameHeader& header, const char* at)
{
    const char* key = at + sizeof header;
    const char* data = key + header.keySize;
    const char* extra = data + header.dataSize;
    return {{key, header.keySize},
            {data, header.dataSize},
            {extra, header.extraSize},
            Time(Duration(header.time)),
            header.sequence};
}

enum class Checksum : bool { Skip, Write };

// Writes the frame of a record with the time and sequence number given; there must be frameStride(record) bytes of
// room.
void writeFrame(char* at, const Record& record, Time time, std::uint64_t sequence, Checksum checksum);

// Whether bytes begin with a whole frame whose checksum holds.
bool isSoundFrame(std::string_view bytes);

} // namespace streamwright
