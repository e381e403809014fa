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
        forget(*oldest);
    }
}

Deduplication::Entry& Deduplication::claim(const std::string& key)
{
    const auto [at, added] = entries_.try_emplace(key);
    if (added) at->second.key = at->first;
    return at->second;
}

void Deduplication::remember(Entry& entry, MessageNumber number, Time first, std::uint64_t position)
{
    unlist(entry);
    entry.number = number;
    entry.first = first;
    entry.position = position;
    entry.known = true;
    byFirst_.insert(entry);
    byPosition_.insert(entry);
    bytes_ += entry.key.size();
}

void Deduplication::forget(Entry& entry)
{
    unlist(entry);
    entries_.erase(entries_.find(entry.key));
}

void Deduplication::relocate(Entry& entry, std::uint64_t position)
{
    byPosition_.erase(entry);
    entry.position = position;
    byPosition_.insert(entry);
}

void Deduplication::unlist(Entry& entry)
{
    if (!entry.known) return;
    byFirst_.erase(entry);
    byPosition_.erase(entry);
    bytes_ -= entry.key.size();
}

} // namespace streamwright::sqs
