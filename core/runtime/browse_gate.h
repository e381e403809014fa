// SPDX-License-Identifier: GPL-3.0-or-later
// BrowseGate: lets a Browsable act on a run only while there is one. Shared by an operator, which closes it before it
// ends, and its Browsable. Any thread.
#pragma once

#include <functional>
#include <utility>

#include "core/base/mutex.h"
#include "core/runtime/browsable.h"

namespace streamwright {

class BrowseGate {
public:
    // wake: Context::waker().
    explicit BrowseGate(std::function<void()> wake) : wake_(std::move(wake)) { }

    // Does it and wakes the operator; the operator cannot end meanwhile. A Conflict once the gate is closed.
    template <typename Action>
    Result<BrowseSent> act(Action action) EXCLUDES(mutex_)
    {
        const MutexLock lock(mutex_);
        if (!wake_) return Problem{ProblemCode::Conflict, "the run is over: start it again to send", ""};
        Result<BrowseSent> sent = action();
        wake_();
        return sent;
    }
    void close() EXCLUDES(mutex_)
    {
        const MutexLock lock(mutex_);
        wake_ = nullptr;
    }

private:
    Mutex mutex_;
    std::function<void()> wake_ GUARDED_BY(mutex_); // none once closed
};

} // namespace streamwright
