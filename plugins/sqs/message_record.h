// SPDX-License-Identifier: GPL-3.0-or-later
// A message as a record of a channel, both ways: key = MessageGroupId, data = body, extra = attributes, among them
// those of the service (below). Values; any thread. Views stay valid as long as the record's bytes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/record/record_batch.h"
#include "plugins/sqs/queue.h"

namespace streamwright::sqs {

// A record that wants to be sent.
struct RecordMessage {
    NewMessage message; // its attributes point below
    std::vector<MessageAttribute> attributes; // everything in extra that the service does not know
};
// Understood: MessageGroupId (otherwise the key), MessageDeduplicationId, DelaySeconds.
std::optional<Refusal> readMessage(const Record& record, RecordMessage& into);

// What a receiver gets in extra: MessageId, ApproximateReceiveCount, SentTimestamp, ApproximateFirstReceiveTimestamp,
// on FIFO queues SequenceNumber and MessageDeduplicationId, for a dead letter DeadLetterQueueSourceArn, and the
// sender's own attributes.
std::string receivedExtra(const ReceivedMessage& message, bool fifo);

// A dead letter for its queue: as above, with the source; its time is that of the sending.
std::string deadLetterExtra(const ReceivedMessage& message, bool fifo, std::string_view sourceArn);
// A dead letter from any kind of sender; fifo: of the queue that takes it. Refused when its source is of the other
// type.
std::optional<Refusal> readDeadLetter(const Record& record, bool fifo, std::vector<MessageAttribute>& attributes,
                                      DeadLetter& into);

} // namespace streamwright::sqs
