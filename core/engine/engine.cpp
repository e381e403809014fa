// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"

#include <charconv>

#include "core/engine/engine_run.h"
#include "core/engine/guests.h"

namespace streamwright {

namespace {

// The last moment that a stored run is known to have reached: its end, or its newest record when it was killed.
Result<std::optional<Time>> lastMoment(LogStore& store)
{
    std::optional<Time> last;
    if (const auto closed = store.get(EngineRun::kClockKey)) {
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

} // namespace

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
    std::vector<Problem> findings = store->findings();
    auto guests = storedGuests(*store, registry, findings);
    auto run =
        std::make_unique<EngineRun>(std::move(plan), std::move(guests), registry, options, std::move(store), start);
    for (const Problem& finding : findings)
        run->report("", Severity::Warning, finding.text());
    if (auto opened = run->openNodes(); !opened) return opened.problem();
    return std::unique_ptr<Engine>(new Engine(std::move(run)));
}

Engine::Engine(std::unique_ptr<EngineRun> run) : run_(std::move(run)) { }
Engine::~Engine() = default;
Result<RunEnd> Engine::runFor(Duration duration, Pace pace) { return run_->runFor(duration, pace); }
Result<RunEnd> Engine::runTicks(std::uint64_t ticks, Time end) { return run_->runTicks(ticks, end); }
void Engine::stop() { run_->stop(); }
void Engine::setSpeed(double speed) { run_->clock().setSpeed(speed); }
double Engine::speed() const { return run_->clock().speed(); }
std::vector<Problem> Engine::edit(const std::string& node, const Json& properties)
{
    return run_->edit(node, properties);
}
Json Engine::properties(const std::string& node) const { return run_->changes().properties(node); }
std::vector<Problem> Engine::rewire(PipelinePlan plan) { return run_->changes().rewire(std::move(plan)); }
std::shared_ptr<Browsable> Engine::browsable(const std::string& node) const { return run_->browsable(node); }
Engine::NamedResource Engine::resource(std::string_view kind, std::string_view name) const
{
    return run_->resource(kind, name);
}
std::vector<Engine::NamedResource> Engine::resources(std::string_view kind) const { return run_->resources(kind); }
Result<std::string> Engine::addGuest(const std::string& kind, const std::string& name, const Json& properties,
                                     const std::vector<NewEdge>& edges)
{
    return run_->addGuest(kind, name, properties, edges);
}
Result<void> Engine::removeGuest(const std::string& id) { return run_->removeGuest(id); }
bool Engine::settle(std::chrono::milliseconds atMost) { return run_->changes().settle(atMost); }
LogStore& Engine::store() { return run_->store(); }
Time Engine::liveNow() const { return run_->clock().current(); }
Result<void> Engine::close() { return run_->close(); }
Time Engine::now() const { return run_->now(); }
Duration Engine::elapsed() const { return run_->now() - run_->start(); }
MetricStore& Engine::metrics() { return run_->metrics(); }
MetricStore& Engine::flows() { return run_->flows(); }
EventLog& Engine::events() { return run_->events(); }
std::shared_ptr<const PipelinePlan> Engine::plan() const { return run_->changes().plan(); }
void Engine::tap(const std::string& edgeKey, std::size_t mostRecords) { run_->changes().tap(edgeKey, mostRecords); }
void Engine::untap(const std::string& edgeKey) { run_->changes().untap(edgeKey); }
std::vector<TappedBatch> Engine::tapped(const std::string& edgeKey) const { return run_->changes().tapped(edgeKey); }
std::string Engine::digest() const { return run_->digest(); }
std::uint64_t Engine::ticks() const { return run_->ticks(); }
ByteCount Engine::memory() const { return run_->memory(); }

} // namespace streamwright
