// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/stream_use.h"

namespace streamwright::kinesis {

api::Outcome updateMaxRecordSize(api::Call& call, api::Writer&)
{
    StreamUse use(call, StreamUse::Needs::Activity);
    if (!use) return use.error();
    const std::string name = use.name();
    use.leave();
    const Json properties = {{"MaxRecordSizeInKiB", call.input().integer("MaxRecordSizeInKiB")}};
    if (auto done = call.host().edit(kStreamKind, name, properties); !done) return errorOf(done.problem());
    return api::Answered{};
}

} // namespace streamwright::kinesis
