// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/baseline.h"

#include <algorithm>
#include <cmath>

namespace streamwright {

namespace {

constexpr std::size_t kPointsOfARun = 400'000; // 16 bytes each, shared by all series of a kept run
constexpr std::size_t kMostPoints = 4'000;
constexpr std::size_t kLeastPoints = 60;
constexpr Duration kLongPast{INT64_MAX / 4};

RunFigures figuresOf(const Statistics& total, const KeptSeries& series)
{
    if (!series.counted) return {total.average(), total.maximum};
    double peak = 0;
    for (const SeriesPoint& point : series.points)
        peak = std::max(peak, point.value);
    return {total.sum, peak};
}

std::vector<std::vector<SeriesInfo>> seriesByNode(Engine& engine, const Registry& registry)
{
    std::vector<std::vector<SeriesInfo>> out;
    const auto plan = engine.plan();
    for (const NodeSetup& node : plan->nodes)
        out.push_back(seriesOf(engine, registry, node.id));
    return out;
}

void compareProperties(const std::string& node, const Json& before, const Json& after,
                       std::vector<PropertyDifference>& out)
{
    const Json flatBefore = before.flatten(), flatAfter = after.flatten();
    const auto text = [](const Json& flat, const std::string& pointer) {
        return flat.is_object() && flat.contains(pointer) ? flat[pointer].dump() : std::string();
    };
    std::map<std::string, bool> pointers;
    for (const Json* flat : {&flatBefore, &flatAfter})
        if (flat->is_object())
            for (const auto& [pointer, value] : flat->items())
                pointers[pointer] = true;
    for (const auto& [pointer, there] : pointers)
        if (text(flatBefore, pointer) != text(flatAfter, pointer))
            out.push_back({node, pointer, text(flatBefore, pointer), text(flatAfter, pointer)});
}

} // namespace

KeptRun keepRun(Engine& engine, const Registry& registry, const std::string& label, std::uint64_t seed, bool points)
{
    KeptRun run;
    run.label = label;
    run.seed = seed;
    run.elapsed = engine.elapsed();
    const Time now = engine.now();
    run.start = now - run.elapsed;
    const auto plan = engine.plan();
    for (const NodeSetup& node : plan->nodes)
        run.properties[node.id] = engine.properties(node.id);

    const std::vector<std::vector<SeriesInfo>> nodes = seriesByNode(engine, registry);
    std::size_t count = 1;
    for (const std::vector<SeriesInfo>& infos : nodes)
        count += infos.size();
    const std::size_t each = std::clamp(kPointsOfARun / count, kLeastPoints, kMostPoints);
    std::map<SeriesId, Statistics> totals;
    for (MetricSnapshot& metric : engine.metrics().snapshot(MetricStore::Detail::TotalsOnly))
        totals[{metric.id.node, metric.id.part, metric.id.name}] = std::move(metric.total);
    for (const std::vector<SeriesInfo>& infos : nodes) {
        std::vector<SeriesQuery> queries;
        for (const SeriesInfo& info : infos)
            queries.push_back({info.id, info.statistic});
        std::vector<SeriesData> data = series(engine, registry, queries, run.start, now, each);
        for (std::size_t i = 0; i < infos.size() && i < data.size(); ++i) {
            KeptSeries kept{infos[i].title, infos[i].unit, infos[i].statistic == "Sum", {}, std::move(data[i].points)};
            kept.figures = figuresOf(totals[infos[i].id], kept);
            if (!points) kept.points = {};
            run.series.emplace(infos[i].id, std::move(kept));
        }
    }
    return run;
}

std::vector<SeriesPoint> keptPoints(const KeptRun& run, const SeriesId& id, Duration from, Duration to,
                                    std::size_t mostPoints)
{
    const auto found = run.series.find(id);
    if (found == run.series.end() || mostPoints < 2) return {};
    const std::vector<SeriesPoint>& all = found->second.points;
    const Duration low = std::clamp(from, -kLongPast, kLongPast), high = std::clamp(to, low, kLongPast);
    const auto before = [](const SeriesPoint& point, Time t) { return point.time < t; };
    const auto first = std::lower_bound(all.begin(), all.end(), run.start + low, before);
    const auto last = std::lower_bound(first, all.end(), run.start + high + Duration(1), before);
    const auto count = static_cast<std::size_t>(last - first);
    if (count <= mostPoints) return {first, last};
    std::vector<SeriesPoint> out;
    const std::size_t columns = mostPoints / 2;
    for (std::size_t column = 0; column < columns; ++column) {
        const auto begin = first + static_cast<std::ptrdiff_t>(count * column / columns);
        const auto end = first + static_cast<std::ptrdiff_t>(count * (column + 1) / columns);
        const auto less = [](const SeriesPoint& a, const SeriesPoint& b) { return a.value < b.value; };
        auto [least, most] = std::minmax_element(begin, end, less);
        if (most < least) std::swap(least, most);
        out.push_back(*least);
        if (most != least) out.push_back(*most);
    }
    return out;
}

std::optional<double> SeriesDifference::change() const
{
    if (!before || !after || before->total == 0) return {};
    return (after->total - before->total) / std::abs(before->total);
}

RunComparison compareRuns(const KeptRun& before, const KeptRun& after)
{
    RunComparison out;
    std::map<SeriesId, SeriesDifference> all;
    const auto take = [&](const KeptRun& run, std::optional<RunFigures> SeriesDifference::*side) {
        for (const auto& [id, series] : run.series) {
            SeriesDifference& difference = all[id];
            difference.id = id;
            difference.title = series.title;
            difference.unit = series.unit;
            difference.counted = series.counted;
            difference.*side = series.figures;
        }
    };
    take(before, &SeriesDifference::before);
    take(after, &SeriesDifference::after);
    for (auto& [id, difference] : all)
        out.series.push_back(std::move(difference));

    for (const auto& [node, properties] : before.properties) {
        const auto now = after.properties.find(node);
        if (now == after.properties.end())
            out.properties.push_back({node, "", properties.dump(), ""});
        else
            compareProperties(node, properties, now->second, out.properties);
    }
    for (const auto& [node, properties] : after.properties)
        if (!before.properties.contains(node)) out.properties.push_back({node, "", "", properties.dump()});
    return out;
}

} // namespace streamwright
