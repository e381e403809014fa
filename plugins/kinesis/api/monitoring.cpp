// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/monitoring.h"

#include "plugins/kinesis/api/answers.h"
#include "plugins/kinesis/api/arn.h"
#include "plugins/kinesis/api/stream_use.h"

namespace streamwright::kinesis {

namespace {

constexpr std::string_view kAll[] = {"IncomingBytes",
                                     "IncomingRecords",
                                     "IteratorAgeMilliseconds",
                                     "OutgoingBytes",
                                     "OutgoingRecords",
                                     "ReadProvisionedThroughputExceeded",
                                     "WriteProvisionedThroughputExceeded"};

std::set<std::string> named(std::span<const api::Value> metrics)
{
    std::set<std::string> names;
    for (const api::Value& metric : metrics) {
        if (metric.string() == "ALL")
            names.insert(std::begin(kAll), std::end(kAll));
        else
            names.emplace(metric.string());
    }
    return names;
}

} // namespace

api::Outcome changeMonitoring(
    api::Call& call, api::Writer& out,
    const std::function<void(std::set<std::string>& wanted, const std::set<std::string>& named)>& change)
{
    StreamUse use(call, StreamUse::Needs::Activity);
    if (!use) return use.error();
    std::vector<std::string> before, after;
    use->change([&](StreamFacts& facts) {
        before = facts.monitoring;
        std::set<std::string> wanted(before.begin(), before.end());
        change(wanted, named(call.input().items("ShardLevelMetrics")));
        after = facts.monitoring = {wanted.begin(), wanted.end()};
        return false;
    });
    out.beginMap();
    out.member("StreamName", use.name());
    writeMonitoring(out, "CurrentShardLevelMetrics", before);
    writeMonitoring(out, "DesiredShardLevelMetrics", after);
    out.member("StreamARN", streamArn(call, use.name()));
    out.endMap();
    return api::Answered{};
}

} // namespace streamwright::kinesis
