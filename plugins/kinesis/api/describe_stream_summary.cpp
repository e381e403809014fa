// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/description.h"
#include "plugins/kinesis/api/stream_use.h"

namespace streamwright::kinesis {

api::Outcome describeStreamSummary(api::Call& call, api::Writer& out)
{
    StreamUse use(call, StreamUse::Needs::Existence);
    if (!use) return use.error();
    const bool creating = use->status(call.now()) == StreamStatus::Creating;
    out.beginMap();
    out.key("StreamDescriptionSummary");
    out.beginMap();
    writeDescription(out, call, *use.shared());
    out.member("OpenShardCount", std::uint64_t{creating ? 0 : use.stream().shardMap().openCount()});
    out.member("ConsumerCount", std::uint64_t{use->facts()->consumers.size()});
    out.member("MaxRecordSizeInKiB", use.stream().settings().maxRecordSize.value() >> 10);
    out.endMap();
    out.endMap();
    return api::Answered{};
}

} // namespace streamwright::kinesis
