// SPDX-License-Identifier: GPL-3.0-or-later
// Which queues send their dead letters where, along edges and by redrive policies. Any thread.
#pragma once

#include "plugins/sqs/api/queue_address.h"

namespace streamwright::sqs {

// The name of the queue that takes the dead letters of this one, along its edge or by its redrive policy; "" without one.
std::string deadLetterTarget(const api::Host& host, const QueueResource& queue);
// Those whose dead letters go there, sorted by name.
std::vector<std::shared_ptr<QueueResource>> deadLetterSources(const api::Host& host, const QueueResource& target);

} // namespace streamwright::sqs
