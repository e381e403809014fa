// SPDX-License-Identifier: GPL-3.0-or-later
// Exchange: one request and the way its answer goes back: whole, or begun, written in pieces and ended. Made by a
// Protocol, shared with whoever answers; outlives its connection (calls do nothing then). Every method: any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/base/mutex.h"
#include "plugins/endpoint/http/message.h"

namespace streamwright::endpoint {

class Connection;

class Exchange : public std::enable_shared_from_this<Exchange> {
public:
    Exchange(std::shared_ptr<Connection> connection, std::uint64_t key, HttpRequest request);
    ~Exchange();

    HttpRequest request; // belongs to the handler
    // The protocol's: which request of the connection (a number or an HTTP/2 stream).
    const std::uint64_t key;

    void answer(HttpAnswer answer);
    void begin(HttpAnswer head); // its body is the first piece
    void write(std::string bytes);
    void end();

    // Runs it on the connection's thread, later; never once the server has ended.
    void post(std::function<void()> task);
    // The client hung up, or the answer is complete.
    bool over() const { return over_.load(std::memory_order_acquire); }
    // Written, and not yet taken by the client's system.
    std::size_t pending() const { return pending_.load(std::memory_order_relaxed); }
    // Called once, when nothing is pending or the client has gone.
    void onDrained(std::function<void()> then) EXCLUDES(mutex_);
    // Called once when the client hangs up before the answer is complete; on the connection's thread.
    void onGone(std::function<void()> then) EXCLUDES(mutex_);

    // For the protocol.
    void took(std::size_t bytes) EXCLUDES(mutex_); // of what was written
    void finished() EXCLUDES(mutex_);
    void gone() EXCLUDES(mutex_);

private:
    const std::shared_ptr<Connection> connection_;
    std::atomic<bool> over_ = false;
    std::atomic<std::size_t> pending_ = 0;
    Mutex mutex_;
    std::function<void()> drained_ GUARDED_BY(mutex_);
    std::function<void()> gone_ GUARDED_BY(mutex_);
};

} // namespace streamwright::endpoint
