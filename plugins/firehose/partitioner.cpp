// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/partitioner.h"

#include "plugins/firehose/limits.h"

namespace streamwright::firehose {

std::optional<RecordFailure> Partitioner::partitionOf(std::string_view record, const DeliveryBuffer& buffer,
                                                      std::vector<std::string>& values)
{
    if (auto extracted = extractor_.extract(record, values); !extracted)
        return RecordFailure{"DynamicPartitioning.MetadataExtractionFailed", extracted.problem().message};
    if (buffer.isActive(values)) return std::nullopt;
    if (!buffer.hasRoom())
        return RecordFailure{kPartitionLimitExceeded,
                             "more than " + std::to_string(kMaxActivePartitions) + " partitions are active"};
    if (auto good = naming_.checkLength(values); !good)
        return RecordFailure{"DynamicPartitioning.PrefixEvaluationFailed", good.problem().message};
    return std::nullopt;
}

} // namespace streamwright::firehose
