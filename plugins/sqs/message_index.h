// SPDX-License-Identifier: GPL-3.0-or-later
// MessageIndex: the messages of a queue and their states, by number, order of delivery, deadline, age and position in
// the log. It knows what follows from what (a timeout makes visible, a message in flight locks its group), but no
// limits, no log and no requests: Queue has those. Every change costs O(log n) or less. Owned by a Queue, under its
// lock.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>

#include "plugins/sqs/limits.h"
#include "plugins/sqs/message.h"
#include "plugins/sqs/message_groups.h"
#include "plugins/sqs/scan_window.h"

namespace streamwright::sqs {

class MessageIndex {
public:
    explicit MessageIndex(bool fifo) : fifo_(fifo), groups_(fifo) { }
    MessageIndex(const MessageIndex&) = delete;
    MessageIndex& operator=(const MessageIndex&) = delete;

    // How many messages of a FIFO queue are looked through for a free group.
    void setScanReach(std::size_t messages);

    // Takes in a message as described: its links and group are set here; state is Delayed, Visible or InFlight.
    void add(const Message& described, std::string_view groupId);
    Message* find(MessageNumber number);
    Message* findForeign(MessageId id);
    void erase(Message& message);
    void clear();

    // Makes visible what is due by now.
    void advance(Time now);
    // The next message to deliver (see MessageGroups::next), or null.
    Message* next(const Message* previous = nullptr, std::size_t skip = 0) const;
    // A visible message is picked: held until it is received, moving or released. A moving one does not expire.
    void hold(Message& message);
    void move(Message& message);
    void release(Message& message);
    // A held message is received: in flight until then, or visible again if that is not later than now.
    // back: the rank it takes if it has now been received so often that it goes to the back.
    void receive(Message& message, Time until, Time now, std::uint64_t back);
    // Of a message in flight.
    void changeVisibility(Message& message, Time until, Time now);
    // Every delayed message is delayed so long from its entry.
    void changeDelay(Duration delay);
    void relocate(Message& message, std::uint64_t position);

    // A walk through all messages, in no order, in pieces between which others may change the index. When it has grown so
    // that its messages stand elsewhere (standsFor), a walk begins anew.
    struct Walk {
        std::size_t places = 0, next = 0;
        bool ended() const { return next >= places; }
    };
    Walk begin() const { return {messages_.bucket_count(), 0}; }
    bool standsFor(const Walk& walk) const { return walk.places == messages_.bucket_count(); }
    template <typename Visitor>
    void visitSome(Walk& walk, std::size_t places, Visitor visit) const
    {
        const std::size_t end = std::min(walk.places, walk.next + places);
        for (; walk.next < end; ++walk.next)
            for (auto at = messages_.begin(walk.next); at != messages_.end(walk.next); ++at)
                visit(at->second);
    }

    // Null when there is none.
    Message* oldestSent() const { return bySent_.front(); } // of all but the moving ones
    Message* oldestStored() const { return byPosition_.front(); }
    Message* oldestOnItsPlace() const { return window_.oldest(); } // of all but those sent to the back
    Time nextDeadline() const; // of a delay or a visibility timeout; kNever

    std::size_t size() const { return messages_.size(); }
    std::size_t visible() const { return groups_.visible(); }
    std::size_t inFlight() const { return inFlight_.size(); }
    std::size_t delayed() const { return delayed_.size(); }
    std::size_t groupsInFlight() const { return groups_.groupsInFlight(); }
    std::uint64_t bytes() const { return bytes_; }

private:
    bool atTheBack(const Message& message) const { return !fifo_ && message.receives >= kReceivesUntilBack; }
    // Puts the message into, or takes it out of, the index of its state.
    void enterState(Message& message, MessageState state);
    void leaveState(Message& message);

    const bool fifo_;
    std::unordered_map<MessageNumber, Message> messages_;
    std::map<MessageId, Message*> foreign_; // those moved in from another queue
    MessageGroups groups_;
    ScanWindow window_;
    AscendingList<Message, &Message::stateLink, ByUntil> delayed_;
    AscendingList<Message, &Message::stateLink, ByUntil> inFlight_;
    AscendingList<Message, &Message::sentLink, BySent> bySent_;
    AscendingList<Message, &Message::positionLink, ByPosition> byPosition_;
    std::uint64_t bytes_ = 0;
};

} // namespace streamwright::sqs
