// SPDX-License-Identifier: GPL-3.0-or-later
// Counts the bytes that a thread asks for. Include it in one source of a test binary: it replaces operator new there, or
// hooks into the sanitizer's, which must not be replaced.
#pragma once

#include <cstddef>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define STREAMWRIGHT_SANITIZED
#endif
#endif

namespace streamwright::test {

inline thread_local std::size_t allocatedBytes = 0; // asked for by this thread

} // namespace streamwright::test

#ifdef STREAMWRIGHT_SANITIZED

#include <sanitizer/allocator_interface.h>

namespace streamwright::test {

inline const int hooked = __sanitizer_install_malloc_and_free_hooks(
    [](const volatile void*, std::size_t size) { allocatedBytes += size; }, [](const volatile void*) {});

} // namespace streamwright::test

#else

#include <cstdlib>
#include <new>

void* operator new(std::size_t size)
{
    streamwright::test::allocatedBytes += size;
    if (void* at = std::malloc(size)) return at;
    throw std::bad_alloc();
}
void operator delete(void* at) noexcept { std::free(at); }
void operator delete(void* at, std::size_t) noexcept { std::free(at); }

#endif
