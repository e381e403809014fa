// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/policy.h"
#include "plugins/sqs/api/queue_address.h"

namespace streamwright::sqs {

api::Outcome removePermission(api::Call& call, api::Writer& answer)
{
    const QueueTarget queue(call);
    if (!queue) return queue.error();
    const std::string_view label = call.input().string("Label");
    if (label.empty()) return missingParameter("Label");
    bool known = false;
    queue->changeFacts([&](QueueFacts& facts) {
        const auto found = facts.attributes.find("Policy");
        if (found == facts.attributes.end()) return;
        Json policy = policyOf(found->second, "");
        if (!(known = hasStatement(policy, label))) return;
        removeStatement(policy, label);
        if (std::string text = policyText(policy); !text.empty())
            found->second = std::move(text);
        else
            facts.attributes.erase(found);
    });
    if (!known) return invalidValue(label, "Label", "can't find label.");
    answer.beginMap();
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::sqs
