// SPDX-License-Identifier: GPL-3.0-or-later
// CHECK(condition): our own mistakes only, never bad input. Prints the place and aborts, in every build type.
#pragma once

namespace streamwright::detail {
[[noreturn]] void checkFailed(const char* condition, const char* file, int line);
}

#define CHECK(condition)                                                                                               \
    (static_cast<bool>(condition) ? void(0) : ::streamwright::detail::checkFailed(#condition, __FILE__, __LINE__))
