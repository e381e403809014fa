// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/stream_use.h"
#include "plugins/kinesis/api/tags.h"

namespace streamwright::kinesis {

api::Outcome removeTagsFromStream(api::Call& call, api::Writer&)
{
    StreamUse use(call, StreamUse::Needs::Existence);
    if (!use) return use.error();
    use->change([&](StreamFacts& facts) {
        removeTags(facts.tags, call.input().items("TagKeys"));
        return false;
    });
    return api::Answered{};
}

} // namespace streamwright::kinesis
