// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/api/actions.h"
#include "plugins/firehose/api/delivery_streams.h"

namespace streamwright::firehose {

api::Outcome listTagsForDeliveryStream(api::Call& call, api::Writer& answer)
{
    const StreamPtr stream = streamOf(call);
    if (!stream) return notFound(call);
    const auto tags = stream->facts().tags;
    auto at = tags.begin();
    if (call.input().has("ExclusiveStartTagKey"))
        at = tags.upper_bound(std::string(call.input().string("ExclusiveStartTagKey")));
    answer.beginMap();
    answer.key("Tags");
    answer.beginList();
    for (auto left = call.input().integer("Limit", kMostTags); at != tags.end() && left > 0; ++at, --left) {
        answer.beginMap();
        answer.member("Key", at->first);
        answer.member("Value", at->second);
        answer.endMap();
    }
    answer.endList();
    answer.member("HasMoreTags", at != tags.end());
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::firehose
