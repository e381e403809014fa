// SPDX-License-Identifier: GPL-3.0-or-later
// Runs in pieces, at changing speed, rewired while running; flows and taps of edges.
#include <thread>

#include "core/engine/engine.h"
#include "tests/support/pipeline_run.h"
#include "tests/support/test_operators.h"

namespace streamwright {
namespace {

// Takes deliveries and answers them "AfterMilliseconds" later; says in metrics how often it was opened and rewired.
class Slow : public Operator {
public:
    explicit Slow(const NodeSetup& setup)
        : after_(milliseconds(setup.properties.at("AfterMilliseconds").get<std::int64_t>())),
          goesOn_(setup.properties.at("GoesOn").get<bool>())
    {
    }
    Result<void> open(Context& context) override
    {
        if (after_ < Duration(0)) return Problem{ProblemCode::Io, "no way", ""};
        context.metric("Opened").record(1);
        for (Inlet* inlet : context.inlets("in"))
            inlet->subscribe({});
        return {};
    }
    void step(Context& context) override
    {
        for (Inlet* inlet : context.inlets("in"))
            for (const Delivery& delivery : inlet->takeDeliveries()) {
                context.metric("Taken").record(static_cast<double>(delivery.batch->size()));
                held_.push_back({context.now() + after_, inlet, delivery.id});
            }
        while (!held_.empty() && held_.front().at <= context.now()) {
            held_.front().inlet->answer({held_.front().id, Outcome::Accepted, {}, ""});
            held_.erase(held_.begin());
        }
        if (!held_.empty()) context.wakeAt(held_.front().at);
    }
    Result<void> apply(Context&, const Json&) override { return {}; }
    bool rewired(Context& context, const NodeSetup&) override
    {
        context.metric("Rewired").record(1);
        const auto inlets = context.inlets("in");
        std::erase_if(held_, [&](const Held& held) {
            return std::find(inlets.begin(), inlets.end(), held.inlet) == inlets.end();
        });
        for (Inlet* inlet : inlets)
            inlet->subscribe({});
        return goesOn_;
    }

private:
    struct Held {
        Time at;
        Inlet* inlet;
        DeliveryId id;
    };
    const Duration after_;
    const bool goesOn_;
    std::vector<Held> held_;
};

const Registry& testRegistry()
{
    static const Registry registry = [] {
        static const std::string_view kKinds[] = {
            R"({"kind": "Test::Slow", "title": "Slow", "family": "Test", "icon": "", "help": "",
                "ports": [{"name": "in", "direction": "in", "accepts": ["records"]}],
                "fields": [{"name": "AfterMilliseconds", "type": "integer", "default": 450, "live": false},
                           {"name": "GoesOn", "type": "boolean", "default": true}],
                "metrics": [{"name": "Opened", "unit": "Count"}, {"name": "Rewired", "unit": "Count"}, {"name": "Taken", "unit": "Count"}]})",
            R"({"kind": "Test::OtherSource", "title": "Other source", "family": "Test", "icon": "", "help": "", "metrics": [],
                "ports": [{"name": "out", "direction": "out", "carries": "records"}],
                "fields": [{"name": "Batches", "type": "integer", "default": 600}, {"name": "Size", "type": "integer", "default": 3},
                           {"name": "Keys", "type": "integer", "default": 100},
                           {"name": "EveryMilliseconds", "type": "integer", "default": 100}]})"};
        Registry made;
        test::addTestKinds(made);
        made.addKind(kKinds, "Test::Slow", [](const NodeSetup& setup) { return std::make_unique<Slow>(setup); });
        made.addKind(kKinds, "Test::OtherSource",
                     [](const NodeSetup& setup) { return std::make_unique<test::Source>(setup); });
        return made;
    }();
    return registry;
}

PipelinePlan planOf(const std::string& text)
{
    const auto reading = readPipeline(text);
    auto check = checkPipeline(reading.pipeline, testRegistry(), "");
    for (const Problem& problem : check.problems)
        ADD_FAILURE() << problem.text();
    return std::move(check.plan);
}

std::unique_ptr<Engine> openEngine(const std::string& text, EngineOptions options = {})
{
    return test::openPipeline(text, testRegistry(), options);
}

// a -> x; the nodes are given, the edges too.
std::string pipeline(const std::string& nodes, const std::string& edges)
{
    return R"({"streamwright": 1, "nodes": [)" + nodes + R"(], "edges": [)" + edges + "]}";
}
const std::string kA = R"({"id": "a", "kind": "Test::Source", "properties": {"Size": 30, "Batches": 600}})";
const std::string kB = R"({"id": "b", "kind": "Test::Source", "properties": {"Size": 7, "Batches": 600}})";
const std::string kX = R"({"id": "x", "kind": "Test::Sink"})";
const std::string kY = R"({"id": "y", "kind": "Test::Sink"})";
const std::string kAX = R"({"from": "a.out", "to": "x.in"})";
const std::string kAY = R"({"from": "a.out", "to": "y.in"})";
const std::string kBY = R"({"from": "b.out", "to": "y.in"})";

double total(Engine& engine, const std::string& node, const std::string& metric)
{
    return test::sumOf(engine, node, metric);
}

std::string digestAfter(Engine& engine, Duration duration)
{
    EXPECT_TRUE(engine.runFor(duration));
    EXPECT_TRUE(engine.close());
    return engine.digest();
}

TEST(EngineSpeed, ChangesOfSpeedPausesAndTicksChangeNothingOfTheResult)
{
    const std::string text = pipeline(kA + "," + kB + "," + kX + "," + kY, kAX + "," + kBY);
    auto whole = openEngine(text);
    const std::string expected = digestAfter(*whole, seconds(20));

    EngineOptions options;
    options.speed = 1e5;
    auto engine = openEngine(text, options);
    ASSERT_TRUE(engine->runFor(milliseconds(3210)));
    ASSERT_TRUE(engine->runTicks(17));
    engine->setSpeed(1e-9); // stops, as good as
    std::jthread hand([&] {
        engine->setSpeed(1e4);
        engine->setSpeed(0);
        engine->stop();
    });
    while (engine->elapsed() < seconds(20)) {
        const auto ran = engine->runFor(seconds(20) - engine->elapsed());
        ASSERT_TRUE(ran);
    }
    hand.join();
    EXPECT_EQ(digestAfter(*engine, Duration(0)), expected);
}

TEST(EngineSpeed, ASpeedTakesEffectInTheMiddleOfAWait)
{
    EngineOptions options;
    options.speed = 1e-9;
    auto engine = openEngine(pipeline(kX, ""), options);
    std::jthread hand([&] { engine->setSpeed(0); });
    const auto ran = engine->runFor(std::chrono::hours(1));
    ASSERT_TRUE(ran);
    EXPECT_EQ(*ran, RunEnd::Reached);
    EXPECT_EQ(engine->elapsed(), std::chrono::hours(1));
    EXPECT_EQ(engine->speed(), 0);
}

TEST(EngineTicks, RunsExactlySoManyAndStaysAtTheEnd)
{
    auto engine = openEngine(pipeline(kA + "," + kX, kAX));
    const std::uint64_t before = engine->ticks();
    ASSERT_TRUE(engine->runTicks(5));
    EXPECT_EQ(engine->ticks(), before + 5);
    const auto ran = engine->runTicks(1000, engine->now() + seconds(1));
    ASSERT_TRUE(ran);
    EXPECT_LT(engine->ticks(), before + 1000);
    engine->stop();
    const auto stopped = engine->runTicks(5);
    ASSERT_TRUE(stopped);
    EXPECT_EQ(*stopped, RunEnd::Stopped);
    const auto goesOn = engine->runTicks(5);
    ASSERT_TRUE(goesOn);
    EXPECT_EQ(*goesOn, RunEnd::Reached);
}

TEST(Rewire, NodesAndEdgesComeAndGoAndTheDigestIsTheSameAtAnyThreadCount)
{
    const auto digest = [](unsigned threads, bool rewires) {
        EngineOptions options;
        options.threads = threads;
        auto engine = openEngine(pipeline(kA + "," + kX, kAX), options);
        EXPECT_TRUE(engine->runFor(milliseconds(3050)));
        if (rewires) {
            EXPECT_TRUE(engine->rewire(planOf(pipeline(kB + "," + kA + "," + kY, kAY + "," + kBY))).empty());
            EXPECT_TRUE(engine->runFor(seconds(4)));
            EXPECT_EQ(engine->plan()->nodes.size(), 3u);
            EXPECT_EQ(total(*engine, "x", "Records"), 31 * 30);
            EXPECT_TRUE(engine->rewire(planOf(pipeline(kA + "," + kX, kAX))).empty());
        }
        const std::string text = digestAfter(*engine, seconds(10));
        if (rewires) {
            EXPECT_GT(total(*engine, "y", "Records"), 35 * 37);
            EXPECT_GT(total(*engine, "x", "Records"), 31 * 30);
        }
        return text;
    };
    const std::string one = digest(1, true);
    EXPECT_EQ(digest(2, true), one);
    EXPECT_EQ(digest(8, true), one);
    EXPECT_NE(digest(1, false), one);
}

TEST(Rewire, WhatIsEqualGoesOnUntouchedAndWhoCanTakesItsChangedEdges)
{
    const std::string s = R"({"id": "s", "kind": "Test::Slow"})", t = R"({"id": "t", "kind": "Test::Slow"})";
    const std::string as = R"({"from": "a.out", "to": "s.in"})", bt = R"({"from": "b.out", "to": "t.in"})";
    auto engine = openEngine(pipeline(kA + "," + kB + "," + s + "," + t, as + "," + bt));
    ASSERT_TRUE(engine->runFor(milliseconds(2050)));
    const std::string bs = R"({"from": "b.out", "to": "s.in"})";
    EXPECT_TRUE(engine->rewire(planOf(pipeline(kA + "," + s + "," + t + "," + kB, as + "," + bt + "," + bs))).empty());
    ASSERT_TRUE(engine->runFor(seconds(2)));
    EXPECT_EQ(total(*engine, "s", "Opened"), 1);
    EXPECT_EQ(total(*engine, "s", "Rewired"), 1);
    EXPECT_EQ(total(*engine, "t", "Rewired"), 0);
    // The source a was not touched: each of its batches has come exactly once.
    EXPECT_EQ(total(*engine, "a", "Refused"), 0);
    // The same plan again changes nothing.
    EXPECT_TRUE(engine->rewire(*engine->plan()).empty());
    ASSERT_TRUE(engine->runFor(seconds(1)));
    EXPECT_EQ(total(*engine, "s", "Rewired"), 1);
}

TEST(Rewire, AReceiverThatIsOpenedAnewHasItsUnansweredDeliveriesSentBack)
{
    const std::string s = R"({"id": "s", "kind": "Test::Slow", "properties": {"GoesOn": false}})";
    const std::string as = R"({"from": "a.out", "to": "s.in"})", bs = R"({"from": "b.out", "to": "s.in"})";
    auto engine = openEngine(pipeline(kA + "," + kB + "," + s, as));
    ASSERT_TRUE(engine->runFor(milliseconds(2050)));
    EXPECT_TRUE(engine->rewire(planOf(pipeline(kA + "," + kB + "," + s, as + "," + bs))).empty());
    ASSERT_TRUE(engine->runFor(seconds(2)));
    EXPECT_EQ(total(*engine, "s", "Opened"), 2);
    EXPECT_EQ(total(*engine, "a", "Refused"), 4); // those of the last 450 ms
}

TEST(Rewire, ASenderThatIsOpenedAnewHearsNothingOfItsOldDeliveries)
{
    const std::string s = R"({"id": "s", "kind": "Test::Slow"})";
    const std::string as = R"({"from": "a.out", "to": "s.in"})";
    auto engine = openEngine(pipeline(kA + "," + kX + "," + s, as));
    ASSERT_TRUE(engine->runFor(milliseconds(2050)));
    const double before = total(*engine, "a", "Receipts");
    EXPECT_TRUE(engine->rewire(planOf(pipeline(kA + "," + kX + "," + s, as + "," + kAX))).empty());
    ASSERT_TRUE(engine->runFor(milliseconds(400)));
    EXPECT_EQ(total(*engine, "a", "Receipts") - before, 5); // x answers at once, s still works on the old ones
    ASSERT_TRUE(engine->runFor(seconds(2)));
    EXPECT_EQ(total(*engine, "s", "Opened"), 1);
}

// Every EdgeInfo stays as it is: only the node at the other end is another one.
TEST(Rewire, TheNeighboursOfANodeThatChangesItsKindAreRewired)
{
    const std::string s = R"({"id": "s", "kind": "Test::Slow"})", t = R"({"id": "t", "kind": "Test::Slow"})";
    const std::string as = R"({"from": "a.out", "to": "s.in"})", bt = R"({"from": "b.out", "to": "t.in"})";
    const std::string other = R"({"id": "a", "kind": "Test::OtherSource"})";
    auto engine = openEngine(pipeline(kA + "," + kB + "," + s + "," + t, as + "," + bt));
    ASSERT_TRUE(engine->runFor(milliseconds(2050))); // s works on deliveries of the edge that goes
    EXPECT_TRUE(engine->rewire(planOf(pipeline(other + "," + kB + "," + s + "," + t, as + "," + bt))).empty());
    const double before = total(*engine, "s", "Taken");
    ASSERT_TRUE(engine->runFor(seconds(2)));
    EXPECT_EQ(total(*engine, "s", "Rewired"), 1);
    EXPECT_EQ(total(*engine, "s", "Opened"), 1);
    EXPECT_EQ(total(*engine, "t", "Rewired"), 0);
    EXPECT_NEAR(total(*engine, "s", "Taken") - before, 20 * 3, 3);
}

TEST(Rewire, PropertiesThatTakeEffectAtAStartAreRefusedAndTheRestIsTaken)
{
    const std::string before = R"({"id": "s", "kind": "Test::Slow"})";
    const std::string after = R"({"id": "s", "kind": "Test::Slow", "properties": {"AfterMilliseconds": 1}})";
    const std::string faster =
        R"({"id": "a", "kind": "Test::Source", "properties": {"Size": 30, "Batches": 600, "EveryMilliseconds": 50}})";
    const std::string as = R"({"from": "a.out", "to": "s.in"})";
    auto engine = openEngine(pipeline(kA + "," + before, as));
    ASSERT_TRUE(engine->runFor(seconds(1)));
    const auto problems = engine->rewire(planOf(pipeline(faster + "," + after + "," + kX, as + "," + kAX)));
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].place, "s/AfterMilliseconds");
    ASSERT_TRUE(engine->runFor(seconds(1)));
    EXPECT_FALSE(engine->properties("s").contains("AfterMilliseconds"));
    EXPECT_EQ(engine->properties("a")["EveryMilliseconds"], 50);
    EXPECT_GE(total(*engine, "x", "Records"), 20 * 30);
}

TEST(Rewire, AnEditMadeWhileRunningIsNotTakenBackByTheDrawing)
{
    auto engine = openEngine(pipeline(kA + "," + kX, kAX));
    EXPECT_TRUE(engine->edit("a", {{"Size", 1}, {"Batches", 600}}).empty());
    ASSERT_TRUE(engine->runFor(seconds(1)));
    EXPECT_TRUE(engine->rewire(planOf(pipeline(kA + "," + kX + "," + kY, kAX + "," + kAY))).empty());
    ASSERT_TRUE(engine->runFor(seconds(1)));
    EXPECT_EQ(engine->properties("a")["Size"], 1);
    EXPECT_EQ(engine->properties("nobody"), Json());
}

TEST(Rewire, ANodeThatCannotBeOpenedIsToldAndTheOthersGoOn)
{
    const std::string broken = R"({"id": "s", "kind": "Test::Slow", "properties": {"AfterMilliseconds": -1}})";
    const std::string as = R"({"from": "a.out", "to": "s.in"})";
    auto engine = openEngine(pipeline(kA + "," + kX, kAX));
    ASSERT_TRUE(engine->runFor(seconds(1)));
    EXPECT_TRUE(engine->rewire(planOf(pipeline(kA + "," + kX + "," + broken, kAX + "," + as))).empty());
    const double before = total(*engine, "x", "Records");
    ASSERT_TRUE(engine->runFor(seconds(1)));
    EXPECT_GT(total(*engine, "x", "Records"), before);
    ASSERT_EQ(engine->events().errors().size(), 1u);
    EXPECT_EQ(engine->events().errors()[0].node, "s");
}

TEST(Rewire, MayBeAskedForByAnyThreadAtAnyTime)
{
    const std::string one = pipeline(kA + "," + kX, kAX);
    const std::string two = pipeline(kA + "," + kB + "," + kX + "," + kY, kAX + "," + kAY + "," + kBY);
    EngineOptions options;
    options.threads = 2;
    auto engine = openEngine(one, options);
    std::jthread hand([&] {
        for (int i = 0; i < 50; ++i) {
            EXPECT_TRUE(engine->rewire(planOf(i % 2 == 0 ? two : one)).empty());
            engine->tap("a.out>x.in", 10);
            (void)engine->tapped("a.out>x.in");
            (void)engine->plan();
            (void)engine->edit("b", {{"Size", 3}});
            (void)engine->browsable("x");
        }
    });
    for (int i = 0; i < 100; ++i)
        ASSERT_TRUE(engine->runFor(milliseconds(200)));
    hand.join();
    ASSERT_TRUE(engine->runFor(seconds(1)));
    ASSERT_TRUE(engine->close());
    EXPECT_EQ(engine->plan()->nodes.size(), 2u);
}

TEST(Flows, AnEdgeCountsWhatPassesIt)
{
    const std::string s = R"({"id": "s", "kind": "Test::Slow", "properties": {"GoesOn": false}})";
    const std::string as = R"({"from": "a.out", "to": "s.in"})";
    auto engine = openEngine(pipeline(kA + "," + s, as));
    ASSERT_TRUE(engine->runFor(milliseconds(2050)));
    const auto sum = [&](const char* metric) { return engine->flows().total({"a.out>s.in", "", metric}).sum; };
    EXPECT_EQ(sum("Records"), 20 * 30); // two seconds are over
    EXPECT_GT(sum("Bytes"), 20 * 30 * 8);
    EXPECT_EQ(engine->flows().total({"a.out>s.in", "", "Outstanding"}).maximum, 4);
    EXPECT_EQ(sum("Throttled"), 0);
    ASSERT_TRUE(engine->close());
    EXPECT_EQ(sum("Records"), 21 * 30);
}

TEST(Taps, ATapKeepsTheNewestRecordsAndNothingOfOtherEdges)
{
    auto engine = openEngine(pipeline(kA + "," + kX + "," + kY, kAX + "," + kAY));
    const std::string key = "a.out>x.in";
    ASSERT_TRUE(engine->runFor(seconds(1)));
    EXPECT_TRUE(engine->tapped(key).empty());
    engine->tap(key, 70);
    ASSERT_TRUE(engine->runFor(seconds(2)));
    auto batches = engine->tapped(key);
    ASSERT_EQ(batches.size(), 3u); // 3 x 30 >= 70
    EXPECT_EQ(batches.back().number, 20u);
    EXPECT_EQ(batches.back().batch->records().back().data, "record " + std::to_string(31 * 30 - 1));
    EXPECT_LT(batches[0].time, batches[1].time);
    EXPECT_TRUE(engine->tapped("a.out>y.in").empty());
    // It stays on the edge when others change.
    EXPECT_TRUE(engine->rewire(planOf(pipeline(kA + "," + kX, kAX))).empty());
    ASSERT_TRUE(engine->runFor(seconds(1)));
    EXPECT_GT(engine->tapped(key).back().number, 20u);
    engine->untap(key);
    ASSERT_TRUE(engine->runFor(seconds(1)));
    EXPECT_TRUE(engine->tapped(key).empty());
}

} // namespace
} // namespace streamwright
