// SPDX-License-Identifier: GPL-3.0-or-later
// The quotas of Amazon SQS, one typed constant each (spec sheet "Amazon SQS", sections 1 and 2). Constants; any thread.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/units.h"

namespace streamwright::sqs {

// Queue attributes.
inline constexpr std::size_t kQueueNameCharacters = 80;
inline constexpr Duration kVisibilityTimeoutDefault = seconds(30);
inline constexpr Duration kVisibilityTimeoutMaximum = std::chrono::hours(12); // also in total, from the receive
inline constexpr Duration kRetentionMinimum = seconds(60);
inline constexpr Duration kRetentionDefault = std::chrono::days(4);
inline constexpr Duration kRetentionMaximum = std::chrono::days(14);
inline constexpr Duration kDelayMaximum = seconds(900);
inline constexpr Duration kReceiveWaitMaximum = seconds(20);
inline constexpr ByteCount kMessageSizeMinimum = ByteCount::kib(1);
inline constexpr ByteCount kMessageSizeMaximum = ByteCount::mib(1);
inline constexpr ByteCount kMessageSizeMaximumUntil2025 = ByteCount::kib(256);
inline constexpr std::uint32_t kReceiveCountMaximum = 1000; // of a redrive policy

// A message.
inline constexpr std::size_t kAttributes = 10;
inline constexpr std::size_t kAttributeNameCharacters = 256;
inline constexpr std::size_t kAttributeTypeCharacters = 256;
inline constexpr std::size_t kGroupIdCharacters = 128;
inline constexpr std::size_t kDeduplicationIdCharacters = 128;

// Requests.
inline constexpr std::size_t kBatchEntries = 10;
inline constexpr ByteCount kBatchSizeMaximum = ByteCount::mib(1);
inline constexpr std::size_t kReceiveMessagesMaximum = 10;
inline constexpr Duration kPurgeInterval = seconds(60);
inline constexpr Duration kNameFreeAfter = seconds(60); // of a deleted queue
inline constexpr std::int64_t kListResultsMaximum = 1000;
inline constexpr std::size_t kTags = 50;
inline constexpr std::size_t kTagKeyCharacters = 128;
inline constexpr std::size_t kTagValueCharacters = 256;

// Move tasks.
inline constexpr std::int64_t kMovesPerSecondMaximum = 500;
inline constexpr std::int64_t kMoveTasksListed = 10;

// Messages in flight; a FIFO queue looks through as many messages of its backlog for a free group.
inline constexpr std::size_t kInFlight = 120'000;
inline constexpr std::size_t kInFlightFifoUntil2024 = 20'000;

// FIFO queues.
inline constexpr Duration kDeduplicationInterval = std::chrono::minutes(5);
inline constexpr Duration kReceiveAttemptInterval = std::chrono::minutes(5);
inline constexpr std::uint64_t kFifoCallsPerSecond = 300; // of each action, a partition in high throughput
inline constexpr std::uint64_t kHighThroughputCallsPerSecond = 70'000; // of each action, us-east-1
// So many partitions give the whole queue its quota; the service does not tell their number.
inline constexpr std::size_t kHighThroughputPartitions = 234;

// A message of a standard queue received so often goes to the back and no longer counts as the oldest.
inline constexpr std::uint32_t kReceivesUntilBack = 3;

} // namespace streamwright::sqs
