// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/message_input.h"

#include "core/base/digest.h"
#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/limits.h"

namespace streamwright::sqs {

namespace {

std::optional<api::ApiError> checkId(const api::Value& input, const char* parameter, std::size_t most)
{
    const api::Value* id = input.find(parameter);
    if (!id || isValidId(id->string(), most)) return std::nullopt;
    return invalidValue(id->string(), parameter,
                        std::string(parameter) +
                            " can only include alphanumeric and punctuation characters. 1 to 128 in length.");
}

// The value that goes with the attribute's type.
std::string_view valueOf(const api::Value& attribute, std::string_view type)
{
    return attribute.string(type.starts_with("Binary") ? "BinaryValue" : "StringValue");
}

bool hasLists(const api::Value& attribute)
{
    return !attribute.items("StringListValues").empty() || !attribute.items("BinaryListValues").empty();
}

api::ApiError noLists()
{
    return unsupportedOperation("Message attribute list values in SendMessage are not supported.");
}

} // namespace

std::optional<api::ApiError> MessageInput::read(const api::Value& input, bool fifo)
{
    message_ = {};
    message_.body = input.string("MessageBody");
    if (message_.body.empty()) return missingParameter("MessageBody");
    message_.groupId = input.string("MessageGroupId");
    if (!fifo || !message_.groupId.empty())
        if (auto error = checkId(input, "MessageGroupId", kGroupIdCharacters)) return error;
    message_.deduplicationId = input.string("MessageDeduplicationId");
    if (auto error = checkId(input, "MessageDeduplicationId", kDeduplicationIdCharacters)) return error;
    if (const api::Value* delay = input.find("DelaySeconds"))
        if (!fifo || delay->integer() != 0) message_.delay = seconds(delay->integer());
    if (auto error = readAttributes(input)) return error;
    return readSystemAttributes(input);
}

std::optional<api::ApiError> MessageInput::readAttributes(const api::Value& input)
{
    attributes_.clear();
    const api::Value* attributes = input.find("MessageAttributes");
    if (!attributes) return std::nullopt;
    for (const auto& [name, attribute] : attributes->members()) {
        if (hasLists(attribute)) return noLists();
        const std::string_view type = attribute.string("DataType");
        attributes_.push_back({name, type, valueOf(attribute, type)});
    }
    message_.attributes = attributes_;
    return std::nullopt;
}

std::optional<api::ApiError> MessageInput::readSystemAttributes(const api::Value& input)
{
    const api::Value* attributes = input.find("MessageSystemAttributes");
    if (!attributes) return std::nullopt;
    for (const auto& [name, attribute] : attributes->members()) {
        if (name != "AWSTraceHeader")
            return invalidValue("Message system attribute name '" + std::string(name) +
                                "' is invalid: only AWSTraceHeader can be sent.");
        if (hasLists(attribute)) return noLists();
        message_.traceHeader = attribute.string("StringValue");
        if (attribute.string("DataType") != "String" || message_.traceHeader.empty() ||
            !hasValidCharacters(message_.traceHeader))
            return invalidValue(
                "Message system attribute 'AWSTraceHeader' must contain a non-empty value of type 'String'.");
    }
    return std::nullopt;
}

void MessageInput::writeAnswer(const Sent& sent, bool fifo, api::Writer& out) const
{
    out.member("MD5OfMessageBody", md5Hex(message_.body));
    if (!attributes_.empty()) out.member("MD5OfMessageAttributes", md5OfMessageAttributes(attributes_));
    if (!message_.traceHeader.empty()) {
        const MessageAttribute header{"AWSTraceHeader", "String", message_.traceHeader};
        out.member("MD5OfMessageSystemAttributes", md5OfMessageAttributes(std::span(&header, 1)));
    }
    out.member("MessageId", messageIdText(sent.id));
    if (fifo) out.member("SequenceNumber", std::to_string(sent.sequence));
}

} // namespace streamwright::sqs
