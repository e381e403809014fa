// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/paging.h"
#include "plugins/sqs/api/queue_address.h"

namespace streamwright::sqs {

api::Outcome listQueues(api::Call& call, api::Writer& answer)
{
    const std::string_view prefix = call.input().string("QueueNamePrefix");
    auto queues = allQueues(call.host());
    std::erase_if(queues, [&](const auto& queue) { return !queue->name().starts_with(prefix); });
    return writeQueuePage(call, queues, "QueueUrls", false, answer);
}

} // namespace streamwright::sqs
