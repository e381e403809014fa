// SPDX-License-Identifier: GPL-3.0-or-later
// BufferPool: the memory segments are made of. Full-size buffers lie on huge pages and a few of them are kept for
// reuse, because touching fresh pages costs more than filling them. Owned by its store and by every buffer it has given
// out; any thread. Sizes in bytes.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <vector>

#include "core/base/mutex.h"

namespace streamwright {

class BufferPool : public std::enable_shared_from_this<BufferPool> {
public:
    static constexpr std::size_t kSmallestBuffer = std::size_t{4} << 10;
    static constexpr std::size_t kLargestBuffer = std::size_t{4} << 20; // but one record may need a larger one
    static constexpr std::size_t kMostSpares = 8;

    BufferPool() = default;
    BufferPool(const BufferPool&) = delete;
    BufferPool& operator=(const BufferPool&) = delete;
    ~BufferPool();

    // The buffer goes back when the last owner lets go.
    std::shared_ptr<char> take(std::size_t size) EXCLUDES(mutex_);
    // Given out and not yet back, and kept as spares.
    std::size_t held() const { return held_.load(std::memory_order_relaxed); }

private:
    void giveBack(char* buffer, std::size_t size) EXCLUDES(mutex_);

    std::atomic<std::size_t> held_{0};
    Mutex mutex_;
    std::vector<char*> spares_ GUARDED_BY(mutex_); // of kLargestBuffer each
};

} // namespace streamwright
