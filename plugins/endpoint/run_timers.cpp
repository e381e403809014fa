// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/run_timers.h"

#include <algorithm>

namespace streamwright::endpoint {

namespace {

using Wall = std::chrono::duration<double>;

// The speed may change and a run may jump: the time is asked for again at least so often, and no more often than that.
constexpr Wall kLongestWait{0.1}, kShortestWait{0.0005};

} // namespace

RunTimers::RunTimers(std::function<Time()> now, std::function<double()> speed)
    : now_(std::move(now)),
      speed_(std::move(speed)),
      thread_([this] { run(); })
{
}

RunTimers::~RunTimers()
{
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void RunTimers::at(Time t, std::function<void()> then)
{
    {
        const std::lock_guard lock(mutex_);
        timers_.push({t, ++last_, std::move(then)});
        if (timers_.top().number != last_) return;
    }
    changed_.notify_all();
}

void RunTimers::run()
{
    std::unique_lock lock(mutex_);
    while (!ending_) {
        if (timers_.empty()) {
            changed_.wait(lock);
            continue;
        }
        const Duration left = timers_.top().time - now_();
        if (left <= Duration(0)) {
            const auto then = timers_.top().then;
            timers_.pop();
            lock.unlock();
            then();
            lock.lock();
            continue;
        }
        const double speed = speed_();
        const Wall wait = speed > 0 ? Wall(left) / speed : Wall(0);
        changed_.wait_for(lock, std::clamp(wait, kShortestWait, kLongestWait));
    }
}

} // namespace streamwright::endpoint
