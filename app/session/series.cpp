// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/series.h"

#include <algorithm>
#include <cmath>

#include "app/session/node_signals.h"
#include "app/session/steady_rate.h"
#include "core/runtime/browsable.h"

namespace streamwright {

namespace {

constexpr Duration kMinute = std::chrono::minutes(1);
constexpr Duration kLongestInSeconds = std::chrono::hours(1);

const NodeSetup* setupOf(const PipelinePlan& plan, const std::string& node)
{
    const auto found =
        std::find_if(plan.nodes.begin(), plan.nodes.end(), [&](const NodeSetup& setup) { return setup.id == node; });
    return found == plan.nodes.end() ? nullptr : &*found;
}

// Each of these counts for itself.
bool isAlarm(const MetricKind& metric)
{
    return metric.role == MetricRole::Throttled || metric.role == MetricRole::Failed;
}

bool isRate(std::string_view statistic) { return statistic == "Sum" || statistic == "SampleCount"; }

std::string unitOf(const MetricKind& metric, std::string_view statistic)
{
    if (statistic == "SampleCount") return "Count/Second";
    if (statistic != "Sum") return metric.role == MetricRole::Success ? "" : metric.unit;
    return metric.things.empty() ? metric.unit + "/Second" : metric.things + "/s";
}

double valueOf(const Datapoint& point, std::string_view statistic, double periodSeconds)
{
    if (statistic == "Sum") return point.sum / periodSeconds;
    if (statistic == "SampleCount") return static_cast<double>(point.sampleCount) / periodSeconds;
    if (statistic == "Average") return point.sampleCount ? point.sum / static_cast<double>(point.sampleCount) : 0;
    if (statistic == "Minimum") return point.minimum;
    if (statistic == "p50") return point.p50;
    if (statistic == "p90") return point.p90;
    if (statistic == "p99") return point.p99;
    return point.maximum;
}

// Rates are 0 in the periods without a sample, up to the last closed one.
std::vector<SeriesPoint> withZeros(const std::vector<SeriesPoint>& points, Time from, Time to, Duration period)
{
    std::vector<SeriesPoint> filled;
    std::size_t next = 0;
    for (Time t = from; t < to; t += period) {
        const bool there = next < points.size() && points[next].time <= t;
        filled.push_back({t, there ? points[next].value : 0});
        next += there;
    }
    return filled;
}

// Two points for each of so many columns: the lowest and the highest, by time.
std::vector<SeriesPoint> decimated(std::vector<SeriesPoint> points, std::size_t most)
{
    if (points.size() <= std::max<std::size_t>(most, 2)) return points;
    const std::size_t columns = std::max<std::size_t>(most / 2, 1);
    std::vector<SeriesPoint> kept;
    for (std::size_t column = 0; column < columns; ++column) {
        const auto begin = points.begin() + static_cast<std::ptrdiff_t>(points.size() * column / columns);
        const auto end = points.begin() + static_cast<std::ptrdiff_t>(points.size() * (column + 1) / columns);
        auto [low, high] =
            std::minmax_element(begin, end, [](const auto& a, const auto& b) { return a.value < b.value; });
        if (high->time < low->time) std::swap(low, high);
        kept.push_back(*low);
        if (high != low) kept.push_back(*high);
    }
    return kept;
}

class SeriesMaker {
public:
    SeriesMaker(Engine& engine, const Registry& registry, Time from, Time to, std::size_t mostPoints)
        : engine_(engine),
          registry_(registry),
          plan_(engine.plan()),
          from_(from),
          to_(to),
          closed_(std::chrono::floor<std::chrono::seconds>(engine.now())),
          start_(std::chrono::floor<std::chrono::seconds>(engine.now() - engine.elapsed())),
          mostPoints_(mostPoints)
    {
    }

    SeriesData make(const SeriesQuery& query) const
    {
        SeriesData data;
        data.query = query;
        const NodeSetup* setup = setupOf(*plan_, query.id.node);
        const Registry::Entry* entry = setup ? registry_.find(setup->kind) : nullptr;
        const MetricKind* metric = entry ? entry->kind.metric(query.id.metric) : nullptr;
        if (!metric) return data;
        if (data.query.statistic.empty()) data.query.statistic = usualStatistic(*metric);
        data.title = metric->title;
        data.unit = unitOf(*metric, data.query.statistic);
        addPoints(data, *metric);
        if (metric->limit) addLimit(data, *setup, *metric);
        return data;
    }

private:
    static MetricId idOf(const SeriesId& id) { return {id.node, id.part, id.metric}; }

    // Minutes where the span is long, or reaches back to where seconds are no longer kept.
    bool byMinutes(const MetricId& id) const
    {
        if (to_ - from_ > kLongestInSeconds) return true;
        const Time oldest = engine_.metrics().oldestSecond(id);
        return oldest != kNever && oldest > from_ &&
               !engine_.metrics().window(id, from_, oldest - kMinute, MetricStore::Period::Minute).empty();
    }

    void addPoints(SeriesData& data, const MetricKind& metric) const
    {
        const MetricId id = idOf(data.query.id);
        const bool minutes = byMinutes(id);
        data.period = minutes ? kMinute : Duration(seconds(1));
        const double periodSeconds = inSeconds(data.period);
        // A period that begins before the span but reaches into it belongs to it.
        const Time from = Time(from_.time_since_epoch() - from_.time_since_epoch() % data.period);
        const bool steady = !minutes && data.query.statistic == "Sum" && !isAlarm(metric);
        const std::vector<Datapoint> points =
            engine_.metrics().window(id, steady ? from - seconds(kSteadySeconds) : from, to_,
                                     minutes ? MetricStore::Period::Minute : MetricStore::Period::Second);
        for (auto point = points.begin(); point != points.end(); ++point)
            if (point->start >= from)
                data.points.push_back({point->start, steady ? steadyRate(points.begin(), std::next(point))
                                                            : valueOf(*point, data.query.statistic, periodSeconds)});
        if (isRate(data.query.statistic)) {
            const Time start = Time(start_.time_since_epoch() - start_.time_since_epoch() % data.period);
            const Time closed = Time(closed_.time_since_epoch() - closed_.time_since_epoch() % data.period);
            data.points = withZeros(data.points, std::max(from, start), std::min(to_, closed), data.period);
        }
        data.points = decimated(std::move(data.points), mostPoints_);
    }

    void addLimit(SeriesData& data, const NodeSetup& setup, const MetricKind& metric) const
    {
        const bool level = metric.role == MetricRole::Fill;
        if (level ? data.query.statistic == "Sum" : data.query.statistic != "Sum") return;
        if (!metric.limit->metric.empty()) {
            addMeasuredLimit(data, setup.id, metric.limit->metric);
            return;
        }
        const double limit = limitOf(*metric.limit, setup.properties, [](const std::string&) { return 0.0; });
        if (limit <= 0) return;
        if (metric.part == "shard" && data.query.id.part.empty())
            addLimitOfParts(data, setup.id, limit);
        else
            data.limit = {{from_, limit}, {to_, limit}};
    }

    void addMeasuredLimit(SeriesData& data, const std::string& node, const std::string& metric) const
    {
        for (const Datapoint& point :
             engine_.metrics().window({node, "", metric}, start_, to_, MetricStore::Period::Second))
            if (data.limit.empty() || data.limit.back().value != point.maximum)
                data.limit.push_back({std::max(point.start, from_), point.maximum});
        // Of what was before the span only the last counts.
        while (data.limit.size() > 1 && data.limit[1].time == from_)
            data.limit.erase(data.limit.begin());
        if (!data.limit.empty()) data.limit.push_back({to_, data.limit.back().value});
    }

    // The limit of the whole steps with the number of open parts.
    void addLimitOfParts(SeriesData& data, const std::string& node, double limit) const
    {
        const auto browsable = engine_.browsable(node);
        if (!browsable) return;
        std::map<Time, int> changes{{from_, 0}};
        for (const BrowsePart& part : browsable->parts()) {
            if (part.closed <= from_ || part.opened >= to_) continue;
            ++changes[std::max(part.opened, from_)];
            if (part.closed < to_) --changes[part.closed];
        }
        int open = 0;
        for (const auto& [time, change] : changes) {
            open += change;
            if (data.limit.empty() || data.limit.back().value != open * limit)
                data.limit.push_back({time, open * limit});
        }
        data.limit.push_back({to_, open * limit});
    }

    Engine& engine_;
    const Registry& registry_;
    const std::shared_ptr<const PipelinePlan> plan_;
    const Time from_, to_;
    const Time closed_, start_; // what is closed, and when the run began
    const std::size_t mostPoints_;
};

} // namespace

std::vector<SeriesInfo> seriesOf(Engine& engine, const Registry& registry, const std::string& node)
{
    const auto plan = engine.plan();
    const NodeSetup* setup = setupOf(*plan, node);
    const Registry::Entry* entry = setup ? registry.find(setup->kind) : nullptr;
    if (!entry) return {};
    const std::vector<MetricId> recorded = engine.metrics().idsOf(node); // by part, the whole first
    std::vector<SeriesInfo> infos;
    for (const bool charted : {true, false})
        for (const MetricKind& metric : entry->kind.metrics) {
            if (metric.charted != charted) continue;
            for (const MetricId& id : recorded) {
                if (id.name != metric.name) continue;
                const std::string statistic(usualStatistic(metric));
                infos.push_back({.id = {id.node, id.part, id.name},
                                 .title = metric.title,
                                 .unit = unitOf(metric, statistic),
                                 .statistic = statistic,
                                 .help = metric.help,
                                 .charted = charted && id.part.empty(),
                                 .throttles = isAlarm(metric)});
            }
        }
    return infos;
}

std::vector<SeriesData> series(Engine& engine, const Registry& registry, std::span<const SeriesQuery> queries,
                               Time from, Time to, std::size_t mostPoints)
{
    const SeriesMaker maker(engine, registry, from, to, mostPoints);
    std::vector<SeriesData> all;
    for (const SeriesQuery& query : queries)
        all.push_back(maker.make(query));
    return all;
}

} // namespace streamwright
