// SPDX-License-Identifier: GPL-3.0-or-later
// RunGate: lets requests from outside act on a node only while its run goes on. Requests enter side by side and leave soon;
// the operator closes it before it ends, which waits for those inside. Any thread; whoever is inside must not close it, nor
// wait for the engine.
#pragma once

#include <atomic>
#include <cstdint>

namespace streamwright {

class RunGate {
public:
    // False: the run is over. True: it cannot end before leave().
    bool enter()
    {
        if ((state_.fetch_add(1) & kClosed) == 0) return true;
        leave();
        return false;
    }
    void leave()
    {
        if (state_.fetch_sub(1) == (kClosed | 1)) state_.notify_all();
    }
    void close()
    {
        std::uint32_t state = state_.fetch_or(kClosed) | kClosed;
        while (state != kClosed) {
            state_.wait(state);
            state = state_.load();
        }
    }

private:
    static constexpr std::uint32_t kClosed = 1u << 31;
    std::atomic<std::uint32_t> state_{0}; // how many are inside, and kClosed
};

} // namespace streamwright
