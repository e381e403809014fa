// SPDX-License-Identifier: GPL-3.0-or-later
// Tags: the rules that all actions on tags share, and whose tags a request means. Any thread.
#pragma once

#include <optional>

#include "core/api/service.h"
#include "plugins/kinesis/stream_facts.h"

namespace streamwright::kinesis {

// Adds those of a request's map; what breaks a rule changes nothing. owner: "stream NAME under account ACCOUNT".
std::optional<api::ApiError> addTags(StreamFacts::Tags& tags, const api::Value& added, const std::string& owner);
void removeTags(StreamFacts::Tags& tags, std::span<const api::Value> keys);

// The tags of what an ARN names: of the stream, or of a consumer of it; null when it has no such consumer.
StreamFacts::Tags* tagsOf(StreamFacts& facts, std::string_view arn);

} // namespace streamwright::kinesis
