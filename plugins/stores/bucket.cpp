// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/stores/bucket.h"

#include "plugins/stores/limits.h"
#include "plugins/stores/object_key.h"

namespace streamwright::stores {

Bucket::Bucket(std::unique_ptr<ObjectStore> objects, FaultPlan faults, Time start, std::uint64_t seed)
    : start_(start),
      objects_(std::move(objects)),
      faults_(std::move(faults)),
      random_(seed)
{
}

Duration Bucket::slowness(Time now)
{
    const MutexLock lock(mutex_);
    return faults_.slowness(now - start_, random_);
}

bool Bucket::withinRate(std::string_view key, Time now)
{
    const std::int64_t second = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    if (second != second_) puts_.clear();
    second_ = second;
    const auto slash = key.rfind('/');
    return ++puts_[std::string(key.substr(0, slash == key.npos ? 0 : slash))] <= kPutsPerSecondPerPrefix;
}

Result<PutAnswer> Bucket::put(std::string_view key, const ObjectBytes& object, Time now)
{
    if (!checkKey(key)) return PutAnswer{PutStatus::Refused, key.empty() ? "InvalidArgument" : "KeyTooLongError"};
    if (ByteCount(object.bytes.size()) > kMaxPutSize) return PutAnswer{PutStatus::Refused, "EntityTooLarge"};

    const MutexLock lock(mutex_);
    if (!withinRate(key, now)) return PutAnswer{PutStatus::SlowDown, "SlowDown"};
    const FaultPlan::Verdict verdict = faults_.verdict(now - start_, random_);
    if (verdict == FaultPlan::Verdict::Throttles) return PutAnswer{PutStatus::SlowDown, "SlowDown"};
    if (verdict == FaultPlan::Verdict::Fails) return PutAnswer{PutStatus::InternalError, "InternalError"};
    if (auto stored = objects_->put(key, object, now); !stored) return stored.problem();
    return PutAnswer{};
}

Result<ObjectInfo> Bucket::find(std::string_view key) const
{
    const MutexLock lock(mutex_);
    return objects_->find(key);
}

Result<std::string> Bucket::read(std::string_view key) const
{
    const MutexLock lock(mutex_);
    return objects_->read(key);
}

Result<std::vector<ObjectInfo>> Bucket::list(std::string_view prefix, std::string_view after, std::size_t maximum) const
{
    const MutexLock lock(mutex_);
    return objects_->list(prefix, after, maximum);
}

ObjectStore::Totals Bucket::totals() const
{
    const MutexLock lock(mutex_);
    return objects_->totals();
}

void Bucket::setFaults(FaultPlan faults)
{
    const MutexLock lock(mutex_);
    faults_ = std::move(faults);
}

} // namespace streamwright::stores
