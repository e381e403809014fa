// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/message_record.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/record/attributes.h"

namespace streamwright::sqs {

namespace {

constexpr std::string_view kMessageId = "MessageId";
constexpr std::string_view kGroupId = "MessageGroupId";
constexpr std::string_view kDeduplicationId = "MessageDeduplicationId";
constexpr std::string_view kDelaySeconds = "DelaySeconds";
constexpr std::string_view kReceiveCount = "ApproximateReceiveCount";
constexpr std::string_view kSentTimestamp = "SentTimestamp";
constexpr std::string_view kFirstReceived = "ApproximateFirstReceiveTimestamp";
constexpr std::string_view kSequenceNumber = "SequenceNumber";
constexpr std::string_view kSourceArn = "DeadLetterQueueSourceArn";
constexpr std::string_view kTraceHeaderShown = "AWSTraceHeader";
// Of a dead letter: the sender's attributes with their types, encoded (message_attributes.h).
constexpr std::string_view kTypedAttributes = "MessageAttributes";

constexpr std::array kKnown = {kMessageId,     kGroupId,       kDeduplicationId, kDelaySeconds, kReceiveCount,
                               kSentTimestamp, kFirstReceived, kSequenceNumber,  kSourceArn,    kTypedAttributes};

void addUnknownAsText(std::string_view extra, std::vector<MessageAttribute>& attributes)
{
    for (const auto& [name, value] : decodeAttributes(extra))
        if (std::ranges::find(kKnown, name) == kKnown.end()) attributes.push_back({name, "String", value});
}

// The attributes that both a receiver and a dead-letter queue get. texts: what owns the numbers' digits.
void addSystemAttributes(const ReceivedMessage& message, bool fifo, std::string_view source,
                         std::vector<std::string>& texts, AttributeList& out)
{
    texts.reserve(5); // so that the views stay
    const auto add = [&](std::string_view name, std::string text) { out.emplace_back(name, texts.emplace_back(text)); };
    add(kMessageId, messageIdText(message.id));
    add(kReceiveCount, std::to_string(message.receives));
    add(kSentTimestamp, std::to_string(epochMilliseconds(message.sent)));
    add(kFirstReceived, std::to_string(epochMilliseconds(message.firstReceived)));
    if (fifo) {
        add(kSequenceNumber, std::to_string(message.sequence));
        out.emplace_back(kDeduplicationId, message.deduplicationId);
    }
    if (!source.empty()) out.emplace_back(kSourceArn, source);
}

} // namespace

std::optional<Refusal> readMessage(const Record& record, RecordMessage& into)
{
    into.attributes.clear();
    into.message = {record.data, record.key, {}, {}, {}};
    if (record.extra.empty()) return std::nullopt;
    into.message.groupId = findAttribute(record.extra, kGroupId).value_or(record.key);
    into.message.deduplicationId = findAttribute(record.extra, kDeduplicationId).value_or(std::string_view());
    addUnknownAsText(record.extra, into.attributes);
    into.message.attributes = into.attributes;
    if (const auto delay = findAttribute(record.extra, kDelaySeconds)) {
        int value = 0;
        const auto [end, error] = std::from_chars(delay->data(), delay->data() + delay->size(), value);
        if (error != std::errc() || end != delay->data() + delay->size())
            return Refusal{RefusalCode::InvalidParameterValue,
                           "Value " + std::string(*delay) + " for parameter DelaySeconds is invalid."};
        into.message.delay = seconds(value);
    }
    return std::nullopt;
}

std::string receivedExtra(const ReceivedMessage& message, bool fifo)
{
    std::vector<std::string> texts;
    AttributeList attributes;
    addSystemAttributes(message, fifo, message.source, texts, attributes);
    if (!message.attributes.empty())
        for (const MessageAttribute& attribute : decodeMessageAttributes(message.attributes))
            attributes.emplace_back(attribute.name == kTraceHeader ? kTraceHeaderShown : attribute.name,
                                    attribute.value);
    return encodeAttributes(attributes);
}

std::string deadLetterExtra(const ReceivedMessage& message, bool fifo, std::string_view sourceArn)
{
    std::vector<std::string> texts;
    AttributeList attributes;
    addSystemAttributes(message, fifo, sourceArn, texts, attributes);
    if (!message.attributes.empty()) attributes.emplace_back(kTypedAttributes, message.attributes);
    return encodeAttributes(attributes);
}

std::optional<Refusal> readDeadLetter(const Record& record, bool fifo, std::vector<MessageAttribute>& attributes,
                                      DeadLetter& into)
{
    if (findAttribute(record.extra, kSequenceNumber).has_value() != fifo)
        return Refusal{
            RefusalCode::InvalidParameterValue,
            "The dead-letter queue of a FIFO queue must be a FIFO queue, that of anything else a standard queue."};
    attributes.clear();
    if (const auto typed = findAttribute(record.extra, kTypedAttributes))
        attributes = decodeMessageAttributes(*typed);
    else
        addUnknownAsText(record.extra, attributes);
    into.message = {record.data,
                    record.key,
                    findAttribute(record.extra, kDeduplicationId).value_or(std::string_view()),
                    attributes,
                    {}};
    into.id = parseMessageId(findAttribute(record.extra, kMessageId).value_or(std::string_view())).value_or(0);
    into.sent = record.time;
    const std::string_view receives = findAttribute(record.extra, kReceiveCount).value_or(std::string_view());
    std::from_chars(receives.data(), receives.data() + receives.size(), into.receives);
    into.source = findAttribute(record.extra, kSourceArn).value_or(std::string_view());
    return std::nullopt;
}

} // namespace streamwright::sqs
