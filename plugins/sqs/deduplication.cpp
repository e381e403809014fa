// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/deduplication.h"

#include "plugins/sqs/limits.h"

namespace streamwright::sqs {

std::string Deduplication::key(std::string_view id, std::string_view group)
{
    std::string key;
    key.reserve(id.size() + group.size() + 1);
    key.append(id);
    if (!group.empty()) key.append(1, ' ').append(group); // neither may hold a space
    return key;
}

void Deduplication::advance(Time now)
{
    while (Entry* oldest = byFirst_.front()) {
        if (oldest->first + kDeduplicationInterval > now) return;
        erase(*oldest);
    }
}

const Deduplication::Entry* Deduplication::find(const std::string& key) const
{
    const auto at = entries_.find(key);
    return at == entries_.end() ? nullptr : &at->second;
}

void Deduplication::remember(const std::string& key, MessageNumber number, Time first, std::uint64_t position)
{
    if (const auto older = entries_.find(key); older != entries_.end()) erase(older->second);
    const auto at = entries_.try_emplace(key).first;
    at->second = {at->first, number, first, position, {}, {}};
    byFirst_.insert(at->second);
    byPosition_.insert(at->second);
    bytes_ += key.size();
}

void Deduplication::relocate(Entry& entry, std::uint64_t position)
{
    byPosition_.erase(entry);
    entry.position = position;
    byPosition_.insert(entry);
}

void Deduplication::erase(Entry& entry)
{
    byFirst_.erase(entry);
    byPosition_.erase(entry);
    bytes_ -= entry.key.size();
    entries_.erase(entries_.find(std::string(entry.key)));
}

} // namespace streamwright::sqs
