// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/api/actions.h"
#include "plugins/firehose/api/delivery_streams.h"

namespace streamwright::firehose {

api::Outcome untagDeliveryStream(api::Call& call, api::Writer& answer)
{
    const StreamPtr stream = streamOf(call);
    if (!stream) return notFound(call);
    stream->change([&](DeliveryFacts& facts) {
        for (const api::Value& key : call.input().items("TagKeys"))
            facts.tags.erase(std::string(key.string()));
        return true;
    });
    answer.beginMap();
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::firehose
