// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/cloudwatch/custom_metrics.h"

#include <algorithm>
#include <cmath>

namespace streamwright::cloudwatch {

namespace {

// With what maps and queues need around them.
constexpr std::size_t kBucketBytes = 320, kMetricBytes = 256, kDimensionBytes = 64;
constexpr std::size_t kSketchEntryBytes = 32;
constexpr double kLargestCount = 1e15; // of one sample in a sketch

std::size_t bytesOf(const MetricName& metric)
{
    std::size_t bytes = kMetricBytes + metric.nameSpace.size() + metric.name.size();
    for (const Dimension& dimension : metric.dimensions)
        bytes += kDimensionBytes + dimension.name.size() + dimension.value.size();
    return bytes;
}

} // namespace

void CustomMetrics::Bucket::add(double value, double count)
{
    add(StatisticSet{count, value * count, value, value});
    // The sketch knows no signs and no parts of samples.
    sketched = sketched && value >= 0 && count <= kLargestCount && count == std::floor(count);
    if (sketched) sketch.add(value, static_cast<std::uint64_t>(count));
}

void CustomMetrics::Bucket::add(const StatisticSet& other)
{
    set.minimum = set.sampleCount > 0 ? std::min(set.minimum, other.minimum) : other.minimum;
    set.maximum = set.sampleCount > 0 ? std::max(set.maximum, other.maximum) : other.maximum;
    set.sampleCount += other.sampleCount;
    set.sum += other.sum;
}

void CustomMetrics::Bucket::merge(const Bucket& other)
{
    add(other.set);
    sketched = sketched && other.sketched;
    if (sketched) sketch.merge(other.sketch);
}

Point CustomMetrics::Bucket::point(Time start, const std::string& unit) const
{
    Point point{start, set.sampleCount, set.sum, set.minimum, set.maximum, 0, 0, 0, sketched, unit};
    const auto percentile = [&](double q) { return std::clamp(sketch.quantile(q), set.minimum, set.maximum); };
    if (sketched) point.p50 = percentile(0.5), point.p90 = percentile(0.9), point.p99 = percentile(0.99);
    return point;
}

void CustomMetrics::put(const Datum& datum)
{
    MutexLock lock(mutex_);
    Bucket& bucket = bucketOf(datum);
    for (const Sample& sample : datum.samples)
        bucket.add(sample.value, sample.count);
    if (datum.set && datum.set->minimum == datum.set->maximum &&
        datum.set->sum == datum.set->minimum * datum.set->sampleCount) {
        bucket.add(datum.set->minimum, datum.set->sampleCount);
    } else if (datum.set) {
        bucket.add(*datum.set);
        bucket.sketched = false;
    }
    if (!bucket.sketched) bucket.sketch.clear();
    const std::size_t bytes = kBucketBytes + kSketchEntryBytes * bucket.sketch.size();
    bytes_ += bytes - bucket.bytes;
    bucket.bytes = bytes;
    while (bytes_ > kMostBytes && made_.size() > 1)
        forgetFirst();
}

CustomMetrics::Bucket& CustomMetrics::bucketOf(const Datum& datum)
{
    const auto [metric, isNewMetric] = metrics_.try_emplace(datum.metric);
    if (isNewMetric) bytes_ += bytesOf(datum.metric);
    const auto [bucket, isNew] = metric->second.try_emplace({cutTo(datum.resolution, datum.time), datum.unit});
    if (isNew) made_.push_back({metric, bucket});
    return bucket->second;
}

void CustomMetrics::forgetFirst()
{
    const Made first = made_.front();
    made_.pop_front();
    bytes_ -= first.bucket->second.bytes;
    first.metric->second.erase(first.bucket);
    if (!first.metric->second.empty()) return;
    bytes_ -= bytesOf(first.metric->first);
    metrics_.erase(first.metric);
}

std::vector<Point> CustomMetrics::points(const MetricName& metric, const std::string& unit, const Span& span) const
{
    MutexLock lock(mutex_);
    std::vector<Point> points;
    const auto found = metrics_.find(metric);
    if (found == metrics_.end()) return points;
    std::map<std::string, Bucket> period; // by unit
    Time start{};
    const auto close = [&] {
        for (const auto& [itsUnit, bucket] : period)
            points.push_back(bucket.point(start, itsUnit));
        period.clear();
    };
    const Buckets& buckets = found->second;
    for (auto at = buckets.lower_bound({span.from, ""}); at != buckets.end() && at->first.first < span.to; ++at) {
        if (!unit.empty() && at->first.second != unit) continue;
        if (const Time begin = span.startOf(at->first.first); begin != start) {
            close();
            start = begin;
        }
        period[at->first.second].merge(at->second);
    }
    close();
    return points;
}

std::vector<MetricName> CustomMetrics::all(std::string_view nameSpace, Time since) const
{
    MutexLock lock(mutex_);
    std::vector<MetricName> all;
    for (const auto& [metric, buckets] : metrics_)
        if ((nameSpace.empty() || metric.nameSpace == nameSpace) && buckets.rbegin()->first.first >= since)
            all.push_back(metric);
    return all;
}

} // namespace streamwright::cloudwatch
