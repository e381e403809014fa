// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/pipeline_schema.h"

namespace streamwright {

namespace {

constexpr const char* kDuration = "^([0-9]+(\\.[0-9]+)?(d|h|m|s|ms|us))+$";

Json text(const char* description) { return {{"type", "string"}, {"description", description}}; }
Json durationText(const char* description)
{
    Json schema = text(description);
    schema["pattern"] = kDuration;
    return schema;
}

Json object(Json properties, Json required, bool open)
{
    Json schema = {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
    if (!open) schema["additionalProperties"] = false;
    return schema;
}

Json nodeSchema(const Registry& registry)
{
    Json kinds = Json::array(), branches = Json::array();
    for (const auto& [name, entry] : registry.kinds()) {
        kinds.push_back(name);
        Json then = {{"properties", {{"properties", fieldsSchema(entry.kind.fields)}}}};
        if (then["properties"]["properties"].contains("required")) then["required"] = Json::array({"properties"});
        branches.push_back({{"if", {{"properties", {{"kind", {{"const", name}}}}}}}, {"then", std::move(then)}});
    }
    Json schema = object({{"id", {{"type", "string"}, {"pattern", "^[A-Za-z0-9_-]{1,64}$"}}},
                          {"kind", {{"type", "string"}, {"enum", kinds}}},
                          {"properties", {{"type", "object"}}},
                          {"disabled", {{"type", "boolean"}, {"description", "Left out of a run, with its edges."}}}},
                         {"id", "kind"}, true);
    schema["allOf"] = branches;
    return schema;
}

Json edgeSchema()
{
    const Json end = {
        {"type", "string"}, {"pattern", "^[A-Za-z0-9_-]{1,64}\\.[A-Za-z0-9_-]+$"}, {"description", "NODE.PORT"}};
    return object({{"from", end}, {"to", end}, {"properties", {{"type", "object"}}}}, {"from", "to"}, true);
}

Json expectationSchema()
{
    return object(
        {{"metric", text("NODE.NAME or NODE/SHARD.NAME")},
         {"statistic", {{"enum", {"Sum", "Average", "Minimum", "Maximum", "SampleCount", "p50", "p90", "p99"}}}},
         {"is", {{"enum", {"==", "!=", "<", "<=", ">", ">=", "within"}}}},
         {"value", {{"type", "number"}}},
         {"tolerance", {{"type", "number"}}},
         {"after", durationText("Counts only what happens after this time of the run.")}},
        {"metric", "statistic", "is", "value"}, false);
}

Json pairOf(const char* description, bool positive)
{
    Json number = {{"type", "number"}};
    if (positive) number["minimum"] = 1;
    return {{"type", "array"}, {"items", number}, {"minItems", 2}, {"maxItems", 2}, {"description", description}};
}

Json commentSchema()
{
    return object({{"id", text("Unique among the comments.")},
                   {"text", text("What the note says.")},
                   {"at", pairOf("[x, y] of its upper left corner.", false)},
                   {"size", pairOf("[width, height]", true)},
                   {"colour", {{"enum", {"yellow", "blue", "green", "red", "grey"}}}}},
                  {"id"}, true);
}

Json groupSchema()
{
    const Json nodes = {{"type", "array"},
                        {"items", {{"type", "string"}}},
                        {"uniqueItems", true},
                        {"description", "Ids of its nodes; a node is in one group at most."}};
    return object({{"id", text("Unique among the groups.")},
                   {"title", text("Shown on its frame.")},
                   {"nodes", nodes},
                   {"collapsed", {{"type", "boolean"}, {"description", "Drawn as one box."}}}},
                  {"id"}, true);
}

Json chartSchema()
{
    const Json series = {{"type", "array"},
                         {"items", {{"type", "string"}}},
                         {"description", "The lines of a pinned chart: NODE.NAME or NODE/SHARD.NAME."}};
    return object({{"series", series}}, {"series"}, true);
}

Json listOf(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }

} // namespace

Json pipelineSchema(const Registry& registry)
{
    const Json run = object({{"for", durationText("How long a run lasts when nobody says otherwise.")},
                             {"seed", {{"type", "integer"}, {"minimum", 0}}}},
                            Json::array(), false);
    const Json edit =
        object({{"at", durationText("Time of the run.")},
                {"node", text("The node whose properties change.")},
                {"properties", {{"type", "object"}, {"description", "Laid over the node's; null takes one away."}}}},
               {"at", "node", "properties"}, false);
    Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "Streamwright pipeline"}};
    schema.update(object({{"streamwright", {{"const", 1}}},
                          {"name", text("Shown to people.")},
                          {"description", text("One paragraph.")},
                          {"run", run},
                          {"nodes", listOf(nodeSchema(registry))},
                          {"edges", listOf(edgeSchema())},
                          {"edits", listOf(edit)},
                          {"layout", {{"type", "object"}}},
                          {"comments", listOf(commentSchema())},
                          {"groups", listOf(groupSchema())},
                          {"charts", listOf(chartSchema())},
                          {"expect", listOf(expectationSchema())}},
                         {"streamwright"}, true));
    return schema;
}

} // namespace streamwright
