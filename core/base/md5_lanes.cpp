// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/md5_lanes.h"

#include <bit>
#include <cstdint>
#include <cstring>

#include "core/base/check.h"

// The thread sanitizer is not up yet when the loader chooses among the clones, and would crash there.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define FOR_EACH_PROCESSOR
#endif
#endif
#if !defined(FOR_EACH_PROCESSOR) && defined(__x86_64__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#elif !defined(FOR_EACH_PROCESSOR)
#define FOR_EACH_PROCESSOR
#endif

namespace streamwright {

namespace {

constexpr std::size_t kWords = 16; // of a block
using Words = std::uint32_t __attribute__((vector_size(Md5Lanes::kLanes * sizeof(std::uint32_t))));

// floor(2^32 * |sin(step + 1)|)
constexpr std::array<std::uint32_t, 64> kSines = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};
constexpr int kTurns[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
constexpr std::uint32_t kStart[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};

// The first block of each text, on from the start.
FOR_EACH_PROCESSOR
void digest(const Words* words, Words* sums)
{
    Words a = Words{} + kStart[0], b = Words{} + kStart[1], c = Words{} + kStart[2], d = Words{} + kStart[3];
#pragma GCC unroll 64
    for (std::size_t step = 0; step < 64; ++step) {
        Words mixed;
        std::size_t word;
        switch (step / 16) {
        case 0:
            mixed = d ^ (b & (c ^ d));
            word = step;
            break;
        case 1:
            mixed = c ^ (d & (b ^ c));
            word = (5 * step + 1) % kWords;
            break;
        case 2:
            mixed = b ^ c ^ d;
            word = (3 * step + 5) % kWords;
            break;
        default:
            mixed = c ^ (b | ~d);
            word = 7 * step % kWords;
        }
        const Words sum = a + mixed + words[word] + kSines[step];
        const int turn = kTurns[step / 16][step % 4];
        a = d;
        d = c;
        c = b;
        b += (sum << turn) | (sum >> (32 - turn));
    }
    sums[0] = a + kStart[0];
    sums[1] = b + kStart[1];
    sums[2] = c + kStart[2];
    sums[3] = d + kStart[3];
}

} // namespace

std::array<Uint128, Md5Lanes::kLanes> Md5Lanes::sums(std::span<const std::string_view> texts)
{
    static_assert(std::endian::native == std::endian::little);
    Words words[kWords] = {};
    for (std::size_t lane = 0; lane < texts.size(); ++lane) {
        const std::string_view text = texts[lane];
        CHECK(text.size() <= kLongest);
        std::array<char, kWords * sizeof(std::uint32_t)> block{};
        text.copy(block.data(), text.size());
        block[text.size()] = static_cast<char>(0x80);
        const auto bits = static_cast<std::uint32_t>(text.size() * 8);
        std::memcpy(&block[block.size() - 8], &bits, sizeof bits);
        const auto numbers = std::bit_cast<std::array<std::uint32_t, kWords>>(block);
        for (std::size_t word = 0; word < kWords; ++word)
            words[word][lane] = numbers[word];
    }
    Words sums[4];
    digest(words, sums);
    std::array<Uint128, kLanes> out{};
    for (std::size_t lane = 0; lane < texts.size(); ++lane) {
        const auto half = [&](int at) {
            return std::uint64_t{__builtin_bswap32(sums[at][lane])} << 32 | __builtin_bswap32(sums[at + 1][lane]);
        };
        out[lane] = makeUint128(half(0), half(2));
    }
    return out;
}

} // namespace streamwright
