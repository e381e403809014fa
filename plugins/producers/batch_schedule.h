// SPDX-License-Identifier: GPL-3.0-or-later
// BatchSchedule: which records of a workload go into each batch and when the batch is complete: with its BatchSize-th
// record, or so long (linger) after its first, or with the last record of all. Plans one batch ahead, so that an
// operator can sleep until it is due. One owner, one thread.
#pragma once

#include <span>
#include <vector>

#include "plugins/producers/workload.h"

namespace streamwright::producers {

struct BatchLimits {
    std::size_t size = 1;
    Duration linger{0};
    std::uint64_t totalRecords = 0; // 0 = endless
    bool operator==(const BatchLimits&) const = default;
};

class BatchSchedule {
public:
    BatchSchedule(const RateShape& shape, const BatchLimits& limits, Time start);

    // When the batch is complete; kNever if there will be none.
    Time due() const { return due_; }
    // When each of its records comes into being, ascending; their numbers go on from firstNumber().
    std::span<const Time> times() const { return times_; }
    std::uint64_t firstNumber() const { return first_; }
    // The batch was made: on to the next.
    void next();
    // From now on; records of the batch that exist already stay in it.
    void change(const RateShape& shape, const BatchLimits& limits, Time now);

private:
    void plan();

    Workload workload_;
    BatchLimits limits_;
    std::uint64_t first_ = 1;
    std::vector<Time> times_;
    Time due_ = kNever;
};

} // namespace streamwright::producers
