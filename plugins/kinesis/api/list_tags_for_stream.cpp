// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/answers.h"
#include "plugins/kinesis/api/pages.h"
#include "plugins/kinesis/api/stream_use.h"
#include "plugins/kinesis/api/tags.h"

namespace streamwright::kinesis {

api::Outcome listTagsForStream(api::Call& call, api::Writer& out)
{
    StreamUse use(call, StreamUse::Needs::Existence);
    if (!use) return use.error();
    StreamFacts::Tags tags = use->facts()->tags;
    if (const api::Value* start = call.input().find("ExclusiveStartTagKey"))
        tags.erase(tags.begin(), tags.upper_bound(std::string(start->string())));
    const std::size_t size = std::min(tags.size(), pageSize(call, "Limit", kMostTags));
    const bool more = size < tags.size();
    tags.erase(std::next(tags.begin(), static_cast<std::ptrdiff_t>(size)), tags.end());
    out.beginMap();
    out.key("Tags");
    writeTags(out, tags);
    out.member("HasMoreTags", more);
    out.endMap();
    return api::Answered{};
}

} // namespace streamwright::kinesis
