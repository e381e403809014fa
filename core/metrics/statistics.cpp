// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace streamwright {

namespace {

constexpr double kGamma = 1.02; // bucket borders; the middle of a bucket is within 1 % of every value in it
constexpr std::int32_t kZeroBucket = std::numeric_limits<std::int32_t>::min();

std::int32_t bucketOf(double value)
{
    static const double kScale = 1.0 / std::log(kGamma);
    return value <= 0 ? kZeroBucket : static_cast<std::int32_t>(std::floor(std::log(value) * kScale));
}

double middleOf(std::int32_t bucket) { return bucket == kZeroBucket ? 0 : std::pow(kGamma, bucket + 0.5); }

} // namespace

void PercentileSketch::add(double value, std::uint64_t count)
{
    if (value != newest_) {
        if (newestCount_ > 0) addTo(bucketOf(newest_), newestCount_);
        newest_ = value;
        newestCount_ = 0;
    }
    newestCount_ += count;
}

void PercentileSketch::addTo(std::int32_t bucket, std::uint64_t count)
{
    const auto at = std::lower_bound(buckets_.begin(), buckets_.end(), bucket,
                                     [](const auto& entry, std::int32_t wanted) { return entry.first < wanted; });
    if (at != buckets_.end() && at->first == bucket)
        at->second += count;
    else
        buckets_.insert(at, {bucket, count});
}

void PercentileSketch::merge(const PercentileSketch& other)
{
    if (buckets_.empty()) {
        buckets_ = other.buckets_;
    } else {
        for (const auto& [bucket, count] : other.buckets_)
            addTo(bucket, count);
    }
    if (other.newestCount_ > 0) add(other.newest_, other.newestCount_);
}

double PercentileSketch::quantile(double q) const
{
    std::uint64_t all = newestCount_;
    for (const auto& entry : buckets_)
        all += entry.second;
    if (all == 0) return 0;
    const auto nth = static_cast<std::uint64_t>(std::ceil(std::clamp(q, 0.0, 1.0) * static_cast<double>(all)));
    const std::uint64_t rank = std::clamp<std::uint64_t>(nth, 1, all);
    auto waiting = newestCount_ > 0 ? std::optional(std::pair(bucketOf(newest_), newestCount_)) : std::nullopt;
    std::uint64_t seen = 0;
    for (auto at = buckets_.begin();;) {
        const bool newestIsNext = waiting && (at == buckets_.end() || waiting->first <= at->first);
        const auto [bucket, count] = newestIsNext ? *std::exchange(waiting, std::nullopt) : *at++;
        seen += count;
        if (seen >= rank) return middleOf(bucket);
    }
}

void Statistics::add(double value, std::uint64_t count)
{
    if (count == 0) return;
    minimum = sampleCount ? std::min(minimum, value) : value;
    maximum = sampleCount ? std::max(maximum, value) : value;
    sampleCount += count;
    sum += value * static_cast<double>(count);
    sketch.add(value, count);
}

void Statistics::merge(const Statistics& other)
{
    if (other.sampleCount == 0) return;
    minimum = sampleCount ? std::min(minimum, other.minimum) : other.minimum;
    maximum = sampleCount ? std::max(maximum, other.maximum) : other.maximum;
    sampleCount += other.sampleCount;
    sum += other.sum;
    sketch.merge(other.sketch);
}

void Statistics::clear()
{
    sampleCount = 0;
    sum = minimum = maximum = 0;
    sketch.clear();
}

double Statistics::percentile(double q) const
{
    // The sketch knows a value within 1 %; the exact ends it knows better.
    if (sampleCount == 0 || minimum == maximum) return minimum; // the usual case of one sample in a second
    return std::clamp(sketch.quantile(q), minimum, maximum);
}

} // namespace streamwright
