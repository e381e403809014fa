// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/base64.h"

#include <array>
#include <cstdint>
#ifdef __x86_64__
#include <immintrin.h>
#endif

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

// 24 bytes or 32 characters at a time, where the processor can; the methods are W. Mula's and D. Lemire's ("Faster Base64
// Encoding and Decoding Using AVX2 Instructions", 2018). Each leaves the rest to the plain way.
#ifdef __x86_64__
bool hasAvx2()
{
    static const bool has = __builtin_cpu_supports("avx2");
    return has;
}

__attribute__((target("avx2"))) __m256i bothLanes(__m128i lane) { return _mm256_broadcastsi128_si256(lane); }

__attribute__((target("avx2"))) void encodeWide(const unsigned char*& in, std::size_t& left, char*& out)
{
    const __m256i spread = bothLanes(_mm_setr_epi8(1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10));
    const __m256i shifts =
        bothLanes(_mm_setr_epi8('a' - 26, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52,
                                '0' - 52, '0' - 52, '0' - 52, '+' - 62, '/' - 63, 'A', 0, 0));
    for (; left >= 28; left -= 24, in += 24, out += 32) { // it reads 28
        const __m256i bytes = _mm256_set_m128i(_mm_loadu_si128(reinterpret_cast<const __m128i*>(in + 12)),
                                               _mm_loadu_si128(reinterpret_cast<const __m128i*>(in)));
        const __m256i groups = _mm256_shuffle_epi8(bytes, spread);
        const __m256i odd =
            _mm256_mulhi_epu16(_mm256_and_si256(groups, _mm256_set1_epi32(0x0FC0FC00)), _mm256_set1_epi32(0x04000040));
        const __m256i even =
            _mm256_mullo_epi16(_mm256_and_si256(groups, _mm256_set1_epi32(0x003F03F0)), _mm256_set1_epi32(0x01000010));
        const __m256i sixes = _mm256_or_si256(odd, even);
        // Which stretch of the alphabet: 13 for capitals, 0 for the small letters, then one for each digit and sign.
        const __m256i capital = _mm256_and_si256(_mm256_cmpgt_epi8(_mm256_set1_epi8(26), sixes), _mm256_set1_epi8(13));
        const __m256i stretch = _mm256_or_si256(_mm256_subs_epu8(sixes, _mm256_set1_epi8(51)), capital);
        const __m256i text = _mm256_add_epi8(sixes, _mm256_shuffle_epi8(shifts, stretch));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), text);
    }
}

__attribute__((target("avx2"))) void decodeWide(const unsigned char*& in, const unsigned char* last, char*& out)
{
    // A character is good when the sets of its two halves have nothing in common.
    const __m256i lowSets = bothLanes(
        _mm_setr_epi8(0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x13, 0x1A, 0x1B, 0x1B, 0x1B, 0x1A));
    const __m256i highSets = bothLanes(
        _mm_setr_epi8(0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10));
    const __m256i shifts = bothLanes(_mm_setr_epi8(0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0));
    const __m256i gather = bothLanes(_mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1));
    const __m256i slash = _mm256_set1_epi8('/');
    for (; last - in >= 48; in += 32, out += 24) { // it writes 32, and room for 36 is left
        const __m256i text = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(in));
        const __m256i high = _mm256_and_si256(_mm256_srli_epi32(text, 4), slash), low = _mm256_and_si256(text, slash);
        if (!_mm256_testz_si256(_mm256_shuffle_epi8(lowSets, low), _mm256_shuffle_epi8(highSets, high))) return;
        const __m256i shift = _mm256_shuffle_epi8(shifts, _mm256_add_epi8(_mm256_cmpeq_epi8(text, slash), high));
        const __m256i sixes = _mm256_add_epi8(text, shift);
        const __m256i twelves = _mm256_maddubs_epi16(sixes, _mm256_set1_epi32(0x01400140));
        const __m256i threes = _mm256_shuffle_epi8(_mm256_madd_epi16(twelves, _mm256_set1_epi32(0x00011000)), gather);
        const __m256i bytes = _mm256_permutevar8x32_epi32(threes, _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 7, 7));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), bytes);
    }
}
#else
constexpr bool hasAvx2() { return false; }
void encodeWide(const unsigned char*&, std::size_t&, char*&) { }
void decodeWide(const unsigned char*&, const unsigned char*, char*&) { }
#endif

} // namespace

void appendBase64(std::string& to, std::string_view bytes)
{
    const std::size_t before = to.size();
    to.resize(before + (bytes.size() + 2) / 3 * 4);
    char* out = to.data() + before;
    const auto* in = reinterpret_cast<const unsigned char*>(bytes.data());
    std::size_t left = bytes.size();
    if (hasAvx2()) encodeWide(in, left, out);
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
    if (hasAvx2()) decodeWide(in, last, out);
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
