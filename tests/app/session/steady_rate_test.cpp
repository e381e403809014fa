// SPDX-License-Identifier: GPL-3.0-or-later
// An even flow looks even, whatever the batches it comes in; changes show at once.
#include "app/session/steady_rate.h"

#include "app/session/live_view.h"
#include "app/session/series.h"
#include "tests/app/session/run_fixture.h"

namespace streamwright {
namespace {

const Time kStart = EngineOptions::kDefaultStart;

std::unique_ptr<Engine> steady(double rate, Duration duration)
{
    return test::ran(R"({"id": "p", "kind": "Local::Producer", "properties": {"RecordsPerSecond": )" +
                         std::to_string(rate) + R"(}}, {"id": "s", "kind": "AWS::Kinesis::Stream"})",
                     R"({"from": "p.out", "to": "s.in"})", duration);
}

std::vector<double> rates(Engine& engine, Time from, Time to)
{
    const SeriesQuery query{{"s", "", "IncomingRecords"}, ""};
    const std::vector<SeriesData> found = series(engine, test::allKinds(), std::span(&query, 1), from, to, 1000);
    std::vector<double> values;
    for (const SeriesPoint& point : found.front().points)
        values.push_back(point.value);
    return values;
}

// Seconds of a metric, from the run's start: each with so many samples of so much.
struct Second {
    std::uint64_t samples;
    double each;
};
std::deque<Datapoint> seconds(const std::vector<Second>& all)
{
    std::deque<Datapoint> points;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].samples > 0)
            points.push_back(
                {kStart + std::chrono::seconds(i), all[i].samples, static_cast<double>(all[i].samples) * all[i].each});
    return points;
}
// At the end of so many seconds.
double now(std::deque<Datapoint> points, int second)
{
    const Time end = kStart + std::chrono::seconds(second);
    std::erase_if(points, [&](const Datapoint& point) { return point.start >= end; });
    return rateNow(points.begin(), points.end(), end);
}

class SteadyRate : public testing::TestWithParam<double> { };

TEST_P(SteadyRate, AnEvenFlowLooksEven)
{
    auto engine = steady(GetParam(), std::chrono::seconds(20));
    const Time now = engine->now();
    const auto raw = engine->metrics().window({"s", "", "IncomingRecords"}, now - std::chrono::seconds(10), now,
                                              MetricStore::Period::Second);
    ASSERT_EQ(raw.size(), 10u);
    for (int second = 0; second < 20; ++second) {
        ASSERT_TRUE(engine->runFor(std::chrono::seconds(1)));
        const LiveView view = liveView(*engine, test::allKinds());
        EXPECT_NEAR(view.nodes.at("s").rate, GetParam(), GetParam() * 0.005) << second;
        EXPECT_NEAR(view.nodes.at("s").trend.back(), GetParam(), GetParam() * 0.005) << second;
        EXPECT_NEAR(view.edges.at("p.out>s.in").recordsPerSecond, GetParam(), GetParam() * 0.005) << second;
        EXPECT_NEAR(view.recordsPerSecond, GetParam(), GetParam() * 0.005) << second;
    }
    for (const double rate : rates(*engine, now, now + std::chrono::seconds(20)))
        EXPECT_NEAR(rate, GetParam(), GetParam() * 0.005);
}

INSTANTIATE_TEST_SUITE_P(Rates, SteadyRate, testing::Values(40, 200, 333, 700, 950));

TEST(SteadyRates, ChartsDoNotDependOnWhereTheyBegin)
{
    auto engine = steady(200, std::chrono::seconds(60));
    const auto all = rates(*engine, kStart, kStart + std::chrono::seconds(60));
    const auto late = rates(*engine, kStart + std::chrono::seconds(30), kStart + std::chrono::seconds(60));
    ASSERT_EQ(all.size(), 60u);
    EXPECT_TRUE(std::equal(late.begin(), late.end(), all.begin() + 30, all.end()));
}

TEST(SteadyRates, AChangeShowsAtOnce)
{
    std::vector<Second> flow(30, {10, 20});
    flow.push_back({30, 20});
    EXPECT_EQ(now(seconds(flow), 31), 600);
    flow.push_back({5, 20});
    EXPECT_EQ(now(seconds(flow), 32), 100);
    EXPECT_EQ(now(seconds(flow), 33), 0); // nothing came any more
}

TEST(SteadyRates, BatchesThatFallIntoOneSecondOrTheNextAreNoChange)
{
    std::vector<Second> flow;
    for (int i = 0; i < 21; ++i)
        flow.push_back({i % 2 ? 9u : 10u, 21});
    EXPECT_NEAR(now(seconds(flow), 21), 199.5, 1);
}

TEST(SteadyRates, WhatComesNowAndThenHasAMean)
{
    std::vector<Second> flow;
    for (int i = 0; i < 40; ++i)
        flow.push_back({i % 5 == 0 ? 1u : 0u, 1});
    for (int second = 30; second <= 40; ++second)
        EXPECT_NEAR(now(seconds(flow), second), 0.2, 0.001) << second;
    EXPECT_EQ(now(seconds(flow), 50), 0); // long gone
}

TEST(SteadyRates, OneThrottleOfAMomentIsNotSpreadInCharts)
{
    auto engine = steady(3000, std::chrono::seconds(10));
    const SeriesQuery query{{"s", "", "WriteProvisionedThroughputExceeded"}, ""};
    const SeriesData data =
        series(*engine, test::allKinds(), std::span(&query, 1), kStart, kStart + std::chrono::seconds(10), 1000)
            .front();
    const auto raw = engine->metrics().window({"s", "", "WriteProvisionedThroughputExceeded"}, kStart,
                                              kStart + std::chrono::seconds(10), MetricStore::Period::Second);
    ASSERT_FALSE(raw.empty());
    for (const Datapoint& point : raw)
        EXPECT_TRUE(std::ranges::any_of(data.points, [&](const SeriesPoint& shown) {
            return shown.time == point.start && shown.value == point.sum;
        }));
}

} // namespace
} // namespace streamwright
