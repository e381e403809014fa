// SPDX-License-Identifier: GPL-3.0-or-later
// Writers for each protocol, and the frames of an event stream. Each writes to the end of a string that outlives it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/api/shape.h"
#include "core/api/writer.h"

namespace streamwright::api {

std::unique_ptr<Writer> jsonWriter(std::string& into);
std::unique_ptr<Writer> cborWriter(std::string& into); // times are whole milliseconds
std::unique_ptr<Writer> rpcCborWriter(std::string& into); // of Smithy's RPC v2: times are seconds
// The members of the output structure, without the elements around them.
std::unique_ptr<Writer> xmlWriter(std::string& into, const Shape& output);

std::string escapeXml(std::string_view text);

// application/vnd.amazon.eventstream: one frame with string headers.
std::string eventFrame(const std::vector<std::pair<std::string_view, std::string_view>>& headers,
                       std::string_view payload);

} // namespace streamwright::api
