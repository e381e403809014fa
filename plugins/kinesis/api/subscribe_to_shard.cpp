// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/consumer_use.h"
#include "plugins/kinesis/api/start_position.h"
#include "plugins/kinesis/api/subscriptions.h"

namespace streamwright::kinesis {

api::Outcome subscribeToShard(api::Call& call, api::Writer&)
{
    const ConsumerUse consumer(call);
    if (!consumer) return consumer.error();
    const StreamUse& use = consumer.stream();
    const Time now = call.now();
    const std::string named = call.caller().account + ":" + use.name() + ":" + consumer.name();
    if (now < consumer.registered() + kTransition)
        return resourceInUse("Consumer " + named + " is not ACTIVE, instead in state CREATING");
    const std::string_view shardId = call.input().string("ShardId");
    const auto index = parseShardId(shardId);
    const auto shard = index ? use.stream().shard(*index) : nullptr;
    if (!shard) return shardDoesNotExist(call, use.name(), shardId);
    const api::Value& from = *call.input().find("StartingPosition");
    const WantedStart start{"SubscribeToShard", use.name(), from.string("Type"), from.string("SequenceNumber"),
                            from.find("Timestamp")};
    const auto position = startPosition(call, use.stream(), *shard, start);
    if (const auto* error = std::get_if<api::ApiError>(&position)) return *error;

    const auto subscription = std::make_shared<Subscription>(
        Subscription::Setup{&call.host(), use.shared(), shard, consumer.name(), std::get<std::uint64_t>(position),
                            call.events(), now});
    const api::ApiError inUse =
        resourceInUse("Another active subscription exists for this consumer: " + named + ":" + std::string(shardId));
    const bool taken = call.host().state<Subscriptions>()->begin(
        {use.name(), consumer.name(), consumer.registered(), *index}, now, subscription, inUse);
    use->readMetrics().subscribe(consumer.name(), taken);
    if (!taken) return inUse;
    return api::Streaming{};
}

} // namespace streamwright::kinesis
