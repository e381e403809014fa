// SPDX-License-Identifier: GPL-3.0-or-later
// What EnableEnhancedMonitoring and DisableEnhancedMonitoring have in common. Any thread.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "core/api/service.h"

namespace streamwright::kinesis {

// change: of the metrics that are on, by those the request names.
api::Outcome changeMonitoring(
    api::Call& call, api::Writer& out,
    const std::function<void(std::set<std::string>& wanted, const std::set<std::string>& named)>& change);

} // namespace streamwright::kinesis
