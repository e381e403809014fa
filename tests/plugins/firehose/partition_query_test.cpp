// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/partition_query.h"

#include <rapidcheck/gtest.h>

namespace streamwright::firehose {
namespace {

std::string extracted(const std::string& query, const std::string& record)
{
    const auto parsed = PartitionQuery::parse(query);
    if (!parsed) return "refused: " + parsed.problem().message;
    std::vector<std::string> names, values;
    for (const auto& key : parsed->keys())
        names.push_back(key.name);
    PartitionExtractor extractor(*parsed, names);
    if (const auto done = extractor.extract(record, values); !done) return "failed: " + done.problem().message;
    std::string out;
    for (std::size_t i = 0; i < names.size(); ++i)
        out += (i ? " " : "") + names[i] + "=" + values[i];
    return out;
}

TEST(PartitionQuery, PathsIntoARecord)
{
    const std::string record =
        R"({"customer_id": "1234567890", "type": {"device": "mobile", "a b": [10, {"x": "last"}]}, "n": 7})";
    EXPECT_EQ(extracted("{customer_id: .customer_id}", record), "customer_id=1234567890");
    EXPECT_EQ(extracted("{customer_id:.customer_id,device:.type.device}", record),
              "customer_id=1234567890 device=mobile");
    EXPECT_EQ(extracted(R"({"k": .type["a b"][0], l: .type."a b"[-1].x})", record), "k=10 l=last");
    EXPECT_EQ(extracted("{d: .[\"type\"].device}", record), "d=mobile");
    EXPECT_EQ(extracted("{first: .[0]}", "[5, 6]"), "first=5");
}

TEST(PartitionQuery, ScalarsBecomeText)
{
    EXPECT_EQ(extracted("{a:.a,b:.b,c:.c,d:.d,e:.e}",
                        R"({"a": -3, "b": 18446744073709551615, "c": 1.5, "d": true, "e": "\u00f6/x"})"),
              "a=-3 b=18446744073709551615 c=1.5 d=true e=ö/x");
    EXPECT_EQ(extracted("{a:.a}", "{\"a\": \"with a newline behind\"}\n"), "a=with a newline behind");
}

TEST(PartitionQuery, MissingNullEmptyAndComposedValuesFail)
{
    for (const char* record :
         {R"({"b": 1})", R"({"a": null})", R"({"a": ""})", R"({"a": {}})", R"({"a": [1]})", R"([1])", "7"})
        EXPECT_EQ(extracted("{a: .a}", record), "failed: partitionKeys values must not be null or empty") << record;
    EXPECT_EQ(extracted("{a: .a[2]}", R"({"a": [0, 1]})"), "failed: partitionKeys values must not be null or empty");
    EXPECT_EQ(extracted("{a: .a[-3]}", R"({"a": [0, 1]})"), "failed: partitionKeys values must not be null or empty");
}

TEST(PartitionQuery, ARecordThatIsNotOneJsonDocumentFails)
{
    for (const char* record : {"", "plain text", R"({"a": 1)", R"({"a": 1}{"a": 2})", "{\"a\": \"\xFF\"}"})
        EXPECT_EQ(extracted("{a: .a}", record), "failed: Non JSON record provided") << record;
}

TEST(PartitionQuery, TheRestOfJqIsRefusedWithItsPlace)
{
    for (const char* query : {"",
                              ".a",
                              "{}",
                              "{a}",
                              "{a:.a",
                              "{a:.a} x",
                              "{a: .}",
                              "{a: ..}",
                              "{a: .a|length}",
                              "{a: .a // 1}",
                              "{a: .a[]}",
                              "{a: .a[1:2]}",
                              "{a: .a.[0]}",
                              "{a: (.a)}",
                              "{a: .a, a: .b}",
                              "{a: \"x\"}",
                              "{7: .a}",
                              "{a: .a[\"b]}",
                              "{a: .a[\"\\(.b)\"]}",
                              "{\"\": .a}"})
        EXPECT_TRUE(extracted(query, "{}").starts_with("refused: MetadataExtractionQuery, character "))
            << query << " gave " << extracted(query, "{}");
    EXPECT_NE(extracted("{a: .a|length}", "{}").find("character 7"), std::string::npos);
}

TEST(PartitionQuery, OnlyTheWantedKeysCount)
{
    const auto query = PartitionQuery::parse("{a: .a, b: .b}").value();
    EXPECT_EQ(query.find("c"), nullptr);
    PartitionExtractor extractor(query, {"b"});
    std::vector<std::string> values;
    ASSERT_TRUE(extractor.extract(R"({"b": "x"})", values));
    EXPECT_EQ(values, std::vector<std::string>{"x"});
}

RC_GTEST_PROP(PartitionQuery, AnyTextIsAQueryOrRefused, ())
{
    const auto piece = rc::gen::elementOf(
        std::vector<std::string>{"{", "}", "a", ":", ".", ",", "[", "]", "\"", "0", "-1", " ", "\\", "ö", "(", "|"});
    std::string text = "{a:.";
    for (const auto& part : *rc::gen::container<std::vector<std::string>>(piece))
        text += part;
    const std::string result = extracted(text, text);
    RC_ASSERT(result.starts_with("refused: ") || result.starts_with("failed: ") ||
              result.find('=') != std::string::npos);
}

RC_GTEST_PROP(PartitionQuery, AnyBytesMayBeARecord, (const std::string& record))
{
    const std::string result = extracted("{a: .a[0].b}", record);
    RC_ASSERT(result.starts_with("failed: "));
}

} // namespace
} // namespace streamwright::firehose
