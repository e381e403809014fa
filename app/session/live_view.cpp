// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/live_view.h"

namespace streamwright {

LiveView liveView(Engine& engine, const Registry&, std::optional<Time> moment)
{
    LiveView view;
    view.now = moment.value_or(engine.now());
    view.elapsed = engine.elapsed();
    view.memory = engine.memory();
    const auto plan = engine.plan();
    for (const NodeSetup& setup : plan->nodes) {
        NodeLive& node = view.nodes[setup.id];
        node.state = NodeState::Ok;
        node.rateUnit = "records/s";
        for (const MetricSnapshot& metric : engine.metrics().snapshot(MetricStore::Detail::WithHistory, setup.id)) {
            if (!metric.id.part.empty() || metric.seconds.empty() || !node.trend.empty()) continue;
            node.rate = metric.seconds.back().sum;
            for (const Datapoint& point : metric.seconds)
                node.trend.push_back(static_cast<float>(point.sum));
        }
    }
    for (const EdgeInfo& edge : plan->edges)
        view.edges[edgeKey(edge)] = {};
    return view;
}

} // namespace streamwright
