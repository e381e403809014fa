// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/workload.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace streamwright::producers {

namespace {

constexpr std::uint64_t kHorizon = 3'200'000'000'000'000; // microseconds, a century: what comes later never comes
constexpr std::uint64_t kNotReached = ~std::uint64_t{0};

std::uint64_t billionths(double rate) { return static_cast<std::uint64_t>(std::llround(rate * 1e9)); }
std::uint64_t millionths(double rate) { return static_cast<std::uint64_t>(std::llround(rate * 1e6)); }
std::uint64_t micros(Duration d) { return static_cast<std::uint64_t>(std::max<std::int64_t>(d.count(), 0)); }
Duration fromSeconds(double s) { return Duration(std::llround(s * 1e6)); }

class ConstantCurve : public RateCurve {
public:
    explicit ConstantCurve(double rate) : rate_(billionths(rate)), inverse_(1.0 / static_cast<double>(rate_)) { }

    Uint128 mass(std::uint64_t t) const override { return Uint128{t} * rate_; }
    double guess(double target, double, double) const override { return target * inverse_; }

private:
    const std::uint64_t rate_;
    const double inverse_;
};

// Rates in millionths here, so that 31 days at ten million records a second still fit into 128 bits.
class RampCurve : public RateCurve {
public:
    RampCurve(double from, double to, Duration duration)
        : from_(millionths(from)),
          to_(millionths(to)),
          duration_(std::max<std::uint64_t>(micros(duration), 1)),
          top_(during(duration_))
    {
    }

    Uint128 mass(std::uint64_t t) const override
    {
        return t < duration_ ? during(t) : top_ + Uint128{t - duration_} * to_ * 1000;
    }
    double guess(double target, double, double) const override
    {
        const double after = target - static_cast<double>(top_);
        if (after > 0) return static_cast<double>(duration_) + after / (static_cast<double>(to_) * 1000);
        // from*t + slope*t^2/2 = wanted, solved without cancellation.
        const double wanted = target / 1000, from = static_cast<double>(from_);
        const double slope = (static_cast<double>(to_) - from) / static_cast<double>(duration_);
        return 2 * wanted / (from + std::sqrt(std::max(0.0, from * from + 2 * slope * wanted)));
    }

private:
    Uint128 during(std::uint64_t t) const
    {
        const Uint128 level = Uint128{from_} * 2 * duration_ * t;
        const Uint128 square = Uint128{t} * t;
        const Uint128 twice = to_ >= from_ ? level + (to_ - from_) * square : level - (from_ - to_) * square;
        return twice / (2 * Uint128{duration_}) * 1000;
    }

    const std::uint64_t from_, to_, duration_;
    const Uint128 top_;
};

// rate(t) = mean * (1 + share * sin(2 pi t / period)). The wave is taken of the time within one period.
class SineCurve : public RateCurve {
public:
    SineCurve(double mean, double share, Duration period)
        : mean_(billionths(mean)),
          share_(share),
          period_(std::max<std::uint64_t>(micros(period), 1)),
          turn_(2 * std::numbers::pi / static_cast<double>(period_)),
          wave_(static_cast<double>(mean_) * share / turn_)
    {
    }

    Uint128 mass(std::uint64_t t) const override
    {
        return Uint128{t} * mean_ + static_cast<Uint128>(wave_ * (1 - std::cos(phase(t))));
    }
    double guess(double target, double from, double fromMass) const override
    {
        // Newton's method; where it does not settle, the search that follows still finds the moment.
        double t = from, reached = fromMass;
        for (int round = 0; round < 8 && mean_ > 0; ++round) {
            const double rate =
                static_cast<double>(mean_) * (1 + share_ * std::sin(phase(static_cast<std::uint64_t>(t))));
            const double step = (target - reached) / std::max(rate, static_cast<double>(mean_) * 0.01);
            t = std::clamp(t + step, 0.0, static_cast<double>(kHorizon));
            if (std::abs(step) < 1e3 && (round > 0 || std::abs(step) * turn_ < 1e-4)) break;
            reached = static_cast<double>(mass(static_cast<std::uint64_t>(t)));
        }
        return mean_ > 0 ? t : static_cast<double>(kHorizon);
    }

private:
    double phase(std::uint64_t t) const { return static_cast<double>(t % period_) * turn_; }

    const std::uint64_t mean_;
    const double share_;
    const std::uint64_t period_;
    const double turn_;
    const double wave_;
};

class BurstCurve : public RateCurve {
public:
    BurstCurve(double calm, double inBurst, Duration burst, Duration period)
        : calm_(billionths(calm)),
          inBurst_(billionths(inBurst)),
          period_(std::max<std::uint64_t>(micros(period), 1)),
          burst_(std::min(micros(burst), period_)),
          cycle_(within(period_))
    {
    }

    Uint128 mass(std::uint64_t t) const override { return t / period_ * cycle_ + within(t % period_); }
    double guess(double target, double, double) const override
    {
        const double cycle = static_cast<double>(cycle_);
        if (cycle == 0) return static_cast<double>(kHorizon);
        // The last record of a cycle belongs to it, not to the begin of the next one.
        const double cycles = std::max(0.0, std::ceil(target / cycle) - 1);
        const double rest = target - cycles * cycle,
                     burstMass = static_cast<double>(inBurst_) * static_cast<double>(burst_);
        const double inside = rest <= burstMass
                                  ? rest / static_cast<double>(inBurst_)
                                  : static_cast<double>(burst_) + (rest - burstMass) / static_cast<double>(calm_);
        return cycles * static_cast<double>(period_) + inside;
    }

private:
    Uint128 within(std::uint64_t t) const
    {
        const std::uint64_t bursting = std::min(t, burst_);
        return Uint128{bursting} * inBurst_ + Uint128{t - bursting} * calm_;
    }

    const std::uint64_t calm_, inBurst_, period_, burst_;
    const Uint128 cycle_;
};

std::unique_ptr<RateCurve> makeCurve(const RateShape& shape)
{
    switch (shape.type) {
    case RateShape::Type::Ramp:
        return std::make_unique<RampCurve>(shape.recordsPerSecond, shape.toRecordsPerSecond, shape.duration);
    case RateShape::Type::Sine:
        return std::make_unique<SineCurve>(shape.recordsPerSecond, shape.amplitudeShare, shape.period);
    case RateShape::Type::Bursts:
        return std::make_unique<BurstCurve>(shape.recordsPerSecond, shape.burstPerSecond, shape.burst, shape.period);
    case RateShape::Type::Constant:
        break;
    }
    return std::make_unique<ConstantCurve>(shape.recordsPerSecond);
}

bool isPeriodic(const RateShape& shape)
{
    return shape.type == RateShape::Type::Sine || shape.type == RateShape::Type::Bursts;
}

} // namespace

RateShape RateShape::read(const Json& properties)
{
    RateShape shape;
    shape.recordsPerSecond = properties.value("RecordsPerSecond", 0.0);
    if (!properties.contains("Pattern")) return shape;
    const Json& pattern = properties["Pattern"];
    const std::string type = pattern.value("Type", std::string("Constant"));
    const auto duration = [&](const char* name) { return fromSeconds(pattern.value(name, 0.0)); };
    if (type == "Ramp") {
        shape.type = Type::Ramp;
        shape.toRecordsPerSecond = pattern.value("ToRecordsPerSecond", 0.0);
        shape.duration = duration("DurationSeconds");
    } else if (type == "Sine") {
        shape.type = Type::Sine;
        shape.amplitudeShare = pattern.value("AmplitudeShare", 0.0);
        shape.period = duration("PeriodSeconds");
        shape.offset = duration("OffsetSeconds");
    } else if (type == "Bursts") {
        shape.type = Type::Bursts;
        shape.burstPerSecond = pattern.value("BurstRecordsPerSecond", 0.0);
        shape.burst = duration("BurstSeconds");
        shape.period = duration("EverySeconds");
        shape.offset = duration("OffsetSeconds");
    }
    return shape;
}

Workload::Workload(const RateShape& shape, Time start) : start_(start) { change(shape, start); }

std::uint64_t Workload::countAt(Time t) const
{
    const std::uint64_t at = std::max(micros(t - zero_), fromMicros_);
    return fromCount_ + static_cast<std::uint64_t>((curve_->mass(at) - fromMass_ + carry_) / RateCurve::kMassPerRecord);
}

Time Workload::timeOf(std::uint64_t n)
{
    if (n <= fromCount_) return zero_ + Duration(fromMicros_);
    const Uint128 target = Uint128{n - fromCount_} * RateCurve::kMassPerRecord - carry_ + fromMass_;
    const auto wanted = static_cast<double>(target);
    if (wanted < lastMass_) {
        lastMicros_ = fromMicros_;
        lastMass_ = static_cast<double>(fromMass_);
    }
    const std::uint64_t at = firstReaching(target, curve_->guess(wanted, static_cast<double>(lastMicros_), lastMass_));
    if (at == kNotReached) return kNever;
    lastMicros_ = at;
    lastMass_ = wanted;
    return zero_ + Duration(at);
}

// The first moment of the curve whose mass is target or more: from the guess by growing steps, then by halving.
std::uint64_t Workload::firstReaching(Uint128 target, double guess) const
{
    std::uint64_t low = 0, step = 1;
    std::uint64_t high = guess < static_cast<double>(kHorizon) ? static_cast<std::uint64_t>(guess) : kHorizon;
    if (curve_->mass(high) >= target) {
        for (;; high = low, step *= 2) {
            if (high == 0) return 0;
            low = high > step ? high - step : 0;
            if (curve_->mass(low) < target) break;
        }
    } else {
        for (low = high;; low = high, step *= 2) {
            if (low == kHorizon) return kNotReached;
            high = std::min(low + step, kHorizon);
            if (curve_->mass(high) >= target) break;
        }
    }
    while (high - low > 1) {
        const std::uint64_t middle = low + (high - low) / 2;
        (curve_->mass(middle) >= target ? high : low) = middle;
    }
    return high;
}

void Workload::change(const RateShape& shape, Time now)
{
    if (curve_) {
        const Uint128 mass = curve_->mass(std::max(micros(now - zero_), fromMicros_)) - fromMass_ + carry_;
        fromCount_ += static_cast<std::uint64_t>(mass / RateCurve::kMassPerRecord);
        carry_ = mass % RateCurve::kMassPerRecord;
    }
    shape_ = shape;
    curve_ = makeCurve(shape);
    zero_ = isPeriodic(shape) ? start_ - shape.offset : now;
    fromMicros_ = micros(now - zero_);
    fromMass_ = curve_->mass(fromMicros_);
    lastMicros_ = fromMicros_;
    lastMass_ = static_cast<double>(fromMass_);
}

} // namespace streamwright::producers
