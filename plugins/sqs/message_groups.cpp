// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/message_groups.h"

namespace streamwright::sqs {

void MessageGroups::join(Message& message, std::string_view groupId)
{
    if (!fifo_) groupId = {}; // a group id on a standard queue does not order
    auto at = groups_.find(groupId);
    if (at == groups_.end()) {
        at = groups_.try_emplace(std::string(groupId)).first;
        at->second.id = groupId;
    }
    message.group = &at->second;
    ++message.group->messages;
}

void MessageGroups::leave(Message& message)
{
    MessageGroup& group = *message.group;
    if (--group.messages > 0 || !fifo_) return;
    groups_.erase(groups_.find(std::string_view(group.id)));
}

void MessageGroups::addVisible(Message& message)
{
    message.group->visible.insert(message);
    ++visible_;
    relist(*message.group);
}

void MessageGroups::removeVisible(Message& message)
{
    message.group->visible.erase(message);
    --visible_;
    relist(*message.group);
}

void MessageGroups::addInFlight(Message& message)
{
    if (message.group->inFlight++ > 0) return;
    ++groupsInFlight_;
    relist(*message.group);
}

void MessageGroups::removeInFlight(Message& message)
{
    if (--message.group->inFlight > 0) return;
    --groupsInFlight_;
    relist(*message.group);
}

Message* MessageGroups::next(const Message* previous, std::size_t skip) const
{
    const MessageGroup* group = previous && !previous->group->visible.empty() ? previous->group : free_.front();
    if (!group) return nullptr;
    Message* message = group->visible.front();
    for (; skip > 0; --skip) {
        Message* further = group->visible.after(*message);
        if (!further) break;
        message = further;
    }
    return message;
}

void MessageGroups::relist(MessageGroup& group)
{
    const bool locked = fifo_ && group.inFlight > 0;
    const bool free = !locked && !group.visible.empty();
    const auto head = free ? ByOrder{}(*group.visible.front()) : group.head;
    if (free == group.free && head == group.head) return;
    if (group.free) free_.erase(group);
    group.head = head;
    group.free = free;
    if (free) free_.insert(group);
}

void MessageGroups::clear()
{
    free_.clear();
    groups_.clear();
    visible_ = groupsInFlight_ = 0;
}

} // namespace streamwright::sqs
