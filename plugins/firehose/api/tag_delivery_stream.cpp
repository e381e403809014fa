// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/api/actions.h"
#include "plugins/firehose/api/delivery_streams.h"

namespace streamwright::firehose {

api::Outcome tagDeliveryStream(api::Call& call, api::Writer& answer)
{
    const StreamPtr stream = streamOf(call);
    if (!stream) return notFound(call);
    bool fits = true;
    stream->change([&](DeliveryFacts& facts) {
        auto tags = facts.tags;
        for (const api::Value& tag : call.input().items("Tags"))
            tags[std::string(tag.string("Key"))] = tag.string("Value");
        fits = tags.size() <= kMostTags;
        if (fits) facts.tags = std::move(tags);
        return fits;
    });
    if (!fits) return api::ApiError{"LimitExceededException", "A delivery stream can have up to 50 tags."};
    answer.beginMap();
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::firehose
