// SPDX-License-Identifier: GPL-3.0-or-later
// Clock: where a run's time comes from. It follows the wall, so many times as fast, and waits; at speed 0 it jumps, as fast
// as the machine can. Owned by the engine; follow, advance and jump belong to the scheduler, the rest to any thread.
//   The speed may change at any moment, in the middle of a wait too: what has passed has passed at the old one.
//   Wall time outside of follow..advance (a pause) does not count, nor do more than a second of it that steps have cost.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "core/base/units.h"

namespace streamwright {

class Clock {
public:
    using Wall = std::chrono::steady_clock;

    // speed: seconds of the run in a second of the wall; 0 = no waiting.
    Clock(Time start, double speed);

    Time now() const { return Time(Duration(now_.load(std::memory_order_acquire))); }
    // What the time has come to by now while the clock waits or steps go on: between now() and where advance is going. For
    // those who act from outside, beside the scheduler.
    Time current() const;
    // The wall counts from here on.
    void follow();
    // Goes to t and returns it; when interrupted on the way, or when t is far, returns the earlier time reached.
    Time advance(Time t);
    // Goes to t without waiting.
    void jump(Time t);
    // Ends a wait now or, if there is none, the next one.
    void interrupt();
    void setSpeed(double speed);
    double speed() const;

private:
    Time shouldBe(Wall::time_point wall) const;
    void set(Time t) { now_.store(t.time_since_epoch().count(), std::memory_order_release); }

    std::atomic<Duration::rep> now_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    // Guarded by mutex_: the run was at base_ when the wall was at wallBase_.
    Time base_;
    Wall::time_point wallBase_;
    double speed_;
    Time target_; // of the wait that is on, else now
    bool interrupted_ = false;
};

} // namespace streamwright
