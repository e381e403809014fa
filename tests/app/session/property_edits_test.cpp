// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/property_edits.h"

#include <gtest/gtest.h>

namespace streamwright {
namespace {

const std::vector<Field>& fields()
{
    static const std::vector<Field> read = *readFields(*parseJson(R"([
        {"name": "Rate", "type": "number", "default": 100, "minimum": 0, "maximum": 1000, "rule": "At most 1,000."},
        {"name": "Pattern", "type": "object", "shorthand": "Type", "default": {"Type": "Constant"}, "fields": [
            {"name": "Type", "type": "string", "enum": ["Constant", "Ramp", "Sine"], "default": "Constant"},
            {"name": "To", "type": "number", "default": 5, "when": {"Type": ["Ramp"]}},
            {"name": "Share", "type": "number", "default": 0.5, "when": {"Type": ["Sine", "Ramp"]}}]},
        {"name": "Deep", "type": "object", "default": {}, "fields": [
            {"name": "Deeper", "type": "object", "default": {}, "fields": [{"name": "X", "type": "integer"}]}]},
        {"name": "Schedule", "type": "object", "fields": [{"name": "Every", "type": "number", "default": 1}]},
        {"name": "Faults", "type": "list", "default": [], "items": {"type": "object", "fields": [
            {"name": "Type", "type": "string", "required": true, "enum": ["Fail", "Slow"]},
            {"name": "For", "type": "number", "required": true, "minimum": 2}]}},
        {"name": "Tags", "type": "map", "items": {"type": "string"}}])"));
    return read;
}

std::string put(const char* before, const char* pointer, const std::optional<Json>& value)
{
    return withProperty(fields(), *parseJson(before), pointer, value).dump();
}

TEST(PropertyEdits, SetsAndTakesAwayMembers)
{
    EXPECT_EQ(put("{}", "/Rate", 5), R"({"Rate":5})");
    EXPECT_EQ(put(R"({"Rate":5,"Other":1})", "/Rate", {}), R"({"Other":1})");
    EXPECT_EQ(put("{}", "/a~1b", 1), R"({"a/b":1})");
}

TEST(PropertyEdits, MakesObjectsOnTheWayAndTakesThemAwayWhenThatMeansTheSame)
{
    EXPECT_EQ(put("{}", "/Deep/Deeper/X", 1), R"({"Deep":{"Deeper":{"X":1}}})");
    EXPECT_EQ(put(R"({"Deep":{"Deeper":{"X":1}}})", "/Deep/Deeper/X", {}), "{}");
    EXPECT_EQ(put(R"({"Schedule":{"Every":3}})", "/Schedule/Every", {}), R"({"Schedule":{}})")
        << "a schedule that is there means something without members";
}

TEST(PropertyEdits, KeepsShorthandsWhileNothingElseIsWritten)
{
    EXPECT_EQ(put(R"({"Pattern":"Sine"})", "/Pattern/Type", "Ramp"), R"({"Pattern":"Ramp"})");
    EXPECT_EQ(put(R"({"Pattern":"Sine"})", "/Pattern/Share", 0.1), R"({"Pattern":{"Type":"Sine","Share":0.1}})");
}

TEST(PropertyEdits, TakesAwayWhatHasNoMeaningAnyMore)
{
    EXPECT_EQ(put(R"({"Pattern":{"Type":"Ramp","To":7,"Share":0.1}})", "/Pattern/Type", "Sine"),
              R"({"Pattern":{"Type":"Sine","Share":0.1}})");
    EXPECT_EQ(put(R"({"Pattern":{"Type":"Constant","To":7}})", "/Pattern/Type", "Sine"),
              R"({"Pattern":{"Type":"Sine","To":7}})")
        << "what had none before is a problem for the person to see";
}

TEST(PropertyEdits, EditsListsAndMaps)
{
    EXPECT_EQ(put("{}", "/Faults/-", Json{{"Type", "Fail"}}), R"({"Faults":[{"Type":"Fail"}]})");
    EXPECT_EQ(put(R"({"Faults":[{"Type":"Fail"},{"Type":"Slow"}]})", "/Faults/0", {}),
              R"({"Faults":[{"Type":"Slow"}]})");
    EXPECT_EQ(put(R"({"Faults":[{"Type":"Fail"}]})", "/Faults/0/For", 9), R"({"Faults":[{"Type":"Fail","For":9}]})");
    EXPECT_EQ(put(R"({"Faults":[{"Type":"Fail"}]})", "/Faults/7/For", 9), R"({"Faults":[{"Type":"Fail"}]})");
    EXPECT_EQ(put(R"({"Faults":[{"Type":"Fail"}]})", "/Faults/0", {}), "{}");
    EXPECT_EQ(put("{}", "/Tags/colour", "red"), R"({"Tags":{"colour":"red"}})");
}

TEST(PropertyEdits, FindsFieldsBelowListsAndMaps)
{
    EXPECT_EQ(fieldAt(fields(), "/Faults/3/For")->name, "For");
    EXPECT_EQ(fieldAt(fields(), "/Tags/any")->type, Field::Type::String);
    EXPECT_EQ(fieldAt(fields(), "/Faults/3/None"), nullptr);
    EXPECT_EQ(fieldAt(fields(), "/Rate/None"), nullptr);
}

TEST(PropertyEdits, ChecksAValueByItsFieldAlone)
{
    const auto problems = checkValue(fields()[0], 2000);
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].message, "must be at most 1000, not 2000: At most 1,000.");
    EXPECT_EQ(problems[0].place, "");
    EXPECT_EQ(checkValue(fields()[4], *parseJson(R"([{"Type":"Fail","For":1}])")).at(0).place, "/0/For");
    EXPECT_TRUE(checkValue(*fieldAt(fields(), "/Pattern/To"), 3).empty()) << "whatever its siblings say";
}

TEST(PropertyEdits, ANewItemHasWhatIsRequired)
{
    EXPECT_EQ(newValue(fields()[4].items.front()).dump(), R"({"Type":"Fail","For":2})");
}

} // namespace
} // namespace streamwright
