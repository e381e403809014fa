// SPDX-License-Identifier: GPL-3.0-or-later
// What SplitShard, MergeShards and UpdateShardCount have in common. Any thread.
#pragma once

#include <functional>
#include <variant>

#include "plugins/kinesis/api/stream_use.h"

namespace streamwright::kinesis {

// An open shard of a provisioned stream, by a member of the request.
std::variant<ShardInfo, api::ApiError> shardToReshard(const api::Call& call, const StreamUse& use,
                                                      std::string_view member);
// Does it: the stream is UPDATING for a while, and the operator learns of it.
std::optional<api::ApiError> reshard(const api::Call& call, const StreamUse& use,
                                     const std::function<Result<void>()>& change);

} // namespace streamwright::kinesis
