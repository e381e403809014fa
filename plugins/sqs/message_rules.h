// SPDX-License-Identifier: GPL-3.0-or-later
// NewMessage: a message as a sender gives it. checkMessage: what the service demands of one before anything else is
// done with it. Values; any thread.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/base/units.h"
#include "plugins/sqs/message_attributes.h"
#include "plugins/sqs/queue_settings.h"
#include "plugins/sqs/refusal.h"

namespace streamwright::sqs {

struct NewMessage {
    std::string_view body;
    std::string_view groupId; // MessageGroupId; on a standard queue carried along unchecked, without effect
    std::string_view deduplicationId;
    std::span<const MessageAttribute> attributes;
    std::optional<Duration> delay; // DelaySeconds of the message; not on FIFO queues
    std::string_view traceHeader; // AWSTraceHeader: beyond the limits of attributes and size
};

// Body and attributes: what the size limits count.
ByteCount sizeOf(const NewMessage& message);

// Why the queue must refuse the message; nothing when it is well.
std::optional<Refusal> checkMessage(const NewMessage& message, const QueueSettings& settings);

// 1 to 128 characters, alphanumeric or punctuation: MessageGroupId and MessageDeduplicationId.
bool isValidId(std::string_view id, std::size_t maximumCharacters);

// UTF-8 of the characters #x9 #xA #xD #x20-#xD7FF #xE000-#xFFFD #x10000-#x10FFFF only.
bool hasValidCharacters(std::string_view text);

} // namespace streamwright::sqs
