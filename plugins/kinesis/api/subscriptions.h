// SPDX-License-Identifier: GPL-3.0-or-later
// Subscriptions: those of a run, one for each consumer and shard. Kept by the Host, which ends them with itself; any thread.
#pragma once

#include <compare>
#include <map>
#include <memory>
#include <string>

#include "core/base/mutex.h"
#include "plugins/kinesis/api/subscription.h"

namespace streamwright::kinesis {

class Subscriptions {
public:
    struct Key {
        std::string stream, consumer;
        Time registered{}; // of the consumer: one registered anew is another one
        ShardIndex shard = 0;
        auto operator<=>(const Key&) const = default;
    };

    Subscriptions() = default;
    ~Subscriptions();
    Subscriptions(const Subscriptions&) = delete;
    Subscriptions& operator=(const Subscriptions&) = delete;

    // Takes the place of an older one, which ends with the error; false when the older one began too short a time ago.
    bool begin(const Key& key, Time now, const std::shared_ptr<Subscription>& subscription,
               const api::ApiError& takenOver) EXCLUDES(mutex_);
    // Of a consumer, or of all of a stream.
    void endOf(const std::string& stream, const std::string& consumer, const api::ApiError& error) EXCLUDES(mutex_);
    void endOf(const std::string& stream, const api::ApiError& error) EXCLUDES(mutex_);

private:
    struct Entry {
        Time begun{};
        std::shared_ptr<Subscription> subscription;
    };
    template <typename Which>
    void endWhere(const api::ApiError& error, Which which) EXCLUDES(mutex_);

    Mutex mutex_;
    std::map<Key, Entry> entries_ GUARDED_BY(mutex_);
    std::size_t forgetAbove_ GUARDED_BY(mutex_) = 64;
};

} // namespace streamwright::kinesis
