// SPDX-License-Identifier: GPL-3.0-or-later
// A frame: its size, the headers' size, CRC-32 of those 8 bytes, headers, payload, CRC-32 of all before; big-endian.
#include <limits>

#include "core/api/encode.h"
#include "core/base/check.h"
#include "core/base/digest.h"

namespace streamwright::api {

namespace {

constexpr char kStringType = 7;
constexpr std::size_t kFixedSize = 4 * sizeof(std::uint32_t);

void appendBigEndian(std::string& to, std::size_t value, int bytes)
{
    while (bytes > 0)
        to += static_cast<char>(value >> 8 * --bytes);
}

} // namespace

std::string eventFrame(const std::vector<std::pair<std::string_view, std::string_view>>& headers,
                       std::string_view payload)
{
    std::string packed;
    for (const auto& [name, value] : headers) {
        CHECK(name.size() <= std::numeric_limits<std::uint8_t>::max());
        CHECK(value.size() <= static_cast<std::size_t>(std::numeric_limits<std::int16_t>::max()));
        appendBigEndian(packed, name.size(), 1);
        packed.append(name).append(1, kStringType);
        appendBigEndian(packed, value.size(), 2);
        packed += value;
    }
    std::string frame;
    frame.reserve(kFixedSize + packed.size() + payload.size());
    appendBigEndian(frame, kFixedSize + packed.size() + payload.size(), 4);
    appendBigEndian(frame, packed.size(), 4);
    appendBigEndian(frame, crc32(frame), 4);
    frame.append(packed).append(payload);
    appendBigEndian(frame, crc32(frame), 4);
    return frame;
}

} // namespace streamwright::api
