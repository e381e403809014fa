// SPDX-License-Identifier: GPL-3.0-or-later
// Base64 (RFC 4648, with padding), strict: the reader takes only what the writer writes. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace streamwright {

// To the end of a string.
void appendBase64(std::string& to, std::string_view bytes);

struct DecodedBase64 {
    std::size_t size = 0; // bytes
    bool whole = false; // false: the text is no base64; size tells how much came before the fault
};
// Into memory of at least size / 4 * 3 bytes, which may be the text's own.
DecodedBase64 decodeBase64(std::string_view text, char* into);

} // namespace streamwright
