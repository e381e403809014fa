// SPDX-License-Identifier: GPL-3.0-or-later
// The half of Queue that looks and changes nothing: no receive count, no visibility, no expiry.
#include <algorithm>

#include "plugins/sqs/queue.h"

namespace streamwright::sqs {

namespace {

// What the message is at that moment, though no call has brought the queue there yet.
MessageState stateAt(const Message& message, Time at)
{
    const bool timed = message.state == MessageState::Delayed || message.state == MessageState::InFlight;
    return timed && message.until <= at ? MessageState::Visible : message.state;
}

} // namespace

std::vector<MessageNumber> Queue::list(std::optional<MessageState> state, Time at)
{
    std::vector<MessageNumber> numbers;
    {
        const MutexLock lock(mutex_);
        const Duration retention = settings_.retention;
        numbers.reserve(messages_.size());
        messages_.forEach([&](const Message& message) {
            if (message.sent + retention > at && (!state || stateAt(message, at) == *state))
                numbers.push_back(message.number);
        });
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

Peeked Queue::peek(std::span<const MessageNumber> numbers, Time at)
{
    const MutexLock lock(mutex_);
    Peeked peeked;
    std::vector<Message*> found;
    for (const MessageNumber number : numbers) {
        Message* message = messages_.find(number);
        if (!message || message->sent + settings_.retention <= at) continue;
        found.push_back(message);
        peeked.states.push_back({stateAt(*message, at), message->until, message->entered});
    }
    read(found, peeked.messages, peeked.owners);
    return peeked;
}

Time Queue::enteredAt(MessageNumber number)
{
    const MutexLock lock(mutex_);
    const Message* message = messages_.find(number);
    return message ? message->entered : Time{};
}

} // namespace streamwright::sqs
