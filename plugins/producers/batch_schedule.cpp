// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/batch_schedule.h"

#include <algorithm>

namespace streamwright::producers {

BatchSchedule::BatchSchedule(const RateShape& shape, const BatchLimits& limits, Time start)
    : workload_(shape, start),
      limits_(limits)
{
    plan();
}

void BatchSchedule::next()
{
    first_ += times_.size();
    times_.clear();
    plan();
}

void BatchSchedule::change(const RateShape& shape, const BatchLimits& limits, Time now)
{
    if (!(shape == workload_.shape())) workload_.change(shape, now);
    limits_ = limits;
    times_.erase(std::upper_bound(times_.begin(), times_.end(), now), times_.end());
    plan();
}

// Adds records to times_ until the batch is complete.
void BatchSchedule::plan()
{
    const auto isLast = [&] { return limits_.totalRecords != 0 && first_ + times_.size() > limits_.totalRecords; };
    while (times_.size() < limits_.size && !isLast()) {
        const Time t = workload_.timeOf(first_ + times_.size());
        if (t == kNever || (!times_.empty() && t > times_.front() + limits_.linger)) break;
        times_.push_back(t);
    }
    if (times_.empty())
        due_ = kNever;
    else
        due_ = times_.size() >= limits_.size || isLast() ? times_.back() : times_.front() + limits_.linger;
}

} // namespace streamwright::producers
