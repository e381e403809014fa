// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/failed_entries.h"
#include "plugins/firehose/api/actions.h"
#include "plugins/firehose/api/puts.h"

namespace streamwright::firehose {

api::Outcome putRecordBatch(api::Call& call, api::Writer& answer)
{
    const StreamPtr stream = streamOf(call);
    if (!stream) return notFound(call);
    const auto records = call.input().items("Records");
    BatchBuilder batch(records.size());
    for (const api::Value& record : records)
        batch.copy({.data = record.string("Data"), .time = call.now()});
    PutAnswer put;
    if (auto refused = putInto(call, *stream, PutKind::Batch, batch.build(), put)) return *refused;

    if (!put.throttled.empty()) {
        api::FailedEntries failed;
        for (std::size_t i = 0; i < put.throttled.size(); ++i)
            failed.add(kThrottledError);
        call.notes(failed.reason(records.size()));
    }
    const RecordIds ids(call, *stream);
    answer.beginMap();
    answer.member("FailedPutCount", put.throttled.size());
    answer.member("Encrypted", stream->encrypted());
    answer.key("RequestResponses");
    answer.beginList();
    auto throttled = put.throttled.begin();
    for (std::uint32_t i = 0; i < records.size(); ++i) {
        answer.beginMap();
        if (throttled != put.throttled.end() && *throttled == i) {
            answer.member("ErrorCode", kThrottledError);
            answer.member("ErrorMessage", kSlowDown);
            ++throttled;
        } else {
            answer.member("RecordId", ids.id(i));
        }
        answer.endMap();
    }
    answer.endList();
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::firehose
