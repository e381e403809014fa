// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/account_shards.h"
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/stream_use.h"

namespace streamwright::kinesis {

api::Outcome updateStreamMode(api::Call& call, api::Writer&)
{
    const std::string mode(call.input().find("StreamModeDetails")->string("StreamMode"));
    const StreamMode wanted = mode == "ON_DEMAND" ? StreamMode::OnDemand : StreamMode::Provisioned;
    std::string name;
    {
        StreamUse use(call, StreamUse::Needs::Activity);
        if (!use) return use.error();
        if (use.stream().settings().mode == wanted) return api::Answered{};
        if (wanted == StreamMode::OnDemand && accountShards(call).onDemandStreams >= kMostOnDemandStreams)
            return limitExceeded("This request would exceed the limit of 50 on-demand streams for the account " +
                                 call.caller().account + ".");
        name = use.name();
    }
    if (auto done = call.host().edit(kStreamKind, name, {{"StreamModeDetails", {{"StreamMode", mode}}}}); !done)
        return errorOf(done.problem());
    if (StreamUse use(call, name, StreamUse::Needs::Existence); use) use->beginUpdate(call.now(), call.now() + kTransition);
    return api::Answered{};
}

} // namespace streamwright::kinesis
