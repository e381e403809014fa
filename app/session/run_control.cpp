// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/run_control.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>
#include <thread>

#include "app/session/run_session.h"

namespace streamwright {

namespace {

constexpr int kNiceness = 10;
constexpr Duration kEndless = std::chrono::hours(24 * 366 * 100);
constexpr auto kStopSoon = std::chrono::milliseconds(30);

// A project of these nodes alone: the others and their edges are left out, as if they were disabled.
Result<Project> restricted(Project project, const std::set<std::string>& only, const Registry& registry)
{
    if (only.empty()) return project;
    const auto gone = [&](const std::string& node) { return !only.contains(node); };
    Pipeline& pipeline = project.pipeline;
    std::erase_if(pipeline.nodes, [&](const Node& node) { return gone(node.id); });
    std::erase_if(pipeline.edges, [&](const Edge& edge) { return gone(edge.fromNode) || gone(edge.toNode); });
    std::erase_if(pipeline.edits, [&](const TimedEdit& edit) { return gone(edit.node); });
    std::erase_if(pipeline.expect, [&](const Expectation& expectation) { return gone(expectation.node); });
    auto check = checkPipeline(pipeline, registry, std::filesystem::path(project.path).parent_path().string());
    if (!check.problems.empty()) return check.problems.front();
    project.plan = std::move(check.plan);
    return project;
}

enum class Wanted { Run, Pause, Stop };

struct Step {
    bool isTick = true;
    Duration duration{0}; // else so much time
};

enum class Busy { No, Running, Stepping };

} // namespace

struct RunControl::Impl {
    // What a run's thread and the others share. Everything below is guarded by mutex.
    struct Run {
        std::shared_ptr<RunSession> session; // null until it is opened
        std::unique_ptr<Endpoint> endpoint;
        std::vector<RequestLogEntry> requests; // of the endpoint when it was closed
        Wanted wanted = Wanted::Run;
        std::deque<Step> steps; // to be done while Pause is wanted
        std::uint64_t orders = 0; // of pause, resume and stop: each ends what goes on
        Busy busy = Busy::No;
        bool over = false;
        bool finished = false; // only its thread's: session->finish() was called
        std::set<std::string> told; // refusals of the last update
    };
    using RunPtr = std::shared_ptr<Run>;

    explicit Impl(const Registry& registry) : registry(registry) { }

    const Registry& registry;
    mutable std::mutex mutex;
    std::condition_variable changed;
    RunPtr run; // the newest
    RunState state = RunState::Stopped;
    RunOptions options;
    std::string failure;
    std::function<void(RunState)> listener;
    std::deque<RunState> untold;
    std::thread::id teller; // who calls the listener now
    std::jthread thread;

    // Who changes the state calls tell() after it has let go of the lock.
    void setState(const RunPtr& of, RunState next)
    {
        if (of != run || state == next) return;
        state = next;
        untold.push_back(next);
        changed.notify_all();
    }

    void tell()
    {
        std::unique_lock lock(mutex);
        if (teller != std::thread::id()) return; // it goes on with what is untold
        teller = std::this_thread::get_id();
        while (!untold.empty()) {
            const RunState next = untold.front();
            untold.pop_front();
            const auto told = listener;
            lock.unlock();
            if (told) told(next);
            lock.lock();
        }
        teller = {};
        changed.notify_all();
    }

    bool active() const { return state == RunState::Running || state == RunState::Paused; }

    // Under the lock.
    void order(Wanted wanted)
    {
        run->wanted = wanted;
        run->steps.clear();
        ++run->orders;
        if (run->busy != Busy::No) run->session->interrupt();
        changed.notify_all();
    }

    void want(Wanted wanted)
    {
        {
            const std::lock_guard lock(mutex);
            if (!active() || run->wanted == Wanted::Stop || run->wanted == wanted) return;
            order(wanted);
            if (wanted == Wanted::Run) setState(run, RunState::Running);
            if (wanted == Wanted::Pause) setState(run, RunState::Paused);
        }
        tell();
    }

    void step(const Step& step)
    {
        {
            const std::lock_guard lock(mutex);
            if (!active() || run->wanted == Wanted::Stop) return;
            run->wanted = Wanted::Pause;
            run->steps.push_back(step);
            if (run->busy == Busy::Running) run->session->interrupt();
            setState(run, RunState::Paused);
            changed.notify_all();
        }
        tell();
    }

    void work(const RunPtr& of, const Project& project, const RunOptions& wish)
    {
        std::optional<Problem> problem;
        RunState end = RunState::Failed;
        try {
            const auto ended = runThrough(of, project, wish);
            if (ended)
                end = *ended;
            else
                problem = ended.problem();
        } catch (const std::exception& error) {
            problem = Problem{ProblemCode::Internal, std::string("internal error: ") + error.what(), ""};
            finishAfterException(*of);
        }
        {
            const std::lock_guard lock(mutex);
            of->busy = Busy::No;
            of->over = true;
            if (problem && of == run) failure = problem->text();
            setState(of, end);
            changed.notify_all();
        }
        tell();
    }

    // Null, and a line in the log, when it cannot be opened: the run goes on without.
    std::unique_ptr<Endpoint> openEndpoint(Engine& engine, const EndpointOptions& wish) const
    {
        auto endpoint = registry.endpoint()(engine, registry, wish);
        if (endpoint) return std::move(*endpoint);
        engine.events().add(engine.now(), "", Severity::Warning,
                            "AWS clients cannot connect: " + endpoint.problem().text());
        return nullptr;
    }

    Result<void> finish(Run& of)
    {
        std::unique_ptr<Endpoint> endpoint;
        {
            const std::lock_guard lock(mutex);
            endpoint = std::move(of.endpoint);
            if (endpoint) of.requests = endpoint->requests(0);
        }
        endpoint.reset(); // before the nodes close
        of.finished = true;
        return of.session->finish();
    }

    // What has gone wrong first is told; closing may fail for the same reason.
    void finishAfterException(Run& of)
    {
        if (!of.session || of.finished) return;
        try {
            (void)finish(of);
        } catch (const std::exception&) {
        }
    }

    Result<RunState> runThrough(const RunPtr& of, const Project& project, const RunOptions& wish)
    {
        std::unique_lock lock(mutex);
        if (!of->session) {
            lock.unlock();
            auto opened = RunSession::open(project, registry, wish.engine);
            if (!opened) return opened.problem();
            lock.lock();
            of->session = std::move(*opened);
            if (of == run) of->session->engine().setSpeed(options.engine.speed);
        }
        RunSession& session = *of->session;
        if (wish.endpoint && registry.endpoint()) {
            lock.unlock();
            auto endpoint = openEndpoint(session.engine(), *wish.endpoint);
            lock.lock();
            of->endpoint = std::move(endpoint);
        }
        const Time end = session.runStart() + wish.duration.value_or(kEndless);
        for (bool ended = false; !ended;) {
            changed.wait(lock, [&] { return of->wanted != Wanted::Pause || !of->steps.empty(); });
            if (of->wanted == Wanted::Stop) break;
            const auto ran = of->wanted == Wanted::Run ? runOn(lock, *of, end) : runStep(lock, *of, end);
            if (!ran) {
                lock.unlock();
                (void)finish(*of); // what has gone wrong first is told
                return ran.problem();
            }
            ended = *ran;
        }
        const bool stopped = of->wanted == Wanted::Stop;
        lock.unlock();
        if (auto finished = finish(*of); !finished) return finished.problem();
        return stopped ? RunState::Stopped : RunState::Finished;
    }

    // Whether the run's end is reached.
    Result<bool> runOn(std::unique_lock<std::mutex>& lock, Run& of, Time end)
    {
        of.busy = Busy::Running;
        lock.unlock();
        const auto ran = of.session->runTo(end);
        lock.lock();
        of.busy = Busy::No;
        if (!ran) return ran.problem();
        return *ran == RunEnd::Reached;
    }

    Result<bool> runStep(std::unique_lock<std::mutex>& lock, Run& of, Time end)
    {
        const Step step = of.steps.front();
        of.steps.pop_front();
        const std::uint64_t orders = of.orders;
        of.busy = Busy::Stepping;
        lock.unlock();
        RunSession& session = *of.session;
        const std::uint64_t ticks = session.engine().ticks();
        const Time stepEnd = std::min(end, session.engine().now() + step.duration);
        Result<RunEnd> ran = RunEnd::Stopped;
        do { // an interruption that was not meant for it does not end it
            ran = step.isTick ? session.runTick(end) : session.runTo(stepEnd, Pace::AtOnce);
            lock.lock();
            if (!ran || *ran == RunEnd::Reached || of.orders != orders) break;
            lock.unlock();
        } while (true);
        of.busy = Busy::No;
        if (!ran) return ran.problem();
        if (*ran == RunEnd::Stopped || session.engine().now() < end) return false;
        return !step.isTick || session.engine().ticks() == ticks;
    }
};

RunControl::RunControl(const Registry& registry) : impl_(std::make_unique<Impl>(registry)) { }

RunControl::~RunControl()
{
    onStateChange({});
    stop();
    if (impl_->thread.joinable()) impl_->thread.join();
}

Result<void> RunControl::start(const Project& given, const RunOptions& options)
{
    auto project = restricted(given, options.only, impl_->registry);
    if (!project) return project.problem();
    const auto run = std::make_shared<Impl::Run>();
    if (options.paused) run->wanted = Wanted::Pause;
    stop();
    // In memory nothing is slow, and nothing is held that the run before might still hold.
    if (options.engine.dataDirectory.empty()) {
        auto session = RunSession::open(*project, impl_->registry, options.engine);
        if (!session) return session.problem();
        run->session = std::move(*session);
    }
    {
        const std::lock_guard lock(impl_->mutex);
        if (impl_->run) impl_->order(Wanted::Stop); // one that has been started meanwhile
        auto old = std::exchange(impl_->run, run);
        impl_->options = options;
        impl_->failure.clear();
        impl_->state = RunState::Stopped;
        impl_->setState(run, options.paused ? RunState::Paused : RunState::Running);
        // The old run may hold gigabytes, or the data directory: it goes on the thread of the new one, before that begins.
        impl_->thread =
            std::jthread([impl = impl_.get(), run, project = std::move(*project), options, old = std::move(old),
                          before = std::make_shared<std::jthread>(std::move(impl_->thread))]() mutable {
                // Whoever looks on comes first; the engine's own threads inherit it.
                setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kNiceness);
                if (before->joinable()) before->join();
                old.reset();
                impl->work(run, project, options);
            });
    }
    impl_->tell();
    return {};
}

std::string RunControl::endpointUrl() const
{
    const std::lock_guard lock(impl_->mutex);
    return impl_->run && impl_->run->endpoint ? impl_->run->endpoint->url() : "";
}

std::vector<RequestLogEntry> RunControl::requests(std::uint64_t after) const
{
    const std::lock_guard lock(impl_->mutex);
    if (!impl_->run) return {};
    if (impl_->run->endpoint) return impl_->run->endpoint->requests(after);
    const std::vector<RequestLogEntry>& kept = impl_->run->requests;
    return {std::find_if(kept.begin(), kept.end(), [&](const RequestLogEntry& entry) { return entry.number > after; }),
            kept.end()};
}

void RunControl::pause() { impl_->want(Wanted::Pause); }
void RunControl::resume() { impl_->want(Wanted::Run); }
void RunControl::stepTick() { impl_->step({}); }
void RunControl::stepFor(Duration duration) { impl_->step({false, duration}); }

void RunControl::stop()
{
    impl_->want(Wanted::Stop);
    std::unique_lock lock(impl_->mutex);
    const auto run = impl_->run;
    if (run && !run->over && std::this_thread::get_id() != impl_->thread.get_id())
        impl_->changed.wait_for(lock, kStopSoon, [&] { return run->over; });
}

void RunControl::setSpeed(double speed)
{
    const std::lock_guard lock(impl_->mutex);
    impl_->options.engine.speed = speed;
    if (impl_->run && impl_->run->session) impl_->run->session->engine().setSpeed(speed);
}

std::vector<Problem> RunControl::update(const Project& given)
{
    if (!given.problems.empty()) return {};
    std::set<std::string> only;
    std::shared_ptr<Engine> engine;
    Impl::RunPtr run;
    {
        const std::lock_guard lock(impl_->mutex);
        if (!impl_->active() || !impl_->run->session) return {};
        run = impl_->run;
        engine = {run->session, &run->session->engine()};
        only = impl_->options.only;
    }
    auto project = restricted(given, only, impl_->registry);
    if (!project) return {};
    std::vector<Problem> refused = engine->rewire(std::move(project->plan));
    std::set<std::string> texts;
    for (const Problem& problem : refused)
        texts.insert(problem.text());
    const std::lock_guard lock(impl_->mutex);
    std::erase_if(refused, [&](const Problem& problem) { return run->told.contains(problem.text()); });
    run->told = std::move(texts);
    return refused;
}

RunState RunControl::state() const
{
    const std::lock_guard lock(impl_->mutex);
    return impl_->state;
}

double RunControl::speed() const
{
    const std::lock_guard lock(impl_->mutex);
    return impl_->options.engine.speed;
}

std::optional<Duration> RunControl::duration() const
{
    const std::lock_guard lock(impl_->mutex);
    return impl_->options.duration;
}

std::string RunControl::failure() const
{
    const std::lock_guard lock(impl_->mutex);
    return impl_->failure;
}

std::shared_ptr<Engine> RunControl::engine() const
{
    const std::lock_guard lock(impl_->mutex);
    if (!impl_->run || !impl_->run->session) return nullptr;
    return {impl_->run->session, &impl_->run->session->engine()};
}

void RunControl::onStateChange(std::function<void(RunState)> listener)
{
    std::unique_lock lock(impl_->mutex);
    impl_->listener = std::move(listener);
    const auto self = std::this_thread::get_id();
    impl_->changed.wait(lock, [&] { return impl_->teller == std::thread::id() || impl_->teller == self; });
}

} // namespace streamwright
