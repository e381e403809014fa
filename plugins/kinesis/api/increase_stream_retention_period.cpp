// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/retention.h"

namespace streamwright::kinesis {

api::Outcome increaseStreamRetentionPeriod(api::Call& call, api::Writer&)
{
    return changeRetention(call, [&](const std::string& name, std::int64_t hours, std::int64_t existing)
                                     -> std::optional<api::ApiError> {
        if (hours >= existing) return std::nullopt;
        return invalidArgument("Requested retention period (" + std::to_string(hours) + " hours) for stream " + name +
                               " can not be shorter than existing retention period (" + std::to_string(existing) +
                               " hours). Use DecreaseRetentionPeriod API.");
    });
}

} // namespace streamwright::kinesis
