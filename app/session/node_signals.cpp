// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/node_signals.h"

#include <algorithm>

#include "app/session/steady_rate.h"

namespace streamwright {

namespace {

// The metrics of a kind that say anything, by name.
using KnownMetrics = std::unordered_map<std::string_view, const MetricKind*>;

KnownMetrics knownMetrics(const NodeKind& kind)
{
    KnownMetrics known;
    for (const MetricKind& metric : kind.metrics) {
        if (metric.role != MetricRole::None || metric.limit) known.emplace(metric.name, &metric);
        const MetricKind* limiting = metric.limit ? kind.metric(metric.limit->metric) : nullptr;
        if (limiting) known.emplace(limiting->name, limiting);
    }
    return known;
}

// Measured, not counted: sums say nothing.
bool isMeasured(MetricRole role)
{
    return role == MetricRole::Success || role == MetricRole::Age || role == MetricRole::Depth ||
           role == MetricRole::Fill || role == MetricRole::Latency;
}

Signal signalOf(const MetricKind& kind, const std::string& part, DatapointRange points, Time end)
{
    Signal signal{.kind = &kind, .part = part};
    const Datapoint& newest = *std::prev(points.end());
    signal.newest = newest.maximum;
    signal.newestAverage = newest.sampleCount ? newest.sum / static_cast<double>(newest.sampleCount) : 0;
    signal.newestAt = newest.start;
    signal.recent = newest.start >= end - seconds(kMeasuredSeconds);
    if (isMeasured(kind.role)) return signal;
    for (auto at = points.end(); at != points.begin();) {
        --at;
        if (at->start < end - seconds(kStateSeconds)) break;
        signal.perSecond += at->sum / kStateSeconds;
    }
    signal.rate = rateNow(points.begin(), points.end(), end);
    return signal;
}

std::vector<float> trendOf(DatapointRange points, Time end)
{
    std::vector<float> trend(kTrendSeconds, 0.0f);
    for (auto at = points.end(); at != points.begin();) {
        --at;
        const auto back = (end - at->start) / seconds(1); // 1 = the last full second
        if (back > kTrendSeconds) break;
        trend[static_cast<std::size_t>(kTrendSeconds - back)] =
            static_cast<float>(steadyRate(points.begin(), std::next(at)));
    }
    return trend;
}

} // namespace

const Signal* NodeSignals::whole(const MetricKind* metric) const
{
    if (!metric) return nullptr;
    for (const Signal& signal : signals)
        if (signal.part.empty() && signal.kind == metric) return &signal;
    return nullptr;
}

std::vector<NodeSignals> gatherSignals(const MetricStore& metrics, const PipelinePlan& plan, const Registry& registry,
                                       Time moment)
{
    const Time end = std::chrono::floor<std::chrono::seconds>(moment);
    std::vector<NodeSignals> nodes;
    std::unordered_map<std::string_view, std::size_t> byId;
    std::unordered_map<const NodeKind*, KnownMetrics> known;
    for (const NodeSetup& setup : plan.nodes) {
        const Registry::Entry* entry = registry.find(setup.kind);
        byId[setup.id] = nodes.size();
        nodes.push_back({.setup = &setup, .kind = entry ? &entry->kind : nullptr});
        nodes.back().trend.assign(kTrendSeconds, 0.0f);
        nodes.back().signals.reserve(entry ? entry->kind.metrics.size() : 0);
        if (entry && !known.contains(&entry->kind)) known[&entry->kind] = knownMetrics(entry->kind);
    }
    NodeSignals* node = nullptr;
    const KnownMetrics* named = nullptr;
    const MetricKind* main = nullptr;
    std::string_view current;
    metrics.visit(Time{}, end, MetricStore::Period::Second, {}, [&](const MetricId& id, DatapointRange points) {
        if (!named || id.node != current) {
            current = id.node;
            const auto found = byId.find(id.node);
            node = found == byId.end() ? nullptr : &nodes[found->second];
            named = node && node->kind ? &known.at(node->kind) : nullptr;
            main = named ? node->kind->mainRate() : nullptr;
        }
        if (!named) return;
        const auto found = named->find(id.name);
        if (found == named->end()) return;
        node->signals.push_back(signalOf(*found->second, id.part, points, end));
        if (found->second == main && id.part.empty()) node->trend = trendOf(points, end);
    });
    return nodes;
}

double shareOfLimit(const NodeSignals& node, const Signal& signal)
{
    const MetricKind& kind = *signal.kind;
    // A limit of each shard says nothing of all of them.
    if (!kind.limit || (signal.part.empty() && kind.part == "shard")) return 0;
    const double limit = limitOf(*kind.limit, node.setup->properties, [&](const std::string& name) {
        const Signal* told = node.kind ? node.whole(node.kind->metric(name)) : nullptr;
        return told ? told->newest : 0;
    });
    if (limit <= 0) return 0;
    return (kind.role == MetricRole::Fill ? signal.newest : signal.perSecond) / limit;
}

} // namespace streamwright
