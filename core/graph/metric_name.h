// SPDX-License-Identifier: GPL-3.0-or-later
// How the pipeline file names a metric of a node: "clicks.IncomingRecords", "clicks/shardId-000000000000.IncomingRecords".
// Values; any thread.
#pragma once

#include <optional>
#include <string>

namespace streamwright {

constexpr const char* kMetricNameRule = "a metric is written NODE.NAME or NODE/SHARD.NAME";

struct MetricName {
    std::string node, part, metric; // part: a shard or a consumer, "" for the node
    bool operator==(const MetricName&) const = default;
};

std::optional<MetricName> parseMetricName(const std::string& text);
std::string metricNameText(const MetricName& name);

} // namespace streamwright
