// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/base64.h"

#include <array>
#include <cstdint>

namespace streamwright {

namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint32_t kBad = 1u << 24; // above the 24 bits of four characters

// Two characters for each 12 bits.
constexpr auto kPairs = [] {
    std::array<std::array<char, 2>, 4096> pairs{};
    for (std::size_t i = 0; i < pairs.size(); ++i)
        pairs[i] = {kAlphabet[i >> 6], kAlphabet[i & 63]};
    return pairs;
}();

// The six bits of a character, at the place that it has as the first, second, third or fourth of its group.
constexpr auto kBits = [] {
    std::array<std::array<std::uint32_t, 256>, 4> bits{};
    for (std::size_t place = 0; place < bits.size(); ++place) {
        bits[place].fill(kBad);
        for (std::size_t i = 0; i < kAlphabet.size(); ++i)
            bits[place][static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint32_t>(i << (18 - 6 * place));
    }
    return bits;
}();

std::uint32_t groupBits(const unsigned char* four)
{
    return kBits[0][four[0]] | kBits[1][four[1]] | kBits[2][four[2]] | kBits[3][four[3]];
}

void put(std::uint32_t bits, char* out)
{
    out[0] = static_cast<char>(bits >> 16);
    out[1] = static_cast<char>(bits >> 8);
    out[2] = static_cast<char>(bits);
}

} // namespace

void appendBase64(std::string& to, std::string_view bytes)
{
    const std::size_t before = to.size();
    to.resize(before + (bytes.size() + 2) / 3 * 4);
    char* out = to.data() + before;
    const auto* in = reinterpret_cast<const unsigned char*>(bytes.data());
    std::size_t left = bytes.size();
    for (; left >= 3; left -= 3, in += 3, out += 4) {
        const std::uint32_t bits = std::uint32_t{in[0]} << 16 | std::uint32_t{in[1]} << 8 | in[2];
        const std::array<char, 2>&first = kPairs[bits >> 12], &second = kPairs[bits & 0xFFF];
        out[0] = first[0];
        out[1] = first[1];
        out[2] = second[0];
        out[3] = second[1];
    }
    if (left == 0) return;
    const std::uint32_t bits = std::uint32_t{in[0]} << 16 | (left == 2 ? std::uint32_t{in[1]} << 8 : 0);
    out[0] = kAlphabet[bits >> 18];
    out[1] = kAlphabet[bits >> 12 & 63];
    out[2] = left == 2 ? kAlphabet[bits >> 6 & 63] : '=';
    out[3] = '=';
}

DecodedBase64 decodeBase64(std::string_view text, char* into)
{
    if (text.empty()) return {0, true};
    const auto* in = reinterpret_cast<const unsigned char*>(text.data());
    const unsigned char* const last = in + (text.size() - 1) / 4 * 4; // where the last group begins
    char* out = into;
    for (; last - in >= 16; in += 16, out += 12) {
        const std::uint32_t a = groupBits(in), b = groupBits(in + 4), c = groupBits(in + 8), d = groupBits(in + 12);
        if ((a | b | c | d) & kBad) break;
        put(a, out);
        put(b, out + 3);
        put(c, out + 6);
        put(d, out + 9);
    }
    const auto done = [&](bool whole) { return DecodedBase64{static_cast<std::size_t>(out - into), whole}; };
    for (; in != last; in += 4, out += 3) {
        const std::uint32_t bits = groupBits(in);
        if (bits & kBad) return done(false);
        put(bits, out);
    }
    if (text.size() % 4 != 0) return done(false);
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    std::array<unsigned char, 4> four{last[0], last[1], last[2], last[3]};
    for (std::size_t i = 4 - padding; i < 4; ++i)
        four[i] = 'A';
    const std::uint32_t bits = groupBits(four.data());
    const std::uint32_t unused = (1u << (8 * padding)) - 1; // bits of no byte: the writer leaves them 0
    if (bits & (kBad | unused)) return done(false);
    for (std::size_t i = 0; i < 3 - padding; ++i)
        *out++ = static_cast<char>(bits >> (16 - 8 * i));
    return done(true);
}

} // namespace streamwright
