// SPDX-License-Identifier: GPL-3.0-or-later
// The quotas and fixed figures of Amazon Data Firehose (shared/spec/firehose.md, sections 1 to 3). Constants; any
// thread.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/units.h"

namespace streamwright::firehose {

inline constexpr ByteCount kMaxRecordSize = ByteCount(1'024'000); // 1,000 KiB
inline constexpr std::size_t kMaxBatchRecords = 500;
inline constexpr ByteCount kMaxBatchSize = ByteCount::mib(4);

// Direct PUT, per delivery stream; the large regions are us-east-1, us-west-2 and eu-west-1.
struct DirectPutQuota {
    ByteCount bytesPerSecond;
    std::uint64_t requestsPerSecond;
    std::uint64_t recordsPerSecond;
    bool operator==(const DirectPutQuota&) const = default;
};
inline constexpr DirectPutQuota kLargeRegionQuota = {ByteCount::mib(5), 2'000, 500'000};
inline constexpr DirectPutQuota kOtherRegionQuota = {ByteCount::mib(1), 1'000, 100'000};

inline constexpr ByteCount kDefaultBufferSize = ByteCount::mib(5);
inline constexpr ByteCount kDefaultPartitionedBufferSize = ByteCount::mib(128);
inline constexpr ByteCount kMinPartitionedBufferSize = ByteCount::mib(64);

inline constexpr std::size_t kMaxPrefixCharacters = 512; // evaluated
inline constexpr std::size_t kMaxObjectKeyBytes = 1024; // S3's
inline constexpr std::size_t kRandomStringLength = 11;
inline constexpr std::size_t kMaxActivePartitions = 500;

// How long Firehose goes on trying to deliver to S3 before data put directly is lost.
inline constexpr Duration kDeliveryRetention = std::chrono::hours(24);
// Between two tries: 1 s doubling to 120 s, each times 0.85 to 1.15 (the figures of the HTTP endpoint; S3's are not
// told).
inline constexpr Duration kFirstBackoff = seconds(1);
inline constexpr Duration kLongestBackoff = seconds(120);
inline constexpr double kBackoffJitter = 0.15;

} // namespace streamwright::firehose
