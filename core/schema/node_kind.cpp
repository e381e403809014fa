// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/node_kind.h"

#include <algorithm>

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

Result<NodeKind> read(const Json& description)
{
    NodeKind kind;
    kind.name = description.at("kind").get<std::string>();
    kind.title = description.at("title").get<std::string>();
    kind.family = description.at("family").get<std::string>();
    kind.icon = description.at("icon").get<std::string>();
    kind.help = description.at("help").get<std::string>();
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
    for (const Json& metric : description.at("metrics"))
        kind.metrics.push_back({metric.at("name").get<std::string>(), metric.at("unit").get<std::string>(),
                                metric.value("part", ""), metric.value("help", "")});
    return kind;
}

} // namespace

const Port* NodeKind::port(std::string_view wanted) const
{
    const auto found = std::find_if(ports.begin(), ports.end(), [&](const Port& port) { return port.name == wanted; });
    return found == ports.end() ? nullptr : &*found;
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
