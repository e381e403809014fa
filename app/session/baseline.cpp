// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/baseline.h"

#include <algorithm>
#include <cmath>

namespace streamwright {

namespace {

constexpr std::size_t kPointsOfARun = 400'000; // 16 bytes each, shared by all series of a kept run
constexpr std::size_t kMostPoints = 4'000;
constexpr std::size_t kStepsOfARun = 400'000;
constexpr std::size_t kMostSteps = 600;
constexpr std::size_t kLeastPoints = 60;
constexpr Duration kLongPast{INT64_MAX / 4};
constexpr Duration kMinute = std::chrono::minutes(1);
constexpr Duration kByMinutes = std::chrono::minutes(50); // soon after, seconds are no longer kept

// Each divides the next.
Duration stepFor(Duration elapsed, std::size_t most)
{
    constexpr int kSteps[] = {1, 5, 10, 60, 300, 600, 3600, 21600, 86400};
    for (const int step : kSteps)
        if (elapsed / seconds(step) < static_cast<Duration::rep>(most) && (elapsed < kByMinutes || step >= 60))
            return seconds(step);
    return seconds(kSteps[std::size(kSteps) - 1]);
}

KeptStep& stepAt(const KeptRun& run, KeptSeries& series, Time time)
{
    const auto at = static_cast<std::size_t>(std::max(time - run.start, Duration(0)) / run.step);
    if (series.steps.size() <= at) series.steps.resize(at + 1);
    return series.steps[at];
}

// Minutes where seconds are no longer kept.
void fillSteps(const KeptRun& run, const MetricStore& metrics, const SeriesId& id, Time now, KeptSeries& series)
{
    const MetricId metric{id.node, id.part, id.metric};
    Time bySeconds = std::min(metrics.oldestSecond(metric), now);
    const auto add = [&](Time from, Time to, MetricStore::Period period) {
        for (const Datapoint& point : metrics.window(metric, from, to, period)) {
            KeptStep& step = stepAt(run, series, point.start);
            step.sum += point.sum;
            step.samples += static_cast<double>(point.sampleCount);
            if (!series.counted) step.peak = std::max(step.peak, point.maximum);
        }
    };
    // The minute that is kept half in seconds counts as a minute.
    const Time whole = Time((bySeconds + kMinute - Duration(1)).time_since_epoch() / kMinute * kMinute);
    if (!metrics.window(metric, run.start, whole - kMinute, MetricStore::Period::Minute).empty()) {
        add(run.start, whole, MetricStore::Period::Minute);
        bySeconds = whole;
    }
    add(bySeconds, now, MetricStore::Period::Second);
    if (series.counted)
        for (const SeriesPoint& point : series.points)
            if (point.time >= run.start) {
                KeptStep& step = stepAt(run, series, point.time);
                step.peak = std::max(step.peak, point.value);
            }
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
    run.step = stepFor(run.elapsed, std::clamp(kStepsOfARun / count, kLeastPoints, kMostSteps));
    for (const std::vector<SeriesInfo>& infos : nodes) {
        std::vector<SeriesQuery> queries;
        for (const SeriesInfo& info : infos)
            queries.push_back({info.id, info.statistic});
        std::vector<SeriesData> data = series(engine, registry, queries, run.start, now, each);
        for (std::size_t i = 0; i < infos.size() && i < data.size(); ++i) {
            KeptSeries kept{infos[i].title, infos[i].unit, infos[i].statistic == "Sum", {}, std::move(data[i].points)};
            fillSteps(run, engine.metrics(), infos[i].id, now, kept);
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

double SeriesDifference::size() const
{
    if (!before || !after) return 1;
    const auto differ = [](double a, double b) {
        const double larger = std::max(std::abs(a), std::abs(b));
        return larger == 0 ? 0 : std::min(1.0, std::abs(a - b) / larger);
    };
    return std::max(differ(before->total, after->total), differ(before->peak, after->peak));
}

RunFigures figuresUntil(const KeptRun& run, const KeptSeries& series, Duration until)
{
    const auto steps = std::min(series.steps.size(), static_cast<std::size_t>(until / run.step));
    KeptStep all;
    for (std::size_t i = 0; i < steps; ++i) {
        all.sum += series.steps[i].sum;
        all.samples += series.steps[i].samples;
        all.peak = std::max(all.peak, series.steps[i].peak);
    }
    if (series.counted) return {all.sum, all.peak};
    return {all.samples > 0 ? all.sum / all.samples : 0, all.peak};
}

RunComparison compareRuns(const KeptRun& before, const KeptRun& after)
{
    RunComparison out;
    const Duration step = std::max(before.step, after.step);
    out.span = std::min(before.elapsed, after.elapsed) / step * step;
    std::map<SeriesId, SeriesDifference> all;
    const auto take = [&](const KeptRun& run, std::optional<RunFigures> SeriesDifference::*side) {
        for (const auto& [id, series] : run.series) {
            SeriesDifference& difference = all[id];
            difference.id = id;
            difference.title = series.title;
            difference.unit = series.unit;
            difference.counted = series.counted;
            difference.*side = figuresUntil(run, series, out.span);
        }
    };
    take(before, &SeriesDifference::before);
    take(after, &SeriesDifference::after);
    for (auto& [id, difference] : all)
        out.series.push_back(std::move(difference));
    std::ranges::stable_sort(out.series, std::greater<>(), &SeriesDifference::size);

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
