// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/account_shards.h"
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/limits.h"

namespace streamwright::kinesis {

api::Outcome describeLimits(api::Call& call, api::Writer& out)
{
    const AccountShards account = accountShards(call);
    out.beginMap();
    out.member("ShardLimit", std::uint64_t{shardLimit(call.caller().region)});
    out.member("OpenShardCount", std::uint64_t{account.open});
    out.member("OnDemandStreamCount", std::uint64_t{account.onDemandStreams});
    out.member("OnDemandStreamCountLimit", std::uint64_t{kMostOnDemandStreams});
    out.endMap();
    return api::Answered{};
}

} // namespace streamwright::kinesis
