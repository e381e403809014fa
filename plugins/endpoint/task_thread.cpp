// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/task_thread.h"

namespace streamwright::endpoint {

TaskThread::TaskThread(std::size_t most) : most_(most), thread_([this] { run(); }) { }

TaskThread::~TaskThread()
{
    {
        MutexLock lock(mutex_);
        ending_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

bool TaskThread::post(std::function<void()> task)
{
    {
        MutexLock lock(mutex_);
        if (tasks_.size() >= most_) return false;
        tasks_.push_back(std::move(task));
    }
    changed_.notify_one();
    return true;
}

void TaskThread::run()
{
    for (;;) {
        std::function<void()> task;
        {
            MutexLock lock(mutex_);
            while (tasks_.empty() && !ending_)
                changed_.wait(mutex_);
            if (ending_) return;
            task = std::move(tasks_.front());
            tasks_.pop_front();
        }
        task();
    }
}

} // namespace streamwright::endpoint
