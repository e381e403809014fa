// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/attributes.h"
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/record_sizes.h"
#include "plugins/kinesis/api/stream_use.h"
#include "plugins/kinesis/record_number.h"

namespace streamwright::kinesis {

namespace {

std::optional<api::ApiError> checkOrdering(const api::Call& call, std::string_view stream)
{
    const std::string_view text = call.input().string("SequenceNumberForOrdering");
    if (text.empty() || text == "0") return std::nullopt;
    const auto number = parseSequenceNumber(text);
    if (number && number->arrival <= call.now()) return std::nullopt;
    return invalidArgument("ExclusiveMinimumSequenceNumber " + std::string(text) + " used in PutRecord on " +
                           ofAccount(call, stream) + " is invalid.");
}

} // namespace

api::Outcome putRecord(api::Call& call, api::Writer& out)
{
    StreamUse use(call, StreamUse::Needs::Records);
    if (!use) return use.error();
    const api::Value& in = call.input();
    Record record{in.string("PartitionKey"), in.string("Data"), {}, call.now(), 0};
    if (auto bad = checkDataSize(record.data, use.stream().settings().maxRecordSize, "data")) return *bad;
    if (auto bad = checkOrdering(call, use.name())) return *bad;
    std::string extra;
    if (const api::Value* hashKey = in.find("ExplicitHashKey")) {
        extra = encodeAttributes({{"ExplicitHashKey", hashKey->string()}});
        record.extra = extra;
    }
    const auto put = use.stream().put(call.now(), std::span(&record, 1));
    if (!put) {
        use->putMetrics().recordRefusalOfOne();
        return errorOf(put.problem());
    }
    use->putMetrics().recordOne(*put);
    const PutEntry& entry = put->entries.front();
    const ShardIdText shard(entry.shard);
    if (entry.status == PutStatus::Throttled)
        return shardThrottled(call, use.name(), shard, "the shard takes 1,000 records and 1 MiB a second");
    if (entry.status == PutStatus::Failed) return api::internalFailure("The record could not be stored.");
    use->putDone();
    out.beginMap();
    out.member("ShardId", shard);
    out.member("SequenceNumber",
               recordNumber(entry.shardCreated, entry.shard, entry.sequence, entry.arrival).text());
    if (!use->facts()->key().empty()) out.member("EncryptionType", "KMS");
    out.endMap();
    return api::Answered{};
}

} // namespace streamwright::kinesis
