// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/hash_key.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/base/check.h"
#include "core/base/digest.h"

namespace streamwright::kinesis {

namespace {

struct Slot {
    Uint128 hashKey;
    unsigned char size = 0xFF; // no key is that long here
    char key[47];
};
constexpr std::size_t kSlots = 4096; // 256 KiB a thread: stays in the second-level cache

} // namespace

Uint128 hashKeyOf(std::string_view partitionKey)
{
    if (partitionKey.size() > sizeof Slot{}.key) return md5AsUint128(partitionKey);
    thread_local std::vector<Slot> slots(kSlots);
    Slot& slot = slots[stableHash(partitionKey) % kSlots];
    if (slot.size != partitionKey.size() || std::memcmp(slot.key, partitionKey.data(), partitionKey.size()) != 0) {
        slot.hashKey = md5AsUint128(partitionKey);
        slot.size = static_cast<unsigned char>(partitionKey.size());
        std::memcpy(slot.key, partitionKey.data(), partitionKey.size());
    }
    return slot.hashKey;
}

std::array<Uint128, Md5Lanes::kLanes> hashKeysOf(std::span<const std::string_view> partitionKeys)
{
    // All lanes take as long as one: a few keys are done sooner one by one.
    constexpr std::size_t kWorthLanes = 3;
    std::array<Uint128, Md5Lanes::kLanes> places{};
    const bool fit = std::all_of(partitionKeys.begin(), partitionKeys.end(),
                                 [](std::string_view key) { return key.size() <= Md5Lanes::kLongest; });
    if (fit && partitionKeys.size() >= kWorthLanes) return Md5Lanes::sums(partitionKeys);
    std::transform(partitionKeys.begin(), partitionKeys.end(), places.begin(), hashKeyOf);
    return places;
}

std::vector<HashRange> evenRanges(std::size_t count)
{
    CHECK(count > 0);
    if (count == 1) return {HashRange{}};
    // floor(2^128 / n) with 2^128 just out of reach: (2^128 - 1) / n is the same unless n divides 2^128.
    Uint128 width = kUint128Max / count;
    if (kUint128Max % count == count - 1) ++width;
    std::vector<HashRange> ranges;
    for (std::size_t i = 0; i < count; ++i)
        ranges.push_back({width * i, i + 1 == count ? kUint128Max : width * (i + 1) - 1});
    return ranges;
}

} // namespace streamwright::kinesis
