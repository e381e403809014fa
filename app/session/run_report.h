// SPDX-License-Identifier: GPL-3.0-or-later
// The report of a run as JSON: metrics by node, and by shard or consumer where the service has them. Any thread.
#pragma once

#include "core/engine/engine.h"

namespace streamwright {

struct ReportHead {
    std::string pipeline;
    std::uint64_t seed = 0;
    double wallSeconds = 0;
};

Json runReport(Engine& engine, const Registry& registry, const ReportHead& head);

} // namespace streamwright
