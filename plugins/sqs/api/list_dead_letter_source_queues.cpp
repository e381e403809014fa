// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/actions.h"
#include "plugins/sqs/api/dead_letter_links.h"
#include "plugins/sqs/api/paging.h"

namespace streamwright::sqs {

api::Outcome listDeadLetterSourceQueues(api::Call& call, api::Writer& answer)
{
    const QueueTarget queue(call);
    if (!queue) return queue.error();
    return writeQueuePage(call, deadLetterSources(call.host(), *queue), "queueUrls", true, answer);
}

} // namespace streamwright::sqs
