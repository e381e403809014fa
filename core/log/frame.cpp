// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/frame.h"

#include "core/base/digest.h"

namespace streamwright {

namespace {

constexpr std::size_t kChecksumSize = sizeof(FrameHeader::crc);

std::uint32_t frameChecksum(const char* at, std::size_t bytes)
{
    return crc32c({at + kChecksumSize, bytes - kChecksumSize});
}

char* place(char* at, std::string_view bytes)
{
    if (!bytes.empty()) std::memcpy(at, bytes.data(), bytes.size());
    return at + bytes.size();
}

} // namespace

void writeFrame(char* at, const Record& record, Time time, std::uint64_t sequence, Checksum checksum)
{
    FrameHeader header;
    header.keySize = static_cast<std::uint32_t>(record.key.size());
    header.dataSize = static_cast<std::uint32_t>(record.data.size());
    header.extraSize = static_cast<std::uint32_t>(record.extra.size());
    header.time = time.time_since_epoch().count();
    header.sequence = sequence;
    std::memset(at + frameStride(header) - kFrameAlignment, 0, kFrameAlignment); // the padding, whatever it will be
    std::memcpy(at, &header, sizeof header);
    place(place(place(at + sizeof header, record.key), record.data), record.extra);
    if (checksum == Checksum::Skip) return;
    header.crc = frameChecksum(at, frameBytes(header));
    std::memcpy(at, &header.crc, kChecksumSize);
}

bool isSoundFrame(std::string_view bytes)
{
    if (bytes.size() < sizeof(FrameHeader)) return false;
    const FrameHeader header = frameHeaderAt(bytes.data());
    const std::size_t size = frameBytes(header);
    if (size > kLargestFrame || paddedToFrame(size) > bytes.size()) return false;
    return frameChecksum(bytes.data(), size) == header.crc;
}

} // namespace streamwright
