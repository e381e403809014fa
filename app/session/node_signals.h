// SPDX-License-Identifier: GPL-3.0-or-later
// NodeSignals: what the metrics of one node say at one moment, by their roles: the raw material of states, reasons and
// edges. Gathered for all nodes in one pass over the metric store. Values; any thread.
#pragma once

#include <array>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/engine/engine.h"

namespace streamwright {

inline constexpr int kTrendSeconds = 60;
inline constexpr int kStateSeconds = 5; // what happened in these counts as happening
// What is measured holds for so long, unless it is measured again; queues at rest are measured once a minute.
inline constexpr int kMeasuredSeconds = 130;

// A metric in the seconds of the state.
struct Signal {
    const MetricKind* kind = nullptr;
    std::string part;
    double perSecond = 0; // sum over the state's seconds
    double rate = 0; // a second, as a person takes it (steady_rate.h)
    double newest = 0; // maximum of the newest period, however old
    double newestAverage = 0;
    Time newestAt{}; // begin of it
    bool recent = false; // it began in the last kMeasuredSeconds
};

struct NodeSignals {
    const NodeSetup* setup = nullptr;
    const NodeKind* kind = nullptr;
    std::vector<Signal> signals; // of metrics with a role or a limit, sorted by part and name
    std::vector<float> trend; // of the main rate

    const Signal* whole(const MetricKind* metric) const; // null when it was not recorded
};

// moment: rounded down to the last full second.
std::vector<NodeSignals> gatherSignals(const MetricStore& metrics, const PipelinePlan& plan, const Registry& registry,
                                       Time moment);

// What the limit is for a node with these properties; newest: finds the newest value of a metric of the node.
template <typename Newest>
double limitOf(const MetricLimit& limit, const Json& properties, Newest newest)
{
    if (!limit.metric.empty()) return newest(limit.metric);
    if (!limit.property.empty()) {
        const Json::json_pointer at(limit.property);
        if (properties.contains(at) && properties[at].is_number()) return properties[at].get<double>() * limit.times;
    }
    return limit.value;
}

// The share of its limit that a signal takes; 0 without a limit.
double shareOfLimit(const NodeSignals& node, const Signal& signal);

} // namespace streamwright
