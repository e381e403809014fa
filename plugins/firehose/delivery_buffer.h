// SPDX-License-Identifier: GPL-3.0-or-later
// DeliveryBuffer: records on their way to an object. One buffer, or one a partition with dynamic partitioning. A buffer
// is sealed into a Bundle when its bytes reach the size hint or its first record has waited for the interval, whichever
// comes first; an empty one is never sealed. Batches are shared, not copied; bytes are joined once, when an object is
// made. Belongs to an operator's step: one thread.
#pragma once

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/record/record_batch.h"

namespace streamwright::firehose {

using IntakeId = std::uint64_t; // the request or read that brought records in (see intake.h)

// Records [begin, end) of a batch.
struct Slice {
    RecordBatchPtr batch;
    std::uint32_t begin = 0, end = 0;
    IntakeId intake = 0;
    std::optional<Time> arrived; // of all of them; each record's own time when absent

    std::uint32_t size() const { return end - begin; }
    Time arrival(std::uint32_t index) const { return arrived ? *arrived : (*batch)[index].time; }
};

// What becomes one object.
struct Bundle {
    std::vector<std::string> partitionKeys; // values; empty without dynamic partitioning
    std::vector<Slice> slices;
    std::uint64_t records = 0;
    ByteCount bytes; // of the data, delimiters included: what the size hint measures
    Time oldest = kNever; // arrival of the oldest record
    Time opened{}; // when the first record came into the buffer

    // The data of all records, each followed by the delimiter.
    std::string joined(std::string_view delimiter) const;
};

struct BufferingHints {
    ByteCount size;
    Duration interval{};
};

class DeliveryBuffer {
public:
    // delimiterBytes: added to the size of every record. maximumPartitions: with a buffer at one moment.
    DeliveryBuffer(BufferingHints hints, std::size_t delimiterBytes, std::size_t maximumPartitions = 1)
        : hints_(hints),
          delimiterBytes_(delimiterBytes),
          maximumPartitions_(maximumPartitions)
    {
    }

    // A partition is active while it has a buffer. Records of one that is not may be added while there is room for it.
    bool isActive(const std::vector<std::string>& partitionKeys) const;
    bool hasRoom() const { return open_.size() < maximumPartitions_; }
    // Adds the records; buffers that become full are sealed on the way.
    void add(const std::vector<std::string>& partitionKeys, const Slice& slice, Time now);

    // Seals what has waited long enough and hands over everything sealed, in the order of the sealing.
    std::vector<Bundle> takeSealed(Time now);
    // Seals everything, however young.
    std::vector<Bundle> takeAll() { return takeSealed(kNever); }
    // When takeSealed has something next; kNever while everything is empty.
    Time due() const;

    // All that is buffered and not sealed yet.
    std::vector<Slice> contents() const;

    ByteCount bytes() const { return bytes_; } // in buffers and sealed, not handed over
    std::size_t activePartitions() const { return open_.size(); }
    // New hints hold for what is buffered already, too.
    void setHints(BufferingHints hints) { hints_ = hints; }
    void setDelimiterBytes(std::size_t bytes) { delimiterBytes_ = bytes; }

private:
    using Open = std::list<Bundle>; // in the order of opening, which is that of their deadlines
    void seal(Open::iterator buffer);

    BufferingHints hints_;
    std::size_t delimiterBytes_;
    const std::size_t maximumPartitions_;
    Open open_;
    std::unordered_map<std::string, Open::iterator> byPartition_; // looked up only, never walked
    std::vector<Bundle> sealed_;
    ByteCount bytes_;
};

} // namespace streamwright::firehose
