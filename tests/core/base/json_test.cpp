// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"

namespace streamwright {
namespace {

TEST(Json, KeepsKeyOrder)
{
    const auto parsed = parseJson(R"({"z":1,"a":{"c":2,"b":3}})");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->dump(), R"({"z":1,"a":{"c":2,"b":3}})");
}

TEST(Json, ErrorNamesTheLine)
{
    const auto parsed = parseJson("{\n  \"a\": 1,\n  \"b\": ]\n}");
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.problem().place, "line 3, column 8");
    EXPECT_NE(parsed.problem().message.find("not valid JSON"), std::string::npos);
}

TEST(Json, RefusesDuplicateKeysWithTheirPlace)
{
    const auto parsed = parseJson("{\n\"a\": 1,\n\"a\": 2}");
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.problem().place.substr(0, 6), "line 3");
    EXPECT_NE(parsed.problem().message.find("\"a\" stands twice"), std::string::npos);
}

TEST(Json, RefusesBottomlessNesting)
{
    EXPECT_TRUE(parseJson(std::string(200, '[') + std::string(200, ']')));
    EXPECT_FALSE(parseJson(std::string(100'000, '[')));
}

TEST(Json, LineOfPointer)
{
    const std::string text =
        "{\n \"nodes\": [\n  {\"id\": \"x,]\\\"\"},\n  {\"id\": \"b\",\n   \"p/q\": {\"r\": 1}}\n ]\n}";
    ASSERT_TRUE(parseJson(text));
    EXPECT_EQ(lineOfPointer(text, ""), 1);
    EXPECT_EQ(lineOfPointer(text, "/nodes/0/id"), 3);
    EXPECT_EQ(lineOfPointer(text, "/nodes/1"), 4);
    EXPECT_EQ(lineOfPointer(text, "/nodes/1/" + pointerToken("p/q") + "/r"), 5);
    EXPECT_EQ(lineOfPointer(text, "/nodes/1/absent/deeper"), 4);
}

} // namespace
} // namespace streamwright
