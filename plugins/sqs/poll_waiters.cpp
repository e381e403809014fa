// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/poll_waiters.h"

#include <algorithm>

namespace streamwright::sqs {

void PollWaiters::add(Time deadline, std::function<void()> retry)
{
    const MutexLock lock(mutex_);
    waiters_.push_back({deadline, std::move(retry)});
    ++count_;
}

void PollWaiters::notify(std::size_t most)
{
    if (!any()) return;
    std::list<Waiter> called;
    {
        const MutexLock lock(mutex_);
        auto end = waiters_.begin();
        for (; most > 0 && end != waiters_.end(); --most)
            ++end;
        called.splice(called.end(), waiters_, waiters_.begin(), end);
        count_ = waiters_.size();
    }
    for (const Waiter& waiter : called)
        waiter.retry();
}

void PollWaiters::notifyDue(Time now)
{
    std::list<Waiter> called;
    {
        const MutexLock lock(mutex_);
        for (auto at = waiters_.begin(); at != waiters_.end();) {
            const auto waiter = at++;
            if (waiter->deadline <= now) called.splice(called.end(), waiters_, waiter);
        }
        count_ = waiters_.size();
    }
    for (const Waiter& waiter : called)
        waiter.retry();
}

Time PollWaiters::firstDeadline() const
{
    const MutexLock lock(mutex_);
    Time first = kNever;
    for (const Waiter& waiter : waiters_)
        first = std::min(first, waiter.deadline);
    return first;
}

} // namespace streamwright::sqs
