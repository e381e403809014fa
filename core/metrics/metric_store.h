// SPDX-License-Identifier: GPL-3.0-or-later
// MetricStore: every metric of a run, by node, part (a shard, a consumer, or "" for the whole node) and name, in periods
// of one second and one minute, with a total over the run. Owned by the engine. Any thread may call: the scheduler advances,
// and so does who looks at an idle run; a time passed before does nothing. History is bounded: at most an hour of seconds
// and a day of minutes a metric, less when there are thousands of metrics.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "core/base/digest.h"
#include "core/base/mutex.h"
#include "core/base/units.h"
#include "core/metrics/statistics.h"

namespace streamwright {

struct MetricId {
    std::string node;
    std::string part;
    std::string name;
    auto operator<=>(const MetricId&) const = default;
};

// A closed period.
struct Datapoint {
    Time start{};
    std::uint64_t sampleCount = 0;
    double sum = 0, minimum = 0, maximum = 0;
    float p50 = 0, p90 = 0, p99 = 0;
};

class MetricStore;

// What a sample touches lies in one line of the processor's cache: a request may leave samples in hundreds of metrics.
class alignas(64) Metric {
public:
    // One sample a service operation, as CloudWatch counts them; count samples of the same value at once.
    void record(double value, std::uint64_t count = 1) EXCLUDES(mutex_);
    // For who is about to record: fetches that line.
    void prefetch() const { __builtin_prefetch(this, 1); }

private:
    friend class MetricStore;
    friend class MetricRecorder;
    Metric(MetricStore& store, Mutex& ofNode, MetricId id) : mutex_(ofNode), store_(store), id_(std::move(id)) { }
    void add(double value, std::uint64_t count) REQUIRES(mutex_);

    Mutex& mutex_; // of all the node's metrics
    bool dirty_ GUARDED_BY(mutex_) = false;
    Statistics second_ GUARDED_BY(mutex_);
    MetricStore& store_;
    const MetricId id_;
    // Written only by advance and read by snapshots, under the store's mutex.
    Statistics minute_;
    Statistics total_;
    std::deque<Datapoint> seconds_;
    std::deque<Datapoint> minutes_;
    std::vector<std::pair<std::int64_t, Statistics>> watches_; // from that second on
    RunningDigest digest_;
};

// Records samples of many metrics of one node under one lock. No metric may be asked for meanwhile.
class SCOPED_CAPABILITY MetricRecorder {
public:
    // Of the node that the metric is of.
    explicit MetricRecorder(Metric& metric) ACQUIRE(metric.mutex_) : lock_(metric.mutex_) { }
    ~MetricRecorder() RELEASE() { }
    void record(Metric& metric, double value, std::uint64_t count = 1);

private:
    MutexLock lock_;
};

struct MetricSnapshot {
    MetricId id;
    Statistics total;
    std::vector<Datapoint> seconds;
    std::vector<Datapoint> minutes;
};

// Closed periods of one metric, by time.
class DatapointRange {
public:
    using Iterator = std::deque<Datapoint>::const_iterator;

    DatapointRange(Iterator begin, Iterator end) : begin_(begin), end_(end) { }
    Iterator begin() const { return begin_; }
    Iterator end() const { return end_; }
    bool empty() const { return begin_ == end_; }

private:
    Iterator begin_, end_;
};

class MetricStore {
public:
    explicit MetricStore(Time start);

    // The metric of that id, made at first use; stays valid as long as the store.
    Metric& metric(const MetricId& id) EXCLUDES(mutex_);

    // Closes the periods that end at or before now.
    void advance(Time now) EXCLUDES(mutex_);
    // Closes the open periods too: at the end of a run.
    void finish() EXCLUDES(mutex_);

    enum class Detail { TotalsOnly, WithHistory };
    // Closed periods only, sorted by id; those never recorded are left out. node: only that node's, or all when empty.
    std::vector<MetricSnapshot> snapshot(Detail detail, const std::string& node = {}) const EXCLUDES(mutex_);
    enum class Period { Second, Minute };
    // Calls visit(id, points) for every metric that has closed periods which begin in [from, to), sorted by id. Under the
    // store's lock: visit must be quick and must not call the store. node: only that node's, or all when empty.
    using Visitor = std::function<void(const MetricId&, DatapointRange)>;
    void visit(Time from, Time to, Period period, const std::string& node, const Visitor& visitor) const
        EXCLUDES(mutex_);
    // The same of one metric, copied.
    std::vector<Datapoint> window(const MetricId& id, Time from, Time to, Period period) const EXCLUDES(mutex_);
    // When the oldest second of the metric that is still kept begins; kNever when none is.
    Time oldestSecond(const MetricId& id) const EXCLUDES(mutex_);
    // Every metric of the node that was ever recorded.
    std::vector<MetricId> idsOf(const std::string& node) const EXCLUDES(mutex_);
    // The total so far, the open second included; nothing when never recorded.
    Statistics total(const MetricId& id) const EXCLUDES(mutex_);
    // From the second that begins at or after t: the statistics of what is recorded from then on. Call watch beforehand.
    void watch(const MetricId& id, Time from) EXCLUDES(mutex_);
    Statistics watched(const MetricId& id, Time from) const EXCLUDES(mutex_);
    // Over every closed period of every metric.
    void digest(RunningDigest& into) const EXCLUDES(mutex_);

private:
    friend class Metric;
    void markDirty(Metric& metric) EXCLUDES(dirtyMutex_);
    void closeSecond() REQUIRES(mutex_);
    void closeMinutes() REQUIRES(mutex_);
    std::size_t secondsKept() const REQUIRES(mutex_);
    std::size_t minutesKept() const REQUIRES(mutex_);

    mutable Mutex mutex_;
    std::map<std::string, Mutex> nodes_ GUARDED_BY(mutex_);
    std::map<MetricId, std::unique_ptr<Metric>> metrics_ GUARDED_BY(mutex_);
    std::int64_t openSecond_ GUARDED_BY(mutex_);
    std::vector<Metric*> openMinutes_ GUARDED_BY(mutex_); // those with samples in the open minute
    Mutex dirtyMutex_;
    std::vector<Metric*> dirty_ GUARDED_BY(dirtyMutex_);
};

} // namespace streamwright
