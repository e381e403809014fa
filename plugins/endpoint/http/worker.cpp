// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/http/worker.h"

#include <boost/asio/post.hpp>

#include "plugins/endpoint/http/connection.h"

namespace streamwright::endpoint {
namespace {
thread_local const Worker* thisThreads = nullptr;
}

Worker::Worker(const HttpLimits& limits)
    : limits_(limits),
      guard_(io_.get_executor()),
      timer_(io_),
      readBuffer_(new char[kReadBytes])
{
}

Worker::~Worker() = default;

void Worker::start()
{
    thread_ = std::thread([this] {
        thisThreads = this;
        io_.run();
    });
}

void Worker::stop()
{
    post([this] {
        while (!connections_.empty())
            connections_.back()->close();
        timer_.cancel();
        guard_.reset();
    });
    if (thread_.joinable()) thread_.join();
    std::vector<std::function<void()>> dropped;
    MutexLock lock(mutex_);
    stopped_ = true;
    dropped.swap(posted_);
}

void Worker::post(std::function<void()> task)
{
    bool first = false;
    {
        MutexLock lock(mutex_);
        if (stopped_) return;
        first = posted_.empty();
        posted_.push_back(std::move(task));
    }
    if (first) boost::asio::post(io_, [this] { runPosted(); });
}

bool Worker::isThisThread() const { return thisThreads == this; }

void Worker::runPosted()
{
    std::vector<std::function<void()>> tasks;
    {
        MutexLock lock(mutex_);
        tasks.swap(posted_);
    }
    for (auto& task : tasks)
        task();
}

void Worker::add(std::shared_ptr<Connection> connection)
{
    connection->slot = connections_.size();
    connections_.push_back(std::move(connection));
    if (!sweeping_) sweepLater();
}

void Worker::remove(Connection& connection)
{
    // The last takes its place; the connection may end with this.
    const auto keep = std::move(connections_[connection.slot]);
    if (connection.slot + 1 < connections_.size()) {
        connections_[connection.slot] = std::move(connections_.back());
        connections_[connection.slot]->slot = connection.slot;
    }
    connections_.pop_back();
    --open;
}

void Worker::sweepLater()
{
    sweeping_ = true;
    timer_.expires_after(limits_.tick);
    timer_.async_wait([this](boost::system::error_code error) {
        sweeping_ = false;
        if (error) return;
        ++tick_;
        for (std::size_t i = connections_.size(); i-- > 0;)
            if (i < connections_.size()) connections_[i]->sweep(tick_);
        if (!connections_.empty()) sweepLater();
    });
}

} // namespace streamwright::endpoint
