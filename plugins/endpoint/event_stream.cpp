// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/event_stream.h"

#include "core/api/encode.h"

namespace streamwright::endpoint {

EventStream::EventStream(std::shared_ptr<Exchange> exchange, Manner manner)
    : exchange_(std::move(exchange)),
      manner_(std::move(manner))
{
}

std::string EventStream::frame(std::string_view messageType, std::string_view name, std::string_view value,
                               const std::function<void(api::Writer&)>& payload) const
{
    std::string body;
    payload(*writerFor(manner_, nullptr, body));
    return api::eventFrame({{":message-type", messageType}, {name, value}, {":content-type", manner_.contentType}},
                           body);
}

void EventStream::event(std::string_view type, const std::function<void(api::Writer&)>& payload)
{
    if (ended()) return;
    auto text = frame("event", ":event-type", type, payload);
    MutexLock lock(mutex_);
    if (!ended_) put(std::move(text));
}

void EventStream::end(const std::optional<api::ApiError>& error)
{
    std::string text;
    if (error)
        text = frame("exception", ":exception-type", error->code,
                     [&](api::Writer& into) { writeError(into, manner_, *error); });
    MutexLock lock(mutex_);
    if (std::exchange(ended_, true)) return;
    if (!text.empty()) put(std::move(text));
    if (open_) exchange_->end();
}

bool EventStream::ended() const
{
    MutexLock lock(mutex_);
    return ended_ || exchange_->over();
}

std::size_t EventStream::pending() const
{
    MutexLock lock(mutex_);
    return held_.size() + exchange_->pending();
}

void EventStream::onDrained(std::function<void()> then)
{
    MutexLock lock(mutex_);
    if (open_)
        exchange_->onDrained(std::move(then));
    else
        drained_ = std::move(then);
}

void EventStream::open()
{
    HttpAnswer head;
    head.headers.add("x-amzn-RequestId", newRequestId());
    head.headers.add("Content-Type", "application/vnd.amazon.eventstream");
    head.body = frame("event", ":event-type", "initial-response", [](api::Writer& into) {
        into.beginMap();
        into.endMap();
    });
    MutexLock lock(mutex_);
    open_ = true;
    head.body += held_;
    held_ = {};
    exchange_->begin(std::move(head));
    if (ended_) exchange_->end();
    if (drained_) exchange_->onDrained(std::exchange(drained_, {}));
}

void EventStream::put(std::string frame)
{
    if (open_)
        exchange_->write(std::move(frame));
    else
        held_ += frame;
}

} // namespace streamwright::endpoint
