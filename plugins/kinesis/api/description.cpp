// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/description.h"

#include "plugins/kinesis/api/answers.h"
#include "plugins/kinesis/api/arn.h"
#include "plugins/kinesis/api/errors.h"

namespace streamwright::kinesis {

void writeDescription(api::Writer& out, const api::Call& call, StreamResource& stream)
{
    const StreamSettings settings = stream.stream().settings();
    const auto facts = stream.facts();
    out.member("StreamName", stream.name());
    out.member("StreamARN", streamArn(call, stream.name()));
    out.member("StreamStatus", textOf(stream.status(call.now())));
    writeMode(out, settings.mode);
    out.member("RetentionPeriodHours", std::int64_t{settings.retention / std::chrono::hours(1)});
    out.member("StreamCreationTimestamp", facts->created);
    out.key("EnhancedMonitoring");
    out.beginList();
    out.beginMap();
    writeMonitoring(out, "ShardLevelMetrics", facts->monitoring);
    out.endMap();
    out.endList();
    writeEncryption(out, facts->key());
}

} // namespace streamwright::kinesis
