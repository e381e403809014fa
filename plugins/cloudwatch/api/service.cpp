// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>

#include "plugins/cloudwatch/api/actions.h"

namespace streamwright::cloudwatch {

std::string_view shapesText();

api::Service service()
{
    using Effect = api::Action::Effect;
    api::Service service;
    service.name = "monitoring";
    service.targets = {"GraniteServiceVersion20100801"};
    service.jsonVersion = "1.0";
    service.cbor = true;
    service.queryVersion = "2010-08-01";
    service.errorNamespace = "com.amazonaws.cloudwatch#";
    service.xmlNamespace = "http://monitoring.amazonaws.com/doc/2010-08-01/";
    service.shapes = std::make_shared<api::ShapeTable>(shapesText());
    service.actions = {
        {"GetMetricData", Effect::Reads, getMetricData},
        {"GetMetricStatistics", Effect::Reads, getMetricStatistics},
        {"ListMetrics", Effect::Reads, listMetrics},
        {"PutMetricData", Effect::Reads, putMetricData}, // nothing of it is durable
    };
    return service;
}

MetricName metricOf(const api::Value& given, std::string_view nameSpace)
{
    MetricName metric{std::string(given.string("Namespace", nameSpace)), std::string(given.string("MetricName")), {}};
    for (const api::Value& dimension : given.items("Dimensions"))
        metric.dimensions.push_back({std::string(dimension.string("Name")), std::string(dimension.string("Value"))});
    std::sort(metric.dimensions.begin(), metric.dimensions.end());
    return metric;
}

std::vector<Point> pointsOf(api::Host& host, const MetricName& metric, const std::string& unit, const Span& span)
{
    if (!metric.nameSpace.starts_with(kServiceNamespaces))
        return host.state<CustomMetrics>()->points(metric, unit, span);
    const auto series = findSeries(host, metric);
    if (!series || (!unit.empty() && unit != series->unit)) return {};
    return pointsOf(host, *series, span);
}

std::optional<std::size_t> toldBefore(const api::Value& input)
{
    if (!input.has("NextToken")) return 0;
    const std::string_view token = input.string("NextToken");
    std::size_t told = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), told);
    if (error != std::errc() || end != token.data() + token.size()) return std::nullopt;
    return told;
}

// Newer clients know the errors by their shapes, older ones by the codes of the query protocol.
api::ApiError invalidValue(std::string message)
{
    return {
        .code = "InvalidParameterValueException", .message = std::move(message), .queryCode = "InvalidParameterValue"};
}

api::ApiError invalidCombination(std::string message)
{
    return {.code = "InvalidParameterCombinationException",
            .message = std::move(message),
            .queryCode = "InvalidParameterCombination"};
}

api::ApiError missingParameter(std::string message)
{
    return {
        .code = "MissingRequiredParameterException", .message = std::move(message), .queryCode = "MissingParameter"};
}

api::ApiError badToken() { return {"InvalidNextToken", "The parameter NextToken is not valid."}; }

} // namespace streamwright::cloudwatch
