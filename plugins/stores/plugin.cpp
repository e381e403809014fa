// SPDX-License-Identifier: GPL-3.0-or-later
// What the stores plugin brings.
#include "core/plugin/registry.h"
#include "plugins/stores/bucket_operator.h"

namespace streamwright::stores {

std::span<const std::string_view> kindDescriptions();

void registerPlugin(Registry& registry)
{
    registry.addKind(kindDescriptions(), "AWS::S3::Bucket",
                     [](const NodeSetup& setup) { return std::make_unique<BucketOperator>(setup); });
}

} // namespace streamwright::stores
