// SPDX-License-Identifier: GPL-3.0-or-later
// The attributes of a queue as GetQueueAttributes tells them. Any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/api/service.h"
#include "plugins/sqs/queue_resource.h"

namespace streamwright::sqs {

using QueueAttributes = std::map<std::string, std::string, std::less<>>;

// Whether the service has an attribute of that name.
bool isQueueAttribute(std::string_view name);
// All that the queue has, those that change by themselves included.
QueueAttributes queueAttributes(const api::Call& call, const QueueResource& queue);

} // namespace streamwright::sqs
