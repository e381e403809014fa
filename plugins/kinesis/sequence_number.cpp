// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/sequence_number.h"

#include <array>
#include <bit>
#include <cstdio>
#include <cstring>

#include "core/base/uint128.h"

namespace streamwright::kinesis {

namespace {

// Hex digits: "2", 9 of creation (s), 1 of shard index, 16 of counter, "00", 9 of arrival (s), 8 of shard index, "2".
constexpr std::size_t kHexDigits = 47;
constexpr std::uint64_t kSecondsMask = (std::uint64_t{1} << 36) - 1;
using Limbs = std::array<std::uint32_t, 6>; // least significant first, 192 bits

std::string toHex(const Limbs& limbs)
{
    char text[49];
    std::snprintf(text, sizeof text, "%08x%08x%08x%08x%08x%08x", limbs[5], limbs[4], limbs[3], limbs[2], limbs[1],
                  limbs[0]);
    return std::string(text + (48 - kHexDigits));
}

std::int64_t wholeSeconds(Time t) { return std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count(); }

void writePair(std::uint32_t number, char* digits)
{
    digits[0] = static_cast<char>('0' + number / 10);
    digits[1] = static_cast<char>('0' + number % 10);
}

// Halves, then quarters, then digits, all at once in the lanes of one word: the first digit in the lowest byte.
void writeEight(std::uint32_t number, char* digits)
{
    static_assert(std::endian::native == std::endian::little);
    std::uint64_t word = number / 10'000 | std::uint64_t{number % 10'000} << 32;
    const std::uint64_t hundreds = (word * 5243 >> 19) & 0x7f'0000'007f; // a lane / 100, exact below 10,000
    word = hundreds | (word - hundreds * 100) << 16;
    const std::uint64_t tens = (word * 103 >> 10) & 0x000f'000f'000f'000f; // a lane / 10, exact below 100
    word = (tens | (word - tens * 10) << 8) | 0x3030'3030'3030'3030;
    std::memcpy(digits, &word, sizeof word);
}

// 18 digits by parts that do not wait for each other: every record put or read has three such numbers.
void writeEighteen(std::uint64_t number, char* digits)
{
    constexpr std::uint64_t kEight = 100'000'000;
    const std::uint64_t upper = number / kEight;
    writePair(static_cast<std::uint32_t>(upper / kEight), digits);
    writeEight(static_cast<std::uint32_t>(upper % kEight), digits + 2);
    writeEight(static_cast<std::uint32_t>(number % kEight), digits + 10);
}

void writeNineteen(std::uint64_t number, char* digits)
{
    constexpr std::uint64_t kEighteen = 1'000'000'000'000'000'000;
    digits[0] = static_cast<char>('0' + number / kEighteen);
    writeEighteen(number % kEighteen, digits + 1);
}

std::uint64_t hexNumber(std::string_view digits) { return std::stoull(std::string(digits), nullptr, 16); }

} // namespace

void SequenceNumber::write(char* digits) const
{
    // The fields, least significant first: 4 bits, 32 of index, 36 of arrival, 8 of nothing, 64 of counter, 4 of index, 36 of
    // creation, 4 bits.
    const auto created = static_cast<std::uint64_t>(wholeSeconds(shardCreated)) & kSecondsMask;
    const auto arrived = static_cast<std::uint64_t>(wholeSeconds(arrival)) & kSecondsMask;
    const std::uint64_t low = 2 | std::uint64_t{shardIndex} << 4 | arrived << 36;
    const std::uint64_t middle = arrived >> 28 | counter << 16;
    const std::uint64_t high =
        counter >> 48 | std::uint64_t{shardIndex & 15u} << 16 | created << 20 | std::uint64_t{2} << 56;

    constexpr std::uint64_t kBase = 10'000'000'000'000'000'000u; // 19 digits at once; greater than high
    Uint128 part = makeUint128(high, middle);
    const auto upper = static_cast<std::uint64_t>(part / kBase);
    part = makeUint128(static_cast<std::uint64_t>(part % kBase), low);
    const auto lower = static_cast<std::uint64_t>(part / kBase);
    writeNineteen(static_cast<std::uint64_t>(part % kBase), digits + 37);
    part = makeUint128(upper, lower);
    writeNineteen(static_cast<std::uint64_t>(part % kBase), digits + 18);
    writeEighteen(static_cast<std::uint64_t>(part / kBase), digits);
}

std::string SequenceNumber::text() const
{
    std::string digits(kDigits, '0');
    write(digits.data());
    return digits;
}

std::optional<SequenceNumber> parseSequenceNumber(std::string_view text)
{
    if (text.size() != SequenceNumber::kDigits) return std::nullopt;
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
