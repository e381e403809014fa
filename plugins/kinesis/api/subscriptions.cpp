// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/subscriptions.h"

namespace streamwright::kinesis {

Subscriptions::~Subscriptions()
{
    std::map<Key, Entry> entries;
    {
        const MutexLock lock(mutex_);
        entries.swap(entries_);
    }
    for (const auto& [key, entry] : entries)
        entry.subscription->end({});
}

bool Subscriptions::begin(const Key& key, Time now, const std::shared_ptr<Subscription>& subscription,
                          const api::ApiError& takenOver)
{
    std::shared_ptr<Subscription> older;
    {
        const MutexLock lock(mutex_);
        if (entries_.size() > forgetAbove_) {
            std::erase_if(entries_, [&](const auto& entry) {
                return now - entry.second.begun >= kSubscriptionTakeover && entry.second.subscription->ended();
            });
            forgetAbove_ = std::max<std::size_t>(64, 2 * entries_.size());
        }
        Entry& entry = entries_[key];
        if (entry.subscription && now - entry.begun < kSubscriptionTakeover) return false;
        older = std::exchange(entry.subscription, subscription);
        entry.begun = now;
    }
    if (older) older->end(takenOver);
    subscription->begin();
    return true;
}

template <typename Which>
void Subscriptions::endWhere(const api::ApiError& error, Which which)
{
    std::vector<std::shared_ptr<Subscription>> ended;
    {
        const MutexLock lock(mutex_);
        for (auto entry = entries_.begin(); entry != entries_.end();) {
            if (!which(entry->first)) {
                ++entry;
                continue;
            }
            ended.push_back(std::move(entry->second.subscription));
            entry = entries_.erase(entry);
        }
    }
    for (const auto& subscription : ended)
        subscription->end(error);
}

void Subscriptions::endOf(const std::string& stream, const std::string& consumer, const api::ApiError& error)
{
    endWhere(error, [&](const Key& key) { return key.stream == stream && key.consumer == consumer; });
}

void Subscriptions::endOf(const std::string& stream, const api::ApiError& error)
{
    endWhere(error, [&](const Key& key) { return key.stream == stream; });
}

} // namespace streamwright::kinesis
