// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/slabs.h"

#include <sys/mman.h>

#include <new>

namespace streamwright {

// mmap aligns to 4 KiB only: reserves one huge page more and gives back what sticks out on both sides.
char* mapHuge(std::size_t size)
{
    void* reserved = ::mmap(nullptr, size + kHugePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (reserved == MAP_FAILED) throw std::bad_alloc();
    char* start = static_cast<char*>(reserved);
    const std::size_t before = (kHugePage - reinterpret_cast<std::uintptr_t>(start) % kHugePage) % kHugePage;
    if (before > 0) ::munmap(start, before);
    ::munmap(start + before + size, kHugePage - before);
    ::madvise(start + before, size, MADV_HUGEPAGE); // only a hint: without it everything works, slower
    return start + before;
}

Slabs::~Slabs()
{
    for (const auto& [slab, blocks] : slabs_)
        ::munmap(reinterpret_cast<void*>(slab * kHugePage), kHugePage);
}

char* Slabs::take(std::size_t size)
{
    auto& open = open_[classOf(size)];
    if (open.empty()) {
        char* const memory = mapHuge(kHugePage);
        Blocks& blocks = slabs_[slabOf(memory)];
        blocks.reserve(kHugePage / size);
        for (std::size_t end = kHugePage; end > 0; end -= size)
            blocks.push_back(memory + end - size);
        open.push_back(slabOf(memory));
    }
    Blocks& blocks = slabs_.find(open.back())->second;
    char* const block = blocks.back();
    blocks.pop_back();
    if (blocks.empty()) open.pop_back();
    return block;
}

void Slabs::giveBack(char* block, std::size_t size)
{
    auto& open = open_[classOf(size)];
    const auto slab = slabs_.find(slabOf(block));
    Blocks& blocks = slab->second;
    if (blocks.empty()) open.push_back(slab->first);
    blocks.push_back(block);
    if (blocks.size() < kHugePage / size || open.size() == 1) return;
    std::erase(open, slab->first);
    ::munmap(reinterpret_cast<void*>(slab->first * kHugePage), kHugePage);
    slabs_.erase(slab);
}

} // namespace streamwright
