// SPDX-License-Identifier: GPL-3.0-or-later
// MessageId and sequence number of a message, derived from its number, so that both survive a restart without being
// stored. Values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/uint128.h"

namespace streamwright::sqs {

// The position at which the log first stored the message: grows with every send, never reused.
using MessageNumber = std::uint64_t;
using MessageId = Uint128;

// A version 4 UUID, the same for the same queue and number. seed: of the queue.
MessageId messageId(std::uint64_t seed, MessageNumber number);
// Of the message that a move task makes out of one of its source: the same when the task tries again after a restart.
MessageId movedMessageId(std::string_view task, MessageNumber number);
// "8d5f2a3c-..." (36 characters), and back: nothing when the text is no such id.
std::string messageIdText(MessageId id);
std::optional<MessageId> parseMessageId(std::string_view text);

// SequenceNumber of a FIFO queue: 20 digits, growing, not consecutive.
constexpr std::uint64_t sequenceNumber(MessageNumber number) { return 10'000'000'000'000'000'000u + number * 256; }

} // namespace streamwright::sqs
