// SPDX-License-Identifier: GPL-3.0-or-later
// LiveView: what a run looks like at one moment: the state, rate and trend of every node and edge, with the reason in words.
// A value: made from an engine on any thread, shown on another. Kinds say what their metrics mean (MetricKind::role); no
// service is named here.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/engine.h"
#include "core/runtime/browsable.h"

namespace streamwright {

enum class NodeState { Stopped, Ok, Starved, Throttling, Failing };

struct NodeLive {
    NodeState state = NodeState::Stopped;
    double rate = 0; // of the main metric, as a person takes it (steady_rate.h)
    std::string rateUnit; // "records/s", "messages/s", "objects/s"
    std::vector<float> trend; // that rate in the last 60 s, oldest first
    std::string reason; // which limit, which shard, which key, what would help; "" when all is well
};

struct EdgeLive {
    double recordsPerSecond = 0;
    double bytesPerSecond = 0;
    double fill = 0; // 0..1: how near the receiver is to its limit, or how much of the window is taken
    std::uint64_t backlog = 0; // records that wait behind the edge
    Duration age{0}; // of the oldest of them
    std::string reason;
};

struct LiveView {
    Time now{};
    Duration elapsed{};
    std::map<std::string, NodeLive> nodes; // by id
    std::map<std::string, EdgeLive> edges; // by edgeKey() of core/runtime/channel.h
    double recordsPerSecond = 0; // taken by all nodes that keep records
    double throttlesPerSecond = 0;
    ByteCount memory;
};

// moment: a time of the run to look back at; none = now.
LiveView liveView(Engine& engine, const Registry& registry, std::optional<Time> moment = {});

// What hovering tells of a node, with the keys behind it. Reads records: on demand only.
struct NodeExplanation {
    NodeLive live;
    std::vector<std::string> lines; // sentences: what limits, where, which keys, what would help
    std::string part; // the part it is about: the shard that throttles most; "" without one
    std::optional<LoadExplanation> load; // of that part
};
NodeExplanation explainNode(Engine& engine, const Registry& registry, const std::string& node,
                            std::optional<Time> moment = {});

} // namespace streamwright
