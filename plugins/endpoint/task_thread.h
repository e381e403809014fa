// SPDX-License-Identifier: GPL-3.0-or-later
// TaskThread: runs tasks one after the other on a thread of its own, for what may wait. Any thread; the destructor drops
// what has not begun.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <thread>

#include "core/base/mutex.h"

namespace streamwright::endpoint {

class TaskThread {
public:
    explicit TaskThread(std::size_t most);
    ~TaskThread() EXCLUDES(mutex_);

    // false: too many are waiting.
    bool post(std::function<void()> task) EXCLUDES(mutex_);

private:
    void run() EXCLUDES(mutex_);

    const std::size_t most_;
    Mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<std::function<void()>> tasks_ GUARDED_BY(mutex_);
    bool ending_ GUARDED_BY(mutex_) = false;
    std::thread thread_; // last: it uses the rest
};

} // namespace streamwright::endpoint
