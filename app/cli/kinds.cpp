// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>
#include <memory>

#include "app/cli/verbs.h"

namespace streamwright::cli {

namespace {

Json kindJson(const NodeKind& kind)
{
    Json ports = Json::array();
    for (const Port& port : kind.ports) {
        const bool in = port.direction == Port::Direction::In;
        Json out = {{"name", port.name}, {"direction", in ? "in" : "out"}};
        if (in)
            out["accepts"] = port.accepts;
        else
            out["carries"] = port.carries;
        if (!port.fields.empty()) out["edgeProperties"] = fieldsSchema(port.fields);
        out["help"] = port.help;
        ports.push_back(std::move(out));
    }
    Json metrics = Json::array();
    for (const MetricKind& metric : kind.metrics)
        metrics.push_back({{"name", metric.name}, {"unit", metric.unit}, {"part", metric.part}, {"help", metric.help}});
    return {{"kind", kind.name}, {"title", kind.title}, {"family", kind.family},
            {"help", kind.help}, {"ports", ports},      {"properties", fieldsSchema(kind.fields)},
            {"metrics", metrics}};
}

void printTable(const Registry& registry)
{
    std::printf("%-40s %-14s %s\n", "KIND", "FAMILY", "TITLE");
    for (const auto& [name, entry] : registry.kinds())
        std::printf("%-40s %-14s %s\n", name.c_str(), entry.kind.family.c_str(), entry.kind.title.c_str());
}

} // namespace

Action addKinds(CLI::App& app, const Registry& registry, CLI::App*& command)
{
    auto json = std::make_shared<bool>(false);
    command = app.add_subcommand("kinds", "Lists the kinds of nodes.");
    command->add_flag("--json", *json, "Everything about them, as JSON");
    return [json, &registry] {
        if (!*json) {
            printTable(registry);
            return kOk;
        }
        Json all = Json::array();
        for (const auto& [name, entry] : registry.kinds())
            all.push_back(kindJson(entry.kind));
        std::printf("%s\n", all.dump(2).c_str());
        return kOk;
    };
}

} // namespace streamwright::cli
