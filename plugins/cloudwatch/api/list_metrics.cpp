// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "plugins/cloudwatch/api/actions.h"

namespace streamwright::cloudwatch {

namespace {

constexpr std::size_t kMetricsAPage = 500;
constexpr Duration kRecently = std::chrono::hours(3), kListed = std::chrono::days(14);

bool hasDimension(const MetricName& metric, const api::Value& filter)
{
    return std::any_of(metric.dimensions.begin(), metric.dimensions.end(), [&](const Dimension& dimension) {
        return dimension.name == filter.string("Name") &&
               (!filter.has("Value") || dimension.value == filter.string("Value"));
    });
}

bool fits(const api::Value& input, const MetricName& metric)
{
    if (input.has("MetricName") && input.string("MetricName") != metric.name) return false;
    const auto filters = input.items("Dimensions");
    return std::all_of(filters.begin(), filters.end(),
                       [&](const auto& filter) { return hasDimension(metric, filter); });
}

bool recorded(const MetricStore& metrics, const MetricId& id, Time since)
{
    using Period = MetricStore::Period;
    return !metrics.window(id, since, kNever, Period::Minute).empty() ||
           !metrics.window(id, since, kNever, Period::Second).empty();
}

// By service and resource, then those that clients publish.
std::vector<MetricName> listed(const api::Call& call)
{
    const api::Value& input = call.input();
    const bool recent = input.has("RecentlyActive");
    call.host().metrics().advance(call.now()); // an idle run closes no periods
    std::vector<MetricName> all;
    for (Series& series : allSeries(call.host(), input.string("Namespace")))
        if (fits(input, series.metric) &&
            (!recent || recorded(call.host().metrics(), series.id, call.now() - kRecently)))
            all.push_back(std::move(series.metric));
    const Time since = call.now() - (recent ? kRecently : kListed);
    for (MetricName& metric : call.host().state<CustomMetrics>()->all(input.string("Namespace"), since))
        if (fits(input, metric)) all.push_back(std::move(metric));
    return all;
}

void write(api::Writer& answer, const MetricName& metric)
{
    answer.beginMap();
    answer.member("Namespace", metric.nameSpace);
    answer.member("MetricName", metric.name);
    answer.key("Dimensions");
    answer.beginList();
    for (const Dimension& dimension : metric.dimensions) {
        answer.beginMap();
        answer.member("Name", dimension.name);
        answer.member("Value", dimension.value);
        answer.endMap();
    }
    answer.endList();
    answer.endMap();
}

} // namespace

api::Outcome listMetrics(api::Call& call, api::Writer& answer)
{
    const auto told = toldBefore(call.input());
    if (!told) return badToken();
    const std::vector<MetricName> all = listed(call);
    const std::size_t end = std::min(all.size(), *told + kMetricsAPage);
    answer.beginMap();
    answer.key("Metrics");
    answer.beginList();
    for (std::size_t i = *told; i < end; ++i)
        write(answer, all[i]);
    answer.endList();
    if (end < all.size()) answer.member("NextToken", std::to_string(end));
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::cloudwatch
