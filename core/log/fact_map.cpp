// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/fact_map.h"

#include <utility>

namespace streamwright {

void FactMap::put(const std::string& key, std::string value)
{
    const MutexLock lock(mutex_);
    if (track_ == Track::Changes) changes_[key] = value;
    facts_[key] = std::move(value);
}

void FactMap::erase(const std::string& key)
{
    const MutexLock lock(mutex_);
    if (facts_.erase(key) > 0 && track_ == Track::Changes) changes_[key] = std::nullopt;
}

std::optional<std::string> FactMap::get(const std::string& key) const
{
    const MutexLock lock(mutex_);
    const auto found = facts_.find(key);
    return found == facts_.end() ? std::nullopt : std::optional(found->second);
}

std::map<std::string, std::string> FactMap::withPrefix(const std::string& prefix) const
{
    const MutexLock lock(mutex_);
    std::map<std::string, std::string> found;
    for (auto at = facts_.lower_bound(prefix); at != facts_.end() && at->first.starts_with(prefix); ++at)
        found.insert(*at);
    return found;
}

void FactMap::restore(const std::string& key, std::string value)
{
    const MutexLock lock(mutex_);
    facts_[key] = std::move(value);
}

FactMap::Changes FactMap::takeChanges()
{
    const MutexLock lock(mutex_);
    return std::exchange(changes_, {});
}

} // namespace streamwright
