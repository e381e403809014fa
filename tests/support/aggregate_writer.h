// SPDX-License-Identifier: GPL-3.0-or-later
// Packs user records as the Kinesis Producer Library does, for tests of who takes them apart.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/digest.h"

namespace streamwright::test {

inline std::string varint(std::uint64_t value)
{
    std::string bytes;
    for (; value >= 0x80; value >>= 7)
        bytes.push_back(static_cast<char>(value | 0x80));
    bytes.push_back(static_cast<char>(value));
    return bytes;
}
inline std::string bytesField(std::uint64_t number, const std::string& bytes)
{
    return varint(number << 3 | 2) + varint(bytes.size()) + bytes;
}
inline std::string numberField(std::uint64_t number, std::uint64_t value)
{
    return varint(number << 3) + varint(value);
}
inline std::string packed(std::uint64_t key, const std::string& data, std::optional<std::uint64_t> hashKey = {})
{
    return bytesField(3, numberField(1, key) + (hashKey ? numberField(2, *hashKey) : "") + bytesField(3, data));
}
// The aggregate around a message.
inline std::string sealed(const std::string& message)
{
    const Md5 digest = md5(message);
    return "\xF3\x89\x9A\xC2" + message + std::string(digest.begin(), digest.end());
}

using Users = std::vector<std::pair<std::string, std::string>>; // key and data

inline std::string aggregateOf(const Users& users)
{
    std::string keys, records;
    for (std::size_t i = 0; i < users.size(); ++i) {
        keys += bytesField(1, users[i].first);
        records += packed(i, users[i].second);
    }
    return sealed(keys + records);
}

} // namespace streamwright::test
