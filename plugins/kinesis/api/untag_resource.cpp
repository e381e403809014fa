// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/arn.h"
#include "plugins/kinesis/api/stream_use.h"
#include "plugins/kinesis/api/tags.h"

namespace streamwright::kinesis {

api::Outcome untagResource(api::Call& call, api::Writer&)
{
    const std::string_view arn = call.input().string("ResourceARN");
    StreamUse use(call, streamOfArn(arn), StreamUse::Needs::Existence);
    if (!use) return use.error();
    const bool missing = use->change([&](StreamFacts& facts) {
        StreamFacts::Tags* tags = tagsOf(facts, arn);
        if (tags) removeTags(*tags, call.input().items("TagKeys"));
        return tags == nullptr;
    });
    if (missing) return consumerNotFound(call, parseConsumerArn(arn)->consumer);
    return api::Answered{};
}

} // namespace streamwright::kinesis
