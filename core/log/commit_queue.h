// SPDX-License-Identifier: GPL-3.0-or-later
// CommitQueue: which logs of a store have something for the next commit, and whether a commit has failed, after which
// the store refuses to work on. Shared by the store and its logs; any thread.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/mutex.h"
#include "core/base/result.h"

namespace streamwright {

class FileLog;

class CommitQueue {
public:
    void add(std::weak_ptr<FileLog> log) EXCLUDES(mutex_)
    {
        const MutexLock lock(mutex_);
        waiting_.push_back(std::move(log));
    }
    std::vector<std::weak_ptr<FileLog>> take() EXCLUDES(mutex_)
    {
        const MutexLock lock(mutex_);
        return std::exchange(waiting_, {});
    }

    bool failed() const { return failed_.load(std::memory_order_acquire); }
    void fail(Problem problem) EXCLUDES(mutex_)
    {
        const MutexLock lock(mutex_);
        if (!failure_) failure_ = std::move(problem);
        failed_.store(true, std::memory_order_release);
    }
    // Only when failed().
    Problem failure() const EXCLUDES(mutex_)
    {
        const MutexLock lock(mutex_);
        return *failure_;
    }

private:
    mutable Mutex mutex_;
    std::vector<std::weak_ptr<FileLog>> waiting_ GUARDED_BY(mutex_);
    std::optional<Problem> failure_ GUARDED_BY(mutex_);
    std::atomic<bool> failed_{false};
};

} // namespace streamwright
