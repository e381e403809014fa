// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/cloudwatch/api/actions.h"

namespace streamwright::cloudwatch {

namespace {

constexpr std::int64_t kMostDatapoints = 1'440;

std::optional<api::ApiError> refusal(const api::Value& input, const Result<Span>& span)
{
    if (!input.has("Statistics") && !input.has("ExtendedStatistics"))
        return missingParameter("At least one of the parameters Statistics and ExtendedStatistics must be specified.");
    if (!span && span.problem().code == ProblemCode::Conflict) return invalidCombination(span.problem().message);
    if (!span) return invalidValue(span.problem().message);
    const std::int64_t datapoints = (span->to - span->from + span->period - Duration(1)) / span->period;
    if (datapoints > kMostDatapoints)
        return invalidCombination("You have requested up to " + std::to_string(datapoints) +
                                  " datapoints, which exceeds the limit of 1,440. You may reduce the datapoints "
                                  "requested by increasing Period, or decreasing the time range.");
    for (const api::Value& name : input.items("ExtendedStatistics"))
        if (!isPercentile(name.string()) || !statisticOf(name.string()) || !hasPercentiles(*span))
            return invalidValue("The value " + std::string(name.string()) +
                                " for parameter ExtendedStatistics is not supported: p50, p90 and p99 are, in "
                                "periods of 1 and 60 seconds.");
    return std::nullopt;
}

void write(const api::Value& input, const Point& point, api::Writer& answer)
{
    answer.beginMap();
    answer.member("Timestamp", point.start);
    for (const api::Value& name : input.items("Statistics"))
        answer.member(name.string(), *statisticOf(name.string())(point));
    answer.member("Unit", point.unit);
    if (point.hasPercentiles && input.has("ExtendedStatistics")) {
        answer.key("ExtendedStatistics");
        answer.beginMap();
        for (const api::Value& name : input.items("ExtendedStatistics"))
            answer.member(name.string(), *statisticOf(name.string())(point));
        answer.endMap();
    }
    answer.endMap();
}

} // namespace

api::Outcome getMetricStatistics(api::Call& call, api::Writer& answer)
{
    const api::Value& input = call.input();
    const auto span = spanOf(input.find("StartTime")->time(), input.find("EndTime")->time(), input.integer("Period"));
    if (auto refused = refusal(input, span)) return *refused;
    answer.beginMap();
    answer.member("Label", input.string("MetricName"));
    answer.key("Datapoints");
    answer.beginList();
    for (const Point& point : pointsOf(call.host(), metricOf(input), std::string(input.string("Unit")), *span))
        if (point.hasPercentiles || input.has("Statistics")) write(input, point, answer);
    answer.endList();
    answer.endMap();
    return api::Answered{};
}

} // namespace streamwright::cloudwatch
