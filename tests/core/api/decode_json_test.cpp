// SPDX-License-Identifier: GPL-3.0-or-later
#include <rapidcheck/gtest.h>

#include "core/api/decode.h"
#include "core/api/encode.h"

namespace streamwright::api {
namespace {

bool decodes(std::string body)
{
    Document document;
    return static_cast<bool>(decodeJson(body, document));
}

TEST(DecodeJson, EveryTypeOfValue)
{
    std::string body =
        " {\"text\" : \"a\\\"b\\u00e9\" , \"int\": -5, \"real\":1.5e3, \"yes\":true,\"no\":false,\"null\":null,"
        "\"list\":[1,[],{}], \"k\\u0065y\":\"plain\" } ";
    Document document;
    ASSERT_TRUE(decodeJson(body, document));
    const Value& root = document.root;
    EXPECT_EQ(root.string("text"), "a\"bé");
    EXPECT_EQ(root.integer("int"), -5);
    EXPECT_EQ(root.find("real")->real(), 1500);
    EXPECT_TRUE(root.boolean("yes"));
    EXPECT_FALSE(root.boolean("no", true));
    EXPECT_EQ(root.find("null"), nullptr);
    EXPECT_FALSE(root.has("absent"));
    EXPECT_EQ(root.items("list").size(), 3u);
    EXPECT_TRUE(root.items("list")[1].items().empty());
    EXPECT_EQ(root.string("key"), "plain");
    EXPECT_EQ(root.members().size(), 8u);
}

TEST(DecodeJson, TextsWithoutEscapesStayInTheBody)
{
    std::string body = R"({"Data":"Zm9v"})";
    Document document;
    ASSERT_TRUE(decodeJson(body, document));
    const std::string_view data = document.root.string("Data");
    EXPECT_TRUE(data.data() >= body.data() && data.data() < body.data() + body.size());
}

TEST(DecodeJson, RefusesWhatIsNoJson)
{
    for (const char* bad : {"",
                            " ",
                            "{",
                            "}",
                            "[",
                            "{\"a\"}",
                            "{\"a\":}",
                            "{\"a\":1,}",
                            "{,}",
                            "[1,]",
                            "[1 2]",
                            "{\"a\":1}}",
                            "{\"a\":1} x",
                            "{} {}",
                            "{\"a\":tru}",
                            "{\"a\":nul}",
                            "{\"a\":nullx}",
                            "{\"a\":truee}",
                            "{\"a\":01}",
                            "{\"a\":1.}",
                            "{\"a\":+1}",
                            "{\"a\":1e}",
                            "{\"a\":\"x}",
                            "{\"a\":\"\\x\"}",
                            "{\"a\":\"\\ud800\"}",
                            "{\"a\":\"\t\"}",
                            "{\"a\":'b'}",
                            "{a:1}",
                            "{1:1}",
                            "nul",
                            "{\"a\":\"\xff\"}",
                            "{\"\xc3\":1}",
                            "{\"a\":1e400}",
                            "{\"a\":NaN}",
                            "Action=PutRecord"})
        EXPECT_FALSE(decodes(bad)) << bad;
}

TEST(DecodeJson, DepthIsBounded)
{
    const auto nested = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    EXPECT_TRUE(decodes(nested(kMostNesting)));
    EXPECT_FALSE(decodes(nested(kMostNesting + 1)));
    EXPECT_FALSE(decodes(nested(1'000'000)));
    std::string objects;
    for (int i = 0; i < 100'000; ++i)
        objects += "{\"a\":";
    EXPECT_FALSE(decodes(objects));
}

TEST(DecodeJson, IntegersBeyond64BitsBecomeReals)
{
    std::string body = R"({"a":9223372036854775807,"b":9223372036854775808,"c":123456789012345678901234567890})";
    Document document;
    ASSERT_TRUE(decodeJson(body, document));
    EXPECT_EQ(document.root.integer("a"), INT64_MAX);
    EXPECT_EQ(document.root.find("b")->real(), 9223372036854775808.0);
    EXPECT_NEAR(document.root.find("c")->real(), 1.2345678901234568e29, 1e14);
}

TEST(DecodeJson, LargeBodiesAndManyMembers)
{
    std::string body = "{";
    for (int i = 0; i < 200'000; ++i)
        body += "\"a\":\"" + std::to_string(i) + "\",";
    body += "\"z\":1}";
    Document document;
    ASSERT_TRUE(decodeJson(body, document));
    EXPECT_EQ(document.root.members().size(), 200'001u);
    EXPECT_EQ(document.root.integer("z"), 1);
}

// Any UTF-8: what a client may put into a text.
rc::Gen<std::string> anyText()
{
    return rc::gen::map(rc::gen::container<std::vector<std::uint32_t>>(rc::gen::oneOf(
                            rc::gen::inRange<std::uint32_t>(0, 0x80), rc::gen::inRange<std::uint32_t>(0x80, 0xD800),
                            rc::gen::inRange<std::uint32_t>(0xE000, 0x110000))),
                        [](const std::vector<std::uint32_t>& points) {
                            std::string text;
                            for (const std::uint32_t c : points) {
                                if (c < 0x80) {
                                    text += static_cast<char>(c);
                                    continue;
                                }
                                const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
                                constexpr unsigned char kLead[] = {0, 0xC0, 0xE0, 0xF0};
                                text += static_cast<char>(kLead[more] | c >> 6 * more);
                                for (int i = more - 1; i >= 0; --i)
                                    text += static_cast<char>(0x80 | (c >> 6 * i & 0x3F));
                            }
                            return text;
                        });
}

RC_GTEST_PROP(DecodeJson, WhatJsonEncodesJsonDecodes, ())
{
    const auto texts = *rc::gen::container<std::vector<std::string>>(anyText());
    const auto numbers = *rc::gen::arbitrary<std::vector<std::int64_t>>();
    const auto reals = *rc::gen::arbitrary<std::vector<double>>();
    const auto bytes = *rc::gen::arbitrary<std::string>();
    std::string body;
    const auto writer = jsonWriter(body);
    writer->beginMap();
    writer->key("texts");
    writer->beginMap();
    for (const std::string& text : texts)
        writer->member(text, text);
    writer->endMap();
    writer->key("numbers");
    writer->beginList();
    for (const std::int64_t number : numbers)
        writer->integer(number);
    for (const double real : reals)
        writer->real(real);
    writer->beginList();
    writer->boolean(true);
    writer->endList();
    writer->endList();
    writer->key("blob");
    writer->blob(bytes);
    writer->endMap();

    Document document;
    const Result<void> decoded = decodeJson(body, document);
    RC_ASSERT(decoded);
    const std::span<const Member> members = document.root.find("texts")->members();
    RC_ASSERT(members.size() == texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        RC_ASSERT(members[i].name == texts[i]);
        RC_ASSERT(members[i].value.string() == texts[i]);
    }
    const std::span<const Value> items = document.root.items("numbers");
    RC_ASSERT(items.size() == numbers.size() + reals.size() + 1);
    for (std::size_t i = 0; i < numbers.size(); ++i)
        RC_ASSERT(items[i].integer() == numbers[i]);
    for (std::size_t i = 0; i < reals.size(); ++i)
        RC_ASSERT(items[numbers.size() + i].real() == reals[i]);
    RC_ASSERT(items.back().items()[0].boolean());
    RC_ASSERT(document.root.string("blob").size() == (bytes.size() + 2) / 3 * 4);
}

} // namespace
} // namespace streamwright::api
