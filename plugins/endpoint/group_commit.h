// SPDX-License-Identifier: GPL-3.0-or-later
// GroupCommit: answers that wait until what they tell of is on disk: one commit of the store for all that came during the
// one before. Any thread; the destructor drops what waits (it was not acknowledged).
#pragma once

#include <condition_variable>
#include <functional>
#include <thread>
#include <vector>

#include "core/base/mutex.h"
#include "core/log/log_store.h"

namespace streamwright::endpoint {

class GroupCommit {
public:
    explicit GroupCommit(LogStore& store);
    ~GroupCommit() EXCLUDES(mutex_);

    // Called on the commit's thread; false: it could not be made durable.
    void then(std::function<void(bool durable)> task) EXCLUDES(mutex_);

private:
    void run() EXCLUDES(mutex_);

    LogStore& store_;
    Mutex mutex_;
    std::condition_variable_any changed_;
    std::vector<std::function<void(bool)>> waiting_ GUARDED_BY(mutex_);
    bool ending_ GUARDED_BY(mutex_) = false;
    std::thread thread_; // last: it uses the rest
};

} // namespace streamwright::endpoint
