// SPDX-License-Identifier: GPL-3.0-or-later
// Guests: nodes of a run that no drawing has: clients of a service's API make them while it runs. They have no edges. Their
// kind and properties are facts of the store ("guest/ID"), so that a durable run has them again.
#pragma once

#include <string>
#include <vector>

#include "core/log/log_store.h"
#include "core/plugin/pipeline_check.h"

namespace streamwright {

// The node with its properties checked and complete; a problem names the property.
Result<NodeSetup> makeGuest(const Registry& registry, const std::string& kind, const std::string& id,
                            const Json& written);

// In the order of their ids. Those that cannot be made (of a kind that is no more, say) are told in problems and left.
std::vector<NodeSetup> storedGuests(const LogStore& store, const Registry& registry, std::vector<Problem>& problems);
void storeGuest(LogStore& store, const NodeSetup& guest);
// The fact, and everything that the node kept: logs "ID/..." and facts "FAMILY/ID/...".
Result<void> eraseGuest(LogStore& store, const std::string& id);

} // namespace streamwright
