// SPDX-License-Identifier: GPL-3.0-or-later
// QueueSettings: a queue's attributes as the rules need them, each at the service's default. A value; any thread.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/units.h"
#include "plugins/sqs/limits.h"

namespace streamwright::sqs {

struct QueueSettings {
    bool fifo = false; // only at creation
    Duration visibilityTimeout = kVisibilityTimeoutDefault;
    Duration retention = kRetentionDefault;
    Duration delay{0};
    Duration receiveWait{0}; // ReceiveMessageWaitTimeSeconds: long polling when > 0
    ByteCount maximumMessageSize = kMessageSizeMaximum;
    bool contentBasedDeduplication = false;
    bool deduplicatePerGroup = false; // DeduplicationScope messageGroup
    bool highThroughput = false; // FifoThroughputLimit perMessageGroupId
    std::uint32_t maxReceiveCount = 0; // of the redrive policy; 0 = none
    double disorder = 0; // standard only: chance of a duplicate, and of a message out of order
    std::size_t inFlightLimit = kInFlight;
};

} // namespace streamwright::sqs
