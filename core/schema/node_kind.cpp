// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/node_kind.h"

#include <algorithm>
#include <array>
#include <utility>

namespace streamwright {

namespace {

Result<Port> readPort(const Json& description, const std::string& place)
{
    Port port;
    port.name = description.at("name").get<std::string>();
    const auto direction = description.at("direction").get<std::string>();
    if (direction != "in" && direction != "out")
        return Problem{ProblemCode::InvalidInput, "the direction of a port is in or out", place};
    port.direction = direction == "in" ? Port::Direction::In : Port::Direction::Out;
    if (port.direction == Port::Direction::In)
        port.accepts = description.at("accepts").get<std::vector<std::string>>();
    else
        port.carries = description.at("carries").get<std::string>();
    port.maximumEdges = description.value("maximumEdges", std::size_t{0});
    port.required = description.value("required", false);
    port.help = description.value("help", "");
    auto fields = readFields(description.value("fields", Json::array()));
    if (!fields)
        return Problem{fields.problem().code, fields.problem().message, place + "/fields" + fields.problem().place};
    port.fields = std::move(*fields);
    return port;
}

constexpr std::array<std::pair<std::string_view, MetricRole>, 11> kRoles = {{{"in", MetricRole::In},
                                                                             {"inBytes", MetricRole::InBytes},
                                                                             {"out", MetricRole::Out},
                                                                             {"outBytes", MetricRole::OutBytes},
                                                                             {"throttled", MetricRole::Throttled},
                                                                             {"failed", MetricRole::Failed},
                                                                             {"success", MetricRole::Success},
                                                                             {"age", MetricRole::Age},
                                                                             {"depth", MetricRole::Depth},
                                                                             {"fill", MetricRole::Fill},
                                                                             {"latency", MetricRole::Latency}}};

std::optional<MetricLimit> readLimit(const Json& metric)
{
    if (!metric.contains("limit")) return {};
    const Json& limit = metric.at("limit");
    if (limit.is_number()) return MetricLimit{limit.get<double>(), "", 1, ""};
    return MetricLimit{limit.value("value", 0.0), limit.value("property", ""), limit.value("times", 1.0),
                       limit.value("metric", "")};
}

Result<MetricKind> readMetric(const Json& description, const std::string& place)
{
    MetricKind metric;
    metric.name = description.at("name").get<std::string>();
    metric.unit = description.at("unit").get<std::string>();
    metric.part = description.value("part", "");
    metric.help = description.value("help", "");
    const auto role = description.value("role", "");
    const auto known = std::find_if(kRoles.begin(), kRoles.end(), [&](const auto& r) { return r.first == role; });
    if (known != kRoles.end())
        metric.role = known->second;
    else if (!role.empty())
        return Problem{ProblemCode::InvalidInput, "there is no role " + role, place + "/role"};
    metric.things = description.value("things", "");
    metric.limit = readLimit(description);
    metric.advice = description.value("advice", "");
    metric.charted = description.value("chart", false);
    metric.title = description.value("title", metric.name);
    return metric;
}

Result<NodeKind> read(const Json& description)
{
    NodeKind kind;
    kind.name = description.at("kind").get<std::string>();
    kind.title = description.at("title").get<std::string>();
    kind.family = description.at("family").get<std::string>();
    kind.icon = description.at("icon").get<std::string>();
    kind.help = description.at("help").get<std::string>();
    kind.nameField = description.value("nameField", "");
    kind.keeps = description.value("keeps", false);
    const Json& ports = description.at("ports");
    for (std::size_t i = 0; i < ports.size(); ++i) {
        auto port = readPort(ports[i], "/ports/" + std::to_string(i));
        if (!port) return port.problem();
        kind.ports.push_back(std::move(*port));
    }
    auto fields = readFields(description.at("fields"));
    if (!fields) return Problem{fields.problem().code, fields.problem().message, "/fields" + fields.problem().place};
    kind.fields = std::move(*fields);
    const Json& metrics = description.at("metrics");
    for (std::size_t i = 0; i < metrics.size(); ++i) {
        auto metric = readMetric(metrics[i], "/metrics/" + std::to_string(i));
        if (!metric) return metric.problem();
        kind.metrics.push_back(std::move(*metric));
    }
    return kind;
}

} // namespace

const Port* NodeKind::port(std::string_view wanted) const
{
    const auto found = std::find_if(ports.begin(), ports.end(), [&](const Port& port) { return port.name == wanted; });
    return found == ports.end() ? nullptr : &*found;
}

const MetricKind* NodeKind::metric(std::string_view wanted) const
{
    const auto found =
        std::find_if(metrics.begin(), metrics.end(), [&](const MetricKind& metric) { return metric.name == wanted; });
    return found == metrics.end() ? nullptr : &*found;
}

const MetricKind* NodeKind::metricOf(MetricRole role) const
{
    const auto found =
        std::find_if(metrics.begin(), metrics.end(), [&](const MetricKind& metric) { return metric.role == role; });
    return found == metrics.end() ? nullptr : &*found;
}

const MetricKind* NodeKind::mainRate() const
{
    const MetricKind* in = metricOf(MetricRole::In);
    return in ? in : metricOf(MetricRole::Out);
}

std::string_view usualStatistic(const MetricKind& metric)
{
    switch (metric.role) {
    case MetricRole::Success:
        return "Average";
    case MetricRole::Age:
    case MetricRole::Depth:
    case MetricRole::Fill:
        return "Maximum";
    case MetricRole::Latency:
        return "p99";
    default:
        break;
    }
    const bool counted = metric.role != MetricRole::None || metric.unit == "Count" || metric.unit == "Bytes";
    return counted ? "Sum" : "Maximum";
}

Result<NodeKind> readNodeKind(std::string_view json)
{
    const auto description = parseJson(json);
    if (!description) return description.problem();
    try {
        return read(*description);
    } catch (const Json::exception& error) {
        return Problem{ProblemCode::InvalidInput, error.what(), ""};
    }
}

} // namespace streamwright
