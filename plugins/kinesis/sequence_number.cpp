// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/sequence_number.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace streamwright::kinesis {

namespace {

// Hex digits: "2", 9 of creation (s), 1 of shard index, 16 of counter, "00", 9 of arrival (s), 8 of shard index, "2".
constexpr std::size_t kHexDigits = 47;
using Limbs = std::array<std::uint32_t, 6>; // least significant first, 192 bits

Limbs fromHex(std::string_view hex)
{
    Limbs limbs{};
    for (std::size_t i = 0; i < hex.size(); ++i) {
        const char c = hex[hex.size() - 1 - i];
        const auto digit = static_cast<std::uint32_t>(c <= '9' ? c - '0' : c - 'a' + 10);
        limbs[i / 8] |= digit << (4 * (i % 8));
    }
    return limbs;
}

std::string toHex(const Limbs& limbs)
{
    char text[49];
    std::snprintf(text, sizeof text, "%08x%08x%08x%08x%08x%08x", limbs[5], limbs[4], limbs[3], limbs[2], limbs[1],
                  limbs[0]);
    return std::string(text + (48 - kHexDigits));
}

std::int64_t wholeSeconds(Time t) { return std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count(); }

std::uint64_t hexNumber(std::string_view digits) { return std::stoull(std::string(digits), nullptr, 16); }

} // namespace

std::string SequenceNumber::text() const
{
    char hex[64];
    std::snprintf(hex, sizeof hex, "2%09llx%1x%016llx00%09llx%08x2",
                  static_cast<unsigned long long>(wholeSeconds(shardCreated)), shardIndex & 15u,
                  static_cast<unsigned long long>(counter), static_cast<unsigned long long>(wholeSeconds(arrival)),
                  shardIndex);
    Limbs limbs = fromHex(hex);
    std::string digits;
    while (std::any_of(limbs.begin(), limbs.end(), [](std::uint32_t limb) { return limb != 0; })) {
        std::uint64_t remainder = 0;
        for (std::size_t i = limbs.size(); i-- > 0;) {
            const std::uint64_t part = (remainder << 32) | limbs[i];
            limbs[i] = static_cast<std::uint32_t>(part / 10);
            remainder = part % 10;
        }
        digits.push_back(static_cast<char>('0' + remainder));
    }
    std::reverse(digits.begin(), digits.end());
    return digits;
}

std::optional<SequenceNumber> parseSequenceNumber(std::string_view text)
{
    if (text.size() != 56) return std::nullopt;
    Limbs limbs{};
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        std::uint64_t carry = static_cast<std::uint64_t>(c - '0');
        for (auto& limb : limbs) {
            const std::uint64_t part = std::uint64_t{limb} * 10 + carry;
            limb = static_cast<std::uint32_t>(part);
            carry = part >> 32;
        }
        if (carry != 0) return std::nullopt;
    }
    if (limbs[5] >> 28 != 0) return std::nullopt;
    const std::string hex = toHex(limbs);
    const std::string_view h = hex;
    if (h.front() != '2' || h.back() != '2' || h.substr(27, 2) != "00") return std::nullopt;
    SequenceNumber number;
    number.shardCreated = Time(std::chrono::seconds(hexNumber(h.substr(1, 9))));
    number.counter = hexNumber(h.substr(11, 16));
    number.arrival = Time(std::chrono::seconds(hexNumber(h.substr(29, 9))));
    number.shardIndex = static_cast<std::uint32_t>(hexNumber(h.substr(38, 8)));
    return number;
}

} // namespace streamwright::kinesis
