// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/api/actions.h"
#include "plugins/firehose/api/puts.h"

namespace streamwright::firehose {

api::Outcome putRecord(api::Call& call, api::Writer& answer)
{
    const StreamPtr stream = streamOf(call);
    if (!stream) return notFound(call);
    BatchBuilder batch(1);
    batch.copy({.data = call.input().find("Record")->string("Data"), .time = call.now()});
    PutAnswer put;
    if (auto refused = putInto(call, *stream, PutKind::Record, batch.build(), put)) return *refused;
    if (!put.throttled.empty()) return slowDown();
    answer.beginMap();
    answer.member("RecordId", RecordIds(call, *stream).id(0));
    answer.member("Encrypted", stream->encrypted());
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::firehose
