// SPDX-License-Identifier: GPL-3.0-or-later
// Bucket: an S3 bucket with the service's rules: keys of at most 1,024 bytes, objects of at most 5 GB a put, 3,500 puts
// a second and prefix (503 SlowDown beyond), and the faults it was told to have. A prefix is here what stands before a
// key's last slash. Thread-safe: the tick, an endpoint and an inspector may use it at the same moment. It lives on
// through a run, its objects longer where they lie in a folder.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "core/base/mutex.h"
#include "plugins/stores/fault_plan.h"
#include "plugins/stores/object_store.h"

namespace streamwright::stores {

enum class PutStatus { Stored, SlowDown, InternalError, Refused };

struct PutAnswer {
    PutStatus status = PutStatus::Stored;
    const char* code = ""; // S3's error code, a literal: "SlowDown", "InternalError", "KeyTooLongError" ...
};

class Bucket {
public:
    // start: of the run, from which the faults count. seed: for the faults that hit a share of the puts.
    Bucket(std::unique_ptr<ObjectStore> objects, FaultPlan faults, Time start, std::uint64_t seed);

    // How long a put that arrives now takes before it is decided.
    Duration slowness(Time now) EXCLUDES(mutex_);
    // A problem is the machine's (a full disk, a folder that cannot be written to), never the request's.
    Result<PutAnswer> put(std::string_view key, const ObjectBytes& object, Time now) EXCLUDES(mutex_);

    Result<ObjectInfo> find(std::string_view key) const EXCLUDES(mutex_);
    Result<std::string> read(std::string_view key) const EXCLUDES(mutex_);
    Result<std::vector<ObjectInfo>> list(std::string_view prefix = {}, std::string_view after = {},
                                         std::size_t maximum = 1000) const EXCLUDES(mutex_);
    ObjectStore::Totals totals() const EXCLUDES(mutex_);

    void setFaults(FaultPlan faults) EXCLUDES(mutex_);

private:
    bool withinRate(std::string_view key, Time now) REQUIRES(mutex_);

    const Time start_;
    mutable Mutex mutex_;
    std::unique_ptr<ObjectStore> objects_ GUARDED_BY(mutex_);
    FaultPlan faults_ GUARDED_BY(mutex_);
    Random random_ GUARDED_BY(mutex_);
    // Puts by prefix in the second that runs; empty again with the next.
    std::unordered_map<std::string, std::uint32_t> puts_ GUARDED_BY(mutex_);
    std::int64_t second_ GUARDED_BY(mutex_) = 0;
};

} // namespace streamwright::stores
