// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/chart_plan.h"

#include <algorithm>
#include <map>

namespace streamwright {

namespace {

constexpr std::size_t kCandidates = 32; // parts whose last minutes are looked at, the heaviest of the whole run
constexpr std::size_t kPointsToJudge = 16;

double peakOf(const SeriesData& data)
{
    double peak = 0;
    for (const SeriesPoint& point : data.points)
        peak = std::max(peak, point.value);
    return peak;
}

using Metrics = std::vector<std::vector<SeriesInfo>>; // the series of each metric: the whole first, then the parts

std::vector<SeriesInfo> partsOf(const std::vector<SeriesInfo>& metric)
{
    std::vector<SeriesInfo> parts;
    std::copy_if(metric.begin(), metric.end(), std::back_inserter(parts),
                 [](const SeriesInfo& info) { return !info.id.part.empty(); });
    return parts;
}

// Some of the parts that were heavy over the whole run; looking at them all would take too long.
std::vector<SeriesInfo> candidates(Engine& engine, std::vector<SeriesInfo> parts)
{
    if (parts.size() <= kCandidates) return parts;
    std::map<std::string, double> whole;
    for (const MetricSnapshot& metric : engine.metrics().snapshot(MetricStore::Detail::TotalsOnly, parts[0].id.node))
        if (metric.id.name == parts[0].id.metric)
            whole[metric.id.part] = parts[0].statistic == "Sum" ? metric.total.sum : metric.total.maximum;
    std::partial_sort(parts.begin(), parts.begin() + kCandidates, parts.end(),
                      [&](const SeriesInfo& a, const SeriesInfo& b) { return whole[a.id.part] > whole[b.id.part]; });
    parts.resize(kCandidates);
    return parts;
}

// How heavy parts are, 0..1, by the metric in which they stand out most: the same for every chart of the node, so that a
// part has one colour in all of them.
std::map<std::string, double> weights(Engine& engine, const Registry& registry, const Metrics& metrics, Time from,
                                      Time to)
{
    std::map<std::string, double> out;
    for (const std::vector<SeriesInfo>& metric : metrics) {
        const std::vector<SeriesInfo> parts = partsOf(metric);
        if (parts.size() <= kMostChartLines) continue;
        std::vector<SeriesQuery> queries;
        for (const SeriesInfo& part : candidates(engine, parts))
            queries.push_back({part.id, {}});
        const std::vector<SeriesData> recent = series(engine, registry, queries, from, to, kPointsToJudge);
        double most = 0;
        for (const SeriesData& data : recent)
            most = std::max(most, peakOf(data));
        for (const SeriesData& data : recent)
            if (most > 0) out[data.query.id.part] = std::max(out[data.query.id.part], peakOf(data) / most);
    }
    return out;
}

std::vector<SeriesInfo> heaviest(std::vector<SeriesInfo> parts, const std::map<std::string, double>& weights)
{
    if (parts.size() <= kMostChartLines) return parts;
    const auto weight = [&](const SeriesInfo& info) {
        const auto found = weights.find(info.id.part);
        return found == weights.end() ? 0 : found->second;
    };
    std::stable_sort(parts.begin(), parts.end(),
                     [&](const SeriesInfo& a, const SeriesInfo& b) { return weight(a) > weight(b); });
    parts.resize(kMostChartLines);
    std::sort(parts.begin(), parts.end(), [](const SeriesInfo& a, const SeriesInfo& b) { return a.id < b.id; });
    return parts;
}

// The charted series of a node by metric: the whole first, then the parts.
Metrics chartedMetrics(Engine& engine, const Registry& registry, const std::string& node)
{
    Metrics out;
    std::map<std::string, std::size_t> places;
    for (SeriesInfo& info : seriesOf(engine, registry, node)) {
        // Parts come behind their whole, which says whether the metric is charted.
        if (!info.charted && (info.id.part.empty() || !places.contains(info.id.metric))) continue;
        const auto [place, isNew] = places.try_emplace(info.id.metric, out.size());
        if (isNew) out.emplace_back();
        out[place->second].push_back(std::move(info));
    }
    return out;
}

std::vector<PlannedChart> chartsOfNode(Engine& engine, const Registry& registry, const std::string& node, Time from,
                                       Time to)
{
    std::vector<PlannedChart> out;
    const Metrics metrics = chartedMetrics(engine, registry, node);
    const std::map<std::string, double> heavy = weights(engine, registry, metrics, from, to);
    for (const std::vector<SeriesInfo>& metric : metrics) {
        PlannedChart chart;
        chart.key = node + "/" + metric[0].id.metric;
        chart.title = metric[0].title;
        chart.limited = true;
        std::vector<SeriesInfo> parts = partsOf(metric);
        const std::size_t all = parts.size();
        parts = all > 1 ? heaviest(std::move(parts), heavy) : std::vector<SeriesInfo>{metric[0]};
        for (const SeriesInfo& info : parts)
            chart.lines.push_back({{info.id, {}}, info.id.part.empty() ? node : shortPart(info.id.part)});
        if (all > parts.size()) chart.more = all - parts.size();
        out.push_back(std::move(chart));
    }
    return out;
}

} // namespace

std::string shortPart(const std::string& part)
{
    const std::size_t zeros = part.find("0000");
    if (zeros == std::string::npos) return part;
    const std::size_t end = std::min(part.find_first_not_of("0123456789", zeros), part.size());
    const std::size_t first = std::min(part.find_first_not_of('0', zeros), end - 1);
    return part.substr(0, zeros) + part.substr(first);
}

std::vector<PlannedChart> planCharts(Engine& engine, const Registry& registry, const std::vector<std::string>& nodes,
                                     Time from, Time to)
{
    if (nodes.size() == 1) return chartsOfNode(engine, registry, nodes[0], from, to);
    std::vector<std::string> shown = nodes;
    if (shown.empty()) {
        const auto plan = engine.plan();
        for (const NodeSetup& node : plan->nodes)
            shown.push_back(node.id);
    }
    std::vector<PlannedChart> out;
    std::map<std::pair<std::string, std::string>, std::size_t> places; // by title and unit
    for (const std::string& node : shown)
        for (const std::vector<SeriesInfo>& metric : chartedMetrics(engine, registry, node)) {
            const SeriesInfo& whole = metric[0];
            const auto [place, isNew] = places.try_emplace({whole.title, whole.unit}, out.size());
            if (isNew) out.push_back({"*/" + whole.title + "/" + whole.unit, whole.title, {}, 0, false});
            PlannedChart& chart = out[place->second];
            if (chart.lines.size() < kMostChartLines)
                chart.lines.push_back({{whole.id, {}}, node});
            else
                ++chart.more;
        }
    for (PlannedChart& chart : out)
        chart.limited = chart.lines.size() == 1;
    return out;
}

PlannedChart chartOf(Engine& engine, const Registry& registry, const std::vector<SeriesId>& chosen)
{
    PlannedChart chart;
    std::map<std::string, std::string> titles;
    for (const SeriesId& id : chosen) {
        chart.key += (chart.key.empty() ? "" : "|") + id.node + "/" + id.metric + "/" + id.part;
        if (chart.lines.size() == kMostChartLines) {
            ++chart.more;
            continue;
        }
        for (const SeriesInfo& info : seriesOf(engine, registry, id.node))
            if (info.id == id) titles[info.title] = id.node;
        chart.lines.push_back({{id, {}}, id.node + (id.part.empty() ? "" : " " + shortPart(id.part))});
    }
    for (const auto& [title, node] : titles)
        chart.title += (chart.title.empty() ? "" : ", ") + title;
    if (chart.title.empty() && !chosen.empty()) chart.title = chosen[0].metric;
    if (titles.size() > 1) // the lines then need their metric's name
        for (PlannedLine& line : chart.lines)
            line.label += " " + line.query.id.metric;
    chart.limited = chart.lines.size() == 1;
    return chart;
}

} // namespace streamwright
