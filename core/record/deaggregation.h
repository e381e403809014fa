// SPDX-License-Identifier: GPL-3.0-or-later
// Records that the Kinesis Producer Library has packed into one, and their way back: F3 89 9A C2, a protobuf message
// AggregatedRecord, the MD5 of the message.
//   AggregatedRecord: partition_key_table (1), explicit_hash_key_table (2): texts; records (3)
//   its records: partition_key_index (1), explicit_hash_key_index (2, may be absent), data (3), tags (4, passed over)
// The bytes are anybody's: what is damaged or no such message is a plain record. Pure functions; any thread.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/record/record_batch.h"

namespace streamwright {

struct UserRecord {
    std::string_view key, data; // views into the aggregate
};

// Nothing when it is a plain record.
std::optional<std::vector<UserRecord>> deaggregate(std::string_view data);

// The batch with its aggregates taken apart, each user record with the time and number of its aggregate; may be empty. The
// same batch when there are none.
RecordBatchPtr userRecords(const RecordBatchPtr& batch);

} // namespace streamwright
