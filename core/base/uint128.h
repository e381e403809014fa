// SPDX-License-Identifier: GPL-3.0-or-later
// Uint128: hash keys and sequence numbers. The compiler's type, with decimal text both ways. Values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace streamwright {

__extension__ typedef unsigned __int128 Uint128; // NOLINT(modernize-use-using): -Wpedantic takes only this

inline constexpr Uint128 kUint128Max = ~Uint128{0};

constexpr Uint128 makeUint128(std::uint64_t high, std::uint64_t low) { return (Uint128{high} << 64) | low; }

std::string toDecimal(Uint128 value);

// Decimal digits without sign or leading zeros ("0" itself is fine); nothing when malformed or above 2^128-1.
std::optional<Uint128> parseUint128(std::string_view text);

} // namespace streamwright
