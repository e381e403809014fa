// SPDX-License-Identifier: GPL-3.0-or-later
// From a partition key to its place in the hash space, and the space's division into ranges (both ends inclusive).
// Any thread.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/md5_lanes.h"
#include "core/base/uint128.h"

namespace streamwright::kinesis {

struct HashRange {
    Uint128 start = 0;
    Uint128 end = kUint128Max;

    bool contains(Uint128 key) const { return start <= key && key <= end; }
    bool operator==(const HashRange&) const = default;
};

// MD5 of the UTF-8 key as a big-endian number. Keys recur: each thread remembers those it has seen lately.
Uint128 hashKeyOf(std::string_view partitionKey);
// The same of several, at most Md5Lanes::kLanes, at once.
std::array<Uint128, Md5Lanes::kLanes> hashKeysOf(std::span<const std::string_view> partitionKeys);

// count equal ranges of floor(2^128 / count); the last one takes the remainder. count >= 1.
std::vector<HashRange> evenRanges(std::size_t count);

} // namespace streamwright::kinesis
