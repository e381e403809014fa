// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/field.h"

#include "core/schema/nearest_name.h"
#include "core/schema/node_kind.h"

namespace streamwright {
namespace {

std::vector<Field> fieldsOf(const std::string& text)
{
    auto fields = readFields(*parseJson(text));
    EXPECT_TRUE(fields) << fields.problem().text();
    return *fields;
}

const std::vector<Field>& example()
{
    static const auto fields = fieldsOf(R"([
      {"name": "Count", "type": "integer", "default": 1, "minimum": 1, "maximum": 10, "unit": "Hours", "rule": "One to ten."},
      {"name": "Rate", "type": "number", "required": true},
      {"name": "Mode", "type": "string", "enum": ["A", "B"], "default": "A"},
      {"name": "Name", "type": "string", "minimum": 2, "maximum": 4, "pattern": "[a-z\u00e4]+"},
      {"name": "Flag", "type": "boolean", "default": false},
      {"name": "Pattern", "type": "object", "shorthand": "Type", "default": {"Type": "Constant"}, "fields": [
        {"name": "Type", "type": "string", "enum": ["Constant", "Ramp"], "default": "Constant"},
        {"name": "To", "type": "number", "default": 5, "when": {"Type": ["Ramp"]}}]},
      {"name": "List", "type": "list", "maximum": 2, "items": {"type": "object", "fields": [{"name": "X", "type": "integer", "default": 3}]}},
      {"name": "Map", "type": "map", "items": {"type": "integer"}}
    ])");
    return fields;
}

std::vector<std::string> problems(const std::string& properties)
{
    std::vector<std::string> out;
    for (const Problem& problem : checkProperties(example(), *parseJson(properties)))
        out.push_back(problem.text());
    return out;
}

TEST(CheckProperties, GoodOnesPass)
{
    EXPECT_TRUE(problems(R"({"Rate": 1})").empty());
    EXPECT_TRUE(
        problems(R"({"Rate": 1.5, "Count": 10, "Mode": "B", "Name": "\u00e4b", "Pattern": {"Type": "Ramp", "To": 1},
                            "List": [{"X": 1}, {}], "Map": {"any": 1}, "Flag": true})")
            .empty());
    EXPECT_TRUE(problems(R"({"Rate": 1, "Pattern": "Ramp", "Count": 3.0})").empty());
}

TEST(CheckProperties, EveryProblemIsReportedWithItsPlaceAndBound)
{
    using Lines = std::vector<std::string>;
    EXPECT_EQ(problems(R"({"Rate": 1, "Count": 11})"), Lines{"/Count: must be at most 10 Hours, not 11: One to ten."});
    EXPECT_EQ(problems(R"({"Rate": 1, "Count": 1.5})"), Lines{"/Count: must be a whole number, not 1.5: One to ten."});
    EXPECT_EQ(problems(R"({"Rate": "1"})"), Lines{"/Rate: must be a number, not \"1\""});
    EXPECT_EQ(problems("{}"), Lines{"Rate is required"});
    EXPECT_EQ(problems(R"({"Rate": 1, "Mode": "C"})"), Lines{"/Mode: must be one of \"A\", \"B\", not \"C\""});
    EXPECT_EQ(problems(R"({"Rate": 1, "Cuont": 2})"), Lines{"/Cuont: there is no property Cuont; did you mean Count?"});
    EXPECT_EQ(problems(R"({"Rate": 1, "Name": "a"})"), Lines{"/Name: must have at least 2 characters"});
    EXPECT_EQ(problems(R"({"Rate": 1, "Name": "AB"})"), Lines{"/Name: must match [a-z\u00e4]+, not \"AB\""});
    EXPECT_EQ(problems(R"({"Rate": 1, "Pattern": {"To": 3}})"),
              Lines{"/Pattern/To: To has a meaning only when Type is \"Ramp\""});
    EXPECT_EQ(problems(R"({"Rate": 1, "List": [{}, {"X": "?"}]})"),
              Lines{"/List/1/X: must be a whole number, not \"?\""});
    EXPECT_EQ(problems(R"({"Rate": 1, "Map": {"a/b": null}})"), Lines{"/Map/a~1b: must be a whole number, not null"});
    EXPECT_EQ(problems(R"({"Rate": 1, "List": [{}, {}, {}]})"), Lines{"/List: must have at most 2 items, not 3"});
    EXPECT_EQ(problems(R"({"Count": 0, "Mode": 7, "Flag": "yes"})").size(), 4u); // and Rate is missing
    EXPECT_EQ(problems("[]"), Lines{"must be an object, not []"});
}

TEST(CompleteProperties, FillsDefaultsInsideObjectsToo)
{
    const Json complete =
        completeProperties(example(), *parseJson(R"({"Rate": 2, "Pattern": "Ramp", "List": [{}], "Count": 4.0})"));
    EXPECT_EQ(complete.dump(),
              R"({"Count":4,"Rate":2,"Mode":"A","Flag":false,"Pattern":{"Type":"Ramp","To":5},"List":[{"X":3}]})");
    EXPECT_EQ(completeProperties(example(), *parseJson(R"({"Rate": 2})"))["Pattern"].dump(), R"({"Type":"Constant"})");
}

TEST(FieldsSchema, SaysTheSameAsTheChecker)
{
    const Json schema = fieldsSchema(example());
    EXPECT_EQ(schema["required"], Json::array({"Rate"}));
    EXPECT_EQ(schema["properties"]["Count"]["maximum"], 10);
    EXPECT_EQ(schema["properties"]["Name"]["maxLength"], 4);
    EXPECT_EQ(schema["properties"]["List"]["items"]["properties"]["X"]["type"], "integer");
    EXPECT_EQ(schema["properties"]["Pattern"]["anyOf"].size(), 2u);
    EXPECT_EQ(schema["additionalProperties"], false);
}

TEST(ReadFields, FaultyDescriptionsAreNamed)
{
    const auto place = [](const char* text) { return readFields(*parseJson(text)).problem().place; };
    EXPECT_EQ(place(R"([{"name": "A", "type": "integer"}, {"type": "integer"}])"), "/1");
    EXPECT_EQ(place(R"([{"name": "A", "type": "int"}])"), "/0");
    EXPECT_EQ(place(R"([{"name": "A", "type": "object", "fields": [{"name": "B", "type": "?"}]}])"), "/0/fields/0");
    EXPECT_EQ(place(R"([{"name": "A", "type": "list"}])"), "/0");
    EXPECT_EQ(place(R"([{"name": "A", "type": "integer", "maximun": 3}])"), "/0");
    EXPECT_EQ(place(R"([{"name": "A", "type": "integer", "minimum": "x"}])"), "/0");
}

TEST(NearestName, FindsSlipsOnly)
{
    const std::vector<std::string> known = {"ShardCount", "RetentionPeriodHours", "Name"};
    EXPECT_EQ(nearestName("shardcount", known), "ShardCount");
    EXPECT_EQ(nearestName("SharCuont", known), "ShardCount");
    EXPECT_EQ(nearestName("Colour", known), "");
}

TEST(NodeKind, ReadsPortsAndMetrics)
{
    const auto kind = readNodeKind(R"({"kind": "K", "title": "T", "family": "F", "icon": "i", "help": "h",
        "ports": [{"name": "in", "direction": "in", "accepts": ["records"]}, {"name": "out", "direction": "out", "carries": "shards", "maximumEdges": 1}],
        "fields": [], "metrics": [{"name": "M", "unit": "Count", "part": "shard"}]})");
    ASSERT_TRUE(kind);
    EXPECT_EQ(kind->port("out")->carries, "shards");
    EXPECT_EQ(kind->port("out")->maximumEdges, 1u);
    EXPECT_EQ(kind->port("nope"), nullptr);
    EXPECT_EQ(kind->metrics[0].part, "shard");
    EXPECT_FALSE(readNodeKind(R"({"kind": "K"})"));
    EXPECT_FALSE(readNodeKind("{"));
}

} // namespace
} // namespace streamwright
