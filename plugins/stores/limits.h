// SPDX-License-Identifier: GPL-3.0-or-later
// The quotas of Amazon S3 that a bucket keeps (shared/spec/destinations.md, section 1). Constants; any thread.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/units.h"

namespace streamwright::stores {

inline constexpr std::size_t kMaxKeyBytes = 1024;
inline constexpr ByteCount kMaxPutSize = ByteCount(5'000'000'000); // a single PUT
inline constexpr std::uint32_t kPutsPerSecondPerPrefix = 3'500;

} // namespace streamwright::stores
