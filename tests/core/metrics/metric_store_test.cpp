// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/metric_store.h"

#include <rapidcheck/gtest.h>

#include <cmath>
#include <thread>

namespace streamwright {
namespace {

const Time kStart{std::chrono::seconds(1'700'000'040)}; // on a minute

TEST(Statistics, CloudWatchStatistics)
{
    Statistics s;
    for (const double value : {4.0, 1.0, 7.0})
        s.add(value, 1);
    s.add(2.0, 2);
    EXPECT_EQ(s.sampleCount, 5u);
    EXPECT_EQ(s.sum, 16);
    EXPECT_EQ(s.minimum, 1);
    EXPECT_EQ(s.maximum, 7);
    EXPECT_DOUBLE_EQ(s.average(), 3.2);
    EXPECT_EQ(Statistics{}.average(), 0);
    EXPECT_EQ(Statistics{}.percentile(0.5), 0);
}

RC_GTEST_PROP(Statistics, PercentilesAreWithinOnePercentAndMergingIsTheSame,
              (std::vector<std::uint32_t> values, bool few))
{
    if (values.empty()) return;
    for (std::uint32_t& value : values)
        if (few) value %= 4; // the same ones come again and again
    Statistics whole, left, right;
    for (std::size_t i = 0; i < values.size(); ++i) {
        whole.add(values[i], 1);
        (i % 2 ? left : right).add(values[i], 1);
    }
    left.merge(right);
    std::sort(values.begin(), values.end());
    for (const double q : {0.5, 0.9, 0.99}) {
        const auto rank = static_cast<std::size_t>(std::ceil(q * static_cast<double>(values.size())));
        const double exact = values[std::max<std::size_t>(rank, 1) - 1];
        RC_ASSERT(std::abs(whole.percentile(q) - exact) <= 0.0101 * exact);
        RC_ASSERT(whole.percentile(q) == left.percentile(q));
    }
    RC_ASSERT(whole.sampleCount == left.sampleCount);
    RC_ASSERT(whole.minimum == left.minimum);
    RC_ASSERT(whole.maximum == left.maximum);
}

TEST(MetricStore, PeriodsOfOneSecondAndOneMinute)
{
    MetricStore store(kStart);
    Metric& metric = store.metric({"n", "", "M"});
    for (int second = 0; second < 90; ++second) {
        store.advance(kStart + seconds(second));
        metric.record(second);
        metric.record(1000);
    }
    store.finish();
    const auto all = store.snapshot(MetricStore::Detail::WithHistory);
    ASSERT_EQ(all.size(), 1u);
    ASSERT_EQ(all[0].seconds.size(), 90u);
    EXPECT_EQ(all[0].seconds[7].start, kStart + seconds(7));
    EXPECT_EQ(all[0].seconds[7].minimum, 7);
    EXPECT_EQ(all[0].seconds[7].sampleCount, 2u);
    ASSERT_EQ(all[0].minutes.size(), 2u);
    EXPECT_EQ(all[0].minutes[0].start, kStart);
    EXPECT_EQ(all[0].minutes[0].sampleCount, 120u);
    EXPECT_EQ(all[0].minutes[0].sum, 59 * 60 / 2 + 60 * 1000);
    EXPECT_EQ(all[0].minutes[1].sampleCount, 60u);
    EXPECT_EQ(all[0].total.sampleCount, 180u);
}

TEST(MetricStore, AMinuteClosesWithoutAnotherSample)
{
    MetricStore store(kStart);
    store.metric({"n", "", "M"}).record(5);
    store.advance(kStart + seconds(59));
    EXPECT_TRUE(store.snapshot(MetricStore::Detail::WithHistory).at(0).minutes.empty());
    store.advance(kStart + seconds(60));
    const auto all = store.snapshot(MetricStore::Detail::WithHistory);
    ASSERT_EQ(all.at(0).minutes.size(), 1u);
    EXPECT_EQ(all[0].minutes[0].start, kStart);
    EXPECT_EQ(all[0].minutes[0].sum, 5);
}

TEST(MetricStore, NothingRecordedNothingKept)
{
    MetricStore store(kStart);
    store.metric({"n", "", "Asked"});
    store.advance(kStart + std::chrono::hours(1000));
    store.finish();
    EXPECT_TRUE(store.snapshot(MetricStore::Detail::WithHistory).empty());
    EXPECT_EQ(store.total({"n", "", "Never"}).sampleCount, 0u);
}

TEST(MetricStore, HistoryIsBounded)
{
    MetricStore store(kStart);
    Metric& metric = store.metric({"n", "", "M"});
    for (int second = 0; second < 5000; ++second) {
        store.advance(kStart + seconds(second));
        metric.record(1);
    }
    store.finish();
    const auto all = store.snapshot(MetricStore::Detail::WithHistory);
    EXPECT_EQ(all[0].seconds.size(), 3600u);
    EXPECT_EQ(all[0].seconds.back().start, kStart + seconds(4999));
    EXPECT_EQ(all[0].total.sum, 5000); // totals forget nothing
}

TEST(MetricStore, AWatchCountsOnlyFromItsTimeOn)
{
    MetricStore store(kStart);
    const MetricId id{"n", "", "M"};
    store.watch(id, kStart + seconds(10));
    for (int second = 0; second < 20; ++second) {
        store.advance(kStart + seconds(second));
        store.metric(id).record(second);
    }
    store.finish();
    EXPECT_EQ(store.watched(id, kStart + seconds(10)).sampleCount, 10u);
    EXPECT_EQ(store.watched(id, kStart + seconds(10)).minimum, 10);
    EXPECT_EQ(store.watched(id, kStart + seconds(11)).sampleCount, 0u); // nobody asked for that one
}

TEST(MetricStore, DigestDependsOnWhenAndWhat)
{
    const auto digest = [](int second, double value) {
        MetricStore store(kStart);
        store.metric({"other", "", "Asked"});
        store.advance(kStart + seconds(second));
        store.metric({"n", "", "M"}).record(value);
        store.finish();
        RunningDigest out;
        store.digest(out);
        return out.value();
    };
    EXPECT_EQ(digest(1, 5), digest(1, 5));
    EXPECT_NE(digest(1, 5), digest(2, 5));
    EXPECT_NE(digest(1, 5), digest(1, 6));
}

TEST(MetricStore, RecordedFromManyThreads)
{
    MetricStore store(kStart);
    const MetricId id{"n", "", "M"};
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                for (int n = 0; n < 5000; ++n)
                    store.metric(id).record(1);
            });
        for (int second = 1; second < 50; ++second) {
            store.advance(kStart + seconds(second));
            (void)store.snapshot(MetricStore::Detail::WithHistory);
        }
    }
    EXPECT_EQ(store.total(id).sum, 20'000);
}

TEST(MetricStore, VisitsThePeriodsThatBeginWithinASpan)
{
    MetricStore store(kStart);
    for (int second = 0; second < 130; ++second) {
        store.metric({"a", "", "every"}).record(second);
        if (second < 3) store.metric({"a", "part", "early"}).record(1);
        if (second == 100) store.metric({"b", "", "once"}).record(7);
        store.advance(kStart + seconds(second + 1));
    }
    using Period = MetricStore::Period;
    std::map<std::string, std::pair<std::size_t, double>> seen; // points, and the first's sum
    const auto note = [&](const MetricId& id, DatapointRange points) {
        seen[id.node + id.part + id.name] = {static_cast<std::size_t>(points.end() - points.begin()),
                                             points.begin()->sum};
    };
    store.visit(kStart + seconds(99), kStart + seconds(101), Period::Second, "", note);
    EXPECT_EQ(seen, (decltype(seen){{"aevery", {2, 99}}, {"bonce", {1, 7}}}));
    seen.clear();
    store.visit(kStart, kStart + seconds(2), Period::Second, "a", note);
    EXPECT_EQ(seen, (decltype(seen){{"aevery", {2, 0}}, {"apartearly", {2, 1}}}));
    seen.clear();
    store.visit(kStart + seconds(200), kStart + seconds(300), Period::Second, "", note);
    EXPECT_TRUE(seen.empty());

    EXPECT_EQ(store.window({"a", "", "every"}, kStart + seconds(10), kStart + seconds(20), Period::Second).size(), 10u);
    const auto minutes = store.window({"a", "", "every"}, kStart, kStart + seconds(300), Period::Minute);
    ASSERT_EQ(minutes.size(), 2u);
    EXPECT_EQ(minutes[0].sampleCount, 60u);
    EXPECT_TRUE(store.window({"c", "", "every"}, kStart, kStart + seconds(300), Period::Second).empty());
    EXPECT_EQ(store.oldestSecond({"b", "", "once"}), kStart + seconds(100));
    EXPECT_EQ(store.oldestSecond({"c", "", "once"}), kNever);
    const auto ids = store.idsOf("a");
    ASSERT_EQ(ids.size(), 2u);
    EXPECT_EQ(ids[1].part, "part");
}

} // namespace
} // namespace streamwright
