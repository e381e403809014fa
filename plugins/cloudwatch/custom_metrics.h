// SPDX-License-Identifier: GPL-3.0-or-later
// CustomMetrics: what clients publish by PutMetricData: statistics by metric, unit and period (a minute, or a second of
// high resolution). In memory only, and bounded: beyond kMostBytes the datapoint that was made first is forgotten, and a
// metric with its last one. Any thread.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/mutex.h"
#include "core/metrics/statistics.h"
#include "plugins/cloudwatch/metric_name.h"
#include "plugins/cloudwatch/statistic.h"

namespace streamwright::cloudwatch {

class CustomMetrics {
public:
    static constexpr std::size_t kMostBytes = 64u << 20;

    struct Sample {
        double value = 0, count = 1;
    };
    struct StatisticSet {
        double sampleCount = 0, sum = 0, minimum = 0, maximum = 0;
    };
    struct Datum {
        MetricName metric;
        std::string unit;
        Time time{};
        Duration resolution{}; // a second or a minute
        std::vector<Sample> samples; // counts above 0
        std::optional<StatisticSet> set;
    };
    void put(const Datum& datum) EXCLUDES(mutex_);

    // Periods with data only, by time; one a unit, or those of that unit only.
    std::vector<Point> points(const MetricName& metric, const std::string& unit, const Span& span) const
        EXCLUDES(mutex_);
    // Sorted; those with a datapoint at or after that time. nameSpace: only that, or all when empty.
    std::vector<MetricName> all(std::string_view nameSpace, Time since) const EXCLUDES(mutex_);

private:
    struct Bucket {
        StatisticSet set;
        PercentileSketch sketch;
        bool sketched = true; // the sketch has every sample
        std::size_t bytes = 0; // about

        void add(double value, double count);
        void add(const StatisticSet& other);
        void merge(const Bucket& other);
        Point point(Time start, const std::string& unit) const;
    };
    using Buckets = std::map<std::pair<Time, std::string>, Bucket>; // by start and unit
    using Metrics = std::map<MetricName, Buckets>;
    struct Made {
        Metrics::iterator metric;
        Buckets::iterator bucket;
    };

    Bucket& bucketOf(const Datum& datum) REQUIRES(mutex_);
    void forgetFirst() REQUIRES(mutex_);

    mutable Mutex mutex_;
    Metrics metrics_ GUARDED_BY(mutex_);
    std::deque<Made> made_ GUARDED_BY(mutex_); // oldest first
    std::size_t bytes_ GUARDED_BY(mutex_) = 0;
};

} // namespace streamwright::cloudwatch
