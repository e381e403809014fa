// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "plugins/cloudwatch/api/actions.h"

namespace streamwright::cloudwatch {

namespace {

constexpr std::size_t kMostQueries = 500;
constexpr std::int64_t kMostDatapoints = 100'800;

api::ApiError invalid(std::string message) { return {"ValidationError", std::move(message)}; }

bool isId(std::string_view id)
{
    const auto isLower = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto fits = [&](char c) {
        return isLower(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    return isLower(id.front()) && std::all_of(id.begin(), id.end(), fits);
}

struct Query {
    std::string_view id;
    std::string label;
    MetricName metric;
    std::string unit;
    Span span;
    Statistic statistic = nullptr;
    bool returned = true;
};

using Read = std::variant<Query, api::ApiError>;

Read readStat(const api::Value& given, const api::Value& input, Query query)
{
    const std::string_view stat = given.string("Stat");
    const auto span = spanOf(input.find("StartTime")->time(), input.find("EndTime")->time(), given.integer("Period"));
    if (!span) return invalid(span.problem().message);
    query.span = *span;
    query.statistic = statisticOf(stat);
    if (!query.statistic || (isPercentile(stat) && !hasPercentiles(*span)))
        return invalid("The value " + std::string(stat) +
                       " for parameter Stat is not supported: Sum, Average, Minimum, Maximum and SampleCount are, and "
                       "p50, p90 and p99 in periods of 1 and 60 seconds.");
    query.metric = metricOf(*given.find("Metric"));
    query.unit = given.string("Unit");
    if (query.label.empty()) query.label = query.metric.name;
    return query;
}

Read read(const api::Value& given, const api::Value& input)
{
    Query query;
    query.id = given.string("Id");
    query.label = given.string("Label");
    query.returned = given.boolean("ReturnData", true);
    if (!isId(query.id))
        return invalid("The value " + std::string(query.id) +
                       " for parameter Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.");
    if (given.has("Expression"))
        return invalid("Metric math is not supported here: ask for the metrics of the Expression of " +
                       std::string(query.id) + " by MetricStat.");
    const api::Value* stat = given.find("MetricStat");
    if (!stat) return invalid("One of MetricStat and Expression must be specified for " + std::string(query.id) + ".");
    return readStat(*stat, input, std::move(query));
}

std::vector<std::pair<Time, double>> valuesOf(const api::Call& call, const Query& query, bool ascending)
{
    std::vector<std::pair<Time, double>> values;
    for (const Point& point : pointsOf(call.host(), query.metric, query.unit, query.span))
        if (const auto value = query.statistic(point)) values.emplace_back(point.start, *value);
    if (!ascending) std::reverse(values.begin(), values.end());
    return values;
}

void write(api::Writer& answer, const Query& query, std::span<const std::pair<Time, double>> values, bool complete)
{
    answer.beginMap();
    answer.member("Id", query.id);
    answer.member("Label", query.label);
    answer.key("Timestamps");
    answer.beginList();
    for (const auto& [time, value] : values)
        answer.time(time);
    answer.endList();
    answer.key("Values");
    answer.beginList();
    for (const auto& [time, value] : values)
        answer.real(value);
    answer.endList();
    answer.member("StatusCode", complete ? "Complete" : "PartialData");
    answer.endMap();
}

// The page of all values, one query after another, that begins behind those told before. The number told with it; nothing
// when it was the last.
std::optional<std::size_t> writePage(const api::Call& call, const std::vector<Query>& queries, std::size_t toldBefore,
                                     api::Writer& answer)
{
    const api::Value& input = call.input();
    const bool ascending = input.string("ScanBy") == "TimestampAscending";
    const auto room = static_cast<std::size_t>(
        std::clamp<std::int64_t>(input.integer("MaxDatapoints", kMostDatapoints), 1, kMostDatapoints));
    std::size_t begin = 0;
    const std::size_t end = toldBefore + room;
    for (const Query& query : queries) {
        if (!query.returned) continue;
        const auto values = valuesOf(call, query, ascending);
        const std::size_t first = std::max(toldBefore, begin), last = std::min(begin + values.size(), end);
        const bool toldAlready = toldBefore > 0 && begin + values.size() <= toldBefore;
        if (!toldAlready && first < last)
            write(answer, query, std::span(values).subspan(first - begin, last - first), last == begin + values.size());
        else if (!toldAlready && values.empty())
            write(answer, query, {}, true);
        begin += values.size();
        if (begin > end) return end;
    }
    return std::nullopt;
}

} // namespace

api::Outcome getMetricData(api::Call& call, api::Writer& answer)
{
    const api::Value& input = call.input();
    const auto given = input.items("MetricDataQueries");
    if (given.size() > kMostQueries)
        return invalid("The collection MetricDataQueries must not have a size greater than 500.");
    const auto told = toldBefore(input);
    if (!told) return badToken();
    std::vector<Query> queries;
    std::set<std::string_view> ids;
    for (const api::Value& one : given) {
        Read query = read(one, input);
        if (auto* refused = std::get_if<api::ApiError>(&query)) return *refused;
        queries.push_back(std::move(std::get<Query>(query)));
        if (!ids.insert(queries.back().id).second)
            return invalid("The values for parameter id in MetricDataQueries are not unique.");
    }
    answer.beginMap();
    answer.key("MetricDataResults");
    answer.beginList();
    const auto next = writePage(call, queries, *told, answer);
    answer.endList();
    answer.key("Messages");
    answer.beginList();
    answer.endList();
    if (next) answer.member("NextToken", std::to_string(*next));
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::cloudwatch
