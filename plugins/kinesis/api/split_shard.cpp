// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/account_shards.h"
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/resharding.h"

namespace streamwright::kinesis {

api::Outcome splitShard(api::Call& call, api::Writer&)
{
    StreamUse use(call, StreamUse::Needs::Activity);
    if (!use) return use.error();
    if (use.stream().settings().mode == StreamMode::OnDemand) return onDemandRefused(call, use.name());
    const auto wanted = shardToReshard(call, use, "ShardToSplit");
    if (const auto* error = std::get_if<api::ApiError>(&wanted)) return *error;
    const ShardInfo& shard = std::get<ShardInfo>(wanted);
    const std::string key(call.input().string("NewStartingHashKey"));
    const auto start = parseUint128(key);
    if (!start || *start <= shard.range.start || *start - shard.range.start <= 1 || *start >= shard.range.end)
        return invalidArgument("NewStartingHashKey " + key + " used in SplitShard() on shard " + shard.id() + " in " +
                               ofAccount(call, use.name()) +
                               " is not both greater than one plus the shard's StartingHashKey " +
                               toDecimal(shard.range.start) + " and less than the shard's EndingHashKey " +
                               toDecimal(shard.range.end) + ".");
    if (auto refused = checkShardLimit(call, 1)) return *refused;
    if (auto refused = reshard(call, use, [&] { return use.stream().splitShard(call.now(), shard.index, start); }))
        return *refused;
    return api::Answered{};
}

} // namespace streamwright::kinesis
