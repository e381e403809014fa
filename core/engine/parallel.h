// SPDX-License-Identifier: GPL-3.0-or-later
// parallelFor: the one place where work is forked and joined (oneTBB). Must run inside the engine's task arena.
#pragma once

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <cstddef>

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define STREAMWRIGHT_PLAIN_THREADS
#endif
#elif defined(__SANITIZE_THREAD__)
#define STREAMWRIGHT_PLAIN_THREADS
#endif
#ifdef STREAMWRIGHT_PLAIN_THREADS
#include <atomic>
#include <thread>
#include <vector>
#endif

namespace streamwright {

// Calls body(0..count-1) in any order, several at once, and returns when all have returned.
template <typename Body>
void parallelFor(std::size_t count, const Body& body)
{
#ifdef STREAMWRIGHT_PLAIN_THREADS
    // The thread sanitizer does not see what orders the tasks of Debian's oneTBB, which is not instrumented.
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < count; i = next++)
            body(i);
    };
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < count && i < 4; ++i)
        threads.emplace_back(work);
    work();
#else
    // Isolated: a thread that waits here must not take up a task from outside, say another operator's step, in the middle
    // of this one.
    tbb::this_task_arena::isolate([&] { tbb::parallel_for(std::size_t{0}, count, body); });
#endif
}

} // namespace streamwright
