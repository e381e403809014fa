// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/top_keys.h"

#include <algorithm>

namespace streamwright {

TopKeys::TopKeys(std::size_t capacity) : capacity_(std::max<std::size_t>(capacity, 1))
{
    slots_.reserve(capacity_); // views of keys stay valid: no slot ever moves
    heap_.reserve(capacity_);
}

void TopKeys::add(std::string_view key, std::uint64_t weight)
{
    total_ += weight;
    if (const auto found = byKey_.find(key); found != byKey_.end()) {
        Slot& slot = slots_[found->second];
        slot.weight += weight;
        sink(slot.place);
        return;
    }
    if (slots_.size() < capacity_) {
        const std::size_t index = slots_.size();
        slots_.push_back({std::string(key), weight, 0, index});
        heap_.push_back(index);
        byKey_.emplace(slots_.back().key, index);
        rise(index);
        return;
    }
    // The lightest key gives way; what it weighed is how wrong the new one may be.
    Slot& slot = slots_[heap_.front()];
    byKey_.erase(slot.key);
    slot.error = slot.weight;
    slot.weight += weight;
    slot.key = key;
    byKey_.emplace(slot.key, heap_.front());
    sink(0);
}

std::vector<TopKeys::Entry> TopKeys::top(std::size_t most) const
{
    std::vector<Entry> entries;
    entries.reserve(slots_.size());
    for (const Slot& slot : slots_)
        entries.push_back({slot.key, slot.weight, slot.error});
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
        return a.weight != b.weight ? a.weight > b.weight : a.key < b.key;
    });
    if (entries.size() > most) entries.resize(most);
    return entries;
}

bool TopKeys::lighter(std::size_t a, std::size_t b) const { return slots_[heap_[a]].weight < slots_[heap_[b]].weight; }

void TopKeys::put(std::size_t place, std::size_t slot)
{
    heap_[place] = slot;
    slots_[slot].place = place;
}

void TopKeys::sink(std::size_t place)
{
    for (;;) {
        std::size_t lightest = place;
        for (const std::size_t child : {2 * place + 1, 2 * place + 2})
            if (child < heap_.size() && lighter(child, lightest)) lightest = child;
        if (lightest == place) return;
        const std::size_t moved = heap_[place];
        put(place, heap_[lightest]);
        put(lightest, moved);
        place = lightest;
    }
}

void TopKeys::rise(std::size_t place)
{
    while (place > 0 && lighter(place, (place - 1) / 2)) {
        const std::size_t parent = (place - 1) / 2;
        const std::size_t moved = heap_[place];
        put(place, heap_[parent]);
        put(parent, moved);
        place = parent;
    }
}

} // namespace streamwright
