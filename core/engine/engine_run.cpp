// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine_run.h"

#include <algorithm>
#include <cstdio>
#include <thread>

#include "core/engine/guests.h"
#include "core/engine/parallel.h"
#include "core/runtime/resource.h"

namespace streamwright {

namespace {

// So many ticks without the time moving mean that operators feed each other for ever.
constexpr int kMostTicksAtOneInstant = 100'000;
// Fewer records than this are stepped on one thread: handing them out costs more than it saves.
constexpr std::size_t kWorthParallel = 512;
constexpr std::uint64_t kNoLimit = ~std::uint64_t{0};

enum FlowMetric { kDeliveries, kRecords, kBytes, kThrottled, kFailed, kOutstanding, kBacklogRecords, kAgeMilliseconds };
constexpr std::array kFlowMetrics = {"Deliveries", "Records",     "Bytes",          "Throttled",
                                     "Failed",     "Outstanding", "BacklogRecords", "AgeMilliseconds"};

bool sameSecond(Time a, Time b)
{
    return std::chrono::floor<std::chrono::seconds>(a) == std::chrono::floor<std::chrono::seconds>(b);
}

} // namespace

EngineRun::EngineRun(PipelinePlan drawn, std::vector<Guest> guests, const Registry& registry,
                     const EngineOptions& options, std::unique_ptr<LogStore> store, Time start)
    : registry_(registry),
      dataDirectory_(options.dataDirectory),
      givenSeed_(options.seed),
      moved_(start - options.start),
      threads_(options.threads ? options.threads : std::max(1u, std::thread::hardware_concurrency())),
      parallelism_(tbb::global_control::max_allowed_parallelism, threads_),
      arena_(static_cast<int>(threads_)),
      store_(std::move(store)),
      start_(start),
      clock_(start, options.speed),
      metrics_(start),
      flows_(start),
      changes_(std::move(drawn), std::move(guests), registry, [this] { ring(); })
{
    const auto given = changes_.plan();
    for (const NodeSetup& setup : given->nodes)
        nodes_.push_back(makeNode(setup));
    schedule_ = Schedule(nodes_.size());
    edges_ = given->edges;
    Channels none;
    join(none);
}

std::unique_ptr<NodeRuntime> EngineRun::makeNode(const NodeSetup& setup)
{
    const auto gone = gone_.extract(setup.id);
    NodeTally tally = gone.empty() ? NodeTally{Random(seed(), setup.id), {}, 0, 0} : std::move(gone.mapped());
    return std::make_unique<NodeRuntime>(*this, ++lastNumber_, setup, makeOperator(setup), std::move(tally));
}

std::unique_ptr<Operator> EngineRun::makeOperator(const NodeSetup& setup) const
{
    return registry_.find(setup.kind)->make(setup);
}

// A continued run must not draw the numbers of the one before again: object names and message ids would recur.
std::uint64_t EngineRun::seed() const
{
    const auto moved = static_cast<std::uint64_t>(moved_.count());
    return moved == 0 ? givenSeed_ : stableHash(std::to_string(moved), givenSeed_);
}

Result<void> EngineRun::openNode(NodeRuntime& node)
{
    auto opened = node.op().open(node);
    if (opened) {
        show(node);
        return {};
    }
    Problem problem = opened.problem();
    problem.place = problem.place.empty() ? node.nodeId() : node.nodeId() + ": " + problem.place;
    return problem;
}

void EngineRun::show(NodeRuntime& node)
{
    auto browsable = node.op().browsable();
    auto resource = node.op().resource();
    const MutexLock lock(outsideMutex_);
    browsables_[node.nodeId()] = std::move(browsable);
    ResourcesByName& ofKind = resources_[node.setup().kind];
    std::erase_if(ofKind, [&](const auto& entry) { return entry.second.node == node.nodeId(); });
    if (resource) ofKind.try_emplace(resource->name(), Engine::NamedResource{node.nodeId(), resource});
}

Result<void> EngineRun::openNodes()
{
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        if (auto opened = openNode(*nodes_[i]); !opened) return opened;
        all.push_back(i);
    }
    return afterSteps(all);
}

Result<RunEnd> EngineRun::runFor(Duration duration, Pace pace)
{
    Result<RunEnd> result = RunEnd::Reached;
    arena_.execute([&] { result = loop(now() + duration, kNoLimit, pace); });
    return result;
}

Result<RunEnd> EngineRun::runTicks(std::uint64_t ticks, Time end)
{
    Result<RunEnd> result = RunEnd::Reached;
    arena_.execute([&] { result = loop(end, ticks, Pace::AtOnce); });
    return result;
}

void EngineRun::stop()
{
    stopping_ = true;
    clock_.interrupt();
}

Result<void> EngineRun::close()
{
    for (auto& node : nodes_)
        node->op().close(*node);
    closeSecond();
    for (MetricStore* metrics : {&metrics_, &flows_}) {
        metrics->advance(now());
        metrics->finish();
    }
    if (failed_) return {};
    store_->put(kClockKey, std::to_string(now().time_since_epoch().count()));
    return store_->commit();
}

std::string EngineRun::digest() const
{
    std::map<std::string, const NodeTally*> sorted;
    for (const auto& [id, tally] : gone_)
        sorted[id] = &tally;
    for (const auto& node : nodes_)
        sorted[node->nodeId()] = &node->tally();
    RunningDigest all;
    for (const auto& [id, tally] : sorted)
        tally->addTo(all, id);
    metrics_.digest(all);
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(all.value()));
    return text;
}

std::shared_ptr<Browsable> EngineRun::browsable(const std::string& node)
{
    const MutexLock lock(outsideMutex_);
    const auto found = browsables_.find(node);
    return found == browsables_.end() ? nullptr : found->second;
}

Engine::NamedResource EngineRun::resource(std::string_view kind, std::string_view name) const
{
    const MutexLock lock(outsideMutex_);
    const auto ofKind = resources_.find(kind);
    if (ofKind == resources_.end()) return {};
    const auto found = ofKind->second.find(name);
    return found == ofKind->second.end() ? Engine::NamedResource{} : found->second;
}

std::vector<Engine::NamedResource> EngineRun::resources(std::string_view kind)
{
    std::vector<Engine::NamedResource> all;
    const MutexLock lock(outsideMutex_);
    if (const auto ofKind = resources_.find(kind); ofKind != resources_.end())
        for (const auto& [name, resource] : ofKind->second)
            all.push_back(resource);
    return all;
}

Result<std::string> EngineRun::addGuest(const std::string& kind, const std::string& name, Json properties,
                                        const std::vector<NewEdge>& edges)
{
    const Registry::Entry* entry = registry_.find(kind);
    if (entry && !entry->kind.nameField.empty()) properties[entry->kind.nameField] = name;
    for (int attempt = 1;; ++attempt) {
        const std::string id = attempt == 1 ? name : name + "-" + std::to_string(attempt);
        auto guest = makeGuest(registry_, kind, id, properties, edges);
        if (!guest) return guest.problem();
        if (!changes_.addGuest(*guest)) continue; // another node has the id
        storeGuest(*store_, *guest);
        return id;
    }
}

Result<void> EngineRun::removeGuest(const std::string& id)
{
    if (changes_.removeGuest(id)) return {};
    return Problem{ProblemCode::NotFound, id + " is no node that a client made", id};
}

std::vector<Problem> EngineRun::edit(const std::string& node, const Json& properties)
{
    auto problems = changes_.edit(node, properties);
    if (!problems.empty()) return problems;
    if (const auto guest = changes_.guest(node)) storeGuest(*store_, *guest);
    return {};
}

void EngineRun::wakeFromOutside(std::uint64_t node)
{
    {
        const MutexLock lock(outsideMutex_);
        wakes_.push_back(node);
    }
    ring();
}

void EngineRun::report(const std::string& node, Severity severity, std::string message)
{
    events_.add(now(), node, severity, std::move(message));
}

void EngineRun::parallelFor(std::size_t count, const std::function<void(std::size_t)>& body)
{
    if (threads_ == 1 || count < 2) {
        for (std::size_t i = 0; i < count; ++i)
            body(i);
    } else {
        streamwright::parallelFor(count, body);
    }
}

void EngineRun::ring()
{
    outside_ = true;
    clock_.interrupt();
}

Result<RunEnd> EngineRun::loop(Time end, std::uint64_t ticks, Pace pace)
{
    clock_.follow();
    for (;;) {
        if (stopping_.exchange(false)) return RunEnd::Stopped;
        takeFromOutside();
        if (ticks == 0) return RunEnd::Reached;
        const std::vector<std::size_t> due = schedule_.takeDue(now());
        if (due.empty()) {
            ticksAtThisInstant_ = 0;
            const Time next = std::min(schedule_.nextWake(), end);
            if (now() >= end || next == kNever) return RunEnd::Reached;
            moveTo(next, pace);
            continue;
        }
        stepAll(due);
        --ticks;
        if (auto after = afterSteps(due); !after) return after.problem();
        if (++ticksAtThisInstant_ > kMostTicksAtOneInstant) {
            report("", Severity::Warning,
                   "the nodes keep answering each other without time passing; a millisecond is let pass");
            moveTo(now() + milliseconds(1), Pace::AtOnce);
            ticksAtThisInstant_ = 0;
        }
    }
}

void EngineRun::moveTo(Time t, Pace pace)
{
    // Until it has passed, nothing more happens in this second: what flowed in it can be told.
    const bool secondEnds = !sameSecond(now(), t);
    if (secondEnds) closeSecond();
    if (pace == Pace::AtOnce)
        clock_.jump(t);
    else
        t = clock_.advance(t);
    metrics_.advance(t);
    if (secondEnds) flows_.advance(t);
}

void EngineRun::stepAll(const std::vector<std::size_t>& due)
{
    ++ticks_;
    const auto stepOne = [&](std::size_t i) { nodes_[due[i]]->op().step(*nodes_[due[i]]); };
    std::size_t load = 0;
    if (due.size() > 1 && threads_ > 1)
        for (const std::size_t node : due)
            for (const std::size_t channel : channelsOf_[node])
                load += channels_[channel].channel->waiting();
    if (load >= kWorthParallel)
        streamwright::parallelFor(due.size(), stepOne);
    else
        for (std::size_t i = 0; i < due.size(); ++i)
            stepOne(i);
}

// The barrier: what was acknowledged in this tick becomes durable, then it becomes visible.
Result<void> EngineRun::afterSteps(const std::vector<std::size_t>& stepped)
{
    for (const std::size_t node : stepped)
        nodes_[node]->runAtBarrier();
    if (store_->durable()) {
        if (auto committed = store_->commit(); !committed) {
            failed_ = true;
            return committed;
        }
    }
    touched_.clear();
    for (const std::size_t node : stepped) {
        schedule_.setWake(node, nodes_[node]->takeWake());
        touched_.insert(touched_.end(), channelsOf_[node].begin(), channelsOf_[node].end());
    }
    std::sort(touched_.begin(), touched_.end());
    touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
    for (const std::size_t index : touched_)
        exchange(channels_[index]);
    return {};
}

void EngineRun::exchange(const Joined& joined)
{
    const Channel::Exchanged exchanged = joined.channel->exchange(now());
    if (exchanged.receiverHasInput) schedule_.markReady(joined.to);
    if (exchanged.senderHasInput) schedule_.markReady(joined.from);
}

// What flowed over the edges in the second that ends.
void EngineRun::closeSecond()
{
    for (Joined& joined : channels_) {
        const Channel::Flow flow = joined.channel->takeFlow();
        if (flow.records > 0 || flow.throttled > 0 || flow.failed > 0 || flow.outstanding > 0) recordFlow(joined, flow);
    }
}

void EngineRun::recordFlow(Joined& joined, const Channel::Flow& flow)
{
    const auto record = [&](FlowMetric which, auto value) {
        Metric*& metric = joined.flow[which];
        if (!metric) metric = &flows_.metric({joined.key, "", kFlowMetrics[which]});
        metric->record(static_cast<double>(value));
    };
    record(kDeliveries, flow.deliveries);
    record(kRecords, flow.records);
    record(kBytes, flow.bytes.value());
    if (flow.throttled > 0) record(kThrottled, flow.throttled);
    if (flow.failed > 0) record(kFailed, flow.failed);
    record(kOutstanding, flow.outstanding);
    if (!flow.behind) return;
    record(kBacklogRecords, flow.behind->records);
    record(kAgeMilliseconds, inMilliseconds(flow.behind->age));
}

void EngineRun::takeFromOutside()
{
    if (!outside_.exchange(false)) return;
    std::vector<std::uint64_t> woken;
    {
        const MutexLock lock(outsideMutex_);
        woken.swap(wakes_);
    }
    for (const std::uint64_t number : woken)
        if (const auto node = nodeOfNumber_.find(number); node != nodeOfNumber_.end())
            schedule_.markReady(node->second);
    for (const Changes::Change& change : changes_.take())
        std::visit([this](const auto& what) { take(what); }, change);
    if (std::exchange(planStale_, false)) tellPlan();
    changes_.setTaken();
}

void EngineRun::tellPlan()
{
    auto plan = std::make_shared<PipelinePlan>();
    for (const auto& node : nodes_)
        plan->nodes.push_back(node->setup());
    plan->edges = edges_;
    changes_.setPlan(std::move(plan));
}

namespace {

constexpr std::size_t kLongestValue = 40; // in the line of an event

std::string shortened(const Json* value)
{
    std::string text = value ? value->dump() : "none";
    if (text.size() > kLongestValue) text = text.substr(0, kLongestValue) + "...";
    return text;
}

// "ShardCount 2 -> 4, Name none -> \"clicks\""
std::string differences(const Json& before, const Json& after)
{
    std::string out;
    const auto add = [&](const std::string& name, const Json* old, const Json* now) {
        out += (out.empty() ? "" : ", ") + name + " " + shortened(old) + " -> " + shortened(now);
    };
    for (const auto& [name, value] : after.items()) {
        const auto old = before.find(name);
        if (old == before.end() || *old != value) add(name, old == before.end() ? nullptr : &*old, &value);
    }
    for (const auto& [name, value] : before.items())
        if (!after.contains(name)) add(name, &value, nullptr);
    return out.empty() ? "nothing that counts" : out;
}

} // namespace

void EngineRun::take(const Changes::Edit& edit)
{
    const auto found =
        std::find_if(nodes_.begin(), nodes_.end(), [&](const auto& node) { return node->nodeId() == edit.node; });
    if (found == nodes_.end()) return;
    NodeRuntime& node = **found;
    schedule_.markReady(static_cast<std::size_t>(found - nodes_.begin()));
    if (auto applied = node.op().apply(node, edit.complete); !applied) {
        report(node.nodeId(), Severity::Error, "the edit was not taken: " + applied.problem().text());
        return;
    }
    NodeSetup setup = node.setup();
    report(node.nodeId(), Severity::Information, "edited: " + differences(setup.properties, edit.complete));
    setup.written = edit.written;
    setup.properties = edit.complete;
    node.setSetup(std::move(setup));
    planStale_ = true;
}

void EngineRun::take(const Changes::Erasure& erasure)
{
    if (auto erased = eraseGuest(*store_, erasure.node); !erased)
        report(erasure.node, Severity::Error, "what it kept could not be erased: " + erased.problem().text());
}

void EngineRun::take(const Changes::Taps&)
{
    for (const Joined& joined : channels_)
        joined.channel->setTap(changes_.tapOf(joined.key));
}

} // namespace streamwright
