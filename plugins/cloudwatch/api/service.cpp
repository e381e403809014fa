// SPDX-License-Identifier: GPL-3.0-or-later
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
    service.xmlNamespace = "http://monitoring.amazonaws.com/doc/2010-08-01/";
    service.shapes = std::make_shared<api::ShapeTable>(shapesText());
    service.actions = {
        {"GetMetricData", Effect::Reads, getMetricData},
        {"GetMetricStatistics", Effect::Reads, getMetricStatistics},
        {"ListMetrics", Effect::Reads, listMetrics},
    };
    return service;
}

std::vector<Dimension> dimensionsOf(const api::Value& metric)
{
    std::vector<Dimension> dimensions;
    for (const api::Value& dimension : metric.items("Dimensions"))
        dimensions.push_back({std::string(dimension.string("Name")), std::string(dimension.string("Value"))});
    return dimensions;
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

api::ApiError badToken() { return {"InvalidNextToken", "The parameter NextToken is not valid."}; }

} // namespace streamwright::cloudwatch
