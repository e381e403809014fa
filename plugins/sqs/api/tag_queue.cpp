// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/queue_address.h"
#include "plugins/sqs/api/tags.h"
#include "plugins/sqs/limits.h"

namespace streamwright::sqs {

api::Outcome tagQueue(api::Call& call, api::Writer& answer)
{
    const QueueTarget queue(call);
    if (!queue) return queue.error();
    const api::Value* tags = call.input().find("Tags");
    if (!tags || tags->members().empty()) return missingParameter("Tags");
    if (auto error = checkTags(*tags)) return *error;
    bool tooMany = false;
    queue->changeFacts([&](QueueFacts& facts) {
        auto all = facts.tags;
        for (const auto& [key, value] : tags->members())
            all[std::string(key)] = value.string();
        tooMany = all.size() > kTags;
        if (!tooMany) facts.tags = std::move(all);
    });
    if (tooMany) return invalidValue("Too many tags added for queue " + queue->name() + ".");
    answer.beginMap();
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::sqs
