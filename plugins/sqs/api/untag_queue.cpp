// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/queue_address.h"

namespace streamwright::sqs {

api::Outcome untagQueue(api::Call& call, api::Writer& answer)
{
    const QueueTarget queue(call);
    if (!queue) return queue.error();
    const auto keys = call.input().items("TagKeys");
    if (keys.empty()) return invalidValue("Tag keys must be between 1 and 128 characters in length.");
    queue->changeFacts([&](QueueFacts& facts) {
        for (const api::Value& key : keys)
            if (const auto found = facts.tags.find(key.string()); found != facts.tags.end()) facts.tags.erase(found);
    });
    answer.beginMap();
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::sqs
