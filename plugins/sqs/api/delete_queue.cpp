// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/api/queue_address.h"
#include "plugins/sqs/api/queue_names.h"

namespace streamwright::sqs {

api::Outcome deleteQueue(api::Call& call, api::Writer& answer)
{
    const QueueTarget queue(call);
    if (!queue) return queue.error();
    const std::string name = queue->name();
    if (const auto removed = call.host().remove(kQueueKind, name); !removed) return errorOf(removed.problem());
    noteDeleted(call.host().store(), name, call.now());
    answer.beginMap();
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::sqs
