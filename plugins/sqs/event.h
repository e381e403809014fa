// SPDX-License-Identifier: GPL-3.0-or-later
// The events of a queue as its log holds them: every acknowledged change is one, and replaying them in order gives the
// queue back. Encoding and decoding; README.md tells the bytes. Little-endian. Decoded views point into the record.
//   Stored events (Sent, Moved in, Kept): key = MessageGroupId, data = body, extra = StoredEvent, time = of the event
//   all others: data = kind byte and content
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/record/record_batch.h"
#include "plugins/sqs/message.h"
#include "plugins/sqs/message_id.h"

namespace streamwright::sqs {

enum class EventKind : std::uint8_t {
    Sent = 1, // by a producer; its position is its number
    MovedIn = 2, // from the source of a dead-letter queue
    Kept = 3, // copied forward with its whole state, so that the log's front can be trimmed
    Received = 4, // MessageVisibility, one a message
    Deleted = 5, // numbers
    Expired = 6, // numbers
    MovedOut = 7, // numbers
    VisibilityChanged = 8, // MessageVisibility
    Purged = 9,
    DelayChanged = 10, // of a FIFO queue: microseconds
    DeduplicationKept = 11, // an entry of the deduplication window copied forward
};

struct StoredEvent {
    EventKind kind = EventKind::Sent;
    bool fifo = false;
    Time until{}; // delayed until; not delayed: the epoch
    // MovedIn and Kept
    MessageId foreignId = 0; // the id it had in the source queue; 0: its own
    Time sent{};
    // MovedIn: receivesBefore alone. Kept
    Message state; // number, order, entered, until, receives, first and last received, state
    std::string_view source; // DeadLetterQueueSourceArn
    std::string_view deduplicationId;
    std::string_view attributes; // of the user, encoded (message_attributes.h)
};

struct MessageVisibility {
    MessageNumber number = 0;
    Time until{};
};

struct DeduplicationEvent {
    MessageNumber number = 0; // of the first message
    Time first{};
    std::string_view key;
};

std::string encode(const StoredEvent& event);
std::string encode(EventKind kind, const std::vector<MessageVisibility>& messages);
std::string encode(EventKind kind, const std::vector<MessageNumber>& numbers);
std::string encode(EventKind kind, Duration duration);
std::string encode(const DeduplicationEvent& event);

// Nothing when the bytes are not such an event.
std::optional<EventKind> eventKind(const Record& record);
std::optional<StoredEvent> decodeStored(const Record& record);
std::optional<std::vector<MessageVisibility>> decodeVisibilities(const Record& record);
std::optional<std::vector<MessageNumber>> decodeNumbers(const Record& record);
std::optional<Duration> decodeDuration(const Record& record);
std::optional<DeduplicationEvent> decodeDeduplication(const Record& record);

} // namespace streamwright::sqs
