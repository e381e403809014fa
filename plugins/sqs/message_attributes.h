// SPDX-License-Identifier: GPL-3.0-or-later
// MessageAttribute: what a sender attaches to a message beside its body: name, type (String, Number, Binary, with an
// optional label) and value; their stored form, their size and their MD5 as the service computes it. Values; any
// thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace streamwright::sqs {

struct MessageAttribute {
    std::string_view name;
    std::string_view type;
    std::string_view value;
};

// AWSTraceHeader among the stored attributes: no sender's attribute can have this name.
inline constexpr std::string_view kTraceHeader = "AWS.TraceHeader";

// Flat text of the attributes, and back (views into it).
std::string encodeMessageAttributes(std::span<const MessageAttribute> attributes, std::string_view traceHeader = {});
std::vector<MessageAttribute> decodeMessageAttributes(std::string_view encoded);

// MD5OfMessageAttributes, in hexadecimal.
std::string md5OfMessageAttributes(std::span<const MessageAttribute> attributes);

} // namespace streamwright::sqs
