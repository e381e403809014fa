// SPDX-License-Identifier: GPL-3.0-or-later
// Partitioner: finds a record's partition for dynamic partitioning, or says why it has none. Belongs to an operator's
// step: one thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plugins/firehose/delivery_buffer.h"
#include "plugins/firehose/error_line.h"
#include "plugins/firehose/object_naming.h"
#include "plugins/firehose/partition_query.h"

namespace streamwright::firehose {

class Partitioner {
public:
    Partitioner(const PartitionQuery& query, const ObjectNaming& naming)
        : naming_(naming),
          extractor_(query, naming_.partitionKeys())
    {
    }

    // Writes the values of the partition keys, for a record that is to go into the buffer; or says why it cannot:
    // no values, no room for another partition, a prefix that would be too long.
    std::optional<RecordFailure> partitionOf(std::string_view record, const DeliveryBuffer& buffer,
                                             std::vector<std::string>& values);

private:
    const ObjectNaming naming_;
    PartitionExtractor extractor_;
};

inline constexpr const char* kPartitionLimitExceeded = "DynamicPartitioning.ActivePartitionLimitExceeded";

} // namespace streamwright::firehose
