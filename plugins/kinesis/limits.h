// SPDX-License-Identifier: GPL-3.0-or-later
// The quotas of Kinesis Data Streams (spec: kinesis-data-streams.md, sections 1 and 2). Constants only.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/units.h"

namespace streamwright::kinesis {

// A shard's limits, both capacity modes.
inline constexpr std::uint64_t kWriteRecordsPerSecond = 1000;
inline constexpr ByteCount kWriteBytesPerSecond = ByteCount::mib(1);
inline constexpr ByteCount kReadBytesPerSecond = ByteCount::mib(2); // shared by GetRecords callers, or a consumer's own
inline constexpr std::uint64_t kReadCallsPerSecond = 5;
inline constexpr std::size_t kGetRecordsMostRecords = 10'000;
inline constexpr ByteCount kGetRecordsMostBytes = ByteCount::mib(10);
// A call that overdraws the read rate keeps later calls out for as long as its bytes take, but at least for this.
inline constexpr Duration kReadLockout = seconds(1);

inline constexpr std::size_t kPutRecordsMostRecords = 500;
inline constexpr std::size_t kPartitionKeyMostCharacters = 256;
inline constexpr ByteCount kDefaultRecordSize = ByteCount::kib(1024);

inline constexpr int kMostResizesADay = 10; // UpdateShardCount, rolling 24 h
inline constexpr int kMostModeSwitchesADay = 2;
inline constexpr Duration kDay = std::chrono::hours(24);
inline constexpr std::size_t kMostFanOutConsumers = 20;

inline constexpr std::size_t kMostStreamsCreating = 5; // at once, an account
inline constexpr std::size_t kMostConsumersCreating = 5; // at once, a stream
inline constexpr std::size_t kMostOnDemandStreams = 50;
inline constexpr std::size_t kMostTags = 50;
inline constexpr int kMostEncryptionChangesADay = 25; // of each kind
inline constexpr Duration kTransition = milliseconds(500); // of CREATING and UPDATING; the service says no figure

inline constexpr Duration kTokenLife = seconds(300); // of shard iterators and the tokens of paged lists
inline constexpr std::size_t kShardsListed = 1000; // a page of ListShards
inline constexpr std::size_t kShardsDescribed = 100; // a page of DescribeStream
inline constexpr std::size_t kStreamsListed = 100;
inline constexpr std::size_t kConsumersListed = 100;

inline constexpr Duration kSubscriptionLife = std::chrono::minutes(5);
inline constexpr Duration kSubscriptionTakeover = seconds(5); // earlier a second one is refused
inline constexpr Duration kSubscriptionHeartbeat = seconds(5); // an event at least so often
inline constexpr ByteCount kEventMostBytes = ByteCount::mib(1);

inline constexpr int kOnDemandLeastShards = 4;
inline constexpr ByteCount kOnDemandSplitAbove = ByteCount(500'000); // bytes a second into one shard
inline constexpr std::uint64_t kOnDemandSplitAboveRecords = 500; // half of the record limit, as 500 KB is of the bytes
inline constexpr Duration kOnDemandReaction = std::chrono::minutes(15); // a shard over the mark is split within
inline constexpr int kOnDemandPeakDays = 30;

} // namespace streamwright::kinesis
