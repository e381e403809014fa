// SPDX-License-Identifier: GPL-3.0-or-later
// From the bytes of a request to a Document. Foreign bytes: depth and size are bounded, every fault is an answer. The body
// may be changed and must live as long as the document. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/api/shape.h"
#include "core/base/result.h"

namespace streamwright::api {

inline constexpr int kMostNesting = 64;

Result<void> decodeJson(std::string& body, Document& into);
// What a whole number is as a time: milliseconds in the services' older protocol, seconds in Smithy's RPC v2 and the standard.
enum class CborTime { Milliseconds, Seconds };
Result<void> decodeCbor(std::string_view body, Document& into, CborTime unit = CborTime::Milliseconds);
// "Action=SendMessage&Entries.1.Id=a": by the names that the shape gives its members.
Result<void> decodeQuery(std::string_view form, const Shape& input, Document& into);
// One parameter of a form or a URL's query, decoded; nothing when absent.
std::optional<std::string> formParameter(std::string_view form, std::string_view name);

} // namespace streamwright::api
