// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/queue_address.h"

namespace streamwright::sqs {

api::Outcome purgeQueue(api::Call& call, api::Writer& answer)
{
    const QueueTarget queue(call);
    if (!queue) return queue.error();
    if (const auto purged = queue->purge(call.now()); !purged) {
        if (purged.refusal().code != RefusalCode::PurgeQueueInProgress) return errorOf(purged.refusal());
        return errorOf({RefusalCode::PurgeQueueInProgress,
                        "Only one PurgeQueue operation on " + queue->name() + " is allowed every 60 seconds."});
    }
    answer.beginMap();
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::sqs
