// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/resharding.h"

namespace streamwright::kinesis {

namespace {

bool follows(const ShardInfo& a, const ShardInfo& b)
{
    return a.range.end != kUint128Max && a.range.end + 1 == b.range.start;
}

} // namespace

api::Outcome mergeShards(api::Call& call, api::Writer&)
{
    StreamUse use(call, StreamUse::Needs::Activity);
    if (!use) return use.error();
    if (use.stream().settings().mode == StreamMode::OnDemand) return onDemandRefused(call, use.name());
    const auto first = shardToReshard(call, use, "ShardToMerge");
    if (const auto* error = std::get_if<api::ApiError>(&first)) return *error;
    const auto second = shardToReshard(call, use, "AdjacentShardToMerge");
    if (const auto* error = std::get_if<api::ApiError>(&second)) return *error;
    const ShardInfo &a = std::get<ShardInfo>(first), &b = std::get<ShardInfo>(second);
    if (!follows(a, b) && !follows(b, a))
        return invalidArgument("Shards " + a.id() + " and " + b.id() + " in " + ofAccount(call, use.name()) +
                               " are not an adjacent pair of shards eligible for merging");
    if (auto refused = reshard(call, use, [&] { return use.stream().mergeShards(call.now(), a.index, b.index); }))
        return *refused;
    return api::Answered{};
}

} // namespace streamwright::kinesis
