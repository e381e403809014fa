// SPDX-License-Identifier: GPL-3.0-or-later
// DeliverySettings: a delivery stream's properties and edges, read once into what the code works with, every
// contradiction found. A value; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/runtime/operator.h"
#include "plugins/firehose/compression.h"
#include "plugins/firehose/delivery_buffer.h"
#include "plugins/firehose/limits.h"
#include "plugins/firehose/object_naming.h"
#include "plugins/firehose/partition_query.h"

namespace streamwright::firehose {

// How objects for one bucket are made.
struct Destination {
    BufferingHints hints;
    CompressionFormat compression = CompressionFormat::Uncompressed;
    ObjectNaming naming;
};

struct DeliverySettings {
    Destination primary;
    std::optional<Destination> backup; // of the source records
    bool fromStream = false; // a Kinesis stream is read; else records are put directly
    DirectPutQuota quota;
    ByteCount backlog; // of bytes not delivered
    std::string delimiter; // AppendDelimiterToRecord; "" = none
    std::optional<PartitionQuery> partitions; // dynamic partitioning
    Duration partitionRetry{}; // of an object of a partition, before it goes to the error output
};

struct SettingsReading {
    std::optional<DeliverySettings> settings; // when there are no problems
    std::vector<Problem> problems; // places: JSON pointers below the properties
};

// setup: properties checked by the kind's fields, and complete.
SettingsReading readSettings(const NodeSetup& setup);

} // namespace streamwright::firehose
