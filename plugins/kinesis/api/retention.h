// SPDX-License-Identifier: GPL-3.0-or-later
// What IncreaseStreamRetentionPeriod and DecreaseStreamRetentionPeriod have in common. Any thread.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "plugins/kinesis/api/errors.h"

namespace streamwright::kinesis {

// check: whether the wanted hours go the right way from the existing ones.
api::Outcome changeRetention(api::Call& call,
                             const std::function<std::optional<api::ApiError>(
                                 const std::string& stream, std::int64_t hours, std::int64_t existing)>& check);

} // namespace streamwright::kinesis
