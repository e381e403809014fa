// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/control_rates.h"

namespace streamwright::api {

bool ControlRates::take(decltype(Action::run) action, std::string resource, std::uint64_t perSecond, Time now)
{
    const MutexLock lock(mutex_);
    // A full bucket is as good as none: names that a client makes up cost no memory.
    if (rates_.size() >= forgetAbove_) {
        for (auto each = rates_.begin(); each != rates_.end();)
            each = each->second.bucket.has(each->second.perSecond, now) ? rates_.erase(each) : std::next(each);
        forgetAbove_ = std::max(forgetAbove_, 2 * rates_.size());
    }
    auto& rate = rates_
                     .try_emplace(Key{reinterpret_cast<std::uintptr_t>(action), std::move(resource)},
                                  Rate{TokenBucket(perSecond, perSecond), perSecond})
                     .first->second;
    return rate.bucket.take(1, now);
}

} // namespace streamwright::api
