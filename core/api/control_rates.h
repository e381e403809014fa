// SPDX-License-Identifier: GPL-3.0-or-later
// ControlRates: how often the actions of a service's control plane are taken: so many calls a second each, with a burst of one
// second, for the account or for each resource. A state of the Host (Host::state); any thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "core/api/service.h"
#include "core/base/mutex.h"
#include "core/base/token_bucket.h"

namespace streamwright::api {

class ControlRates {
public:
    // resource: "" for what the account has together. false: beyond the rate, and not counted.
    bool take(decltype(Action::run) action, std::string resource, std::uint64_t perSecond, Time now) EXCLUDES(mutex_);

private:
    using Key = std::pair<std::uintptr_t, std::string>; // the action and the resource
    struct Rate {
        TokenBucket bucket;
        std::uint64_t perSecond = 0;
    };

    Mutex mutex_;
    std::map<Key, Rate> rates_ GUARDED_BY(mutex_);
    std::size_t forgetAbove_ GUARDED_BY(mutex_) = 1024;
};

// The error of a call beyond the rate, in the service's terms.
using RateError = ApiError (*)(const Call& call);
// The resource that a call's rate goes by.
using RateResource = std::string (*)(const Call& call);
inline std::string ofAccount(const Call&) { return {}; }

// An action that is refused beyond its rate: stands in a service's table in the action's place.
template <auto kAction, std::uint64_t kPerSecond, RateError kError, RateResource kResource = ofAccount>
Outcome limited(Call& call, Writer& answer)
{
    if (call.host().state<ControlRates>()->take(kAction, kResource(call), kPerSecond, call.now()))
        return kAction(call, answer);
    auto error = kError(call);
    error.reason = "more than " + std::to_string(kPerSecond) + (kPerSecond == 1 ? " call" : " calls") + " a second";
    return error;
}

} // namespace streamwright::api
