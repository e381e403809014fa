// SPDX-License-Identifier: GPL-3.0-or-later
// Tap: keeps the newest batches that pass an edge, for someone who looks at it. Shares them, copies nothing; bounded by
// records and by the bytes of their keys and data. Any thread.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "core/base/mutex.h"
#include "core/record/record_batch.h"

namespace streamwright {

struct TappedBatch {
    std::uint64_t number = 0; // of the batches that the tap has seen, from 1
    Time time{}; // when it passed
    std::uint32_t lane = 0;
    std::uint32_t attempt = 1;
    RecordBatchPtr batch;
};

class Tap {
public:
    static constexpr ByteCount kMostBytes = ByteCount::mib(64);

    explicit Tap(std::size_t mostRecords) : mostRecords_(mostRecords) { }

    void add(Time time, std::uint32_t lane, std::uint32_t attempt, RecordBatchPtr batch) EXCLUDES(mutex_)
    {
        const MutexLock lock(mutex_);
        records_ += batch->size();
        bytes_ += batch->payload();
        batches_.push_back({++last_, time, lane, attempt, std::move(batch)});
        // The oldest batch stays while the others alone are fewer than wanted.
        while (batches_.size() > 1 &&
               (records_ - batches_.front().batch->size() >= mostRecords_ || bytes_ > kMostBytes)) {
            records_ -= batches_.front().batch->size();
            bytes_ -= batches_.front().batch->payload();
            batches_.pop_front();
        }
    }

    // Oldest first. The first batch may reach beyond the number of records asked for.
    std::vector<TappedBatch> batches() const EXCLUDES(mutex_)
    {
        const MutexLock lock(mutex_);
        return {batches_.begin(), batches_.end()};
    }

private:
    const std::size_t mostRecords_;
    mutable Mutex mutex_;
    std::deque<TappedBatch> batches_ GUARDED_BY(mutex_);
    std::size_t records_ GUARDED_BY(mutex_) = 0;
    ByteCount bytes_ GUARDED_BY(mutex_);
    std::uint64_t last_ GUARDED_BY(mutex_) = 0;
};

} // namespace streamwright
