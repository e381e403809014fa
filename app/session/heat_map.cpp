// SPDX-License-Identifier: GPL-3.0-or-later
// The heat map of series.h: the parts of a node over time, as shares of their limits.
#include <algorithm>
#include <unordered_map>

#include "app/session/node_signals.h"
#include "app/session/series.h"
#include "core/runtime/browsable.h"

namespace streamwright {

namespace {

constexpr float kNotThere = -1;

HeatRow rowOf(const BrowsePart& part, const HeatMap& map)
{
    HeatRow row{part.name, part.label, std::vector<float>(map.columns, kNotThere),
                std::vector<bool>(map.columns, false)};
    for (std::size_t i = 0; i < map.columns; ++i) {
        const Time begin = map.from + map.column * static_cast<std::int64_t>(i);
        if (part.opened < begin + map.column && part.closed > begin) row.share[i] = 0;
    }
    return row;
}

} // namespace

HeatMap heatMap(Engine& engine, const Registry& registry, const std::string& node, Time from, Time to,
                std::size_t mostColumns)
{
    HeatMap map;
    const auto plan = engine.plan();
    const auto& nodes = plan->nodes;
    const auto setup = std::find_if(nodes.begin(), nodes.end(), [&](const NodeSetup& s) { return s.id == node; });
    const Registry::Entry* entry = setup == nodes.end() ? nullptr : registry.find(setup->kind);
    const auto browsable = engine.browsable(node);
    const bool limited = entry && std::any_of(entry->kind.metrics.begin(), entry->kind.metrics.end(),
                                              [](const auto& m) { return m.limit && m.part == "shard"; });
    map.from = std::chrono::floor<std::chrono::seconds>(from);
    to = std::min(to, Time(std::chrono::floor<std::chrono::seconds>(engine.now())));
    if (!browsable || !limited || to <= map.from || mostColumns == 0) return map;

    const std::int64_t span = (to - map.from) / seconds(1);
    const auto wide = static_cast<std::int64_t>(mostColumns);
    map.column = seconds((span + wide - 1) / wide);
    map.columns = static_cast<std::size_t>((to - map.from + map.column - Duration(1)) / map.column);
    std::unordered_map<std::string, std::size_t> rows;
    for (const BrowsePart& part : browsable->parts()) {
        if (part.closed <= map.from || part.opened >= to) continue;
        rows[part.name] = map.rows.size();
        map.rows.push_back(rowOf(part, map));
    }
    engine.metrics().visit(
        map.from, to, MetricStore::Period::Second, node, [&](const MetricId& id, DatapointRange points) {
            const MetricKind* metric = entry->kind.metric(id.name);
            const auto found = rows.find(id.part);
            if (!metric || found == rows.end()) return;
            HeatRow& row = map.rows[found->second];
            const bool taken = metric->limit && (metric->role == MetricRole::In || metric->role == MetricRole::InBytes);
            const double limit =
                taken ? limitOf(*metric->limit, setup->properties, [](const std::string&) { return 0.0; }) : 0;
            for (const Datapoint& point : points) {
                const auto column = static_cast<std::size_t>((point.start - map.from) / map.column);
                if (metric->role == MetricRole::Throttled && point.sum > 0) row.throttled[column] = true;
                if (limit > 0) row.share[column] = std::max(row.share[column], static_cast<float>(point.sum / limit));
            }
        });
    return map;
}

} // namespace streamwright
