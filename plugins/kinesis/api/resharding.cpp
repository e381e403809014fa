// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/resharding.h"

namespace streamwright::kinesis {

std::variant<ShardInfo, api::ApiError> shardToReshard(const api::Call& call, const StreamUse& use,
                                                      std::string_view member)
{
    const std::string_view id = call.input().string(member);
    const auto index = parseShardId(id);
    const ShardMap map = use.stream().shardMap();
    const ShardInfo* info = index ? map.find(*index) : nullptr;
    if (!info) return shardNotFound(call, use.name(), id);
    if (!info->open())
        return resourceInUse("Shard " + std::string(id) + " in " + ofAccount(call, use.name()) +
                             " has already been merged or split, and thus is not eligible for merging or splitting.");
    return *info;
}

std::optional<api::ApiError> reshard(const api::Call& call, const StreamUse& use,
                                     const std::function<Result<void>()>& change)
{
    const StreamStatus found = use->beginUpdate(call.now(), call.now() + kTransition);
    if (found != StreamStatus::Active) return streamNotActive(call, use.name(), found);
    if (auto done = change(); !done) {
        use->setStatus(StreamStatus::Active, call.now());
        return errorOf(done.problem());
    }
    use->wake();
    return std::nullopt;
}

} // namespace streamwright::kinesis
