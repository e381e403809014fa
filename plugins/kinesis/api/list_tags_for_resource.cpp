// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/answers.h"
#include "plugins/kinesis/api/arn.h"
#include "plugins/kinesis/api/stream_use.h"
#include "plugins/kinesis/api/tags.h"

namespace streamwright::kinesis {

api::Outcome listTagsForResource(api::Call& call, api::Writer& out)
{
    const std::string_view arn = call.input().string("ResourceARN");
    StreamUse use(call, streamOfArn(arn), StreamUse::Needs::Existence);
    if (!use) return use.error();
    StreamFacts facts = *use->facts();
    const StreamFacts::Tags* tags = tagsOf(facts, arn);
    if (!tags) return consumerNotFound(call, parseConsumerArn(arn)->consumer);
    out.beginMap();
    out.key("Tags");
    writeTags(out, *tags);
    out.endMap();
    return api::Answered{};
}

} // namespace streamwright::kinesis
