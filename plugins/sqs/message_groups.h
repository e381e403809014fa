// SPDX-License-Identifier: GPL-3.0-or-later
// MessageGroups: the visible messages of a queue in the order of delivery. On a FIFO queue a group with a message in
// flight is locked: none of it is delivered until that message is deleted or visible again. Of the free groups the one
// with the oldest head is next. A standard queue is one group that never locks. Owned by a MessageIndex; one thread at
// a time.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "plugins/sqs/message.h"

namespace streamwright::sqs {

class MessageGroups {
public:
    explicit MessageGroups(bool fifo) : fifo_(fifo) { }

    // A message joins the group of that id (made if need be), or leaves its group (dropped when empty).
    void join(Message& message, std::string_view groupId);
    void leave(Message& message);

    void addVisible(Message& message);
    void removeVisible(Message& message);
    void addInFlight(Message& message);
    void removeInFlight(Message& message);

    // The next message to deliver: of the group of `previous`, a message picked by the same receive, while it has any;
    // otherwise of the free group with the oldest head. Null if there is none. skip: go so many further in the group.
    Message* next(const Message* previous, std::size_t skip) const;

    std::size_t visible() const { return visible_; }
    std::size_t groupsInFlight() const { return groupsInFlight_; }
    void clear();

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    struct ByHead {
        std::pair<std::uint64_t, std::uint64_t> operator()(const MessageGroup& group) const { return group.head; }
    };
    // Lists the group among the free ones, at the place of its head, or takes it off, as its state demands.
    void relist(MessageGroup& group);

    const bool fifo_;
    std::unordered_map<std::string, MessageGroup, Hash, std::equal_to<>> groups_;
    AscendingList<MessageGroup, &MessageGroup::freeLink, ByHead> free_;
    std::size_t visible_ = 0;
    std::size_t groupsInFlight_ = 0;
};

} // namespace streamwright::sqs
