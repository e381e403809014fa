// SPDX-License-Identifier: GPL-3.0-or-later
// Counts what a thread asks of operator new. Include it in one source of a test binary: it replaces the whole family there
// (nothrow, array and aligned forms too), so that a sanitizer never sees memory of its own operators given to ours, nor
// the other way round, whichever form a shared library uses.
#pragma once

#include <cstdlib>
#include <new>

namespace streamwright::test {

inline thread_local std::size_t allocatedBytes = 0; // asked for by this thread

inline void* countedOrNull(std::size_t size) noexcept
{
    allocatedBytes += size;
    return std::malloc(size > 0 ? size : 1);
}

inline void* countedOrNull(std::size_t size, std::align_val_t alignment) noexcept
{
    allocatedBytes += size;
    const auto step = static_cast<std::size_t>(alignment);
    return std::aligned_alloc(step, (size + step - 1) / step * step + (size == 0 ? step : 0));
}

inline void* orThrow(void* at)
{
    if (!at) throw std::bad_alloc();
    return at;
}

} // namespace streamwright::test

void* operator new(std::size_t size) { return streamwright::test::orThrow(streamwright::test::countedOrNull(size)); }
void* operator new[](std::size_t size) { return streamwright::test::orThrow(streamwright::test::countedOrNull(size)); }
void* operator new(std::size_t size, std::align_val_t to)
{
    return streamwright::test::orThrow(streamwright::test::countedOrNull(size, to));
}
void* operator new[](std::size_t size, std::align_val_t to)
{
    return streamwright::test::orThrow(streamwright::test::countedOrNull(size, to));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return streamwright::test::countedOrNull(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept
{
    return streamwright::test::countedOrNull(size);
}
void* operator new(std::size_t size, std::align_val_t to, const std::nothrow_t&) noexcept
{
    return streamwright::test::countedOrNull(size, to);
}
void* operator new[](std::size_t size, std::align_val_t to, const std::nothrow_t&) noexcept
{
    return streamwright::test::countedOrNull(size, to);
}
void operator delete(void* at) noexcept { std::free(at); }
void operator delete[](void* at) noexcept { std::free(at); }
void operator delete(void* at, std::size_t) noexcept { std::free(at); }
void operator delete[](void* at, std::size_t) noexcept { std::free(at); }
void operator delete(void* at, std::align_val_t) noexcept { std::free(at); }
void operator delete[](void* at, std::align_val_t) noexcept { std::free(at); }
void operator delete(void* at, std::size_t, std::align_val_t) noexcept { std::free(at); }
void operator delete[](void* at, std::size_t, std::align_val_t) noexcept { std::free(at); }
void operator delete(void* at, const std::nothrow_t&) noexcept { std::free(at); }
void operator delete[](void* at, const std::nothrow_t&) noexcept { std::free(at); }
void operator delete(void* at, std::align_val_t, const std::nothrow_t&) noexcept { std::free(at); }
void operator delete[](void* at, std::align_val_t, const std::nothrow_t&) noexcept { std::free(at); }
