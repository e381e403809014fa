// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/tags.h"

#include "plugins/kinesis/api/arn.h"
#include "plugins/kinesis/api/errors.h"

namespace streamwright::kinesis {

namespace {

// Letters and digits of any script, white space and a few signs; what is not ASCII is taken for a letter.
bool isFit(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        const bool letter = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c & 0x80);
        return letter || std::string_view(" \t\n\r_.:/=+-%@").find(c) != std::string_view::npos;
    });
}

} // namespace

std::optional<api::ApiError> addTags(StreamFacts::Tags& tags, const api::Value& added, const std::string& owner)
{
    StreamFacts::Tags together = tags;
    for (const api::Member& tag : added.members()) {
        if (!isFit(tag.name) || !isFit(tag.value.string()))
            return invalidArgument("Some tags contain invalid characters. Valid characters: Unicode letters, digits, "
                                   "white space, _ . / = + - % @.");
        together[std::string(tag.name)] = tag.value.string();
    }
    if (together.size() > kMostTags)
        return invalidArgument("Failed to add tags to " + owner +
                               " because a given stream cannot have more than 50 tags associated with it.");
    tags = std::move(together);
    return std::nullopt;
}

void removeTags(StreamFacts::Tags& tags, std::span<const api::Value> keys)
{
    for (const api::Value& key : keys)
        tags.erase(std::string(key.string()));
}

StreamFacts::Tags* tagsOf(StreamFacts& facts, std::string_view arn)
{
    const auto consumer = parseConsumerArn(arn);
    if (!consumer) return &facts.tags;
    const auto found = facts.consumers.find(std::string(consumer->consumer));
    if (found == facts.consumers.end() || epochOf(found->second.registered) != consumer->epoch) return nullptr;
    return &found->second.tags;
}

} // namespace streamwright::kinesis
