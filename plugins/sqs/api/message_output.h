// SPDX-License-Identifier: GPL-3.0-or-later
// MessageSelection: which attributes a ReceiveMessage asked for, and a message written with those. Points into the request.
// One thread at a time.
#pragma once

#include <bitset>
#include <optional>

#include "core/api/service.h"
#include "plugins/sqs/queue.h"

namespace streamwright::sqs {

class MessageSelection {
public:
    std::optional<api::ApiError> read(const api::Value& input);
    void write(const ReceivedMessage& message, bool fifo, std::uint64_t handleSeed, const api::Caller& caller,
               api::Writer& out) const;

private:
    bool wants(std::string_view attributeName) const;
    void writeSystem(const ReceivedMessage& message, std::span<const MessageAttribute> stored, bool fifo,
                     const api::Caller& caller, api::Writer& out) const;

    static constexpr std::size_t kSystemAttributes = 9;
    std::bitset<kSystemAttributes> system_;
    std::span<const api::Value> names_; // MessageAttributeNames
};

} // namespace streamwright::sqs
