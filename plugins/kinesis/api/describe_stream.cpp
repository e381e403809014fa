// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/answers.h"
#include "plugins/kinesis/api/description.h"
#include "plugins/kinesis/api/pages.h"
#include "plugins/kinesis/api/stream_use.h"

namespace streamwright::kinesis {

api::Outcome describeStream(api::Call& call, api::Writer& out)
{
    StreamUse use(call, StreamUse::Needs::Existence);
    if (!use) return use.error();
    std::vector<ShardInfo> shards = listedShards(use.stream(), call.now());
    if (use->status(call.now()) == StreamStatus::Creating) shards.clear();
    if (const api::Value* start = call.input().find("ExclusiveStartShardId")) {
        const auto after = parseShardId(start->string());
        if (!after) return invalidArgument("ShardId " + std::string(start->string()) + " is not valid.");
        std::erase_if(shards, [&](const ShardInfo& shard) { return shard.index <= *after; });
    }
    const std::size_t size = std::min(shards.size(), pageSize(call, "Limit", kShardsDescribed));
    out.beginMap();
    out.key("StreamDescription");
    out.beginMap();
    writeDescription(out, call, *use.shared());
    out.key("Shards");
    out.beginList();
    for (std::size_t i = 0; i < size; ++i)
        writeShard(out, shards[i]);
    out.endList();
    out.member("HasMoreShards", size < shards.size());
    out.endMap();
    out.endMap();
    return api::Answered{};
}

} // namespace streamwright::kinesis
