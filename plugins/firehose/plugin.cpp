// SPDX-License-Identifier: GPL-3.0-or-later
// What the firehose plugin brings.
#include "core/plugin/registry.h"
#include "plugins/firehose/api/actions.h"
#include "plugins/firehose/delivery_operator.h"

namespace streamwright::firehose {

std::span<const std::string_view> kindDescriptions();

void registerPlugin(Registry& registry)
{
    registry.addKind(
        kindDescriptions(), "AWS::KinesisFirehose::DeliveryStream",
        [](const NodeSetup& setup) { return std::make_unique<DeliveryOperator>(setup); },
        [](const NodeSetup& setup) { return readSettings(setup).problems; });
    registry.addService(service());
}

} // namespace streamwright::firehose
