// SPDX-License-Identifier: GPL-3.0-or-later
// MetricName: what CloudWatch knows a metric by: namespace, name and the exact set of dimensions. A value.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace streamwright::cloudwatch {

struct Dimension {
    std::string name, value;
    auto operator<=>(const Dimension&) const = default;
};

struct MetricName {
    std::string nameSpace, name;
    std::vector<Dimension> dimensions; // sorted: their order means nothing
    auto operator<=>(const MetricName&) const = default;
};

// Only services publish there.
constexpr std::string_view kServiceNamespaces = "AWS/";

} // namespace streamwright::cloudwatch
