// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/answers.h"

#include "plugins/kinesis/api/arn.h"
#include "plugins/kinesis/record_number.h"

namespace streamwright::kinesis {

namespace {

void writeRange(api::Writer& out, const HashRange& range)
{
    out.key("HashKeyRange");
    out.beginMap();
    out.member("StartingHashKey", toDecimal(range.start));
    out.member("EndingHashKey", toDecimal(range.end));
    out.endMap();
}

} // namespace

void writeShard(api::Writer& out, const ShardInfo& shard)
{
    out.beginMap();
    out.member("ShardId", ShardIdText(shard.index));
    if (shard.parent) out.member("ParentShardId", ShardIdText(*shard.parent));
    if (shard.adjacentParent) out.member("AdjacentParentShardId", ShardIdText(*shard.adjacentParent));
    writeRange(out, shard.range);
    out.key("SequenceNumberRange");
    out.beginMap();
    out.member("StartingSequenceNumber", startingNumber(shard).text());
    if (!shard.open()) out.member("EndingSequenceNumber", endingNumber(shard).text());
    out.endMap();
    out.endMap();
}

void writeTags(api::Writer& out, const std::map<std::string, std::string>& tags)
{
    out.beginList();
    for (const auto& [key, value] : tags) {
        out.beginMap();
        out.member("Key", key);
        out.member("Value", value);
        out.endMap();
    }
    out.endList();
}

void writeRecords(api::Writer& out, const Shard& shard, const LogRead& read, const StreamFacts& facts)
{
    char digits[SequenceNumber::kDigits];
    out.key("Records");
    out.beginList();
    for (const Record& record : read.records) {
        recordNumber(shard.created(), shard.index(), record.sequence, record.time).write(digits);
        out.beginMap();
        out.member("SequenceNumber", std::string_view(digits, sizeof digits));
        out.member("ApproximateArrivalTimestamp", record.time);
        out.key("Data");
        out.blob(record.data);
        out.member("PartitionKey", record.key);
        if (!facts.keyAt(record.time).empty()) out.member("EncryptionType", "KMS");
        out.endMap();
    }
    out.endList();
}

void writeChildShards(api::Writer& out, const ShardMap& map, ShardIndex parent)
{
    const auto isChild = [&](const ShardInfo& shard) { return shard.parent == parent || shard.adjacentParent == parent; };
    if (std::none_of(map.shards().begin(), map.shards().end(), isChild)) return;
    out.key("ChildShards");
    out.beginList();
    for (const ShardInfo& shard : map.shards()) {
        if (!isChild(shard)) continue;
        out.beginMap();
        out.member("ShardId", ShardIdText(shard.index));
        out.key("ParentShards");
        out.beginList();
        out.string(ShardIdText(*shard.parent));
        if (shard.adjacentParent) out.string(ShardIdText(*shard.adjacentParent));
        out.endList();
        writeRange(out, shard.range);
        out.endMap();
    }
    out.endList();
}

void writeMonitoring(api::Writer& out, std::string_view member, const std::vector<std::string>& metrics)
{
    out.key(member);
    out.beginList();
    for (const std::string& metric : metrics)
        out.string(metric);
    out.endList();
}

void writeEncryption(api::Writer& out, std::string_view keyId)
{
    out.member("EncryptionType", keyId.empty() ? "NONE" : "KMS");
    if (!keyId.empty()) out.member("KeyId", keyId);
}

void writeMode(api::Writer& out, StreamMode mode)
{
    out.key("StreamModeDetails");
    out.beginMap();
    out.member("StreamMode", mode == StreamMode::OnDemand ? "ON_DEMAND" : "PROVISIONED");
    out.endMap();
}

void writeConsumer(api::Writer& out, const api::Call& call, const ListedConsumer& consumer, bool withStream)
{
    out.beginMap();
    out.member("ConsumerName", consumer.name);
    out.member("ConsumerARN", consumerArn(call, consumer.stream, consumer.name, consumer.registered));
    out.member("ConsumerStatus", call.now() < consumer.registered + kTransition ? "CREATING" : "ACTIVE");
    out.member("ConsumerCreationTimestamp", consumer.registered);
    if (withStream) out.member("StreamARN", streamArn(call, consumer.stream));
    out.endMap();
}

std::vector<ShardInfo> listedShards(const Stream& stream, Time now)
{
    const Duration retention = stream.settings().retention;
    std::vector<ShardInfo> shards = stream.shardMap().shards();
    std::erase_if(shards, [&](const ShardInfo& shard) { return !shard.open() && now - *shard.closed >= retention; });
    return shards;
}

} // namespace streamwright::kinesis
