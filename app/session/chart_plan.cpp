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

// The heaviest in that time, in the order of their names.
std::vector<SeriesInfo> heaviest(Engine& engine, const Registry& registry, std::vector<SeriesInfo> parts, Time from, Time to)
{
    if (parts.size() <= kMostChartLines) return parts;
    std::map<std::string, double> whole;
    for (const MetricSnapshot& metric : engine.metrics().snapshot(MetricStore::Detail::TotalsOnly, parts[0].id.node))
        if (metric.id.name == parts[0].id.metric)
            whole[metric.id.part] = parts[0].statistic == "Sum" ? metric.total.sum : metric.total.maximum;
    const auto byWhole = [&](const SeriesInfo& a, const SeriesInfo& b) { return whole[a.id.part] > whole[b.id.part]; };
    if (parts.size() > kCandidates) {
        std::partial_sort(parts.begin(), parts.begin() + kCandidates, parts.end(), byWhole);
        parts.resize(kCandidates);
    }
    std::vector<SeriesQuery> queries;
    for (const SeriesInfo& part : parts)
        queries.push_back({part.id, {}});
    const std::vector<SeriesData> recent = series(engine, registry, queries, from, to, kPointsToJudge);
    std::map<std::string, double> peaks;
    for (const SeriesData& data : recent)
        peaks[data.query.id.part] = peakOf(data);
    std::stable_sort(parts.begin(), parts.end(), [&](const SeriesInfo& a, const SeriesInfo& b) {
        return peaks[a.id.part] > peaks[b.id.part];
    });
    parts.resize(kMostChartLines);
    std::sort(parts.begin(), parts.end(), [](const SeriesInfo& a, const SeriesInfo& b) { return a.id < b.id; });
    return parts;
}

// The charted series of a node by metric: the whole first, then the parts.
std::vector<std::vector<SeriesInfo>> chartedMetrics(Engine& engine, const Registry& registry, const std::string& node)
{
    std::vector<std::vector<SeriesInfo>> out;
    std::map<std::string, std::size_t> places;
    for (SeriesInfo& info : seriesOf(engine, registry, node)) {
        if (!info.charted) continue;
        const auto [place, isNew] = places.try_emplace(info.id.metric, out.size());
        if (isNew) out.emplace_back();
        out[place->second].push_back(std::move(info));
    }
    return out;
}

std::vector<PlannedChart> chartsOfNode(Engine& engine, const Registry& registry, const std::string& node, Time from, Time to)
{
    std::vector<PlannedChart> out;
    for (std::vector<SeriesInfo>& metric : chartedMetrics(engine, registry, node)) {
        PlannedChart chart;
        chart.key = node + "/" + metric[0].id.metric;
        chart.title = metric[0].title;
        chart.limited = true;
        std::vector<SeriesInfo> parts;
        std::copy_if(metric.begin(), metric.end(), std::back_inserter(parts),
                     [](const SeriesInfo& info) { return !info.id.part.empty(); });
        const std::size_t all = parts.size();
        if (all > 1)
            parts = heaviest(engine, registry, std::move(parts), from, to);
        else
            parts = {metric[0]};
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
    if (shown.empty())
        for (const NodeSetup& node : engine.plan().nodes)
            shown.push_back(node.id);
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
