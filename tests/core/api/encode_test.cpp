// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/encode.h"

#include "tests/core/api/some_shapes.h"

namespace streamwright::api {
namespace {

using namespace std::string_literals;

constexpr Time kTime(milliseconds(1'700'000'000'120));

// One of everything.
void writeAnswer(Writer& out)
{
    out.beginMap();
    out.member("Name", "a<b>&\"c\"\r\n\t\x01");
    out.member("Since", kTime);
    out.member("Share", 0.25);
    out.member("Dry", false);
    out.key("Data");
    out.blob("foo!");
    out.member("Count", std::int64_t{-7});
    out.key("Names");
    out.beginList();
    out.string("x");
    out.string("y");
    out.endList();
    out.key("Tags");
    out.beginMap();
    out.member("k", "v");
    out.member("l", "w");
    out.endMap();
    out.key("Urls");
    out.beginList();
    out.integer(1);
    out.integer(2);
    out.endList();
    out.key("Attributes");
    out.beginMap();
    out.member("a", "1");
    out.member("b", "2");
    out.endMap();
    out.key("Entries");
    out.beginList();
    for (const char* key : {"p", "q"}) {
        out.beginMap();
        out.member("PartitionKey", key);
        out.endMap();
    }
    out.endList();
    out.key("Inner");
    out.beginMap();
    out.endMap();
    out.key("Unknown");
    out.beginList();
    out.integer(1);
    out.endList();
    out.endMap();
}

std::string jsonOf(auto&& write)
{
    std::string text;
    write(*jsonWriter(text));
    return text;
}

TEST(JsonWriter, OneOfEverything)
{
    EXPECT_EQ(
        jsonOf(writeAnswer),
        R"({"Name":"a<b>&\"c\"\r\n\t\u0001","Since":1700000000.12,"Share":0.25,"Dry":false,"Data":"Zm9vIQ==","Count":-7,)"
        R"("Names":["x","y"],"Tags":{"k":"v","l":"w"},"Urls":[1,2],"Attributes":{"a":"1","b":"2"},)"
        R"("Entries":[{"PartitionKey":"p"},{"PartitionKey":"q"}],"Inner":{},"Unknown":[1]})");
}

TEST(JsonWriter, TimesArePlainDecimalsOfAtMostThreeDigits)
{
    const auto written = [](Duration since) { return jsonOf([&](Writer& out) { out.time(Time(since)); }); };
    EXPECT_EQ(written(std::chrono::seconds(1'700'000'000)), "1700000000");
    EXPECT_EQ(written(milliseconds(1'700'000'000'001)), "1700000000.001");
    EXPECT_EQ(written(milliseconds(1'700'000'000'500)), "1700000000.5");
    EXPECT_EQ(written(Duration(1'700'000'000'123'999)), "1700000000.123");
    EXPECT_EQ(written(milliseconds(253'402'300'799'999)), "253402300799.999");
    EXPECT_EQ(written(Duration(0)), "0");
    EXPECT_EQ(written(milliseconds(-1)), "-0.001");
}

TEST(JsonWriter, NumbersThatJsonCannotSay)
{
    const auto written = [](double value) { return jsonOf([&](Writer& out) { out.real(value); }); };
    EXPECT_EQ(written(INFINITY), "\"Infinity\"");
    EXPECT_EQ(written(-INFINITY), "\"-Infinity\"");
    EXPECT_EQ(written(NAN), "\"NaN\"");
}

TEST(JsonWriter, EscapesWhereverTheyStand)
{
    for (std::size_t place = 0; place < 20; ++place) {
        for (const char special : {'"', '\\', '\0', '\x1F', '\n', '\x7F', ' ', '\xC3'}) {
            std::string text(20, 'x');
            text[place] = special;
            if (special == '\xC3') text.insert(place + 1, "\xA9");
            const std::string json = jsonOf([&](Writer& out) { out.string(text); });
            EXPECT_EQ(Json::parse(json).get<std::string>(), text) << json;
        }
    }
}

TEST(CborWriter, BytesTimesAndNumbers)
{
    std::string bytes;
    const auto out = cborWriter(bytes);
    out->beginMap();
    out->key("Data");
    out->blob("\0\1"s);
    out->member("t", kTime);
    out->key("n");
    out->beginList();
    for (const std::int64_t number : {0, 23, 24, 255, 256, 65536, -1, -25})
        out->integer(number);
    out->integer(std::int64_t{1} << 32);
    out->real(1.5);
    out->boolean(true);
    out->endList();
    out->endMap();
    EXPECT_EQ(bytes,
              "\xBF\x64"
              "Data"
              "\x42\x00\x01"
              "\x61"
              "t"
              "\xC1\x1B\x00\x00\x01\x8B\xCF\xE5\x68\x78"
              "\x61"
              "n"
              "\x9F"
              "\x00\x17\x18\x18\x18\xFF\x19\x01\x00\x1A\x00\x01\x00\x00\x20\x38\x18\x1B\x00\x00\x00\x01\x00\x00\x00\x00"
              "\xFB\x3F\xF8\x00\x00\x00\x00\x00\x00\xF5\xFF\xFF"s);
}

TEST(CborWriter, OfRpcTimesAreSeconds)
{
    std::string bytes;
    rpcCborWriter(bytes)->time(kTime);
    EXPECT_EQ(bytes.substr(0, 2), "\xC1\xFB"s);
    Document document;
    ASSERT_TRUE(decodeCbor(bytes, document, CborTime::Seconds));
    EXPECT_EQ(document.root.time(), kTime);
    ASSERT_TRUE(decodeCbor("\xC1\x1A\x65\x53\xF1\x00"s, document, CborTime::Seconds));
    EXPECT_EQ(document.root.time(), Time(seconds(1'700'000'000)));
}

TEST(CborWriter, WhatItWritesIsRead)
{
    std::string bytes;
    writeAnswer(*cborWriter(bytes));
    Document document;
    ASSERT_TRUE(decodeCbor(bytes, document));
    EXPECT_EQ(document.root.find("Since")->time(), kTime);
    EXPECT_EQ(document.root.string("Data"), "foo!");
    EXPECT_EQ(document.root.items("Entries")[1].string("PartitionKey"), "q");
}

TEST(XmlWriter, OneOfEverythingByTheShapesNames)
{
    std::string xml;
    writeAnswer(*xmlWriter(xml, putOutput()));
    EXPECT_EQ(
        xml,
        "<Name>a&lt;b&gt;&amp;&quot;c&quot;&#xD;\n\t&#x1;</Name><Since>2023-11-14T22:13:20.120Z</Since><Share>0.25</"
        "Share>"
        "<Dry>false</Dry><Data>Zm9vIQ==</Data><Count>-7</Count><Names><member>x</member><member>y</member></Names>"
        "<Tags><entry><key>k</key><value>v</value></entry><entry><key>l</key><value>w</value></entry></Tags>"
        "<Url>1</Url><Url>2</Url>"
        "<Attribute><Name>a</Name><Value>1</Value></Attribute><Attribute><Name>b</Name><Value>2</Value></Attribute>"
        "<Entry><PartitionKey>p</PartitionKey></Entry><Entry><PartitionKey>q</PartitionKey></Entry>"
        "<Inner></Inner><Unknown><member>1</member></Unknown>");
}

TEST(XmlWriter, NothingOfAnEmptyAnswer)
{
    std::string xml;
    const auto out = xmlWriter(xml, putOutput());
    out->beginMap();
    out->key("Entries");
    out->beginList();
    out->endList();
    out->endMap();
    EXPECT_EQ(xml, "");
}

TEST(XmlWriter, WholeSecondsHaveNoFraction)
{
    std::string xml;
    const auto out = xmlWriter(xml, putOutput());
    out->beginMap();
    out->member("Since", Time(std::chrono::seconds(1'700'000'000)));
    out->endMap();
    EXPECT_EQ(xml, "<Since>2023-11-14T22:13:20Z</Since>");
    EXPECT_EQ(escapeXml("\x1F'é"), "&#x1F;'é");
}

TEST(EventFrame, TheInitialResponseOfTheSpecSheet)
{
    const std::string frame = eventFrame({{":message-type", "event"},
                                          {":event-type", "initial-response"},
                                          {":content-type", "application/x-amz-json-1.1"}},
                                         "{}");
    std::string hex;
    for (const unsigned char c : frame)
        hex.append(1, "0123456789abcdef"[c >> 4]).append(1, "0123456789abcdef"[c & 15]);
    EXPECT_EQ(hex, "0000007200000060ab820d9e0d3a6d6573736167652d747970650700056576656e740b3a6576656e742d747970650700106"
                   "96e697469616c"
                   "2d726573706f6e73650d3a636f6e74656e742d7479706507001a6170706c69636174696f6e2f782d616d7a2d6a736f6e2d3"
                   "12e317b7de16e66e4");
}

} // namespace
} // namespace streamwright::api
