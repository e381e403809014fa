// SPDX-License-Identifier: GPL-3.0-or-later
// Guests: nodes of a run that no drawing has: clients of a service's API make them while it runs, perhaps with edges to nodes
// that are there. They are facts of the store ("guest/ID"), so that a durable run has them again. Values.
#pragma once

#include <string>
#include <vector>

#include "core/log/log_store.h"
#include "core/plugin/pipeline_check.h"

namespace streamwright {

struct Guest {
    NodeSetup node; // checked and complete, without edges
    std::vector<NewEdge> edges;
};

// A problem names the property.
Result<Guest> makeGuest(const Registry& registry, const std::string& kind, const std::string& id, const Json& written,
                        std::vector<NewEdge> edges);

// In the order of their ids. Those that cannot be made (of a kind that is no more, say) are told in problems and left.
std::vector<Guest> storedGuests(const LogStore& store, const Registry& registry, std::vector<Problem>& problems);
void storeGuest(LogStore& store, const Guest& guest);
// The fact, and everything that the node kept: logs "ID/..." and facts "FAMILY/ID/...".
Result<void> eraseGuest(LogStore& store, const std::string& id);

// The drawing with them; a drawn node goes before a guest of the same id. Of their edges those whose ends are there and fit.
PipelinePlan withGuests(PipelinePlan drawn, const std::vector<Guest>& guests, const Registry& registry);

} // namespace streamwright
