// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/workload.h"

#include <rapidcheck/gtest.h>

#include <cmath>
#include <numbers>

namespace streamwright::producers {
namespace {

constexpr Time kStart = Time(seconds(1'700'000'000));
constexpr std::int64_t kDay = 86'400;

RateShape constant(double rate) { return RateShape::read({{"RecordsPerSecond", rate}}); }
RateShape shape(double rate, Json pattern)
{
    return RateShape::read({{"RecordsPerSecond", rate}, {"Pattern", std::move(pattern)}});
}
RateShape ramp(double from, double to, double duration)
{
    return shape(from, {{"Type", "Ramp"}, {"ToRecordsPerSecond", to}, {"DurationSeconds", duration}});
}
RateShape sine(double mean, double share, double period, double offset = 0)
{
    return shape(mean,
                 {{"Type", "Sine"}, {"AmplitudeShare", share}, {"PeriodSeconds", period}, {"OffsetSeconds", offset}});
}
RateShape bursts(double calm, double high, double burst, double every, double offset = 0)
{
    return shape(calm, {{"Type", "Bursts"},
                        {"BurstRecordsPerSecond", high},
                        {"BurstSeconds", burst},
                        {"EverySeconds", every},
                        {"OffsetSeconds", offset}});
}

// Record n exists at timeOf(n) and not a microsecond earlier, whatever the order of the questions.
void expectExact(Workload& workload, std::uint64_t n)
{
    const Time t = workload.timeOf(n);
    ASSERT_NE(t, kNever) << "record " << n;
    EXPECT_GE(workload.countAt(t), n) << "record " << n;
    EXPECT_LT(workload.countAt(t - Duration(1)), n) << "record " << n;
}

TEST(Workload, ConstantRateGivesEachRecordItsMicrosecond)
{
    Workload workload(constant(1500), kStart);
    EXPECT_EQ(workload.countAt(kStart), 0u);
    EXPECT_EQ(workload.timeOf(1), kStart + Duration(667)); // 666.67 rounded up: it does not exist before
    EXPECT_EQ(workload.timeOf(3), kStart + Duration(2000));
    EXPECT_EQ(workload.timeOf(1500), kStart + seconds(1));
    EXPECT_EQ(workload.countAt(kStart + seconds(1) - Duration(1)), 1499u);
    EXPECT_EQ(workload.countAt(kStart + seconds(1)), 1500u);
}

TEST(Workload, ThirtyDaysDriftByNothing)
{
    Workload workload(constant(2'000'000), kStart);
    const std::uint64_t all = 2'000'000ull * 30 * kDay;
    EXPECT_EQ(workload.timeOf(all), kStart + seconds(30 * kDay));
    EXPECT_EQ(workload.countAt(kStart + seconds(30 * kDay)), all);
    Workload thirds(constant(1.0 / 3), kStart);
    EXPECT_EQ(thirds.countAt(kStart + seconds(30 * kDay) + Duration(10'000)), 10ull * kDay);
    Workload wave(sine(1000, 0.8, kDay), kStart);
    EXPECT_EQ(wave.countAt(kStart + seconds(30 * kDay)), 1000ull * 30 * kDay);
    Workload bursting(bursts(10, 500, 6, 60), kStart);
    EXPECT_EQ(bursting.countAt(kStart + seconds(30 * kDay)), (500ull * 6 + 10 * 54) * 30 * 24 * 60);
}

TEST(Workload, RateZeroNeverMakesARecord)
{
    for (const RateShape& quiet : {constant(0), ramp(0, 0, 10), sine(0, 1, 10), bursts(0, 0, 1, 10)}) {
        Workload workload(quiet, kStart);
        EXPECT_EQ(workload.timeOf(1), kNever);
        EXPECT_EQ(workload.countAt(kStart + seconds(30 * kDay)), 0u);
    }
    Workload ending(ramp(100, 0, 10), kStart);
    EXPECT_EQ(ending.timeOf(500), kStart + seconds(10));
    EXPECT_EQ(ending.timeOf(501), kNever);
}

TEST(Workload, RampGrowsLinearlyAndThenHoldsItsEnd)
{
    Workload workload(ramp(100, 300, 20), kStart);
    EXPECT_EQ(workload.countAt(kStart + seconds(10)), 1500u); // 100*10 + 200/20*10^2/2
    EXPECT_EQ(workload.countAt(kStart + seconds(20)), 4000u);
    EXPECT_EQ(workload.countAt(kStart + seconds(30)), 7000u);
    EXPECT_EQ(workload.timeOf(1500), kStart + seconds(10));
    EXPECT_EQ(workload.timeOf(7000), kStart + seconds(30));
    Workload large(ramp(0, 10'000'000, 31 * kDay), kStart);
    EXPECT_EQ(large.countAt(kStart + seconds(31 * kDay)), 5'000'000ull * 31 * kDay);
}

TEST(Workload, SineFollowsItsIntegral)
{
    Workload workload(sine(1000, 0.5, 600), kStart);
    for (const std::int64_t second : {1, 77, 150, 300, 450, 599, 601, 12'345}) {
        const double turn = 2 * std::numbers::pi / 600;
        const double expected =
            1000.0 * static_cast<double>(second) + 500 / turn * (1 - std::cos(turn * static_cast<double>(second)));
        EXPECT_NEAR(static_cast<double>(workload.countAt(kStart + seconds(second))), expected, 1.0) << second;
    }
    Workload late(sine(1000, 0.5, 600, 300), kStart); // begins in the falling half
    EXPECT_LT(late.countAt(kStart + seconds(150)), 150'000u);
    EXPECT_EQ(late.countAt(kStart), 0u);
}

TEST(Workload, BurstsComeFirstInEveryPeriod)
{
    Workload workload(bursts(1, 1000, 2, 10), kStart);
    EXPECT_EQ(workload.countAt(kStart + seconds(2)), 2000u);
    EXPECT_EQ(workload.countAt(kStart + seconds(10)), 2008u);
    EXPECT_EQ(workload.countAt(kStart + seconds(11)), 3008u);
    EXPECT_EQ(workload.timeOf(2008), kStart + seconds(10));
    EXPECT_EQ(workload.timeOf(2009), kStart + seconds(10) + milliseconds(1));
    Workload pauses(bursts(0, 1, 1, 3600), kStart);
    EXPECT_EQ(pauses.timeOf(3), kStart + seconds(2 * 3600 + 1));
    Workload late(bursts(0, 10, 1, 10, 8), kStart); // two seconds before the next burst
    EXPECT_EQ(late.timeOf(1), kStart + seconds(2) + milliseconds(100));
}

TEST(Workload, AChangeOfRateContinuesFromNow)
{
    Workload workload(constant(10), kStart);
    const Time change = kStart + seconds(10) + milliseconds(50); // a record is half grown
    workload.change(constant(1000), change);
    EXPECT_EQ(workload.countAt(change), 100u);
    EXPECT_EQ(workload.timeOf(101), change + Duration(500));
    EXPECT_EQ(workload.countAt(change + seconds(1)), 1100u);
    workload.change(constant(0), change + seconds(1));
    EXPECT_EQ(workload.timeOf(1101), kNever);
    EXPECT_EQ(workload.countAt(change + seconds(500)), 1100u);
    workload.change(ramp(0, 100, 10), change + seconds(501));
    EXPECT_EQ(workload.countAt(change + seconds(511)), 1600u);
}

TEST(Workload, ManySmallChangesLoseNothing)
{
    Workload workload(constant(1), kStart);
    for (int i = 1; i <= 1000; ++i)
        workload.change(constant(1), kStart + milliseconds(100 * i));
    EXPECT_EQ(workload.countAt(kStart + seconds(100)), 100u);
}

TEST(Workload, APeriodGoesOnThroughAChange)
{
    Workload workload(bursts(0, 10, 1, 10), kStart);
    workload.change(bursts(0, 20, 1, 10), kStart + seconds(5));
    EXPECT_EQ(workload.timeOf(11), kStart + seconds(10) + milliseconds(50));
}

TEST(Workload, SubMicrosecondGapsKeepTheirCount)
{
    Workload workload(constant(3'000'000), kStart);
    EXPECT_EQ(workload.timeOf(1), kStart + Duration(1));
    EXPECT_EQ(workload.timeOf(3), kStart + Duration(1));
    EXPECT_EQ(workload.timeOf(4), kStart + Duration(2));
}

RC_GTEST_PROP(Workload, EveryRecordHasItsFirstMicrosecond, ())
{
    const int type = *rc::gen::inRange(0, 4);
    const double rate = *rc::gen::inRange(1, 2'000'000) / 1000.0, other = *rc::gen::inRange(0, 2'000'000) / 1000.0;
    const double period = *rc::gen::inRange(1, 100'000) / 10.0, share = *rc::gen::inRange(0, 101) / 100.0;
    const RateShape shapes[] = {constant(rate), ramp(rate, other, period), sine(rate, share, period, period / 3),
                                bursts(other, rate, period * share, period, period / 7)};
    Workload workload(shapes[type], kStart);
    const auto n = static_cast<std::uint64_t>(*rc::gen::inRange(1, 1'000'000));
    const Time t = workload.timeOf(n);
    if (t == kNever) {
        RC_ASSERT(workload.countAt(kStart + seconds(3600 * 24 * 365)) < n);
        return;
    }
    RC_ASSERT(workload.countAt(t) >= n);
    RC_ASSERT(t == kStart || workload.countAt(t - Duration(1)) < n);
    RC_ASSERT(workload.timeOf(n + 1) >= t);
    RC_ASSERT(workload.timeOf(n) == t);
}

TEST(Workload, ConsecutiveRecordsAreExactForEveryShape)
{
    for (const RateShape& each : {constant(733.3), ramp(1000, 5, 7), sine(900, 1, 2), bursts(3, 2000, 0.5, 1.5)}) {
        Workload workload(each, kStart);
        for (std::uint64_t n = 1; n <= 3000; ++n)
            expectExact(workload, n);
    }
}

} // namespace
} // namespace streamwright::producers
