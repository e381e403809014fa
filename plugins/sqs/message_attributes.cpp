// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/message_attributes.h"

#include <algorithm>

#include "core/base/digest.h"
#include "core/record/attributes.h"

namespace streamwright::sqs {

namespace {

constexpr char kTypeEnd = '\0'; // a type cannot hold it

void putSized(std::string& out, std::string_view bytes)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        out += static_cast<char>(bytes.size() >> shift);
    out += bytes;
}

} // namespace

std::string encodeMessageAttributes(std::span<const MessageAttribute> attributes, std::string_view traceHeader)
{
    std::vector<std::string> values;
    values.reserve(attributes.size() + 1);
    AttributeList pairs;
    const auto add = [&](const MessageAttribute& attribute) {
        std::string& typed = values.emplace_back(attribute.type);
        typed.append(1, kTypeEnd).append(attribute.value);
        pairs.emplace_back(attribute.name, typed);
    };
    for (const MessageAttribute& attribute : attributes)
        add(attribute);
    if (!traceHeader.empty()) add({kTraceHeader, "String", traceHeader});
    return encodeAttributes(pairs);
}

std::vector<MessageAttribute> decodeMessageAttributes(std::string_view encoded)
{
    std::vector<MessageAttribute> attributes;
    for (const auto& [name, typed] : decodeAttributes(encoded)) {
        const std::size_t end = std::min(typed.find(kTypeEnd), typed.size());
        attributes.push_back({name, typed.substr(0, end), typed.substr(std::min(end + 1, typed.size()))});
    }
    return attributes;
}

std::string md5OfMessageAttributes(std::span<const MessageAttribute> attributes)
{
    std::vector<MessageAttribute> sorted(attributes.begin(), attributes.end());
    std::ranges::sort(sorted, {}, &MessageAttribute::name);
    std::string bytes;
    for (const MessageAttribute& attribute : sorted) {
        putSized(bytes, attribute.name);
        putSized(bytes, attribute.type);
        bytes += attribute.type.starts_with("Binary") ? '\2' : '\1';
        putSized(bytes, attribute.value);
    }
    return md5Hex(bytes);
}

} // namespace streamwright::sqs
