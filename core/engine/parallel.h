// SPDX-License-Identifier: GPL-3.0-or-later
// parallelFor: the one place where work is forked and joined (oneTBB). Must run inside the engine's task arena.
#pragma once

#include <tbb/parallel_for.h>

#include <cstddef>

// The Debian build of oneTBB is not instrumented: the thread sanitizer must be told what fork and join order.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define STREAMWRIGHT_TSAN
#endif
#elif defined(__SANITIZE_THREAD__)
#define STREAMWRIGHT_TSAN
#endif
#ifdef STREAMWRIGHT_TSAN
#include <sanitizer/tsan_interface.h>
#endif

namespace streamwright {

// Calls body(0..count-1) in any order, several at once, and returns when all have returned.
template <typename Body>
void parallelFor(std::size_t count, const Body& body)
{
#ifdef STREAMWRIGHT_TSAN
    char forked = 0, joined = 0;
    __tsan_release(&forked);
    tbb::parallel_for(std::size_t{0}, count, [&](std::size_t i) {
        __tsan_acquire(&forked);
        body(i);
        __tsan_release(&joined);
    });
    __tsan_acquire(&joined);
#else
    tbb::parallel_for(std::size_t{0}, count, body);
#endif
}

} // namespace streamwright
