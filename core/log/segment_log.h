// SPDX-License-Identifier: GPL-3.0-or-later
// SegmentLog: the half that all logs have in common: a SegmentRun behind a lock. In-memory logs and logs on disk derive
// from it and add appending and trimming. Owned by its store and its users; any thread.
#pragma once

#include <atomic>
#include <string>

#include "core/base/mutex.h"
#include "core/log/segment_run.h"
#include "core/log/shard_log.h"

namespace streamwright {

class SegmentLog : public ShardLog {
public:
    void prefetch() const override;
    LogRead read(std::uint64_t position, std::size_t maxRecords, ByteCount maxBytes) const override;
    std::uint64_t first() const override;
    std::uint64_t next() const override;
    Time newestTime() const override;
    ByteCount size() const override;
    std::uint64_t positionAt(Time t) const override;

    const std::string& name() const { return name_; }
    // The store no longer has this log: what it holds is forgotten, appending is refused.
    void retire() EXCLUDES(mutex_);

protected:
    SegmentLog(std::string name, SegmentRun run) : run_(std::move(run)), name_(std::move(name)) { }

    bool accepts(const Record& record) const REQUIRES(mutex_)
    {
        return !retired_ && frameStride(record) <= kLargestFrame;
    }
    // Why a record that is not accepted is not.
    Problem refusal() const REQUIRES(mutex_);

    std::uint64_t take(const Record& record) REQUIRES(mutex_);

    mutable Mutex mutex_;
    SegmentRun run_ GUARDED_BY(mutex_);
    bool retired_ GUARDED_BY(mutex_) = false;

private:
    // Only for prefetching: what they point to may be gone.
    std::atomic<const char*> tail_{nullptr};
    std::atomic<const Segment*> newest_{nullptr};
    const std::string name_;
};

} // namespace streamwright
