// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/run_report.h"

#include <cmath>

namespace streamwright {

namespace {

// Whole numbers without ".0": counts read as counts.
Json number(double value)
{
    if (std::abs(value) < 9e15 && value == std::trunc(value)) return static_cast<std::int64_t>(value);
    return value;
}

Json statisticsJson(const Statistics& statistics)
{
    return {{"Sum", number(statistics.sum)},
            {"Average", number(statistics.average())},
            {"Minimum", number(statistics.minimum)},
            {"Maximum", number(statistics.maximum)},
            {"SampleCount", statistics.sampleCount},
            {"p50", number(statistics.percentile(0.50))},
            {"p90", number(statistics.percentile(0.90))},
            {"p99", number(statistics.percentile(0.99))}};
}

// "shards" or "consumers": what the kind says its metrics are also kept by.
std::string partsName(const NodeKind& kind, const std::string& metric)
{
    for (const MetricKind& known : kind.metrics)
        if (known.name == metric && !known.part.empty()) return known.part + "s";
    return "parts";
}

} // namespace

Json runReport(Engine& engine, const Registry& registry, const ReportHead& head)
{
    Json report = {{"pipeline", head.pipeline},
                   {"seed", head.seed},
                   {"virtualSeconds", number(inSeconds(engine.elapsed()))},
                   {"wallSeconds", head.wallSeconds},
                   {"digest", engine.digest()},
                   {"nodes", Json::object()}};
    const auto plan = engine.plan();
    for (const NodeSetup& node : plan->nodes)
        report["nodes"][node.id] = {{"kind", node.kind}, {"metrics", Json::object()}};
    for (const MetricSnapshot& metric : engine.metrics().snapshot(MetricStore::Detail::TotalsOnly)) {
        if (!report["nodes"].contains(metric.id.node)) continue; // taken out while running
        Json& node = report["nodes"][metric.id.node];
        if (metric.id.part.empty())
            node["metrics"][metric.id.name] = statisticsJson(metric.total);
        else
            node[partsName(registry.find(node["kind"].get<std::string>())->kind, metric.id.name)][metric.id.part]
                [metric.id.name] = statisticsJson(metric.total);
    }
    return report;
}

} // namespace streamwright
