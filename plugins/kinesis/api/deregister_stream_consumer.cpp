// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/consumer_use.h"
#include "plugins/kinesis/api/subscriptions.h"

namespace streamwright::kinesis {

api::Outcome deregisterStreamConsumer(api::Call& call, api::Writer&)
{
    const ConsumerUse consumer(call);
    if (!consumer) return consumer.error();
    consumer.stream()->change([&](StreamFacts& facts) {
        facts.consumers.erase(consumer.name());
        return false;
    });
    call.host().state<Subscriptions>()->endOf(consumer.stream().name(), consumer.name(),
                                              consumerNotFound(call, consumer.name()));
    return api::Answered{};
}

} // namespace streamwright::kinesis
