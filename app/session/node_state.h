// SPDX-License-Identifier: GPL-3.0-or-later
// NodeState from signals: which state a node is in at a moment, and why, in words. The same signals give the same state:
// there is no memory. Pure functions; any thread.
#pragma once

#include <string>

#include "app/session/live_view.h"
#include "app/session/node_signals.h"

namespace streamwright {

struct Verdict {
    NodeState state = NodeState::Ok;
    std::string reason;
    std::string part; // the shard it is about, or the busiest one; "" without parts
    double partShare = 0; // of its limit that this part takes
};

// quiet: nothing came to it for a while, though it should; see live_view.cpp.
Verdict verdictOf(const NodeSignals& node, bool quiet);

// How far behind it is, in seconds: the largest of its ages.
double behindSeconds(const NodeSignals& node);

} // namespace streamwright
