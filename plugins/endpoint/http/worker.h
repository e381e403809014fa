// SPDX-License-Identifier: GPL-3.0-or-later
// Worker: one thread with its connections. Connections never move between workers and share nothing on their way from
// request to answer. Shared by the server, its connections and the exchanges that outlive them; post() and open are
// for other threads too.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "core/base/mutex.h"
#include "plugins/endpoint/http/limits.h"

namespace streamwright::endpoint {

class Connection;

class Worker : public std::enable_shared_from_this<Worker> {
public:
    explicit Worker(const HttpLimits& limits);
    ~Worker();

    void start();
    // Closes every connection and joins the thread; later posts are dropped.
    void stop() EXCLUDES(mutex_);

    // Runs it on the worker's thread, in order; dropped after stop().
    void post(std::function<void()> task) EXCLUDES(mutex_);
    bool isThisThread() const;
    std::atomic<std::size_t> open = 0; // connections; counted up by who accepts
    boost::asio::io_context& io() { return io_; }

    // On the worker's thread:
    void add(std::shared_ptr<Connection> connection);
    void remove(Connection& connection);
    std::uint32_t tick() const { return tick_; }
    const HttpLimits& limits() const { return limits_; }
    char* readBuffer() { return readBuffer_.get(); }
    // Where a connection's bytes are deciphered; free between two reads.
    std::string& plainText() { return plainText_; }
    std::size_t bodyBytes = 0; // of unfinished requests

private:
    void runPosted() EXCLUDES(mutex_);
    void sweepLater();

    const HttpLimits limits_;
    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_;
    boost::asio::steady_timer timer_;
    std::vector<std::shared_ptr<Connection>> connections_;
    std::uint32_t tick_ = 0;
    bool sweeping_ = false;
    std::unique_ptr<char[]> readBuffer_;
    std::string plainText_;
    std::thread thread_;

    Mutex mutex_;
    bool stopped_ GUARDED_BY(mutex_) = false;
    std::vector<std::function<void()>> posted_ GUARDED_BY(mutex_);
};

} // namespace streamwright::endpoint
