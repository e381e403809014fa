// SPDX-License-Identifier: GPL-3.0-or-later
// Search in a drawing: nodes by name, kind, property value and state, notes and groups by their words; fuzzy, best first.
// Any thread.
#pragma once

#include <string>
#include <vector>

#include "app/session/live_view.h"
#include "core/graph/pipeline.h"
#include "core/plugin/registry.h"

namespace streamwright {

struct Found {
    enum class What { Node, Comment, Group };
    What what = What::Node;
    std::string id;
    std::string where; // what matched, for a person: "name", "kind Kinesis data stream", "ShardCount: 2", "throttling"
    double score = 0; // more is better
};

// live: of the run, if there is one, for states. Every word of the query must be found; an empty query finds nothing.
std::vector<Found> findParts(const Pipeline& pipeline, const Registry& registry, const LiveView* live,
                             const std::string& query);

} // namespace streamwright
