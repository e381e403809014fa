// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/account_shards.h"
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/stream_use.h"
#include "plugins/kinesis/api/tags.h"

namespace streamwright::kinesis {

namespace {

// Without a mode and a number of shards it is an on-demand stream.
struct Wanted {
    bool onDemand = false;
    std::int64_t shards = 0; // 0: not said
    std::int64_t maxRecordSizeInKiB = 0;

    explicit Wanted(const api::Value& in)
        : shards(in.integer("ShardCount")),
          maxRecordSizeInKiB(in.integer("MaxRecordSizeInKiB"))
    {
        const api::Value* mode = in.find("StreamModeDetails");
        onDemand = mode ? mode->string("StreamMode") == "ON_DEMAND" : shards == 0;
    }
    Json properties() const
    {
        Json json = {{"StreamModeDetails", {{"StreamMode", onDemand ? "ON_DEMAND" : "PROVISIONED"}}}};
        if (!onDemand) json["ShardCount"] = shards;
        if (maxRecordSizeInKiB > 0) json["MaxRecordSizeInKiB"] = maxRecordSizeInKiB;
        return json;
    }
};

api::ApiError exists(const api::Call& call, const std::string& name)
{
    return resourceInUse("Stream " + name + " under account " + call.caller().account + " already exists.");
}

std::optional<api::ApiError> checkAccount(api::Call& call, const Wanted& wanted)
{
    if (!wanted.onDemand && wanted.shards == 0)
        return invalidArgument("ShardCount must be specified for a stream in PROVISIONED mode.");
    const AccountShards account = accountShards(call);
    if (account.creatingStreams >= kMostStreamsCreating)
        return limitExceeded("This request would exceed the limit of 5 streams in status CREATING for the account " +
                             call.caller().account + ".");
    if (wanted.onDemand && account.onDemandStreams >= kMostOnDemandStreams)
        return limitExceeded("This request would exceed the limit of 50 on-demand streams for the account " +
                             call.caller().account + ".");
    return checkShardLimit(call, static_cast<std::size_t>(wanted.onDemand ? kOnDemandLeastShards : wanted.shards));
}

} // namespace

api::Outcome createStream(api::Call& call, api::Writer&)
{
    const api::Value& in = call.input();
    const std::string name(in.string("StreamName"));
    call.names(name);
    if (call.host().find(kStreamKind, name)) return exists(call, name);
    const Wanted wanted(in);
    if (auto refused = checkAccount(call, wanted)) return *refused;
    StreamFacts::Tags tags;
    if (const api::Value* given = in.find("Tags"))
        if (auto bad = addTags(tags, *given, ofAccount(call, name))) return *bad;
    const auto made = call.host().create(kStreamKind, name, wanted.properties());
    if (!made && made.problem().code == ProblemCode::Conflict) return exists(call, name);
    if (!made) return errorOf(made.problem());

    StreamUse use(call, name, StreamUse::Needs::Existence);
    if (!use) return use.error();
    use->setStatus(StreamStatus::Creating, call.now() + kTransition);
    use->change([&](StreamFacts& facts) {
        facts.created = call.now();
        facts.tags = std::move(tags);
        return false;
    });
    return api::Answered{};
}

} // namespace streamwright::kinesis
