// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/http/exchange.h"

#include "plugins/endpoint/http/connection.h"

namespace streamwright::endpoint {

Exchange::Exchange(std::shared_ptr<Connection> connection, std::uint64_t key, HttpRequest request)
    : request(std::move(request)),
      key(key),
      connection_(std::move(connection))
{
}

Exchange::~Exchange() = default;

void Exchange::answer(HttpAnswer answer)
{
    if (connection_->worker().isThisThread()) return connection_->answer(*this, std::move(answer));
    post([self = shared_from_this(), answer = std::move(answer)]() mutable {
        self->connection_->answer(*self, std::move(answer));
    });
}

void Exchange::begin(HttpAnswer head)
{
    pending_ += head.body.size();
    post([self = shared_from_this(), head = std::move(head)]() mutable {
        self->connection_->begin(*self, std::move(head));
    });
}

void Exchange::write(std::string bytes)
{
    if (over()) return;
    pending_ += bytes.size();
    post([self = shared_from_this(), bytes = std::move(bytes)]() mutable {
        self->connection_->write(*self, std::move(bytes));
    });
}

void Exchange::end()
{
    post([self = shared_from_this()] { self->connection_->end(*self); });
}

void Exchange::post(std::function<void()> task) { connection_->worker().post(std::move(task)); }

void Exchange::onDrained(std::function<void()> then)
{
    {
        MutexLock lock(mutex_);
        if (pending_ != 0 && !over_) {
            drained_ = std::move(then);
            return;
        }
    }
    post(std::move(then));
}

void Exchange::onGone(std::function<void()> then)
{
    {
        MutexLock lock(mutex_);
        if (!over_) {
            gone_ = std::move(then);
            return;
        }
    }
    post(std::move(then));
}

void Exchange::took(std::size_t bytes)
{
    std::function<void()> drained;
    {
        MutexLock lock(mutex_);
        if (pending_.fetch_sub(bytes) == bytes) drained.swap(drained_);
    }
    if (drained) drained();
}

void Exchange::finished()
{
    std::function<void()> drained, gone;
    MutexLock lock(mutex_);
    over_ = true;
    drained.swap(drained_);
    gone.swap(gone_);
}

void Exchange::gone()
{
    std::function<void()> drained, gone;
    {
        MutexLock lock(mutex_);
        if (over_.exchange(true)) return;
        drained.swap(drained_);
        gone.swap(gone_);
    }
    if (drained) drained();
    if (gone) gone();
}

} // namespace streamwright::endpoint
