// SPDX-License-Identifier: GPL-3.0-or-later
// Subscription: a consumer's SubscribeToShard under way: events pushed as records come into the shard, one at least every 5
// seconds, for 5 minutes or to the shard's end. Owned by the Subscriptions of a run; any thread.
//   1. One thread at a time pumps; others that come meanwhile leave their wish to it and go. So nothing here waits.
//   2. After end() nothing of the host, the stream or the client is touched.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "core/api/service.h"
#include "core/base/mutex.h"
#include "plugins/kinesis/stream_resource.h"

namespace streamwright::kinesis {

class Subscription : public ShardListener, public std::enable_shared_from_this<Subscription> {
public:
    struct Setup {
        api::Host* host = nullptr;
        std::shared_ptr<StreamResource> stream;
        std::shared_ptr<Shard> shard;
        std::string consumer;
        std::uint64_t position = 0;
        std::shared_ptr<api::EventSink> sink;
        Time begun{};
    };
    explicit Subscription(Setup setup);

    void begin();
    void end(const std::optional<api::ApiError>& error) EXCLUDES(mutex_);
    bool ended() const EXCLUDES(mutex_);
    void shardChanged() override { pump(); }

private:
    void pump() EXCLUDES(mutex_);
    // What is to be done now; true: perhaps there is more.
    bool step() REQUIRES(mutex_);
    bool push(Time now) REQUIRES(mutex_);
    bool holdBack() REQUIRES(mutex_);
    void send(Time now, const GetResult& got) REQUIRES(mutex_);
    void finish() REQUIRES(mutex_);
    void callAt(Time t) REQUIRES(mutex_);

    const Setup setup_;
    const Time until_;
    std::atomic<std::uint32_t> wishes_{0};
    std::atomic<bool> undrained_{false}; // the client is to take what is pending first
    std::atomic<bool> called_{false}; // by the host
    mutable Mutex mutex_;
    bool ended_ GUARDED_BY(mutex_) = false;
    std::uint64_t position_ GUARDED_BY(mutex_);
    TokenBucket budget_ GUARDED_BY(mutex_){kReadBytesPerSecond.value(), kReadBytesPerSecond.value()};
    Time lastEvent_ GUARDED_BY(mutex_);
    Time calledAt_ GUARDED_BY(mutex_) = kNever; // the earliest call the host owes us
};

} // namespace streamwright::kinesis
