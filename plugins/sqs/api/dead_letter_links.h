// SPDX-License-Identifier: GPL-3.0-or-later
// Redrive policies name their dead-letter queues by ARN: here each queue is told which one that is. Done at the first call
// of a run and whenever queues or policies have changed. Any thread.
#pragma once

#include "plugins/sqs/api/queue_address.h"

namespace streamwright::sqs {

void linkDeadLetterQueues(api::Host& host);
void linkDeadLetterQueuesOnce(api::Host& host);

// The name of the queue that takes the dead letters of this one, along its edge or by its redrive policy; "" without one.
std::string deadLetterTarget(const api::Host& host, const QueueResource& queue);
// Those whose dead letters go there, sorted by name.
std::vector<std::shared_ptr<QueueResource>> deadLetterSources(const api::Host& host, const QueueResource& target);

} // namespace streamwright::sqs
