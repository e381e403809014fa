// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/message_index.h"

#include <algorithm>
#include <vector>

#include "core/base/check.h"

namespace streamwright::sqs {

void MessageIndex::setScanReach(std::size_t messages)
{
    if (fifo_) window_.setReach(messages);
}

void MessageIndex::add(const Message& described, std::string_view groupId)
{
    const auto [at, added] = messages_.try_emplace(described.number, described);
    CHECK(added);
    Message& message = at->second;
    groups_.join(message, groupId);
    enterState(message, message.state);
    bySent_.insert(message);
    byPosition_.insert(message);
    if (!atTheBack(message)) window_.insert(message);
    if (message.foreignId != 0) foreign_[message.foreignId] = &message;
    bytes_ += message.bytes;
}

Message* MessageIndex::find(MessageNumber number)
{
    const auto at = messages_.find(number);
    return at == messages_.end() ? nullptr : &at->second;
}

Message* MessageIndex::findForeign(MessageId id)
{
    const auto at = foreign_.find(id);
    return at == foreign_.end() ? nullptr : at->second;
}

void MessageIndex::erase(Message& message)
{
    if (message.foreignId != 0) foreign_.erase(message.foreignId);
    if (message.state != MessageState::Moving) bySent_.erase(message);
    leaveState(message);
    byPosition_.erase(message);
    if (!atTheBack(message)) window_.erase(message);
    bytes_ -= message.bytes;
    groups_.leave(message);
    messages_.erase(message.number);
}

void MessageIndex::clear()
{
    groups_.clear();
    window_.clear();
    delayed_.clear();
    inFlight_.clear();
    bySent_.clear();
    byPosition_.clear();
    foreign_.clear();
    bytes_ = 0;
    messages_.clear();
}

void MessageIndex::advance(Time now)
{
    for (auto* due : {&delayed_, &inFlight_})
        for (Message* message = due->front(); message && message->until <= now; message = due->front()) {
            leaveState(*message);
            enterState(*message, MessageState::Visible);
        }
}

Message* MessageIndex::next(const Message* previous, std::size_t skip) const
{
    const auto reachable = [this](const Message* message) { return message && (!fifo_ || window_.contains(*message)); };
    Message* message = groups_.next(previous, skip);
    if (previous && !reachable(message)) message = groups_.next(nullptr, skip);
    return reachable(message) ? message : nullptr;
}

void MessageIndex::hold(Message& message)
{
    CHECK(message.state == MessageState::Visible);
    leaveState(message);
    enterState(message, MessageState::Held);
}

void MessageIndex::move(Message& message)
{
    CHECK(message.state == MessageState::Held);
    bySent_.erase(message);
    enterState(message, MessageState::Moving);
}

void MessageIndex::release(Message& message)
{
    CHECK(message.state == MessageState::Held || message.state == MessageState::Moving);
    if (message.state == MessageState::Moving) bySent_.insert(message);
    enterState(message, MessageState::Visible);
}

void MessageIndex::receive(Message& message, Time until, Time now, std::uint64_t back)
{
    CHECK(message.state == MessageState::Held);
    if (message.receives == 0) message.firstReceived = now;
    message.lastReceived = now;
    if (!fifo_ && message.receives + 1 == kReceivesUntilBack) window_.erase(message);
    ++message.receives;
    if (atTheBack(message)) message.order = back;
    message.until = until;
    enterState(message, until > now ? MessageState::InFlight : MessageState::Visible);
}

void MessageIndex::changeVisibility(Message& message, Time until, Time now)
{
    CHECK(message.state == MessageState::InFlight);
    leaveState(message);
    message.until = until > now ? until : Time{}; // given back, which is not the same as timed out
    enterState(message, until > now ? MessageState::InFlight : MessageState::Visible);
}

void MessageIndex::changeDelay(Duration delay)
{
    std::vector<Message*> waiting;
    waiting.reserve(delayed_.size());
    while (Message* message = delayed_.front()) {
        delayed_.erase(*message);
        waiting.push_back(message);
    }
    for (Message* message : waiting) {
        message->until = message->entered + delay;
        delayed_.insert(*message);
    }
}

void MessageIndex::relocate(Message& message, std::uint64_t position)
{
    byPosition_.erase(message);
    message.position = position;
    byPosition_.insert(message);
}

Time MessageIndex::nextDeadline() const
{
    Time next = kNever;
    for (const auto* due : {&delayed_, &inFlight_})
        if (const Message* message = due->front()) next = std::min(next, message->until);
    return next;
}

void MessageIndex::enterState(Message& message, MessageState state)
{
    message.state = state;
    switch (state) {
    case MessageState::Delayed:
        delayed_.insert(message);
        break;
    case MessageState::Visible:
        groups_.addVisible(message);
        break;
    case MessageState::InFlight:
        inFlight_.insert(message);
        groups_.addInFlight(message);
        break;
    case MessageState::Held:
    case MessageState::Moving:
        break;
    }
}

void MessageIndex::leaveState(Message& message)
{
    switch (message.state) {
    case MessageState::Delayed:
        delayed_.erase(message);
        break;
    case MessageState::Visible:
        groups_.removeVisible(message);
        break;
    case MessageState::InFlight:
        inFlight_.erase(message);
        groups_.removeInFlight(message);
        break;
    case MessageState::Held:
    case MessageState::Moving:
        break;
    }
}

} // namespace streamwright::sqs
