// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/group_commit.h"

namespace streamwright::endpoint {

GroupCommit::GroupCommit(LogStore& store) : store_(store), thread_([this] { run(); }) { }

GroupCommit::~GroupCommit()
{
    {
        MutexLock lock(mutex_);
        ending_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

void GroupCommit::then(std::function<void(bool)> task)
{
    bool first = false;
    {
        MutexLock lock(mutex_);
        first = waiting_.empty();
        waiting_.push_back(std::move(task));
    }
    if (first) changed_.notify_one();
}

void GroupCommit::run()
{
    for (;;) {
        std::vector<std::function<void(bool)>> tasks;
        {
            MutexLock lock(mutex_);
            while (waiting_.empty() && !ending_)
                changed_.wait(mutex_);
            if (ending_) return;
            tasks.swap(waiting_);
        }
        const bool durable = static_cast<bool>(store_.commit());
        for (const auto& task : tasks)
            task(durable);
    }
}

} // namespace streamwright::endpoint
