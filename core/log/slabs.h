// SPDX-License-Identifier: GPL-3.0-or-later
// Slabs: huge pages cut into blocks of one size each, for the many buffers that are smaller than such a page: small pages
// cost several times as much to touch first. A page without a block in use is given back, but for one of each size. Owned
// by a BufferPool, under its lock. Sizes in bytes.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace streamwright {

inline constexpr std::size_t kHugePage = std::size_t{2} << 20;

// So many bytes on huge pages, where the system has some; throws bad_alloc.
char* mapHuge(std::size_t size);

class Slabs {
public:
    static constexpr std::size_t kSmallestBlock = std::size_t{4} << 10;

    Slabs() = default;
    Slabs(const Slabs&) = delete;
    Slabs& operator=(const Slabs&) = delete;
    ~Slabs();

    static bool serves(std::size_t size)
    {
        return std::has_single_bit(size) && size >= kSmallestBlock && size <= kHugePage;
    }
    char* take(std::size_t size);
    void giveBack(char* block, std::size_t size);
    std::size_t held() const { return slabs_.size() * kHugePage; }

private:
    static constexpr std::size_t kSizes = std::countr_zero(kHugePage / kSmallestBlock) + 1;
    using Blocks = std::vector<char*>;

    static std::size_t classOf(std::size_t size)
    {
        return static_cast<std::size_t>(std::countr_zero(size / kSmallestBlock));
    }
    static std::uintptr_t slabOf(const char* block) { return reinterpret_cast<std::uintptr_t>(block) / kHugePage; }

    std::unordered_map<std::uintptr_t, Blocks> slabs_; // by slabOf(): the blocks not in use
    std::array<std::vector<std::uintptr_t>, kSizes> open_; // of each size: the slabs that have such blocks
};

} // namespace streamwright
