// SPDX-License-Identifier: GPL-3.0-or-later
// Quick writing of numbers, times and JSON strings into memory that the caller has made large enough. Each function
// writes at `at` and returns the place behind what it wrote. Any thread.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "core/base/units.h"

namespace streamwright::producers {

inline constexpr std::size_t kMaxDecimal = 20; // bytes of the longest number, sign included
inline constexpr std::size_t kMaxFixed = 24;
inline constexpr std::size_t kIsoTimeSize = 24;
inline constexpr std::size_t kMaxEscaped = 6; // bytes that one byte of a text can become in a JSON string

char* writeDecimal(char* at, std::uint64_t number);
char* writeSigned(char* at, std::int64_t number);
// units / 10^decimals with exactly so many decimals (at most 9): writeFixed(at, -1205, 2) writes -12.05.
char* writeFixed(char* at, std::int64_t units, int decimals);
// Exactly `digits` digits, with leading zeros.
char* writePadded(char* at, std::uint64_t number, int digits);
// "2026-01-31T23:59:59.123Z", for years 0 to 9999.
char* writeIsoTime(char* at, Time time);
// The inside of a JSON string. Bytes that are not UTF-8 are read as Latin-1, so that the output is always UTF-8.
char* writeEscaped(char* at, std::string_view text);

inline char* writeText(char* at, std::string_view text)
{
    std::memcpy(at, text.data(), text.size());
    return at + text.size();
}

} // namespace streamwright::producers
