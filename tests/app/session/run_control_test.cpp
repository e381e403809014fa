// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/run_control.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <semaphore>
#include <thread>

#include "core/graph/pipeline_file.h"
#include "tests/core/log/scratch_directory.h"
#include "tests/support/test_operators.h"

namespace streamwright {
namespace {

// Fails in its step once the batch of that number has come.
class Thrower : public Operator {
public:
    Result<void> open(Context& context) override
    {
        context.inlets("in").front()->subscribe({});
        return {};
    }
    void step(Context&) override { throw std::runtime_error("the sky fell"); }
    Result<void> apply(Context&, const Json&) override { return {}; }
    void close(Context&) override
    {
        ++closed;
        throw std::runtime_error("the same again");
    }
    static inline std::atomic<int> closed = 0;
};

// Its run goes on once that is allowed. Remembers the thread that took the last of them away.
class Leaver : public test::Sink {
public:
    using Sink::Sink;
    ~Leaver() override { left = std::this_thread::get_id(); }
    void step(Context& context) override
    {
        if (!std::exchange(waited_, true)) allowed.acquire();
        Sink::step(context);
    }
    static inline std::counting_semaphore<> allowed{0};
    static inline std::atomic<std::thread::id> left;

private:
    bool waited_ = false;
};

// Tells when its thread has ended, and all that the thread's function held is gone.
struct ThreadEnd {
    std::counting_semaphore<>& ended;
    ~ThreadEnd() { ended.release(); }
};

const Registry& testRegistry()
{
    static const Registry registry = [] {
        static const std::string_view kKinds[] = {
            R"({"kind": "Test::Thrower", "title": "", "family": "Test", "icon": "", "help": "", "fields": [], "metrics": [],
                "ports": [{"name": "in", "direction": "in", "accepts": ["records"]}]})",
            R"({"kind": "Test::Fixed", "title": "", "family": "Test", "icon": "", "help": "", "metrics": [], "ports": [],
                "fields": [{"name": "Size", "type": "integer", "default": 1, "live": false}]})",
            R"({"kind": "Test::Leaver", "title": "", "family": "Test", "icon": "", "help": "", "fields": [], "metrics": [],
                "ports": [{"name": "in", "direction": "in", "accepts": ["records"]}]})"};
        Registry made;
        test::addTestKinds(made);
        made.addKind(kKinds, "Test::Thrower", [](const NodeSetup&) { return std::make_unique<Thrower>(); });
        made.addKind(kKinds, "Test::Fixed", [](const NodeSetup&) { return std::make_unique<test::Sink>(); });
        made.addKind(kKinds, "Test::Leaver", [](const NodeSetup&) { return std::make_unique<Leaver>(); });
        return made;
    }();
    return registry;
}

Project projectOf(const std::string& text)
{
    Project project;
    auto reading = readPipeline(text);
    project.pipeline = std::move(reading.pipeline);
    auto check = checkPipeline(project.pipeline, testRegistry(), "");
    project.plan = std::move(check.plan);
    project.problems = std::move(check.problems);
    return project;
}

const std::string kFan = R"({"streamwright": 1, "name": "fan",
  "nodes": [{"id": "a", "kind": "Test::Source", "properties": {"Size": 30, "Batches": 100000}},
            {"id": "b", "kind": "Test::Source", "properties": {"Size": 20, "Batches": 100000, "EveryMilliseconds": 70}},
            {"id": "x", "kind": "Test::Sink"}, {"id": "y", "kind": "Test::Sink"}],
  "edges": [{"from": "a.out", "to": "x.in"}, {"from": "a.out", "to": "y.in"}, {"from": "b.out", "to": "y.in"}],
  "edits": [{"at": "7s", "node": "a", "properties": {"Size": 3}}]})";

// The states told, and a wait for the next of them.
class States {
public:
    explicit States(RunControl& control)
    {
        control.onStateChange([this](RunState state) {
            const std::lock_guard lock(mutex_);
            told_.push_back(state);
            changed_.notify_all();
        });
    }
    // Waits until so many have been told, and returns them.
    std::vector<RunState> first(std::size_t count)
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return told_.size() >= count; });
        return told_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<RunState> told_;
};

RunOptions bounded(Duration duration)
{
    RunOptions options;
    options.duration = duration;
    return options;
}

std::string digestOf(const std::string& text, Duration duration)
{
    RunControl control(testRegistry());
    States states(control);
    EXPECT_TRUE(control.start(projectOf(text), bounded(duration)));
    EXPECT_EQ(states.first(2), (std::vector{RunState::Running, RunState::Finished}));
    return control.engine()->digest();
}

TEST(RunControl, RunsToItsEndWithTheTimedEdits)
{
    RunControl control(testRegistry());
    States states(control);
    EXPECT_EQ(control.state(), RunState::Stopped);
    EXPECT_EQ(control.engine(), nullptr);
    ASSERT_TRUE(control.start(projectOf(kFan), bounded(seconds(20))));
    EXPECT_EQ(states.first(2), (std::vector{RunState::Running, RunState::Finished}));
    EXPECT_EQ(control.engine()->elapsed(), seconds(20));
    EXPECT_EQ(control.engine()->metrics().total({"x", "", "Records"}).sum, 71 * 30 + 130 * 3);
    control.stop();
    control.pause();
    control.stepTick();
    EXPECT_EQ(control.state(), RunState::Finished);
}

TEST(RunControl, PausesStepsAndSpeedsChangeNothingOfTheResult)
{
    const std::string whole = digestOf(kFan, seconds(30));
    RunControl control(testRegistry());
    States states(control);
    RunOptions options = bounded(seconds(30));
    options.engine.speed = 0.001; // so that it does not get far by itself
    ASSERT_TRUE(control.start(projectOf(kFan), options));
    control.pause();
    EXPECT_EQ(control.state(), RunState::Paused);
    for (int i = 0; i < 50; ++i)
        control.stepTick();
    for (int i = 0; i < 9; ++i)
        control.stepFor(milliseconds(1111));
    control.stepTick();
    for (int i = 0; i < 100; ++i) {
        control.resume();
        control.setSpeed(i % 2 == 0 ? 100 : 10);
        control.pause();
    }
    EXPECT_EQ(control.speed(), 10);
    control.setSpeed(0);
    control.resume();
    const auto told = states.first(204);
    EXPECT_EQ(told.back(), RunState::Finished);
    EXPECT_EQ(control.engine()->digest(), whole);
}

TEST(RunControl, AStepIsOneTickOrSoMuchTimeAndIsFollowedByAPause)
{
    RunControl control(testRegistry());
    RunOptions options;
    options.engine.speed = 0.001;
    ASSERT_TRUE(control.start(projectOf(kFan), options));
    control.pause();
    const auto engine = control.engine();
    const auto settle = [&](auto reached) {
        while (!reached())
            std::this_thread::yield();
    };
    const std::uint64_t before = engine->ticks();
    for (int i = 0; i < 20; ++i)
        control.stepTick();
    settle([&] { return engine->ticks() >= before + 20; });
    const Duration elapsed = engine->elapsed();
    control.stepFor(seconds(5));
    settle([&] { return engine->elapsed() >= elapsed + seconds(5); });
    EXPECT_EQ(engine->elapsed(), elapsed + seconds(5));
    const std::uint64_t ticks = engine->ticks();
    control.stepTick();
    settle([&] { return engine->ticks() > ticks; });
    control.stop();
    EXPECT_LE(engine->ticks(), ticks + 1 + 1); // the step's end may have settled what was due then
    EXPECT_EQ(control.state(), RunState::Stopped);
}

TEST(RunControl, StepsEndABoundedRun)
{
    const std::string whole = digestOf(kFan, seconds(3));
    RunControl control(testRegistry());
    States states(control);
    RunOptions options = bounded(seconds(3));
    options.engine.speed = 0.001;
    ASSERT_TRUE(control.start(projectOf(kFan), options));
    while (control.state() != RunState::Finished)
        control.stepTick();
    EXPECT_EQ(control.engine()->elapsed(), seconds(3));
    EXPECT_EQ(control.engine()->digest(), whole);
    EXPECT_EQ(states.first(3), (std::vector{RunState::Running, RunState::Paused, RunState::Finished}));
}

TEST(RunControl, StopEndsARunAndStartEndsTheOneBefore)
{
    RunControl control(testRegistry());
    States states(control);
    RunOptions endless;
    endless.engine.speed = 1;
    ASSERT_TRUE(control.start(projectOf(kFan), endless));
    const auto first = control.engine();
    ASSERT_TRUE(control.start(projectOf(kFan), endless));
    EXPECT_NE(control.engine(), first);
    control.stop();
    EXPECT_EQ(states.first(4),
              (std::vector{RunState::Running, RunState::Stopped, RunState::Running, RunState::Stopped}));
    control.resume();
    EXPECT_EQ(control.state(), RunState::Stopped);
}

TEST(RunControl, AnExceptionOnTheRunsThreadIsAFailureWithItsText)
{
    RunControl control(testRegistry());
    States states(control);
    ASSERT_TRUE(control.start(projectOf(R"({"streamwright": 1, "nodes": [{"id": "a", "kind": "Test::Source"},
        {"id": "x", "kind": "Test::Thrower"}], "edges": [{"from": "a.out", "to": "x.in"}]})"),
                              bounded(seconds(5))));
    EXPECT_EQ(states.first(2).back(), RunState::Failed);
    EXPECT_NE(control.failure().find("the sky fell"), std::string::npos);
    EXPECT_EQ(Thrower::closed, 1);
}

TEST(RunControl, TheRunBeforeIsTakenAwayByTheThreadOfTheNext)
{
    std::counting_semaphore<> ended{0};
    std::vector<std::thread::id> finishers; // of each run
    RunControl control(testRegistry());
    control.onStateChange([&](RunState state) {
        if (state != RunState::Finished) return;
        finishers.push_back(std::this_thread::get_id());
        thread_local const ThreadEnd end{ended};
    });
    const Project project = projectOf(R"({"streamwright": 1, "nodes": [{"id": "a", "kind": "Test::Source"},
        {"id": "l", "kind": "Test::Leaver"}], "edges": [{"from": "a.out", "to": "l.in"}]})");
    ASSERT_TRUE(project.problems.empty());
    for (int run = 0; run < 2; ++run) {
        Leaver::left = std::thread::id();
        ASSERT_TRUE(control.start(project, bounded(seconds(1))));
        Leaver::allowed.release(); // start() has told all it had to: the rest is told by the run's thread
        ended.acquire(); // nothing but the control holds the run now
    }
    EXPECT_EQ(Leaver::left.load(), finishers[1]);
}

TEST(RunControl, ADataDirectoryThatCannotBeUsedIsAFailureAndAGoodOneIsContinued)
{
    const ScratchDirectory scratch;
    RunControl control(testRegistry());
    States states(control);
    RunOptions options = bounded(seconds(5));
    options.engine.dataDirectory = "/dev/null/nowhere";
    ASSERT_TRUE(control.start(projectOf(kFan), options));
    EXPECT_EQ(states.first(2), (std::vector{RunState::Running, RunState::Failed}));
    EXPECT_FALSE(control.failure().empty());
    options.engine.dataDirectory = scratch.path();
    for (std::size_t run = 1; run <= 2; ++run) {
        ASSERT_TRUE(control.start(projectOf(kFan), options));
        EXPECT_EQ(states.first(2 + 2 * run).back(), RunState::Finished);
        EXPECT_EQ(control.failure(), "");
        EXPECT_EQ(control.engine()->elapsed(), seconds(5));
    }
}

TEST(RunControl, OnlySomeNodesRun)
{
    RunControl control(testRegistry());
    States states(control);
    RunOptions options = bounded(seconds(5));
    options.only = {"b", "y"};
    ASSERT_TRUE(control.start(projectOf(kFan), options));
    EXPECT_EQ(states.first(2).back(), RunState::Finished);
    const auto plan = control.engine()->plan();
    ASSERT_EQ(plan->nodes.size(), 2u);
    EXPECT_EQ(plan->edges.size(), 1u);
    EXPECT_GT(control.engine()->metrics().total({"y", "", "Records"}).sum, 0);
    options.only = {"nobody"};
    ASSERT_TRUE(control.start(projectOf(kFan), options)); // an empty run
    EXPECT_EQ(states.first(4).back(), RunState::Finished);
}

TEST(RunControl, TheDrawingIsTakenOverWhileRunningAndARefusalIsToldOnce)
{
    const std::string before = R"({"streamwright": 1, "nodes": [
        {"id": "a", "kind": "Test::Source", "properties": {"Batches": 1000}}, {"id": "x", "kind": "Test::Sink"},
        {"id": "f", "kind": "Test::Fixed"}], "edges": [{"from": "a.out", "to": "x.in"}]})";
    const std::string after = R"({"streamwright": 1, "nodes": [
        {"id": "a", "kind": "Test::Source", "properties": {"Batches": 1000, "Size": 5}},
        {"id": "x", "kind": "Test::Sink"}, {"id": "y", "kind": "Test::Sink"},
        {"id": "f", "kind": "Test::Fixed", "properties": {"Size": 2}}],
        "edges": [{"from": "a.out", "to": "x.in"}, {"from": "a.out", "to": "y.in"}]})";
    RunControl control(testRegistry());
    States states(control);
    RunOptions options = bounded(seconds(10));
    options.engine.speed = 1e-6;
    ASSERT_TRUE(control.start(projectOf(before), options));
    const auto refused = control.update(projectOf(after));
    ASSERT_EQ(refused.size(), 1u);
    EXPECT_EQ(refused[0].place, "f/Size");
    EXPECT_TRUE(control.update(projectOf(after)).empty());
    EXPECT_TRUE(control.update(projectOf(R"({"streamwright": 1, "nodes": [{"id": "a", "kind": "Nothing"}]})")).empty());
    control.setSpeed(0);
    EXPECT_EQ(states.first(2).back(), RunState::Finished);
    const auto engine = control.engine();
    EXPECT_EQ(engine->plan()->nodes.size(), 4u);
    EXPECT_EQ(engine->properties("a")["Size"], 5);
    EXPECT_FALSE(engine->properties("f").contains("Size"));
    EXPECT_GT(engine->metrics().total({"y", "", "Records"}).sum, 5 * 90);
    EXPECT_TRUE(control.update(projectOf(before)).empty()); // it is over
}

TEST(RunControl, TheListenerMaySteerTheRun)
{
    RunControl control(testRegistry());
    std::mutex mutex;
    std::condition_variable changed;
    int finished = 0;
    control.onStateChange([&](RunState state) {
        if (state == RunState::Paused) control.resume();
        if (state != RunState::Finished) return;
        const std::lock_guard lock(mutex);
        if (++finished == 1) {
            EXPECT_TRUE(control.start(projectOf(kFan), bounded(seconds(1))));
        }
        changed.notify_all();
    });
    RunOptions options = bounded(seconds(1));
    options.engine.speed = 1e-3;
    ASSERT_TRUE(control.start(projectOf(kFan), options));
    control.pause();
    control.setSpeed(0);
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return finished == 2; });
}

TEST(RunControl, ManyHandsAtOnceLeaveItWhole)
{
    RunControl control(testRegistry());
    const Project project = projectOf(kFan);
    RunOptions options;
    options.engine.speed = 50;
    std::vector<std::jthread> hands;
    for (int hand = 0; hand < 4; ++hand)
        hands.emplace_back([&, hand] {
            for (int i = 0; i < 40; ++i) {
                switch ((i * 7 + hand) % 8) {
                case 0:
                    EXPECT_TRUE(control.start(project, options));
                    break;
                case 1:
                    control.pause();
                    break;
                case 2:
                    control.resume();
                    break;
                case 3:
                    control.stepTick();
                    break;
                case 4:
                    control.setSpeed(i);
                    break;
                case 5:
                    (void)control.update(project);
                    break;
                case 6:
                    control.stepFor(milliseconds(10));
                    break;
                case 7:
                    if (hand == 0) control.stop();
                    break;
                }
                if (const auto engine = control.engine()) (void)engine->plan();
            }
        });
    hands.clear();
    EXPECT_TRUE(control.start(project, bounded(seconds(1))));
}

// Says where it is and whether it is open.
class FakeEndpoint : public Endpoint {
public:
    FakeEndpoint() { ++open; }
    ~FakeEndpoint() override { --open; }
    std::uint16_t port() const override { return 1; }
    std::string url() const override { return "http://here:1"; }
    std::vector<RequestLogEntry> requests(std::uint64_t) const override { return {{.number = 7}}; }
    static inline std::atomic<int> open = 0;
};

struct EndpointRun {
    explicit EndpointRun(const EndpointFactory& factory)
    {
        test::addTestKinds(registry);
        registry.setEndpoint(factory);
        control.emplace(registry);
        options.engine.speed = 1;
        options.endpoint.emplace();
        EXPECT_TRUE(control->start(Project{}, options));
    }
    Registry registry;
    std::optional<RunControl> control;
    RunOptions options;
};

TEST(RunControlEndpoint, IsOpenAsLongAsTheRun)
{
    EndpointRun run([](Engine&, const Registry&, const EndpointOptions&) -> Result<std::unique_ptr<Endpoint>> {
        return std::unique_ptr<Endpoint>(std::make_unique<FakeEndpoint>());
    });
    while (run.control->endpointUrl().empty())
        std::this_thread::yield();
    EXPECT_EQ(run.control->endpointUrl(), "http://here:1");
    EXPECT_EQ(run.control->requests(0).size(), 1u);
    EXPECT_EQ(FakeEndpoint::open, 1);
    run.control->stop();
    while (FakeEndpoint::open > 0)
        std::this_thread::yield();
    EXPECT_EQ(run.control->endpointUrl(), "");
    EXPECT_EQ(run.control->requests(0).size(), 1u); // as they were
}

TEST(RunControlEndpoint, ThatCannotBeOpenedIsToldAndTheRunGoesOn)
{
    EndpointRun run([](Engine&, const Registry&, const EndpointOptions&) -> Result<std::unique_ptr<Endpoint>> {
        return Problem{ProblemCode::Io, "the port is taken", "127.0.0.1:4566"};
    });
    std::vector<Event> events;
    while (events.empty())
        events = run.control->engine()->events().after(0);
    EXPECT_EQ(events[0].message, "AWS clients cannot connect: 127.0.0.1:4566: the port is taken");
    EXPECT_EQ(run.control->state(), RunState::Running);
    EXPECT_EQ(run.control->endpointUrl(), "");
}

} // namespace
} // namespace streamwright
