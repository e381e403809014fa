// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/retention.h"

#include "plugins/kinesis/api/stream_use.h"

namespace streamwright::kinesis {

namespace {

constexpr std::int64_t kLeastHours = 24, kMostHours = 8760;

std::optional<api::ApiError> checkHours(std::int64_t hours)
{
    const std::string wanted = " hours. Requested retention period (" + std::to_string(hours) + " hours) is too ";
    if (hours < kLeastHours)
        return invalidArgument("Minimum allowed retention period is " + std::to_string(kLeastHours) + wanted + "short.");
    if (hours > kMostHours)
        return invalidArgument("Maximum allowed retention period is " + std::to_string(kMostHours) + wanted + "long.");
    return std::nullopt;
}

} // namespace

api::Outcome changeRetention(api::Call& call,
                             const std::function<std::optional<api::ApiError>(
                                 const std::string& stream, std::int64_t hours, std::int64_t existing)>& check)
{
    const std::int64_t hours = call.input().integer("RetentionPeriodHours");
    StreamUse use(call, StreamUse::Needs::Activity);
    if (!use) return use.error();
    const std::string name = use.name();
    const std::int64_t existing = use.stream().settings().retention / std::chrono::hours(1);
    if (auto bad = checkHours(hours)) return *bad;
    if (auto bad = check(name, hours, existing)) return *bad;
    use.leave();
    if (auto done = call.host().edit(kStreamKind, name, {{"RetentionPeriodHours", hours}}); !done)
        return errorOf(done.problem());
    return api::Answered{};
}

} // namespace streamwright::kinesis
