// SPDX-License-Identifier: GPL-3.0-or-later
// How deep a JSON value may nest: what goes through it by recursion (to write it, to show it) would run out of stack.
// Pure; any thread.
#pragma once

#include <string_view>

namespace streamwright {

constexpr int kMostJsonNesting = 200;

// Whether a text nests deeper, without parsing it; what is no JSON may get either answer.
constexpr bool nestsTooDeep(std::string_view text)
{
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"') {
            quoted = !quoted;
        } else if (quoted) {
            if (c == '\\') ++i;
        } else {
            depth += (c == '{' || c == '[') - (c == '}' || c == ']');
            if (depth > kMostJsonNesting) return true;
        }
    }
    return false;
}

} // namespace streamwright
