// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/replay_pace.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace streamwright::producers {

namespace {

constexpr double kDefaultRate = 100;

RateShape rateOf(const Json& properties)
{
    RateShape shape;
    shape.recordsPerSecond = properties.value("RecordsPerSecond", kDefaultRate);
    return shape;
}

Duration scaled(Duration span, double factor)
{
    constexpr double kLongest = 3e15; // a century
    return Duration(std::llround(std::clamp(static_cast<double>(span.count()) * factor, -kLongest, kLongest)));
}

} // namespace

ReplayPace::ReplayPace(const Json& properties, Time start)
    : byTimestamp_(properties.contains("Timestamp")),
      last_(start),
      anchorDue_(start)
{
    if (!byTimestamp_) workload_.emplace(rateOf(properties), start);
    speed_ = properties.value("Speed", 1.0);
}

Time ReplayPace::due(std::uint64_t number, Time recorded)
{
    if (!byTimestamp_) {
        const Time t = workload_->timeOf(number);
        return t == kNever ? t : last_ = std::max(last_, t);
    }
    const bool first = !std::exchange(anchored_, true);
    if (first) anchorRecorded_ = recorded;
    last_ = std::max(last_, anchorDue_ + scaled(recorded - anchorRecorded_, 1 / speed_));
    if (first) roundBegin_ = last_;
    return last_;
}

void ReplayPace::endRound(std::uint64_t records)
{
    if (!byTimestamp_) return;
    const Duration gap = records > 1 ? (last_ - roundBegin_) / static_cast<std::int64_t>(records - 1) : Duration(0);
    anchorDue_ = last_ + (gap > Duration(0) ? gap : seconds(1));
    anchored_ = false;
}

void ReplayPace::change(const Json& properties, Time now)
{
    if (!byTimestamp_) {
        if (!(rateOf(properties) == workload_->shape())) workload_->change(rateOf(properties), now);
        return;
    }
    const double speed = properties.value("Speed", 1.0);
    if (speed == speed_) return;
    if (anchored_) {
        anchorRecorded_ += scaled(now - anchorDue_, speed_);
        anchorDue_ = now;
    }
    speed_ = speed;
}

} // namespace streamwright::producers
