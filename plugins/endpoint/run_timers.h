// SPDX-License-Identifier: GPL-3.0-or-later
// RunTimers: calls functions at times of the run, whatever its speed, on a thread of its own. A run that stands still lets
// them wait. Owned by the EngineHost; any thread. The destructor drops what is left.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

#include "core/base/units.h"

namespace streamwright::endpoint {

class RunTimers {
public:
    // speed: as EngineOptions::speed.
    RunTimers(std::function<Time()> now, std::function<double()> speed);
    ~RunTimers();

    void at(Time t, std::function<void()> then);

private:
    struct Timer {
        Time time;
        std::uint64_t number; // those of one time go in the order asked for
        std::function<void()> then;
        bool operator<(const Timer& other) const
        {
            return time != other.time ? time > other.time : number > other.number;
        }
    };
    void run();

    const std::function<Time()> now_;
    const std::function<double()> speed_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::priority_queue<Timer> timers_; // guarded by mutex_, as all below
    std::uint64_t last_ = 0;
    bool ending_ = false;
    std::thread thread_;
};

} // namespace streamwright::endpoint
