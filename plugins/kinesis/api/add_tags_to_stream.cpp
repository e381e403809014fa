// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/stream_use.h"
#include "plugins/kinesis/api/tags.h"

namespace streamwright::kinesis {

api::Outcome addTagsToStream(api::Call& call, api::Writer&)
{
    StreamUse use(call, StreamUse::Needs::Existence);
    if (!use) return use.error();
    const auto refused = use->change([&](StreamFacts& facts) {
        return addTags(facts.tags, *call.input().find("Tags"), ofAccount(call, use.name()));
    });
    if (refused) return *refused;
    return api::Answered{};
}

} // namespace streamwright::kinesis
