// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/metric_store.h"

#include <algorithm>
#include <bit>

namespace streamwright {

namespace {

constexpr std::int64_t kSecondsInMinute = 60;
// History that all metrics of a run share (72 bytes a datapoint).
constexpr std::size_t kDatapointBudget = 1'500'000;
constexpr std::size_t kMostSeconds = 3600;
constexpr std::size_t kLeastSeconds = 60;
constexpr std::size_t kMostMinutes = 1440;

std::int64_t secondOf(Time t) { return std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count(); }
std::int64_t secondAtOrAfter(Time t) { return std::chrono::ceil<std::chrono::seconds>(t).time_since_epoch().count(); }
Time timeOfSecond(std::int64_t second) { return Time(std::chrono::seconds(second)); }

Datapoint datapointOf(const Statistics& statistics, std::int64_t startSecond)
{
    return {timeOfSecond(startSecond),
            statistics.sampleCount,
            statistics.sum,
            statistics.minimum,
            statistics.maximum,
            static_cast<float>(statistics.percentile(0.50)),
            static_cast<float>(statistics.percentile(0.90)),
            static_cast<float>(statistics.percentile(0.99))};
}

void keepNewest(std::deque<Datapoint>& history, std::size_t most)
{
    while (history.size() > most)
        history.pop_front();
}

} // namespace

void Metric::record(double value, std::uint64_t count)
{
    const MutexLock lock(mutex_);
    add(value, count);
}

void Metric::add(double value, std::uint64_t count)
{
    second_.add(value, count);
    if (!std::exchange(dirty_, true)) store_.markDirty(*this);
}

void MetricRecorder::record(Metric& metric, double value, std::uint64_t count)
{
    metric.mutex_.assertHeld();
    metric.add(value, count);
}

MetricStore::MetricStore(Time start) : openSecond_(secondOf(start)) { }

Metric& MetricStore::metric(const MetricId& id)
{
    const MutexLock lock(mutex_);
    auto& slot = metrics_[id];
    if (!slot) slot.reset(new Metric(*this, nodes_[id.node], id));
    return *slot;
}

void MetricStore::markDirty(Metric& metric)
{
    const MutexLock lock(dirtyMutex_);
    dirty_.push_back(&metric);
}

void MetricStore::advance(Time now)
{
    const std::int64_t second = secondOf(now);
    const MutexLock lock(mutex_);
    if (second <= openSecond_) return;
    closeSecond();
    if (second / kSecondsInMinute != openSecond_ / kSecondsInMinute) closeMinutes();
    openSecond_ = second;
}

void MetricStore::finish()
{
    const MutexLock lock(mutex_);
    closeSecond();
    closeMinutes();
}

std::size_t MetricStore::secondsKept() const
{
    return std::clamp(kDatapointBudget / 2 / std::max<std::size_t>(metrics_.size(), 1), kLeastSeconds, kMostSeconds);
}

std::size_t MetricStore::minutesKept() const { return std::min(kMostMinutes, secondsKept()); }

void MetricStore::closeSecond()
{
    std::vector<Metric*> dirty;
    {
        const MutexLock lock(dirtyMutex_);
        dirty.swap(dirty_);
    }
    for (Metric* metric : dirty) {
        Statistics second;
        {
            const MutexLock lock(metric->mutex_);
            std::swap(second, metric->second_);
            metric->dirty_ = false;
        }
        if (metric->minute_.sampleCount == 0) openMinutes_.push_back(metric);
        metric->seconds_.push_back(datapointOf(second, openSecond_));
        keepNewest(metric->seconds_, secondsKept());
        metric->minute_.merge(second);
        metric->total_.merge(second);
        for (auto& [from, statistics] : metric->watches_)
            if (openSecond_ >= from) statistics.merge(second);
        metric->digest_.add(static_cast<std::uint64_t>(openSecond_));
        metric->digest_.add(second.sampleCount);
        for (const double value : {second.sum, second.minimum, second.maximum})
            metric->digest_.add(std::bit_cast<std::uint64_t>(value));
    }
}

void MetricStore::closeMinutes()
{
    const std::int64_t minuteStart = openSecond_ - openSecond_ % kSecondsInMinute;
    for (Metric* metric : std::exchange(openMinutes_, {})) {
        metric->minutes_.push_back(datapointOf(metric->minute_, minuteStart));
        keepNewest(metric->minutes_, minutesKept());
        metric->minute_.clear();
    }
}

std::vector<MetricSnapshot> MetricStore::snapshot(Detail detail, const std::string& node) const
{
    const MutexLock lock(mutex_);
    std::vector<MetricSnapshot> out;
    for (const auto& [id, metric] : metrics_) {
        if (metric->total_.sampleCount == 0 || (!node.empty() && id.node != node)) continue;
        MetricSnapshot snapshot{id, metric->total_, {}, {}};
        if (detail == Detail::WithHistory) {
            snapshot.seconds.assign(metric->seconds_.begin(), metric->seconds_.end());
            snapshot.minutes.assign(metric->minutes_.begin(), metric->minutes_.end());
        }
        out.push_back(std::move(snapshot));
    }
    return out;
}

namespace {

DatapointRange within(const std::deque<Datapoint>& history, Time from, Time to)
{
    if (history.empty() || history.back().start < from) return {history.end(), history.end()};
    const auto before = [](Time t) { return [t](const Datapoint& point) { return point.start < t; }; };
    // Everything so far is the usual question: then nothing is searched for.
    const bool all = from <= Time{} || history.front().start >= from;
    const auto begin = all ? history.begin() : std::partition_point(history.begin(), history.end(), before(from));
    return {begin, history.back().start < to ? history.end() : std::partition_point(begin, history.end(), before(to))};
}

} // namespace

void MetricStore::visit(Time from, Time to, Period period, const std::string& node, const Visitor& visitor) const
{
    const MutexLock lock(mutex_);
    for (auto at = node.empty() ? metrics_.begin() : metrics_.lower_bound({node, "", ""}); at != metrics_.end(); ++at) {
        const auto& [id, metric] = *at;
        if (!node.empty() && id.node != node) break;
        const DatapointRange points = within(period == Period::Second ? metric->seconds_ : metric->minutes_, from, to);
        if (!points.empty()) visitor(id, points);
    }
}

std::vector<Datapoint> MetricStore::window(const MetricId& id, Time from, Time to, Period period) const
{
    const MutexLock lock(mutex_);
    const auto found = metrics_.find(id);
    if (found == metrics_.end()) return {};
    const Metric& metric = *found->second;
    const DatapointRange points = within(period == Period::Second ? metric.seconds_ : metric.minutes_, from, to);
    return {points.begin(), points.end()};
}

Time MetricStore::oldestSecond(const MetricId& id) const
{
    const MutexLock lock(mutex_);
    const auto found = metrics_.find(id);
    return found == metrics_.end() || found->second->seconds_.empty() ? kNever : found->second->seconds_.front().start;
}

std::vector<MetricId> MetricStore::idsOf(const std::string& node) const
{
    const MutexLock lock(mutex_);
    std::vector<MetricId> ids;
    for (auto at = metrics_.lower_bound({node, "", ""}); at != metrics_.end() && at->first.node == node; ++at)
        if (at->second->total_.sampleCount > 0) ids.push_back(at->first);
    return ids;
}

Statistics MetricStore::total(const MetricId& id) const
{
    const MutexLock lock(mutex_);
    const auto found = metrics_.find(id);
    if (found == metrics_.end()) return {};
    Statistics total = found->second->total_;
    const MutexLock metricLock(found->second->mutex_);
    total.merge(found->second->second_);
    return total;
}

void MetricStore::watch(const MetricId& id, Time from)
{
    Metric& watched = metric(id);
    const MutexLock lock(mutex_);
    watched.watches_.emplace_back(secondAtOrAfter(from), Statistics{});
}

Statistics MetricStore::watched(const MetricId& id, Time from) const
{
    const MutexLock lock(mutex_);
    const auto found = metrics_.find(id);
    if (found == metrics_.end()) return {};
    for (const auto& [second, statistics] : found->second->watches_)
        if (second == secondAtOrAfter(from)) return statistics;
    return {};
}

void MetricStore::digest(RunningDigest& into) const
{
    const MutexLock lock(mutex_);
    for (const auto& [id, metric] : metrics_) {
        if (metric->total_.sampleCount == 0) continue; // asked for, never recorded
        into.add(id.node);
        into.add(id.part);
        into.add(id.name);
        into.add(metric->digest_.value());
    }
}

} // namespace streamwright
