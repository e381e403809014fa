// SPDX-License-Identifier: GPL-3.0-or-later
// PollWaiters: the long polls that wait at a queue, each a function that makes its call look again, with the time at which
// it will be answered anyway. They are called in the order of their coming, once; a call that finds nothing comes back.
// Owned by a QueueResource; any thread. What is called must not call back.
#pragma once

#include <atomic>
#include <functional>
#include <limits>
#include <list>
#include <vector>

#include "core/base/mutex.h"
#include "core/base/units.h"

namespace streamwright::sqs {

class PollWaiters {
public:
    static constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();

    void add(Time deadline, std::function<void()> retry) EXCLUDES(mutex_);
    bool any() const { return count_.load() > 0; }
    // Calls those who have waited longest.
    void notify(std::size_t most) EXCLUDES(mutex_);
    // Calls those whose deadline has come.
    void notifyDue(Time now) EXCLUDES(mutex_);
    Time firstDeadline() const EXCLUDES(mutex_); // kNever

private:
    struct Waiter {
        Time deadline{};
        std::function<void()> retry;
    };

    mutable Mutex mutex_;
    std::list<Waiter> waiters_ GUARDED_BY(mutex_);
    std::atomic<std::size_t> count_{0};
};

} // namespace streamwright::sqs
