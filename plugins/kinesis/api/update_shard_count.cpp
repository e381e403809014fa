// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/account_shards.h"
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/arn.h"
#include "plugins/kinesis/api/resharding.h"

namespace streamwright::kinesis {

namespace {

constexpr std::size_t kMostShards = 10'000; // of one stream by this action

std::optional<api::ApiError> checkTarget(api::Call& call, std::size_t open, std::size_t target)
{
    const std::string counts = " your current open shard count. Current open shard count: " + std::to_string(open) +
                               " Target shard count: " + std::to_string(target);
    if (target > open * 2) return invalidArgument("UpdateShardCount cannot scale up over double" + counts);
    if (target * 2 < open) return invalidArgument("UpdateShardCount cannot scale down below half" + counts);
    if (target > kMostShards) return limitExceeded("UpdateShardCount cannot scale a stream to more than 10000 shards.");
    return target > open ? checkShardLimit(call, target - open) : std::nullopt;
}

} // namespace

api::Outcome updateShardCount(api::Call& call, api::Writer& out)
{
    StreamUse use(call, StreamUse::Needs::Activity);
    if (!use) return use.error();
    if (use.stream().settings().mode == StreamMode::OnDemand) return onDemandRefused(call, use.name());
    const auto target = static_cast<std::size_t>(call.input().integer("TargetShardCount"));
    const std::size_t open = use.stream().shardMap().openCount();
    if (auto refused = checkTarget(call, open, target)) return *refused;
    if (auto refused = reshard(call, use, [&] { return use.stream().updateShardCount(call.now(), target); }))
        return *refused;
    out.beginMap();
    out.member("StreamName", use.name());
    out.member("CurrentShardCount", std::uint64_t{open});
    out.member("TargetShardCount", std::uint64_t{target});
    out.member("StreamARN", streamArn(call, use.name()));
    out.endMap();
    return api::Answered{};
}

} // namespace streamwright::kinesis
