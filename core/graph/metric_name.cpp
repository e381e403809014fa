// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/metric_name.h"

#include <algorithm>

namespace streamwright {

std::optional<MetricName> parseMetricName(const std::string& text)
{
    const auto slash = text.find('/');
    const auto dot = text.find('.', slash == std::string::npos ? 0 : slash);
    if (dot == std::string::npos || dot == 0 || dot + 1 == text.size() ||
        (slash != std::string::npos && slash + 1 == dot))
        return std::nullopt;
    MetricName name{text.substr(0, std::min(slash, dot)), {}, text.substr(dot + 1)};
    if (slash != std::string::npos) name.part = text.substr(slash + 1, dot - slash - 1);
    return name;
}

std::string metricNameText(const MetricName& name)
{
    return name.node + (name.part.empty() ? "" : "/" + name.part) + "." + name.metric;
}

} // namespace streamwright
