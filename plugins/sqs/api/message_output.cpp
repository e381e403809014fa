// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/message_output.h"

#include <algorithm>
#include <array>

#include "core/base/digest.h"
#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/queue_address.h"
#include "plugins/sqs/api/receipt_handle.h"

namespace streamwright::sqs {

namespace {

enum System {
    SenderId,
    SentTimestamp,
    ReceiveCount,
    FirstReceiveTimestamp,
    SequenceNumber,
    DeduplicationId,
    GroupId,
    TraceHeader,
    DeadLetterSource
};
constexpr std::array<std::string_view, 9> kSystemNames = {"SenderId",
                                                          "SentTimestamp",
                                                          "ApproximateReceiveCount",
                                                          "ApproximateFirstReceiveTimestamp",
                                                          "SequenceNumber",
                                                          "MessageDeduplicationId",
                                                          "MessageGroupId",
                                                          "AWSTraceHeader",
                                                          "DeadLetterQueueSourceArn"};

} // namespace

std::optional<api::ApiError> MessageSelection::read(const api::Value& input)
{
    names_ = input.items("MessageAttributeNames");
    for (const char* member : {"AttributeNames", "MessageSystemAttributeNames"})
        for (const api::Value& wanted : input.items(member)) {
            const auto found = std::ranges::find(kSystemNames, wanted.string());
            if (wanted.string() == "All")
                system_.set();
            else if (found != kSystemNames.end())
                system_.set(static_cast<std::size_t>(found - kSystemNames.begin()));
            else
                return unknownAttribute(wanted.string());
        }
    return std::nullopt;
}

bool MessageSelection::wants(std::string_view attributeName) const
{
    return std::ranges::any_of(names_, [&](const api::Value& value) {
        const std::string_view name = value.string();
        if (name == "All" || name == attributeName) return true;
        if (!name.ends_with('*')) return false;
        return attributeName.starts_with(name.substr(0, name.size() - (name.ends_with(".*") ? 2 : 1)));
    });
}

void MessageSelection::write(const ReceivedMessage& message, bool fifo, std::uint64_t seed, const api::Caller& caller,
                             api::Writer& out) const
{
    std::vector<MessageAttribute> stored;
    if (!message.attributes.empty()) stored = decodeMessageAttributes(message.attributes);
    out.beginMap();
    out.member("MessageId", messageIdText(message.id));
    out.member("ReceiptHandle", handleText(message.handle, seed));
    out.member("MD5OfBody", md5Hex(message.body));
    out.member("Body", message.body);
    if (system_.any()) writeSystem(message, stored, fifo, caller, out);
    std::erase_if(stored, [&](const MessageAttribute& attribute) {
        return attribute.name == kTraceHeader || !wants(attribute.name);
    });
    if (!stored.empty()) {
        out.member("MD5OfMessageAttributes", md5OfMessageAttributes(stored));
        out.key("MessageAttributes");
        out.beginMap();
        for (const MessageAttribute& attribute : stored) {
            out.key(attribute.name);
            out.beginMap();
            const bool binary = attribute.type.starts_with("Binary");
            out.key(binary ? "BinaryValue" : "StringValue");
            binary ? out.blob(attribute.value) : out.string(attribute.value);
            out.member("DataType", attribute.type);
            out.endMap();
        }
        out.endMap();
    }
    out.endMap();
}

void MessageSelection::writeSystem(const ReceivedMessage& message, std::span<const MessageAttribute> stored, bool fifo,
                                   const api::Caller& caller, api::Writer& out) const
{
    bool begun = false;
    const auto put = [&](System which, std::string_view value) {
        if (value.empty() || !system_.test(which)) return;
        if (!std::exchange(begun, true)) {
            out.key("Attributes");
            out.beginMap();
        }
        out.member(kSystemNames[which], value);
    };
    put(SenderId, caller.account);
    put(SentTimestamp, std::to_string(epochMilliseconds(message.sent)));
    put(ReceiveCount, std::to_string(message.receives));
    put(FirstReceiveTimestamp, std::to_string(epochMilliseconds(message.firstReceived)));
    if (fifo) put(SequenceNumber, std::to_string(message.sequence));
    if (fifo) put(DeduplicationId, message.deduplicationId);
    put(GroupId, message.groupId);
    for (const MessageAttribute& attribute : stored)
        if (attribute.name == kTraceHeader) put(TraceHeader, attribute.value);
    if (!message.source.empty())
        put(DeadLetterSource, queueArn(caller, message.source.substr(message.source.rfind(':') + 1)));
    if (begun) out.endMap();
}

} // namespace streamwright::sqs
