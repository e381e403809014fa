// SPDX-License-Identifier: GPL-3.0-or-later
// What the sqs plugin brings.
#include "core/plugin/registry.h"
#include "plugins/sqs/api/service.h"
#include "plugins/sqs/queue_operator.h"
#include "plugins/sqs/queue_properties.h"

namespace streamwright::sqs {

std::span<const std::string_view> kindDescriptions();

void registerPlugin(Registry& registry)
{
    registry.addKind(
        kindDescriptions(), "AWS::SQS::Queue",
        [](const NodeSetup& setup) { return std::make_unique<QueueOperator>(setup); }, checkQueue);
    registry.addService(sqsService());
}

} // namespace streamwright::sqs
