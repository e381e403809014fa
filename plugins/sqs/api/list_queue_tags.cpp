// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/queue_address.h"

namespace streamwright::sqs {

api::Outcome listQueueTags(api::Call& call, api::Writer& answer)
{
    const QueueTarget queue(call);
    if (!queue) return queue.error();
    const auto tags = queue->facts().tags;
    answer.beginMap();
    if (!tags.empty()) {
        answer.key("Tags");
        answer.beginMap();
        for (const auto& [key, value] : tags)
            answer.member(key, value);
        answer.endMap();
    }
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::sqs
