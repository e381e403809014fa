// SPDX-License-Identifier: GPL-3.0-or-later
// The half of Queue that looks and changes nothing: no receive count, no visibility, no expiry.
#include <algorithm>

#include "plugins/sqs/queue.h"

namespace streamwright::sqs {

namespace {

constexpr std::size_t kPlacesAWalk = 4096; // looked at under the lock at once: some 100 microseconds

// What the message is at that moment, though no call has brought the queue there yet.
MessageState stateAt(const Message& message, Time at)
{
    const bool timed = message.state == MessageState::Delayed || message.state == MessageState::InFlight;
    return timed && message.until <= at ? MessageState::Visible : message.state;
}

} // namespace

std::vector<Listed> Queue::list(std::optional<MessageState> state, Time at)
{
    std::vector<Listed> listed;
    const MessageNumber end = log_->next();
    for (MessageIndex::Walk walk; !walk.ended() || walk.places == 0;) {
        const MutexLock lock(mutex_);
        if (!messages_.standsFor(walk)) {
            walk = messages_.begin();
            listed.clear();
        }
        messages_.visitSome(walk, kPlacesAWalk, [&, retention = settings_.retention](const Message& message) {
            if (message.number < end && message.sent + retention > at && (!state || stateAt(message, at) == *state))
                listed.push_back({message.number, message.entered});
        });
    }
    std::ranges::sort(listed, {}, &Listed::number);
    return listed;
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

} // namespace streamwright::sqs
