// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/arn.h"
#include "plugins/kinesis/api/stream_use.h"
#include "plugins/kinesis/api/tags.h"

namespace streamwright::kinesis {

api::Outcome tagResource(api::Call& call, api::Writer&)
{
    const std::string_view arn = call.input().string("ResourceARN");
    StreamUse use(call, streamOfArn(arn), StreamUse::Needs::Existence);
    if (!use) return use.error();
    const auto refused = use->change([&](StreamFacts& facts) -> std::optional<api::ApiError> {
        StreamFacts::Tags* tags = tagsOf(facts, arn);
        if (!tags) return consumerNotFound(call, parseConsumerArn(arn)->consumer);
        return addTags(*tags, *call.input().find("Tags"), ofAccount(call, use.name()));
    });
    if (refused) return *refused;
    return api::Answered{};
}

} // namespace streamwright::kinesis
