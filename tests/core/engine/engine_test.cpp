// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"

#include <thread>

#include "tests/support/pipeline_run.h"
#include "tests/support/test_operators.h"

namespace streamwright {
namespace {

const Registry& testRegistry()
{
    static const Registry registry = [] {
        Registry made;
        test::addTestKinds(made);
        return made;
    }();
    return registry;
}

std::unique_ptr<Engine> openEngine(const std::string& text, EngineOptions options = {})
{
    return test::openPipeline(text, testRegistry(), options);
}

const std::string kFan = R"({"streamwright": 1, "name": "fan",
  "nodes": [{"id": "a", "kind": "Test::Source", "properties": {"Size": 300, "Batches": 50}},
            {"id": "b", "kind": "Test::Source", "properties": {"Size": 200, "Batches": 70}},
            {"id": "x", "kind": "Test::Sink"}, {"id": "y", "kind": "Test::Sink"}],
  "edges": [{"from": "a.out", "to": "x.in"}, {"from": "a.out", "to": "y.in"}, {"from": "b.out", "to": "y.in"}]})";

TEST(Engine, DeliversEverythingAndBringsReceiptsBack)
{
    auto engine = openEngine(kFan);
    ASSERT_TRUE(engine->runFor(seconds(60)));
    ASSERT_TRUE(engine->close());
    EXPECT_EQ(engine->metrics().total({"x", "", "Records"}).sum, 50 * 300);
    EXPECT_EQ(engine->metrics().total({"y", "", "Records"}).sum, 50 * 300 + 70 * 200);
    EXPECT_EQ(engine->metrics().total({"a", "", "Receipts"}).sum, 100);
    EXPECT_EQ(engine->elapsed(), seconds(60));
}

TEST(Engine, SameSeedSameDigestAtAnyThreadCount)
{
    const auto digest = [](unsigned threads, std::uint64_t seed) {
        EngineOptions options;
        options.threads = threads;
        options.seed = seed;
        auto engine = openEngine(kFan, options);
        EXPECT_TRUE(engine->runFor(seconds(30)));
        EXPECT_TRUE(engine->close());
        return engine->digest();
    };
    const std::string one = digest(1, 7);
    EXPECT_EQ(digest(2, 7), one);
    EXPECT_EQ(digest(8, 7), one);
    EXPECT_NE(digest(1, 8), one);
}

TEST(Engine, SplittingTheRunChangesNothing)
{
    auto whole = openEngine(kFan);
    ASSERT_TRUE(whole->runFor(seconds(9)));
    ASSERT_TRUE(whole->close());
    auto pieces = openEngine(kFan);
    for (int i = 0; i < 9; ++i)
        ASSERT_TRUE(pieces->runFor(seconds(1)));
    ASSERT_TRUE(pieces->close());
    EXPECT_EQ(whole->digest(), pieces->digest());
}

TEST(Engine, EditsTakeEffectWhileRunningAndBadOnesAreRefused)
{
    auto engine = openEngine(kFan);
    ASSERT_TRUE(engine->runFor(milliseconds(950)));
    EXPECT_TRUE(engine->edit("a", {{"Batches", 12}, {"Size", 1}}).empty());
    const auto problems = engine->edit("a", {{"Size", 501}});
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].place, "/Size");
    EXPECT_EQ(engine->edit("nobody", Json::object()).size(), 1u);
    ASSERT_TRUE(engine->runFor(seconds(60)));
    EXPECT_EQ(engine->metrics().total({"x", "", "Records"}).sum, 10 * 300 + 2 * 1);
}

TEST(Engine, StopEndsAPacedRunAtOnce)
{
    EngineOptions options;
    options.speed = 1;
    auto engine = openEngine(kFan, options);
    std::jthread stopper([&] { engine->stop(); });
    ASSERT_TRUE(engine->runFor(std::chrono::hours(1)));
    EXPECT_LT(engine->elapsed(), std::chrono::hours(1));
    ASSERT_TRUE(engine->close());
}

TEST(Engine, VirtualTimeJumpsOverIdleTime)
{
    auto engine = openEngine(kFan);
    ASSERT_TRUE(engine->runFor(std::chrono::hours(24 * 365)));
    EXPECT_LT(engine->ticks(), 1000u);
}

} // namespace
} // namespace streamwright
