// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of CloudWatch, one a file; service.cpp is the table of them. Any thread.
#pragma once

#include "core/api/service.h"
#include "plugins/cloudwatch/custom_metrics.h"
#include "plugins/cloudwatch/published_metrics.h"
#include "plugins/cloudwatch/statistic.h"

namespace streamwright::cloudwatch {

api::Outcome getMetricData(api::Call& call, api::Writer& answer);
api::Outcome getMetricStatistics(api::Call& call, api::Writer& answer);
api::Outcome listMetrics(api::Call& call, api::Writer& answer);
api::Outcome putMetricData(api::Call& call, api::Writer& answer);

api::Service service();

// What the actions share: the metric that a request names (nameSpace: where it does not say one), what is known of it,
// errors, and tokens that are the number of things told so far.
MetricName metricOf(const api::Value& given, std::string_view nameSpace = {});
std::vector<Point> pointsOf(api::Host& host, const MetricName& metric, const std::string& unit, const Span& span);
api::ApiError invalidValue(std::string message);
api::ApiError invalidCombination(std::string message);
api::ApiError missingParameter(std::string message);
std::optional<std::size_t> toldBefore(const api::Value& input); // nothing: the token is not ours
api::ApiError badToken();

} // namespace streamwright::cloudwatch
