// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/buffer_pool.h"

#include <sys/mman.h>

#include <cstdint>
#include <new>

namespace streamwright {

namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;
static_assert(BufferPool::kLargestBuffer % kHugePage == 0);

// mmap aligns to 4 KiB only: reserves one huge page more and gives back what sticks out on both sides.
char* mapFullSize()
{
    constexpr std::size_t size = BufferPool::kLargestBuffer;
    void* reserved = ::mmap(nullptr, size + kHugePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (reserved == MAP_FAILED) throw std::bad_alloc();
    char* start = static_cast<char*>(reserved);
    const std::size_t before = (kHugePage - reinterpret_cast<std::uintptr_t>(start) % kHugePage) % kHugePage;
    if (before > 0) ::munmap(start, before);
    ::munmap(start + before + size, kHugePage - before);
    ::madvise(start + before, size, MADV_HUGEPAGE); // only a hint: without it everything works, slower
    return start + before;
}

} // namespace

BufferPool::~BufferPool()
{
    const MutexLock lock(mutex_);
    for (char* spare : spares_)
        ::munmap(spare, kLargestBuffer);
}

std::shared_ptr<char> BufferPool::take(std::size_t size)
{
    char* buffer = nullptr;
    if (size == kLargestBuffer) {
        {
            const MutexLock lock(mutex_);
            if (!spares_.empty()) {
                buffer = spares_.back();
                spares_.pop_back();
            }
        }
        if (buffer == nullptr) {
            buffer = mapFullSize();
            held_.fetch_add(size, std::memory_order_relaxed);
        }
    } else {
        buffer = static_cast<char*>(::operator new(size));
        held_.fetch_add(size, std::memory_order_relaxed);
    }
    return {buffer, [pool = shared_from_this(), size](char* back) { pool->giveBack(back, size); }};
}

void BufferPool::giveBack(char* buffer, std::size_t size)
{
    if (size == kLargestBuffer) {
        {
            const MutexLock lock(mutex_);
            if (spares_.size() < kMostSpares) {
                spares_.push_back(buffer);
                return;
            }
        }
        ::munmap(buffer, size);
    } else {
        ::operator delete(buffer);
    }
    held_.fetch_sub(size, std::memory_order_relaxed);
}

} // namespace streamwright
