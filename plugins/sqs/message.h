// SPDX-License-Identifier: GPL-3.0-or-later
// Message: what a queue keeps in memory of one message; its bytes stay in the queue's log. Owned by MessageIndex, which
// alone changes it; addresses are stable. MessageGroup: the unit of order: a message group of a FIFO queue; a standard
// queue is one group that never locks.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "core/base/units.h"
#include "plugins/sqs/ascending_list.h"
#include "plugins/sqs/message_id.h"

namespace streamwright::sqs {

struct MessageGroup;

enum class MessageState : std::uint8_t {
    Delayed, // until `until`
    Visible, // may be received
    InFlight, // received, invisible until `until`
    Held, // picked by the receive under way
    Moving, // on its way to the dead-letter queue
};

struct Message {
    MessageNumber number = 0;
    std::uint64_t position = 0; // where the log holds its bytes now
    std::uint64_t order = 0; // rank of delivery: the number, or that of the receive that sent it to the back
    Time sent{}; // SentTimestamp: retention counts from here
    Time entered{}; // into this queue: later than sent after a move from a dead-letter source
    Time until{}; // end of the delay or of the visibility timeout
    Time firstReceived{};
    Time lastReceived{};
    MessageId foreignId = 0; // of a message moved in from another queue: the id it brought; otherwise 0
    std::uint32_t receives = 0;
    std::uint32_t receivesBefore = 0; // of a dead letter: in the queue that gave it up
    std::uint32_t bytes = 0; // key and data
    MessageState state = MessageState::Visible;

    MessageGroup* group = nullptr;
    Link<Message> stateLink; // delayed, visible in its group, or in flight
    Link<Message> sentLink; // by sent
    Link<Message> enteredLink; // by number
    Link<Message> positionLink; // by position
};

struct ByOrder {
    std::pair<std::uint64_t, std::uint64_t> operator()(const Message& m) const { return {m.order, m.number}; }
};
struct ByUntil {
    std::pair<Time, std::uint64_t> operator()(const Message& m) const { return {m.until, m.number}; }
};
struct BySent {
    std::pair<Time, std::uint64_t> operator()(const Message& m) const { return {m.sent, m.number}; }
};
struct ByNumber {
    std::uint64_t operator()(const Message& m) const { return m.number; }
};
struct ByPosition {
    std::uint64_t operator()(const Message& m) const { return m.position; }
};

struct MessageGroup {
    std::string id;
    AscendingList<Message, &Message::stateLink, ByOrder> visible;
    std::size_t messages = 0; // in any state
    std::size_t inFlight = 0;
    // Among the groups that may be received from, by the order of the head it had when it was listed.
    Link<MessageGroup> freeLink;
    std::pair<std::uint64_t, std::uint64_t> head;
    bool free = false;
};

} // namespace streamwright::sqs
