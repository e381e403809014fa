// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of CloudWatch, one a file; service.cpp is the table of them. Any thread.
#pragma once

#include "core/api/service.h"
#include "plugins/cloudwatch/published_metrics.h"

namespace streamwright::cloudwatch {

api::Outcome getMetricData(api::Call& call, api::Writer& answer);
api::Outcome getMetricStatistics(api::Call& call, api::Writer& answer);
api::Outcome listMetrics(api::Call& call, api::Writer& answer);

api::Service service();

// What the actions share: dimensions of a request, and tokens that are the number of things told so far.
std::vector<Dimension> dimensionsOf(const api::Value& metric);
std::optional<std::size_t> toldBefore(const api::Value& input); // nothing: the token is not ours
api::ApiError badToken();

} // namespace streamwright::cloudwatch
