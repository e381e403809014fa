// SPDX-License-Identifier: GPL-3.0-or-later
// The properties of a queue node: read into settings, and checked for what its fields alone cannot say. Any thread.
#pragma once

#include <string>
#include <vector>

#include "core/runtime/operator.h"
#include "plugins/sqs/queue_settings.h"

namespace streamwright::sqs {

// properties: checked and complete.
QueueSettings settingsOf(const Json& properties);
// The name that clients know: the property QueueName, else the node's id, which ends in .fifo for a FIFO queue.
std::string queueName(const std::string& nodeId, const Json& properties);
// The ARN by which dead letters name their source in the pipeline.
std::string queueArn(const std::string& queueName);
std::string_view nameInArn(std::string_view arn); // "" when it is no ARN of a queue

// Places: JSON pointers below the properties.
std::vector<Problem> checkQueue(const NodeSetup& setup);

} // namespace streamwright::sqs
