// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace streamwright::detail {

void checkFailed(const char* condition, const char* file, int line)
{
    std::fprintf(stderr, "streamwright: internal error: CHECK(%s) failed at %s:%d\n", condition, file, line);
    std::abort();
}

} // namespace streamwright::detail
