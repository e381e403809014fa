// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/message_rules.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "plugins/sqs/limits.h"

namespace streamwright::sqs {

namespace {

Refusal invalid(std::string message) { return {RefusalCode::InvalidParameterValue, std::move(message)}; }

Refusal invalidReason(std::string_view value, std::string_view parameter, std::string_view reason)
{
    std::string message = "Value ";
    message.append(value).append(" for parameter ").append(parameter);
    message.append(" is invalid. Reason: ").append(reason).append(".");
    return invalid(std::move(message));
}

bool isAlphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool startsWithIgnoringCase(std::string_view text, std::string_view lowerCase)
{
    if (text.size() < lowerCase.size()) return false;
    return std::ranges::equal(text.substr(0, lowerCase.size()), lowerCase,
                              [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b; });
}

bool isValidAttributeName(std::string_view name)
{
    const auto allowed = [](char c) { return isAlphanumeric(c) || c == '_' || c == '.' || c == '-'; };
    return !name.empty() && name.size() <= kAttributeNameCharacters && std::ranges::all_of(name, allowed) &&
           name.front() != '.' && name.back() != '.' && name.find("..") == name.npos &&
           !startsWithIgnoringCase(name, "aws.") && !startsWithIgnoringCase(name, "amazon.");
}

bool isValidAttributeType(std::string_view type)
{
    const std::string_view base = type.substr(0, type.find('.'));
    const bool known = base == "String" || base == "Number" || base == "Binary";
    return known && type.size() <= kAttributeTypeCharacters && type.find('\0') == type.npos;
}

bool isNumber(std::string_view text)
{
    if (text.starts_with('+')) text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error != std::errc::invalid_argument && end == text.data() + text.size();
}

std::optional<Refusal> checkAttributes(std::span<const MessageAttribute> attributes)
{
    if (attributes.size() > kAttributes)
        return invalid("Number of message attributes [" + std::to_string(attributes.size()) +
                       "] exceeds the allowed maximum [10].");
    for (const MessageAttribute& attribute : attributes) {
        const std::string name(attribute.name);
        if (!isValidAttributeName(attribute.name))
            return invalid("The message attribute name '" + name +
                           "' is invalid. It has 1 to 256 characters of A-Z, a-z, 0-9, "
                           "underscore, hyphen and period, no period at an end or beside another, and does not begin "
                           "with AWS. or Amazon.");
        if (!isValidAttributeType(attribute.type))
            return invalid("The message attribute '" + name +
                           "' has an invalid message attribute type, the set of supported type "
                           "prefixes is Binary, Number, and String.");
        if (attribute.value.empty())
            return invalid("Message (user) attribute '" + name + "' must contain a non-empty value of type '" +
                           std::string(attribute.type.substr(0, attribute.type.find('.'))) + "'.");
        if (attribute.type.starts_with("Number") && !isNumber(attribute.value))
            return invalid("Can't cast the value of message (user) attribute '" + name + "' to a number.");
        if (!attribute.type.starts_with("Binary") && !hasValidCharacters(attribute.value))
            return Refusal{RefusalCode::InvalidMessageContents,
                           "Invalid characters found in the message attribute '" + name + "'."};
    }
    return std::nullopt;
}

std::optional<Refusal> checkFifo(const NewMessage& message, const QueueSettings& settings)
{
    if (!settings.fifo) {
        if (message.deduplicationId.empty()) return std::nullopt;
        return invalidReason(message.deduplicationId, "MessageDeduplicationId",
                             "The request include parameter that is not valid for this queue type");
    }
    if (message.groupId.empty())
        return Refusal{RefusalCode::MissingParameter, "The request must contain the parameter MessageGroupId."};
    if (!isValidId(message.groupId, kGroupIdCharacters))
        return invalidReason(
            message.groupId, "MessageGroupId",
            "MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length");
    if (message.deduplicationId.empty() && !settings.contentBasedDeduplication)
        return invalid("The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId "
                       "provided explicitly");
    if (!message.deduplicationId.empty() && !isValidId(message.deduplicationId, kDeduplicationIdCharacters))
        return invalidReason(
            message.deduplicationId, "MessageDeduplicationId",
            "MessageDeduplicationId can only include alphanumeric and punctuation characters. 1 to 128 in length");
    return std::nullopt;
}

std::optional<Refusal> checkDelay(const std::optional<Duration>& delay, bool fifo)
{
    if (!delay) return std::nullopt;
    const std::string value = std::to_string(std::chrono::floor<std::chrono::seconds>(*delay).count());
    if (fifo)
        return invalidReason(value, "DelaySeconds",
                             "The request include parameter that is not valid for this queue type");
    if (*delay < Duration::zero() || *delay > kDelayMaximum)
        return invalidReason(value, "DelaySeconds", "DelaySeconds must be >= 0 and <= 900");
    return std::nullopt;
}

// The number of bytes of the valid character that the text begins with; 0 if it does not begin with one.
std::size_t characterSize(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return lead >= 0x20 || lead == '\t' || lead == '\n' || lead == '\r' ? 1 : 0;
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return 0;
    std::uint32_t character = lead & (0xFFu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
        character = character << 6 | (byte(i) & 0x3F);
    }
    const bool overlong = (size == 3 && character < 0x800) || (size == 4 && character < 0x10000);
    const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
    return overlong || surrogate || character == 0xFFFE || character == 0xFFFF || character > 0x10FFFF ? 0 : size;
}

// Whether eight bytes are all printable ASCII (or DEL).
bool isPlain(const char* bytes)
{
    std::uint64_t word;
    std::memcpy(&word, bytes, sizeof word);
    constexpr std::uint64_t kHigh = 0x8080808080808080, kSpaces = 0x2020202020202020;
    return ((word | (word - kSpaces)) & kHigh) == 0;
}

} // namespace

ByteCount sizeOf(const NewMessage& message)
{
    std::uint64_t bytes = message.body.size();
    for (const MessageAttribute& attribute : message.attributes)
        bytes += attribute.name.size() + attribute.type.size() + attribute.value.size();
    return ByteCount(bytes);
}

std::optional<Refusal> checkMessage(const NewMessage& message, const QueueSettings& settings)
{
    if (message.body.empty())
        return Refusal{RefusalCode::MissingParameter, "The request must contain the parameter MessageBody."};
    if (sizeOf(message) > settings.maximumMessageSize)
        return invalid("One or more parameters are invalid. Reason: Message must be shorter than " +
                       std::to_string(settings.maximumMessageSize.value()) + " bytes.");
    if (auto refusal = checkFifo(message, settings)) return refusal;
    if (auto refusal = checkDelay(message.delay, settings.fifo)) return refusal;
    if (auto refusal = checkAttributes(message.attributes)) return refusal;
    if (!hasValidCharacters(message.body))
        return Refusal{
            RefusalCode::InvalidMessageContents,
            "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to "
            "#xFFFD | #x10000 to #x10FFFF"};
    return std::nullopt;
}

bool isValidId(std::string_view id, std::size_t maximumCharacters)
{
    return !id.empty() && id.size() <= maximumCharacters &&
           std::ranges::all_of(id, [](char c) { return c > ' ' && c <= '~'; });
}

bool hasValidCharacters(std::string_view text)
{
    while (!text.empty()) {
        if (text.size() >= 8 && isPlain(text.data())) {
            text.remove_prefix(8);
            continue;
        }
        const std::size_t size = characterSize(text);
        if (size == 0) return false;
        text.remove_prefix(size);
    }
    return true;
}

} // namespace streamwright::sqs
