// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"

#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <atomic>
#include <charconv>
#include <cstdio>
#include <set>
#include <thread>
#include <unordered_map>

#include "core/engine/node_runtime.h"
#include "core/engine/parallel.h"
#include "core/log/log_store.h"
#include "core/time/clock.h"

namespace streamwright {

namespace {

constexpr const char* kClockKey = "engine/now";
// So many ticks without the time moving mean that operators feed each other for ever.
constexpr int kMostTicksAtOneInstant = 100'000;
// Fewer records than this are stepped on one thread: handing them out costs more than it saves.
constexpr std::size_t kWorthParallel = 512;

std::unique_ptr<Clock> makeClock(Time start, double speed)
{
    if (speed > 0) return std::make_unique<PacedClock>(start, speed);
    return std::make_unique<VirtualClock>(start);
}

} // namespace

// The last moment that a stored run is known to have reached: its end, or its newest record when it was killed.
Result<std::optional<Time>> lastMoment(LogStore& store)
{
    std::optional<Time> last;
    if (const auto closed = store.get(kClockKey)) {
        Duration::rep microseconds = 0;
        std::from_chars(closed->data(), closed->data() + closed->size(), microseconds);
        last = Time(Duration(microseconds));
    }
    for (const std::string& name : store.logNames()) {
        const auto log = store.log(name);
        if (!log) return log.problem();
        if ((*log)->next() > 0) last = std::max(last.value_or(Time{}), (*log)->newestTime());
    }
    return last;
}

class Engine::Run : public RunServices {
public:
    Run(PipelinePlan plan, const Registry& registry, const EngineOptions& options, std::unique_ptr<LogStore> store,
        Time start)
        : plan_(std::move(plan)),
          registry_(registry),
          dataDirectory_(options.dataDirectory),
          threads_(options.threads ? options.threads : std::max(1u, std::thread::hardware_concurrency())),
          parallelism_(tbb::global_control::max_allowed_parallelism, threads_),
          arena_(static_cast<int>(threads_)),
          store_(std::move(store)),
          start_(start),
          clock_(makeClock(start, options.speed)),
          metrics_(start)
    {
        std::unordered_map<std::string, std::size_t> byId;
        for (std::size_t i = 0; i < plan_.nodes.size(); ++i) {
            const NodeSetup& setup = plan_.nodes[i];
            nodes_.push_back(std::make_unique<NodeRuntime>(*this, i, setup, registry.find(setup.kind)->make(setup),
                                                           seedOf(options)));
            byId[setup.id] = i;
            written_[setup.id] = setup.written;
        }
        channelsOf_.resize(nodes_.size());
        for (const EdgeInfo& edge : plan_.edges) {
            const std::size_t from = byId.at(edge.fromNode), to = byId.at(edge.toNode);
            channels_.push_back({std::make_unique<Channel>(edge), from, to});
            nodes_[from]->addOutlet(channels_.back().channel->outlet());
            nodes_[to]->addInlet(channels_.back().channel->inlet());
            channelsOf_[from].push_back(channels_.size() - 1);
            channelsOf_[to].push_back(channels_.size() - 1);
        }
        wakeTimes_.assign(nodes_.size(), kNever);
        ready_.assign(nodes_.size(), false);
    }

    Result<void> openNodes()
    {
        std::vector<std::size_t> all;
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            if (auto opened = nodes_[i]->op().open(*nodes_[i]); !opened) {
                Problem problem = opened.problem();
                problem.place =
                    problem.place.empty() ? nodes_[i]->nodeId() : nodes_[i]->nodeId() + ": " + problem.place;
                return problem;
            }
            if (auto browsable = nodes_[i]->op().browsable()) {
                const MutexLock lock(outsideMutex_);
                browsables_[nodes_[i]->nodeId()] = std::move(browsable);
            }
            all.push_back(i);
        }
        return afterSteps(all);
    }

    Result<void> runFor(Duration duration)
    {
        Result<void> result;
        arena_.execute([&] { result = loop(clock_->now() + duration); });
        return result;
    }

    void stop()
    {
        stopping_ = true;
        clock_->interrupt();
    }

    std::vector<Problem> edit(const std::string& id, const Json& properties)
    {
        const auto node = std::find_if(plan_.nodes.begin(), plan_.nodes.end(),
                                       [&](const NodeSetup& setup) { return setup.id == id; });
        if (node == plan_.nodes.end()) return {{ProblemCode::NotFound, "there is no node " + id, ""}};
        const Registry::Entry& entry = *registry_.find(node->kind);
        auto problems = checkProperties(entry.kind.fields, properties);
        if (!problems.empty()) return problems;
        NodeSetup edited = *node;
        edited.written = properties;
        edited.properties = completeProperties(entry.kind.fields, properties);
        problems = checkLiveEdit(entry.kind.fields, node->properties, edited.properties);
        if (problems.empty() && entry.check) problems = entry.check(edited);
        if (!problems.empty()) return problems;
        {
            const MutexLock lock(outsideMutex_);
            edits_.push_back(
                {static_cast<std::size_t>(node - plan_.nodes.begin()), properties, std::move(edited.properties)});
        }
        ring();
        return {};
    }

    Json properties(const std::string& id)
    {
        const MutexLock lock(outsideMutex_);
        return written_.at(id);
    }

    std::shared_ptr<Browsable> browsable(const std::string& id)
    {
        const MutexLock lock(outsideMutex_);
        const auto found = browsables_.find(id);
        return found == browsables_.end() ? nullptr : found->second;
    }

    Result<void> close()
    {
        for (auto& node : nodes_)
            node->op().close(*node);
        metrics_.advance(now());
        metrics_.finish();
        if (failed_) return {};
        store_->put(kClockKey, std::to_string(now().time_since_epoch().count()));
        return store_->commit();
    }

    std::string digest() const
    {
        RunningDigest all;
        std::map<std::string, const NodeRuntime*> sorted;
        for (const auto& node : nodes_)
            sorted[node->setup().id] = node.get();
        for (const auto& [id, node] : sorted)
            node->digest(all);
        metrics_.digest(all);
        char text[17];
        std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(all.value()));
        return text;
    }

    Time start() const { return start_; }
    EventLog& events() { return events_; }
    const PipelinePlan& plan() const { return plan_; }
    std::uint64_t ticks() const { return ticks_; }
    ByteCount memory() const { return store_->memory(); }

    Time now() const override { return clock_->now(); }
    MetricStore& metrics() override { return metrics_; }
    LogStore& store() override { return *store_; }
    const std::string& dataDirectory() const override { return dataDirectory_; }
    void wakeFromOutside(std::size_t node) override
    {
        {
            const MutexLock lock(outsideMutex_);
            wakes_.push_back(node);
        }
        ring();
    }
    void report(const std::string& node, Severity severity, std::string message) override
    {
        events_.add(now(), node, severity, std::move(message));
    }
    void parallelFor(std::size_t count, const std::function<void(std::size_t)>& body) override
    {
        if (threads_ == 1 || count < 2) {
            for (std::size_t i = 0; i < count; ++i)
                body(i);
        } else {
            streamwright::parallelFor(count, body);
        }
    }

private:
    // A continued run must not draw the numbers of the one before again: object names and message ids would recur.
    std::uint64_t seedOf(const EngineOptions& options) const
    {
        const auto moved = static_cast<std::uint64_t>((start_ - options.start).count());
        return moved == 0 ? options.seed : stableHash(std::to_string(moved), options.seed);
    }

    struct Edit {
        std::size_t node;
        Json written, complete;
    };
    struct Joined {
        std::unique_ptr<Channel> channel;
        std::size_t from, to;
    };

    void ring()
    {
        outside_ = true;
        clock_->interrupt();
    }

    Result<void> loop(Time end)
    {
        int ticksAtThisInstant = 0;
        while (!stopping_) {
            takeFromOutside();
            const std::vector<std::size_t> due = dueNodes();
            if (due.empty()) {
                if (now() >= end) return {};
                const Time next = wakes().empty() ? end : std::min(wakes().begin()->first, end);
                moveTo(next);
                ticksAtThisInstant = 0;
                continue;
            }
            stepAll(due);
            if (auto after = afterSteps(due); !after) return after;
            if (++ticksAtThisInstant > kMostTicksAtOneInstant) {
                report("", Severity::Warning,
                       "the nodes keep answering each other without time passing; a millisecond is let pass");
                moveTo(now() + milliseconds(1));
                ticksAtThisInstant = 0;
            }
        }
        return {};
    }

    using Wakes = std::set<std::pair<Time, std::size_t>>;
    const Wakes& wakes() const { return wakeOrder_; }

    void setWake(std::size_t node, Time t)
    {
        if (wakeTimes_[node] == t) return;
        if (wakeTimes_[node] != kNever) wakeOrder_.erase({wakeTimes_[node], node});
        wakeTimes_[node] = t;
        if (t != kNever) wakeOrder_.emplace(t, node);
    }

    // The nodes that have input or whose wake-up has come, in the order of the file.
    std::vector<std::size_t> dueNodes()
    {
        while (!wakeOrder_.empty() && wakeOrder_.begin()->first <= now()) {
            const std::size_t node = wakeOrder_.begin()->second;
            setWake(node, kNever);
            markReady(node);
        }
        std::vector<std::size_t> due = std::exchange(readyList_, {});
        std::sort(due.begin(), due.end());
        for (const std::size_t node : due)
            ready_[node] = false;
        return due;
    }

    void markReady(std::size_t node)
    {
        if (ready_[node]) return;
        ready_[node] = true;
        readyList_.push_back(node);
    }

    void moveTo(Time t)
    {
        const Time reached = clock_->advance(t);
        metrics_.advance(reached);
    }

    void stepAll(const std::vector<std::size_t>& due)
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
    Result<void> afterSteps(const std::vector<std::size_t>& stepped)
    {
        if (store_->durable()) {
            if (auto committed = store_->commit(); !committed) {
                failed_ = true;
                return committed;
            }
        }
        touched_.clear();
        for (const std::size_t node : stepped) {
            setWake(node, nodes_[node]->takeWake());
            touched_.insert(touched_.end(), channelsOf_[node].begin(), channelsOf_[node].end());
        }
        std::sort(touched_.begin(), touched_.end());
        touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
        for (const std::size_t index : touched_) {
            const Joined& joined = channels_[index];
            const Channel::Exchanged exchanged = joined.channel->exchange();
            if (exchanged.receiverHasInput) markReady(joined.to);
            if (exchanged.senderHasInput) markReady(joined.from);
        }
        return {};
    }

    void takeFromOutside()
    {
        if (!outside_.exchange(false)) return;
        std::vector<std::size_t> woken;
        std::vector<Edit> edits;
        {
            const MutexLock lock(outsideMutex_);
            woken.swap(wakes_);
            edits.swap(edits_);
        }
        for (const std::size_t node : woken)
            markReady(node);
        for (Edit& edit : edits) {
            NodeRuntime& node = *nodes_[edit.node];
            markReady(edit.node);
            if (auto applied = node.op().apply(node, edit.complete); !applied) {
                report(node.nodeId(), Severity::Error, "the edit was not taken: " + applied.problem().text());
                continue;
            }
            const MutexLock lock(outsideMutex_);
            written_[node.nodeId()] = std::move(edit.written);
        }
    }

    const PipelinePlan plan_;
    const Registry& registry_;
    const std::string dataDirectory_;
    const unsigned threads_;
    const tbb::global_control parallelism_;
    tbb::task_arena arena_;
    const std::unique_ptr<LogStore> store_;
    const Time start_;
    const std::unique_ptr<Clock> clock_;
    MetricStore metrics_;
    EventLog events_;
    std::vector<std::unique_ptr<NodeRuntime>> nodes_;
    std::vector<Joined> channels_;
    std::vector<std::vector<std::size_t>> channelsOf_; // by node: the channels it has an end of

    // The scheduler's own.
    std::vector<Time> wakeTimes_;
    Wakes wakeOrder_;
    std::vector<bool> ready_;
    std::vector<std::size_t> readyList_;
    std::vector<std::size_t> touched_;
    bool failed_ = false;
    std::atomic<std::uint64_t> ticks_{0};

    std::atomic<bool> stopping_{false};
    std::atomic<bool> outside_{false};
    Mutex outsideMutex_;
    std::vector<std::size_t> wakes_ GUARDED_BY(outsideMutex_);
    std::vector<Edit> edits_ GUARDED_BY(outsideMutex_);
    std::map<std::string, std::shared_ptr<Browsable>> browsables_ GUARDED_BY(outsideMutex_);
    std::map<std::string, Json> written_ GUARDED_BY(outsideMutex_); // properties as written, with the edits taken
};

Result<std::unique_ptr<Engine>> Engine::open(PipelinePlan plan, const Registry& registry, const EngineOptions& options)
{
    std::unique_ptr<LogStore> store;
    Time start = options.start;
    if (options.dataDirectory.empty()) {
        store = LogStore::inMemory();
    } else {
        auto opened = LogStore::open(options.dataDirectory);
        if (!opened) return opened.problem();
        store = std::move(*opened);
        const auto last = lastMoment(*store);
        if (!last) return last.problem();
        if (*last) start = std::max(start, **last + seconds(1));
    }
    const std::vector<Problem> findings = store->findings();
    auto run = std::make_unique<Run>(std::move(plan), registry, options, std::move(store), start);
    for (const Problem& finding : findings)
        run->report("", Severity::Warning, finding.text());
    if (auto opened = run->openNodes(); !opened) return opened.problem();
    return std::unique_ptr<Engine>(new Engine(std::move(run)));
}

Engine::Engine(std::unique_ptr<Run> run) : run_(std::move(run)) { }
Engine::~Engine() = default;
Result<void> Engine::runFor(Duration duration) { return run_->runFor(duration); }
void Engine::stop() { run_->stop(); }
std::vector<Problem> Engine::edit(const std::string& node, const Json& properties)
{
    return run_->edit(node, properties);
}
std::shared_ptr<Browsable> Engine::browsable(const std::string& node) const { return run_->browsable(node); }
Json Engine::properties(const std::string& node) const { return run_->properties(node); }
Result<void> Engine::close() { return run_->close(); }
Time Engine::now() const { return run_->now(); }
Duration Engine::elapsed() const { return run_->now() - run_->start(); }
MetricStore& Engine::metrics() { return run_->metrics(); }
EventLog& Engine::events() { return run_->events(); }
const PipelinePlan& Engine::plan() const { return run_->plan(); }
std::string Engine::digest() const { return run_->digest(); }
std::uint64_t Engine::ticks() const { return run_->ticks(); }
ByteCount Engine::memory() const { return run_->memory(); }

} // namespace streamwright
