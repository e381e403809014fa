// SPDX-License-Identifier: GPL-3.0-or-later
#include <rapidcheck/gtest.h>

#include "core/api/encode.h"
#include "tests/core/api/some_shapes.h"

namespace streamwright::api {
namespace {

using namespace std::string_literals;

bool decodes(const std::string& body)
{
    Document document;
    return static_cast<bool>(decodeCbor(body, document));
}

TEST(DecodeCbor, EveryTypeOfValue)
{
    const std::string body = "\xA9"
                             "\x61"
                             "a"
                             "\x63"
                             "foo"
                             "\x61"
                             "b"
                             "\x43\x00\x01\xFF"
                             "\x61"
                             "c"
                             "\x39\x01\xF3" // -500
                             "\x61"
                             "d"
                             "\xFB\x3F\xF8\x00\x00\x00\x00\x00\x00" // 1.5
                             "\x61"
                             "e"
                             "\xF9\x3E\x00" // 1.5 in 16 bits
                             "\x61"
                             "f"
                             "\xFA\xBF\xC0\x00\x00" // -1.5 in 32 bits
                             "\x61"
                             "g"
                             "\xC1\x1B\x00\x00\x01\x8B\xCF\xE5\x68\x7B" // 1700000000123 ms
                             "\x61"
                             "h"
                             "\x83\xF5\xF4\xF6"
                             "\x61"
                             "i"
                             "\xD9\xD9\xF7\x18\x64"s; // 100, with the tag that says CBOR
    Document document;
    ASSERT_TRUE(decodeCbor(body, document));
    const Value& root = document.root;
    EXPECT_EQ(root.string("a"), "foo");
    EXPECT_EQ(root.string("b"), "\0\1\xFF"s);
    EXPECT_TRUE(root.find("b")->is(Value::Type::Blob));
    EXPECT_EQ(root.integer("c"), -500);
    EXPECT_EQ(root.find("d")->real(), 1.5);
    EXPECT_EQ(root.find("e")->real(), 1.5);
    EXPECT_EQ(root.find("f")->real(), -1.5);
    EXPECT_EQ(root.find("g")->time(), Time(milliseconds(1'700'000'000'123)));
    EXPECT_EQ(root.items("h").size(), 3u);
    EXPECT_EQ(root.integer("i"), 100);
}

TEST(DecodeCbor, IndefiniteLengthsAsTheJavaClientSendsThem)
{
    const std::string body = "\xBF"
                             "\x7F\x65"
                             "Strea"
                             "\x65"
                             "mName"
                             "\xFF\x63"
                             "abc"
                             "\x64"
                             "Data"
                             "\x5F\x42\x01\x02\x40\x41\x03\xFF"
                             "\x65"
                             "Names"
                             "\x9F\x61"
                             "a"
                             "\x61"
                             "b"
                             "\xFF"
                             "\xFF"s;
    Document document;
    ASSERT_TRUE(decodeCbor(body, document));
    ASSERT_FALSE(validate(document, putInput(), Wire::Cbor));
    EXPECT_EQ(document.root.string("StreamName"), "abc");
    EXPECT_EQ(document.root.string("Data"), "\1\2\3");
    EXPECT_EQ(document.root.items("Names")[1].string(), "b");
}

TEST(DecodeCbor, ValidatesTypesAsWell)
{
    std::string body;
    const auto writer = cborWriter(body);
    writer->beginMap();
    writer->member("StreamName", "s");
    writer->member("Data", "Zm9v"); // a text where bytes belong
    writer->endMap();
    Document document;
    ASSERT_TRUE(decodeCbor(body, document));
    const std::optional<ApiError> error = validate(document, putInput(), Wire::Cbor);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, "SerializationException");
}

TEST(DecodeCbor, RefusesDamage)
{
    for (const std::string& bad : {""s,
                                   "\xA1"s,
                                   "\xA1\x61"s,
                                   "\xA1\x61"
                                   "a"s,
                                   "\xBF"s,
                                   "\xBF\x61"
                                   "a\xFF"s,
                                   "\xFF"s,
                                   "\x62"
                                   "a"s,
                                   "\x00\x00"s,
                                   "\x1C"s,
                                   "\x1F"s,
                                   "\xDF"s,
                                   "\xF8\x20"s,
                                   "\xE0"s,
                                   "\xA1\x01\x01"s,
                                   "\x7F\x41"
                                   "a\xFF"s,
                                   "\x7F\x7F\x61"
                                   "a\xFF\xFF"s,
                                   "\x61\xFF"s,
                                   "\xC1\x61"
                                   "a"s,
                                   "\xC1\x1B\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF"s,
                                   "\x18"s,
                                   "\xFB\x00"s})
        EXPECT_FALSE(decodes(bad)) << rc::toString(bad);
}

TEST(DecodeCbor, HugeLengthsTakeNoMemory)
{
    for (const char head : {'\x5B', '\x7B', '\x9B', '\xBB'}) {
        EXPECT_FALSE(decodes(std::string(1, head) + "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF" + "abc"));
        EXPECT_FALSE(decodes(std::string(1, head) + "\x00\x00\x00\x00\x7F\xFF\xFF\xFF"s + "abc"));
    }
}

TEST(DecodeCbor, DepthIsBounded)
{
    EXPECT_TRUE(decodes(std::string(kMostNesting, '\x81') + "\x01"));
    EXPECT_FALSE(decodes(std::string(kMostNesting + 1, '\x81') + "\x01"));
    for (const char head : {'\x81', '\x9F', '\xC2'}) // lists and tags
        EXPECT_FALSE(decodes(std::string(1'000'000, head)));
}

TEST(DecodeCbor, IntegersBeyond63BitsBecomeReals)
{
    Document document;
    const std::string body = "\x82\x1B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x3B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"s;
    ASSERT_TRUE(decodeCbor(body, document));
    EXPECT_EQ(document.root.items()[0].real(), 18446744073709551616.0);
    EXPECT_EQ(document.root.items()[1].real(), -18446744073709551616.0);
}

RC_GTEST_PROP(DecodeCbor, WhatCborEncodesCborDecodes,
              (std::vector<std::int64_t> numbers, std::vector<double> reals, std::vector<std::string> blobs,
               std::int32_t ms))
{
    std::string body;
    const auto writer = cborWriter(body);
    writer->beginMap();
    writer->key("all");
    writer->beginList();
    for (const std::int64_t number : numbers)
        writer->integer(number);
    for (const double real : reals)
        writer->real(real);
    for (const std::string& bytes : blobs)
        writer->blob(bytes);
    writer->time(Time(milliseconds(ms)));
    writer->endList();
    writer->endMap();

    Document document;
    const Result<void> decoded = decodeCbor(body, document);
    RC_ASSERT(decoded);
    const std::span<const Value> items = document.root.items("all");
    RC_ASSERT(items.size() == numbers.size() + reals.size() + blobs.size() + 1);
    std::size_t at = 0;
    for (const std::int64_t number : numbers)
        RC_ASSERT(items[at++].integer() == number);
    for (const double real : reals)
        RC_ASSERT(items[at++].real() == real);
    for (const std::string& bytes : blobs)
        RC_ASSERT(items[at++].string() == bytes);
    RC_ASSERT(items[at].time() == Time(milliseconds(ms)));
}

RC_GTEST_PROP(DecodeCbor, AnyCutIsRefused, (std::uint16_t cut))
{
    std::string body;
    const auto writer = cborWriter(body);
    writer->beginMap();
    writer->member("StreamName", "a stream");
    writer->key("Records");
    writer->beginList();
    writer->blob(std::string(300, 'x'));
    writer->endList();
    writer->endMap();
    RC_ASSERT(!decodes(body.substr(0, cut % body.size())));
}

} // namespace
} // namespace streamwright::api
