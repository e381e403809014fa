// SPDX-License-Identifier: GPL-3.0-or-later
// Clock: where a run's time comes from. VirtualClock jumps (as fast as the machine can); PacedClock follows the wall, N
// times as fast, and waits. Owned by the engine; advance belongs to the scheduler, now and interrupt to any thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>

#include "core/base/units.h"

namespace streamwright {

class Clock {
public:
    virtual ~Clock() = default;

    Time now() const { return Time(Duration(now_.load(std::memory_order_acquire))); }
    // Goes to t and returns it; when interrupted on the way, returns the earlier time reached.
    virtual Time advance(Time t) = 0;
    // Ends a wait now or, if there is none, the next one.
    virtual void interrupt() = 0;

protected:
    explicit Clock(Time start) : now_(start.time_since_epoch().count()) { }
    void set(Time t) { now_.store(t.time_since_epoch().count(), std::memory_order_release); }

private:
    std::atomic<Duration::rep> now_;
};

class VirtualClock : public Clock {
public:
    explicit VirtualClock(Time start) : Clock(start) { }
    Time advance(Time t) override
    {
        set(t);
        return t;
    }
    void interrupt() override { }
};

class PacedClock : public Clock {
public:
    // factor: seconds of the run in a second of the wall, > 0.
    PacedClock(Time start, double factor);
    Time advance(Time t) override;
    void interrupt() override;

private:
    const Time start_;
    const double factor_;
    const std::chrono::steady_clock::time_point wallStart_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool interrupted_ = false;
};

} // namespace streamwright
