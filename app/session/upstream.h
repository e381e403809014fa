// SPDX-License-Identifier: GPL-3.0-or-later
// What feeds a node: for running one node's worth of a pipeline. Any thread.
#pragma once

#include <set>
#include <string>

#include "core/graph/pipeline.h"

namespace streamwright {

// The nodes and everything from which an edge leads to them, over any number of nodes; disabled nodes lead nowhere.
std::set<std::string> withUpstream(const Pipeline& pipeline, const std::set<std::string>& nodes);

} // namespace streamwright
