// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/random_text.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

namespace streamwright::producers {

namespace {

constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t kStarts =
    1 << 18; // a piece may begin at any of these places; small enough for a second-level cache
constexpr std::size_t kPiece = 1 << 16; // and be so long
constexpr std::size_t kPairCount = 64u * 64u;
constexpr std::size_t kHead = 10; // drawn bytes: 60 bits

constexpr auto kPairs = [] {
    std::array<char, kPairCount * 2> pairs{};
    for (std::size_t i = 0; i < kPairCount; ++i) {
        pairs[2 * i] = kAlphabet[i / 64];
        pairs[2 * i + 1] = kAlphabet[i % 64];
    }
    return pairs;
}();

const std::string& fixedText()
{
    static const std::string text = [] {
        Random random(0, "fixed text");
        std::string made(kStarts + kPiece, '\0');
        for (char& c : made)
            c = kAlphabet[random.next() >> 58];
        return made;
    }();
    return text;
}

} // namespace

void fillRandomText(char* at, std::size_t size, Random& random)
{
    char head[kHead];
    std::uint64_t bits = random.next();
    for (std::size_t i = 0; i < kHead; i += 2, bits >>= 12)
        std::memcpy(head + i, &kPairs[2 * (bits & 4095)], 2);
    const std::size_t drawn = std::min(size, kHead);
    std::memcpy(at, head, drawn);
    static const char* const text = fixedText().data();
    for (std::size_t done = drawn; done < size;) {
        const std::size_t piece = std::min(size - done, kPiece);
        std::memcpy(at + done, text + (random.next() & (kStarts - 1)), piece);
        done += piece;
    }
}

} // namespace streamwright::producers
