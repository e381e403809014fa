// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/attribute_input.h"
#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/queue_address.h"

namespace streamwright::sqs {

api::Outcome setQueueAttributes(api::Call& call, api::Writer& answer)
{
    const QueueTarget queue(call);
    if (!queue) return queue.error();
    const api::Value* attributes = call.input().find("Attributes");
    if (!attributes || attributes->members().empty()) return missingParameter("Attribute.Name");
    AttributeChange change;
    if (auto error = change.read(*attributes, call.host(), queue->name(), queue->queue().fifo(), false)) return *error;
    if (!change.properties.empty())
        if (const auto edited = call.host().edit(kQueueKind, queue->name(), change.properties); !edited)
            return errorOf(edited.problem());
    queue->changeFacts([&](QueueFacts& facts) {
        change.apply(facts);
        facts.modified = call.now();
    });
    answer.beginMap();
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::sqs
