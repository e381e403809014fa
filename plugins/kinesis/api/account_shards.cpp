// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/account_shards.h"

#include "plugins/kinesis/api/stream_use.h"

namespace streamwright::kinesis {

AccountShards accountShards(api::Call& call)
{
    AccountShards sum;
    for (const auto& resource : call.host().all(kStreamKind)) {
        const auto stream = std::static_pointer_cast<StreamResource>(resource);
        if (!stream->enter()) continue;
        sum.open += stream->stream().shardMap().openCount();
        sum.onDemandStreams += stream->stream().settings().mode == StreamMode::OnDemand;
        sum.creatingStreams += stream->status(call.now()) == StreamStatus::Creating;
        stream->leave();
    }
    return sum;
}

std::size_t shardLimit(std::string_view region)
{
    return region == "us-east-1" || region == "us-west-2" || region == "eu-west-1" ? 20'000 : 1'000;
}

std::optional<api::ApiError> checkShardLimit(api::Call& call, std::size_t more)
{
    const std::size_t limit = shardLimit(call.caller().region), open = accountShards(call).open;
    if (open + more <= limit) return std::nullopt;
    return shardLimitExceeded(call, open, limit, more);
}

} // namespace streamwright::kinesis
