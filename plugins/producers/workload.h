// SPDX-License-Identifier: GPL-3.0-or-later
// Workload: how many records exist at which moment, from RecordsPerSecond and Pattern. The cumulative count is a closed
// formula of the time (integers, except a sine's wave), so nothing drifts however long a run lasts, and record n exists
// from exactly one microsecond on, the first at which the count reaches n. One owner, one thread.
#pragma once

#include <cstdint>
#include <memory>

#include "core/base/json.h"
#include "core/base/uint128.h"
#include "core/base/units.h"

namespace streamwright::producers {

// RecordsPerSecond and Pattern, read from complete properties.
struct RateShape {
    enum class Type { Constant, Ramp, Sine, Bursts };
    Type type = Type::Constant;
    double recordsPerSecond = 0; // Ramp: at the begin; Sine: the mean; Bursts: between bursts
    double toRecordsPerSecond = 0; // Ramp: after `duration`, and from then on
    Duration duration{0}; // Ramp
    double amplitudeShare = 0; // Sine: 0..1, the share of the mean that the wave adds and takes
    double burstPerSecond = 0; // Bursts: during the first `burst` of every `period`
    Duration burst{0};
    Duration period{0}; // Sine, Bursts
    Duration offset{0}; // Sine, Bursts: how far into its period the run begins

    static RateShape read(const Json& properties);
    bool operator==(const RateShape&) const = default;
};

// The cumulative count of a shape: mass = records times kMassPerRecord, since the shape's begin.
class RateCurve {
public:
    static constexpr std::uint64_t kMassPerRecord = 1'000'000'000'000'000;

    virtual ~RateCurve() = default;
    virtual Uint128 mass(std::uint64_t micros) const = 0;
    // About when the mass reaches target; from: a moment before it with its mass, to begin a search at.
    virtual double guess(double target, double from, double fromMass) const = 0;
};

class Workload {
public:
    Workload(const RateShape& shape, Time start);

    // The records that exist at t.
    std::uint64_t countAt(Time t) const;
    // The moment from which on record n (1, 2, ...) exists; kNever if the rate stays 0. Ascending n is the quick order.
    Time timeOf(std::uint64_t n);
    // Another shape from now on. What exists stays; a sine's and a burst's period goes on, a ramp begins anew.
    void change(const RateShape& shape, Time now);
    const RateShape& shape() const { return shape_; }

private:
    std::uint64_t firstReaching(Uint128 target, double guess) const;

    const Time start_;
    RateShape shape_;
    std::unique_ptr<RateCurve> curve_;
    Time zero_; // where the curve's time begins
    std::uint64_t fromMicros_; // of the curve: the time of the last change
    Uint128 fromMass_; // of the curve, there
    std::uint64_t fromCount_ = 0; // records at that moment
    Uint128 carry_ = 0; // and the part of a record that had grown by then
    std::uint64_t lastMicros_; // the last answer of timeOf
    double lastMass_;
};

} // namespace streamwright::producers
