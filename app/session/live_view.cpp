// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/live_view.h"

#include <algorithm>
#include <array>

#include "app/session/live_words.h"
#include "app/session/node_signals.h"
#include "app/session/node_state.h"
#include "app/session/steady_rate.h"
#include "core/base/check.h"

namespace streamwright {

namespace {

constexpr Duration kQuiet = seconds(10);
constexpr double kWorthExplaining = 0.5; // of its limit
constexpr Duration kExplained = seconds(10); // of records, for the keys

struct Gathered {
    std::shared_ptr<const PipelinePlan> plan; // what the rest points into
    LiveView view;
    std::vector<NodeSignals> nodes;
    std::vector<Verdict> verdicts;
    std::unordered_map<std::string_view, std::size_t> byId;
};

// When something last came in at, or went out of, the node: the epoch when that was too long ago to be seen.
Time lastOf(const NodeSignals& node, std::initializer_list<MetricRole> roles)
{
    Time last{};
    for (const Signal& signal : node.signals)
        for (const MetricRole role : roles)
            if (signal.kind->role == role && signal.newest > 0) last = std::max(last, signal.newestAt);
    return last;
}

// What comes in bunches, or only when something goes wrong, says nothing by staying away.
bool comesSteadily(const EdgeInfo& edge) { return edge.protocol != "objects" && edge.protocol != "dead-letters"; }

// Nothing has come for a while, though something did before, or because nothing comes to what feeds it either.
bool isQuiet(const Gathered& all, const NodeSignals& node, Time end)
{
    if (node.setup->inputs.empty() || !node.kind || !node.kind->metricOf(MetricRole::In)) return false;
    const Time since = end - kQuiet;
    const Time last = lastOf(node, {MetricRole::In});
    if (last >= since || all.view.elapsed < kQuiet) return false;
    bool steady = false, sourcesIdle = true;
    for (const EdgeInfo& edge : node.setup->inputs) {
        const auto source = all.byId.find(edge.fromNode);
        if (source == all.byId.end()) continue;
        steady = steady || comesSteadily(edge);
        const NodeSignals& from = all.nodes[source->second];
        sourcesIdle = sourcesIdle && lastOf(from, {MetricRole::In, MetricRole::Out}) < since;
    }
    return sourcesIdle || (steady && last != Time{});
}

void fillNode(Gathered& all, std::size_t index, Time end)
{
    NodeSignals& signals = all.nodes[index];
    Verdict& verdict = all.verdicts[index];
    verdict = verdictOf(signals, isQuiet(all, signals, end));
    NodeLive& live = all.view.nodes[signals.setup->id];
    live.state = verdict.state;
    live.reason = verdict.reason;
    live.trend = std::move(signals.trend);
    const MetricKind* main = signals.kind ? signals.kind->mainRate() : nullptr;
    live.rateUnit = (main && !main->things.empty() ? main->things : "records") + "/s";
    if (const Signal* rate = signals.whole(main)) live.rate = rate->rate;
    if (!signals.kind) return;
    if (signals.kind->keeps && main && main->things != "objects") all.view.recordsPerSecond += live.rate;
    if (!signals.kind->metricOf(MetricRole::In)) return; // what a producer is refused its receiver counts
    for (const Signal& signal : signals.signals)
        if (signal.kind->role == MetricRole::Throttled && signal.part.empty())
            all.view.throttlesPerSecond += signal.rate;
}

// How near the receiver is to its limit: its busiest part, or what it is bounded by.
double fillOf(const NodeSignals& receiver)
{
    double fill = 0;
    bool limited = false;
    for (const MetricKind& metric : receiver.kind->metrics)
        limited = limited || (metric.limit && (metric.role == MetricRole::In || metric.role == MetricRole::InBytes));
    for (const Signal& signal : receiver.signals) {
        const MetricRole role = signal.kind->role;
        const bool counts =
            role == MetricRole::In || role == MetricRole::InBytes || (role == MetricRole::Fill && !limited);
        if (!counts) continue;
        // Workers that are all busy now and then are not full: the average counts.
        const bool measured = role == MetricRole::Fill && signal.newest > 0;
        const double steady = measured ? signal.newestAverage / signal.newest : 1;
        fill = std::max(fill, shareOfLimit(receiver, signal) * steady);
    }
    return std::min(fill, 1.0);
}

// The last seconds of one edge. A delivery is a sample: the metrics of an edge have one a second.
class EdgeSeconds {
public:
    explicit EdgeSeconds(Time end) : end_(end) { }

    void add(const std::string& metric, DatapointRange points)
    {
        for (const Datapoint& point : points) {
            const auto back = static_cast<std::size_t>((end_ - point.start) / seconds(1));
            CHECK(back >= 1 && back <= seconds_.size());
            Second& second = seconds_[seconds_.size() - back];
            if (metric == "Deliveries") second.deliveries = static_cast<std::uint64_t>(point.sum);
            if (metric == "Bytes") second.bytes = point.sum;
            if (metric == "Records") second.taken += point.sum;
            // What the receiver refused will come again, and counts then.
            if (metric == "Throttled" || metric == "Failed") second.taken -= point.sum;
        }
    }
    void tell(EdgeLive& edge) const
    {
        edge.recordsPerSecond = std::max(rate(&Second::taken), 0.0); // a refusal may come a second after its records
        edge.bytesPerSecond = rate(&Second::bytes);
    }

private:
    struct Second {
        std::uint64_t deliveries = 0;
        double taken = 0, bytes = 0; // records, bytes
    };
    struct Point {
        Time start;
        std::uint64_t sampleCount;
        double sum;
    };
    double rate(double Second::*what) const
    {
        std::array<Point, kSteadySeconds> points;
        std::size_t n = 0;
        for (std::size_t i = 0; i < seconds_.size(); ++i)
            if (seconds_[i].deliveries > 0)
                points[n++] = {end_ - seconds(1) * static_cast<int>(seconds_.size() - i), seconds_[i].deliveries,
                               seconds_[i].*what};
        return n == 0 ? 0 : rateNow(points.begin(), points.begin() + n, end_);
    }

    const Time end_;
    std::array<Second, kSteadySeconds> seconds_;
};

// What passes the edges, and what waits behind them.
void takeFlows(LiveView& view, const MetricStore& flows, Time end)
{
    std::unordered_map<std::string_view, EdgeSeconds> passed;
    flows.visit(end - seconds(kSteadySeconds), end, MetricStore::Period::Second, {},
                [&](const MetricId& id, DatapointRange points) {
                    const auto found = view.edges.find(id.node);
                    if (found == view.edges.end()) return;
                    EdgeLive& edge = found->second;
                    passed.try_emplace(found->first, end).first->second.add(id.name, points);
                    const Datapoint& newest = *std::prev(points.end());
                    if (newest.start < end - seconds(kStateSeconds)) return;
                    if (id.name == "BacklogRecords") edge.backlog = static_cast<std::uint64_t>(newest.maximum);
                    if (id.name == "AgeMilliseconds")
                        edge.age = Duration(static_cast<Duration::rep>(newest.maximum * 1000));
                });
    for (auto& [key, edge] : view.edges)
        if (const auto found = passed.find(key); found != passed.end()) found->second.tell(edge);
}

void fillEdges(Gathered& all, const MetricStore& flows, Time end)
{
    for (const EdgeInfo& edge : all.plan->edges) {
        EdgeLive& live = all.view.edges[edgeKey(edge)];
        const auto found = all.byId.find(edge.toNode);
        if (found == all.byId.end() || !all.nodes[found->second].kind) continue;
        live.fill = fillOf(all.nodes[found->second]);
        const Verdict& verdict = all.verdicts[found->second];
        if (verdict.state != NodeState::Ok) live.reason = verdict.reason;
    }
    takeFlows(all.view, flows, end);
}

Gathered gather(Engine& engine, const Registry& registry, std::optional<Time> moment)
{
    Gathered all;
    const Time now = engine.now();
    all.view.now = std::min(moment.value_or(now), now);
    all.view.elapsed = std::max(Duration(0), engine.elapsed() - (now - all.view.now));
    all.view.memory = engine.memory();
    all.plan = engine.plan();
    const PipelinePlan& plan = *all.plan;
    all.nodes = gatherSignals(engine.metrics(), plan, registry, all.view.now);
    all.verdicts.resize(all.nodes.size());
    for (std::size_t i = 0; i < all.nodes.size(); ++i)
        all.byId[all.nodes[i].setup->id] = i;
    const Time end = std::chrono::floor<std::chrono::seconds>(all.view.now);
    for (std::size_t i = 0; i < all.nodes.size(); ++i)
        fillNode(all, i, end);
    fillEdges(all, engine.flows(), end);
    return all;
}

void addKeys(const LoadExplanation& load, std::vector<std::string>& lines)
{
    for (std::size_t i = 0; i < std::min<std::size_t>(load.keys.size(), 3); ++i) {
        const LoadKey& key = load.keys[i];
        // Many keys alike say nothing one by one.
        if (key.share < 0.05) break;
        lines.push_back("Key " + key.key + ": " + shareInWords(key.share) + " of the load, " +
                        inWords(key.recordsPerSecond) + " records/s.");
    }
    lines.insert(lines.end(), load.advice.begin(), load.advice.end());
}

} // namespace

LiveView liveView(Engine& engine, const Registry& registry, std::optional<Time> moment)
{
    return gather(engine, registry, moment).view;
}

NodeExplanation explainNode(Engine& engine, const Registry& registry, const std::string& node,
                            std::optional<Time> moment)
{
    const Gathered all = gather(engine, registry, moment);
    NodeExplanation explanation;
    const auto found = all.byId.find(node);
    if (found == all.byId.end()) return explanation;
    explanation.live = all.view.nodes.at(node);
    std::string about = node;
    Verdict verdict = all.verdicts[found->second];
    if (!verdict.reason.empty()) explanation.lines.push_back(verdict.reason);
    // What is refused elsewhere is explained there.
    for (const EdgeInfo& edge : all.nodes[found->second].setup->outputs) {
        const auto receiver = all.byId.find(edge.toNode);
        const bool refused = verdict.state == NodeState::Throttling || verdict.state == NodeState::Failing;
        if (!refused || !verdict.part.empty() || receiver == all.byId.end()) continue;
        if (all.verdicts[receiver->second].state != NodeState::Throttling) continue;
        about = edge.toNode;
        verdict = all.verdicts[receiver->second];
        explanation.lines.push_back(about + ": " + verdict.reason);
    }
    explanation.part = verdict.part;
    const auto browsable = engine.browsable(about);
    const bool atEase = verdict.state == NodeState::Ok && verdict.partShare < kWorthExplaining;
    if (!browsable || verdict.part.empty() || atEase) return explanation;
    if (verdict.state == NodeState::Ok && verdict.partShare > 0)
        explanation.lines.push_back("The busiest is " + verdict.part + " with " + shareInWords(verdict.partShare) +
                                    " of its limit.");
    auto load = browsable->explainLoad(verdict.part, all.view.now - kExplained, all.view.now);
    if (!load) return explanation;
    addKeys(*load, explanation.lines);
    explanation.load = std::move(*load);
    return explanation;
}

} // namespace streamwright
