// SPDX-License-Identifier: GPL-3.0-or-later
// MessageInput: a message as SendMessage or an entry of SendMessageBatch gives it, and the part of the answer that depends on
// it alone. Points into the request. One thread at a time.
#pragma once

#include <optional>
#include <vector>

#include "core/api/service.h"
#include "plugins/sqs/message_rules.h"
#include "plugins/sqs/queue.h"

namespace streamwright::sqs {

class MessageInput {
public:
    std::optional<api::ApiError> read(const api::Value& input, bool fifo);
    const NewMessage& message() const { return message_; }
    // The members of the answer: checksums of what came, the id and number of what is stored.
    void writeAnswer(const Sent& sent, bool fifo, api::Writer& out) const;

private:
    std::optional<api::ApiError> readAttributes(const api::Value& input);
    std::optional<api::ApiError> readSystemAttributes(const api::Value& input);

    NewMessage message_;
    std::vector<MessageAttribute> attributes_;
};

} // namespace streamwright::sqs
