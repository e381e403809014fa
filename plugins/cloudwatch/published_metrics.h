// SPDX-License-Identifier: GPL-3.0-or-later
// What CloudWatch knows of a run: which metrics of which kind of node it publishes, where and in which unit, as a table;
// and the way from a namespace, a name and dimensions to a metric of the engine and back. Constants and values; any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/host.h"
#include "plugins/cloudwatch/metric_name.h"

namespace streamwright::cloudwatch {

// What a metric is published by: the resource alone, or with a part of it as a second dimension.
enum By : unsigned { Resource = 1, Shard = 2, Consumer = 4 };

struct PublishedMetric {
    std::string_view name, unit;
    unsigned by = Resource;
};

struct Publisher {
    std::string_view kind, nameSpace, dimension;
    std::span<const PublishedMetric> metrics;
};
std::span<const Publisher> publishers();

struct Series {
    MetricName metric;
    std::string_view unit;
    MetricId id;
};

// Nothing when the namespace has no such metric or resource; the metric need not have been recorded.
std::optional<Series> findSeries(const api::Host& host, const MetricName& metric);
// Everything recorded, by namespace, resource and metric. nameSpace: only that, or all when empty.
std::vector<Series> allSeries(const api::Host& host, std::string_view nameSpace);

} // namespace streamwright::cloudwatch
