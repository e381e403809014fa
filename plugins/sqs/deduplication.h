// SPDX-License-Identifier: GPL-3.0-or-later
// Deduplication: what a FIFO queue remembers of the sends of the last five minutes, whatever became of the messages.
// Owned by a Queue, under its lock.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "plugins/sqs/ascending_list.h"
#include "plugins/sqs/message.h"

namespace streamwright::sqs {

class Deduplication {
public:
    struct Entry {
        std::string_view key;
        MessageNumber number = 0; // of the first message
        Time first{}; // when it was sent
        std::uint64_t position = 0; // where the log says so now
        bool known = false; // remembered, not only claimed
        Link<Entry> firstLink;
        Link<Entry> positionLink;
    };

    // Sparse buckets: most look-ups are for something new and end at an empty one.
    Deduplication() { entries_.max_load_factor(0.3F); }

    // The key of a deduplication id; group: its message group if the scope is the group, otherwise empty.
    static std::string key(std::string_view id, std::string_view group);

    // Forgets what was first sent five minutes ago or longer.
    void advance(Time now);
    // The entry of that key, made if need be: one that is not known yet must be remembered or forgotten next.
    Entry& claim(const std::string& key);
    void remember(Entry& entry, MessageNumber number, Time first, std::uint64_t position);
    void forget(Entry& entry);

    Entry* oldestStored() const { return byPosition_.front(); }
    void relocate(Entry& entry, std::uint64_t position);

    std::size_t size() const { return entries_.size(); }
    std::uint64_t bytes() const { return bytes_; } // of the keys

private:
    void unlist(Entry& entry);

    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    struct ByFirst {
        std::pair<Time, std::uint64_t> operator()(const Entry& e) const { return {e.first, e.number}; }
    };
    struct ByStored {
        std::uint64_t operator()(const Entry& e) const { return e.position; }
    };

    std::unordered_map<std::string, Entry, TextHash, std::equal_to<>> entries_;
    AscendingList<Entry, &Entry::firstLink, ByFirst> byFirst_;
    AscendingList<Entry, &Entry::positionLink, ByStored> byPosition_;
    std::uint64_t bytes_ = 0;
};

} // namespace streamwright::sqs
