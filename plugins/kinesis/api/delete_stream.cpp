// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/stream_use.h"
#include "plugins/kinesis/api/subscriptions.h"

namespace streamwright::kinesis {

api::Outcome deleteStream(api::Call& call, api::Writer&)
{
    std::string name;
    {
        StreamUse use(call, StreamUse::Needs::Existence);
        if (!use) return use.error();
        name = use.name();
        const std::size_t consumers = use->facts()->consumers.size();
        if (consumers > 0 && !call.input().boolean("EnforceConsumerDeletion"))
            return resourceInUse("Stream " + name + " under account " + call.caller().account + " has " +
                                 std::to_string(consumers) +
                                 " registered consumers. Deregister them first, or set EnforceConsumerDeletion.");
    }
    const auto removed = call.host().remove(kStreamKind, name);
    if (!removed && removed.problem().code == ProblemCode::NotFound) return streamNotFound(call, name);
    if (!removed) return errorOf(removed.problem());
    call.host().state<Subscriptions>()->endOf(name, streamNotFound(call, name));
    return api::Answered{};
}

} // namespace streamwright::kinesis
