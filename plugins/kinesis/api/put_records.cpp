// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/failed_entries.h"
#include "core/record/attributes.h"
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/record_sizes.h"
#include "plugins/kinesis/api/stream_use.h"
#include "plugins/kinesis/record_number.h"

namespace streamwright::kinesis {

namespace {

// The records of a request; their bytes are the request's, and hashKeys'.
struct Request {
    std::vector<Record> records;
    std::vector<std::string> hashKeys; // of those that have an explicit one; never grows beyond what was reserved

    Request(std::span<const api::Value> entries, Time now)
    {
        records.reserve(entries.size());
        for (const api::Value& entry : entries) {
            Record record{{}, {}, {}, now, 0};
            for (const api::Member& member : entry.members()) {
                if (member.name == "Data")
                    record.data = member.value.string();
                else if (member.name == "PartitionKey")
                    record.key = member.value.string();
                else if (member.name == "ExplicitHashKey" && !member.value.is(api::Value::Type::Null))
                    record.extra = encoded(member.value.string(), entries.size());
            }
            records.push_back(record);
        }
    }

private:
    std::string_view encoded(std::string_view hashKey, std::size_t most)
    {
        hashKeys.reserve(most);
        return hashKeys.emplace_back(encodeAttributes({{"ExplicitHashKey", hashKey}}));
    }
};

constexpr std::string_view kInternalFailure = "InternalFailure";

void writeEntry(api::Writer& out, const api::Call& call, std::string_view stream, const PutEntry& entry)
{
    const ShardIdText shard(entry.shard);
    out.beginMap();
    if (entry.status == PutStatus::Accepted) {
        char digits[SequenceNumber::kDigits];
        recordNumber(entry.shardCreated, entry.shard, entry.sequence, entry.arrival).write(digits);
        out.member("SequenceNumber", std::string_view(digits, sizeof digits));
        out.member("ShardId", shard);
    } else if (entry.status == PutStatus::Throttled) {
        const api::ApiError error = shardThrottled(call, stream, shard, "");
        out.member("ErrorCode", error.code);
        out.member("ErrorMessage", error.message);
    } else {
        out.member("ErrorCode", kInternalFailure);
        out.member("ErrorMessage", "Internal service failure.");
    }
    out.endMap();
}

std::string whyFailed(std::span<const PutEntry> entries)
{
    api::FailedEntries failed;
    for (const PutEntry& entry : entries)
        if (entry.status != PutStatus::Accepted)
            failed.add(entry.status == PutStatus::Throttled ? kThroughputExceeded : kInternalFailure);
    return failed.reason(entries.size());
}

} // namespace

api::Outcome putRecords(api::Call& call, api::Writer& out)
{
    StreamUse use(call, StreamUse::Needs::Records);
    if (!use) return use.error();
    const Request request(call.input().items("Records"), call.now());
    const ByteCount most = use.stream().settings().maxRecordSize;
    for (std::size_t i = 0; i < request.records.size(); ++i)
        if (request.records[i].data.size() > most.value())
            return *checkDataSize(request.records[i].data, most, "records." + std::to_string(i + 1) + ".member.data");
    const auto put = use.stream().put(call.now(), request.records);
    if (!put) {
        use->putMetrics().recordRefusal(request.records.size());
        return errorOf(put.problem());
    }
    use->putMetrics().record(request.records.size(), *put);
    std::int64_t failed = 0;
    for (const PutEntry& entry : put->entries)
        failed += entry.status != PutStatus::Accepted;
    if (failed > 0) call.notes(whyFailed(put->entries));
    use->putDone();
    out.beginMap();
    out.member("FailedRecordCount", failed);
    out.key("Records");
    out.beginList();
    for (const PutEntry& entry : put->entries)
        writeEntry(out, call, use.name(), entry);
    out.endList();
    if (!use->facts()->key().empty()) out.member("EncryptionType", "KMS");
    out.endMap();
    return api::Answered{};
}

} // namespace streamwright::kinesis
