// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/answers.h"
#include "plugins/kinesis/api/stream_use.h"
#include "plugins/kinesis/api/tags.h"

namespace streamwright::kinesis {

namespace {

std::optional<api::ApiError> checkRoom(const api::Call& call, const StreamFacts& facts)
{
    if (facts.consumers.size() >= kMostFanOutConsumers)
        return limitExceeded("A stream can have at most " + std::to_string(kMostFanOutConsumers) +
                             " registered consumers.");
    const auto creating = std::count_if(facts.consumers.begin(), facts.consumers.end(), [&](const auto& consumer) {
        return call.now() < consumer.second.registered + kTransition;
    });
    if (creating >= static_cast<std::ptrdiff_t>(kMostConsumersCreating))
        return limitExceeded("A stream can have at most " + std::to_string(kMostConsumersCreating) +
                             " consumers in status CREATING.");
    return std::nullopt;
}

} // namespace

api::Outcome registerStreamConsumer(api::Call& call, api::Writer& out)
{
    StreamUse use(call, StreamUse::Needs::Activity);
    if (!use) return use.error();
    const std::string name(call.input().string("ConsumerName"));
    StreamFacts::Tags tags;
    if (const api::Value* given = call.input().find("Tags"))
        if (auto bad = addTags(tags, *given, ofAccount(call, use.name()))) return *bad;
    const auto refused = use->change([&](StreamFacts& facts) -> std::optional<api::ApiError> {
        if (facts.consumers.contains(name))
            return resourceInUse("Consumer " + name + " under stream " + use.name() + " already exists for account " +
                                 call.caller().account + ".");
        if (auto full = checkRoom(call, facts)) return full;
        facts.consumers[name] = {call.now(), std::move(tags)};
        return std::nullopt;
    });
    if (refused) return *refused;
    out.beginMap();
    out.key("Consumer");
    writeConsumer(out, call, {use.name(), name, call.now()}, false);
    out.endMap();
    return api::Answered{};
}

} // namespace streamwright::kinesis
