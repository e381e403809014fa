// SPDX-License-Identifier: GPL-3.0-or-later
// Pseudo-random printable bytes (A-Z a-z 0-9 - _) for records of a given size, at nearly the speed of a copy: the first
// bytes are drawn, so that no two records are alike; the rest is a piece of a fixed random text of 256 KiB, longer than
// what compressors look back. Any thread; chance comes from the caller's Random.
#pragma once

#include <cstddef>

#include "core/base/random.h"

namespace streamwright::producers {

void fillRandomText(char* at, std::size_t size, Random& random);

} // namespace streamwright::producers
