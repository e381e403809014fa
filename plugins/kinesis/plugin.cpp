// SPDX-License-Identifier: GPL-3.0-or-later
// What the kinesis plugin brings.
#include "core/plugin/registry.h"
#include "plugins/kinesis/api/service.h"
#include "plugins/kinesis/stream_operator.h"

namespace streamwright::kinesis {

std::span<const std::string_view> kindDescriptions();

void registerPlugin(Registry& registry)
{
    registry.addKind(
        kindDescriptions(), "AWS::Kinesis::Stream",
        [](const NodeSetup& setup) { return std::make_unique<StreamOperator>(setup); }, checkStream);
    registry.addService(kinesisService());
}

} // namespace streamwright::kinesis
