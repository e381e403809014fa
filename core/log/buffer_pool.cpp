// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/buffer_pool.h"

#include <sys/mman.h>

#include <new>

namespace streamwright {

static_assert(BufferPool::kLargestBuffer % kHugePage == 0);

BufferPool::~BufferPool()
{
    const MutexLock lock(mutex_);
    for (char* spare : spares_)
        ::munmap(spare, kLargestBuffer);
}

std::shared_ptr<char> BufferPool::take(std::size_t size)
{
    const auto pool = shared_from_this();
    if (size == kLargestBuffer) return {takeFullSize(), [pool](char* buffer) { pool->giveBackFullSize(buffer); }};
    if (Slabs::serves(size) && held() >= kSlabsFrom)
        return {takeFromSlabs(size), [pool, size](char* buffer) { pool->giveBackToSlabs(buffer, size); }};
    auto* const fresh = static_cast<char*>(::operator new(size));
    held_ += size;
    return {fresh, [pool, size](char* buffer) {
                ::operator delete(buffer);
                pool->held_ -= size;
            }};
}

char* BufferPool::takeFullSize()
{
    {
        const MutexLock lock(mutex_);
        if (!spares_.empty()) {
            char* const spare = spares_.back();
            spares_.pop_back();
            return spare;
        }
    }
    char* const fresh = mapHuge(kLargestBuffer);
    held_ += kLargestBuffer;
    return fresh;
}

void BufferPool::giveBackFullSize(char* buffer)
{
    {
        const MutexLock lock(mutex_);
        if (spares_.size() < kMostSpares) {
            spares_.push_back(buffer);
            return;
        }
    }
    ::munmap(buffer, kLargestBuffer);
    held_ -= kLargestBuffer;
}

char* BufferPool::takeFromSlabs(std::size_t size)
{
    const MutexLock lock(mutex_);
    const std::size_t before = slabs_.held();
    char* const block = slabs_.take(size);
    held_ += slabs_.held() - before;
    return block;
}

void BufferPool::giveBackToSlabs(char* buffer, std::size_t size)
{
    const MutexLock lock(mutex_);
    const std::size_t before = slabs_.held();
    slabs_.giveBack(buffer, size);
    held_ -= before - slabs_.held();
}

} // namespace streamwright
