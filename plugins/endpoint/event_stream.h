// SPDX-License-Identifier: GPL-3.0-or-later
// EventStream: an answer of many events (application/vnd.amazon.eventstream) over an Exchange. What is written before the
// action has returned is held until open(). Shared with the action; any thread.
#pragma once

#include <optional>

#include "core/base/mutex.h"
#include "plugins/endpoint/answers.h"
#include "plugins/endpoint/http/exchange.h"

namespace streamwright::endpoint {

class EventStream final : public api::EventSink {
public:
    EventStream(std::shared_ptr<Exchange> exchange, Manner manner);

    void event(std::string_view type, const std::function<void(api::Writer&)>& payload) override EXCLUDES(mutex_);
    void end(const std::optional<api::ApiError>& error) override EXCLUDES(mutex_);
    bool ended() const override EXCLUDES(mutex_);
    std::size_t pending() const override EXCLUDES(mutex_);
    void onDrained(std::function<void()> then) override EXCLUDES(mutex_);

    // Begins the answer with initial-response.
    void open() EXCLUDES(mutex_);

private:
    std::string frame(std::string_view messageType, std::string_view name, std::string_view value,
                      const std::function<void(api::Writer&)>& payload) const;
    void put(std::string frame) REQUIRES(mutex_);

    const std::shared_ptr<Exchange> exchange_;
    const Manner manner_;
    mutable Mutex mutex_;
    bool open_ GUARDED_BY(mutex_) = false;
    bool ended_ GUARDED_BY(mutex_) = false;
    std::string held_ GUARDED_BY(mutex_);
    std::function<void()> drained_ GUARDED_BY(mutex_);
};

} // namespace streamwright::endpoint
