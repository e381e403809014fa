// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "plugins/cloudwatch/api/actions.h"

namespace streamwright::cloudwatch {

namespace {

constexpr std::size_t kMetricsAPage = 500;
constexpr Duration kRecently = std::chrono::hours(3);

bool hasDimension(const Series& series, const api::Value& filter)
{
    return std::any_of(series.dimensions.begin(), series.dimensions.end(), [&](const Dimension& dimension) {
        return dimension.name == filter.string("Name") &&
               (!filter.has("Value") || dimension.value == filter.string("Value"));
    });
}

bool fits(const api::Call& call, const Series& series)
{
    const api::Value& input = call.input();
    if (input.has("MetricName") && input.string("MetricName") != series.id.name) return false;
    const auto filters = input.items("Dimensions");
    if (!std::all_of(filters.begin(), filters.end(), [&](const auto& filter) { return hasDimension(series, filter); }))
        return false;
    if (!input.has("RecentlyActive")) return true;
    const Time now = call.now();
    const MetricStore& metrics = call.host().metrics();
    using Period = MetricStore::Period;
    return !metrics.window(series.id, now - kRecently, kNever, Period::Minute).empty() ||
           !metrics.window(series.id, now - kRecently, kNever, Period::Second).empty();
}

void write(api::Writer& answer, const Series& series)
{
    answer.beginMap();
    answer.member("Namespace", series.nameSpace);
    answer.member("MetricName", series.id.name);
    answer.key("Dimensions");
    answer.beginList();
    for (const Dimension& dimension : series.dimensions) {
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
    call.host().metrics().advance(call.now()); // an idle run closes no periods
    std::vector<Series> all = allSeries(call.host(), call.input().string("Namespace"));
    std::erase_if(all, [&](const Series& series) { return !fits(call, series); });
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
