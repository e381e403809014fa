// SPDX-License-Identifier: GPL-3.0-or-later
// What bytes hold behind their compression: GZIP, ZIP (its first entry), the stream of snappy-java, and Hadoop's
// Snappy blocks, told by the bytes themselves. Damaged bytes give what comes before the damage. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/base/units.h"

namespace streamwright {

struct Decompressed {
    std::string format; // "", "GZIP", "ZIP", "Snappy"
    std::string plain; // up to the bound
    bool cut = false; // there is more
    bool damaged = false; // of GZIP and ZIP: it ends too early, or its checksum is another
};

Decompressed decompress(std::string_view stored, ByteCount most);

} // namespace streamwright
