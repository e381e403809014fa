// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/api/some_shapes.h"

namespace streamwright::api {
namespace {

// Decoded and validated; the document must live as long as it is looked at.
std::optional<ApiError> read(std::string_view form, Document& document)
{
    EXPECT_TRUE(decodeQuery(form, putInput(), document));
    return validate(document, putInput(), Wire::Query);
}

std::string errorOf(std::string_view form)
{
    Document document;
    const std::optional<ApiError> error = read(form, document);
    return error ? error->code + ": " + error->message : "";
}

TEST(DecodeQuery, TextsBecomeWhatTheShapesSay)
{
    Document document;
    ASSERT_FALSE(
        read("Action=Put&Version=2012-11-05&StreamName=a%2Db&Limit=7&Count=-8&Share=0.5&Dry=true&Data=Zm9v&Other=1&"
             "Since=2023-11-14T22%3A13%3A20.123Z",
             document));
    const Value& root = document.root;
    EXPECT_EQ(root.string("StreamName"), "a-b");
    EXPECT_EQ(root.integer("Limit"), 7);
    EXPECT_EQ(root.integer("Count"), -8);
    EXPECT_EQ(root.find("Share")->real(), 0.5);
    EXPECT_TRUE(root.boolean("Dry"));
    EXPECT_EQ(root.string("Data"), "foo");
    EXPECT_EQ(root.find("Since")->time(), Time(milliseconds(1'700'000'000'123)));
    EXPECT_FALSE(root.has("Other"));
}

TEST(DecodeQuery, TimesInEveryFormThatClientsSend)
{
    const auto timeOf = [](const std::string& text) {
        Document document;
        EXPECT_FALSE(read("StreamName=s&Since=" + text, document)) << text;
        return document.root.find("Since")->time();
    };
    const Time expected(std::chrono::seconds(1'700'000'000));
    for (const char* text : {"2023-11-14T22:13:20Z", "2023-11-14T22:13:20", "2023-11-14T22:13:20.000Z",
                             "2023-11-14T23:13:20%2B01:00", "2023-11-14T19:43:20-0230", "1700000000", "1700000000.0"})
        EXPECT_EQ(timeOf(text), expected) << text;
    EXPECT_EQ(timeOf("2023-11-14"), Time(std::chrono::sys_days(std::chrono::year(2023) / 11 / 14)));
    for (const char* bad :
         {"", "now", "2023-13-01T00:00:00Z", "2023-02-30", "2023-11-14T22:13:20X", "2023-11-14T", "1e300", "1e3"})
        EXPECT_EQ(errorOf("StreamName=s&Since=" + std::string(bad)), "MalformedInput: timestamp must follow ISO8601")
            << bad;
}

TEST(DecodeQuery, ListsAndMapsFlattenedAndNot)
{
    Document document;
    ASSERT_FALSE(read("StreamName=s"
                      "&Names.member.2=two&Names.member.10=ten&Names.member.1=one"
                      "&Tags.entry.1.key=k&Tags.entry.1.value=v"
                      "&Attribute.2.Name=b&Attribute.2.Value=2&Attribute.1.Name=a&Attribute.1.Value=1"
                      "&Entry.1.Data=Zm8%3D&Entry.1.PartitionKey=p&Entry.2.PartitionKey=q&Entry.2.Data="
                      "&Records.member.1.Data=&Records.member.1.PartitionKey=r"
                      "&Nested.member.1.member.1=x&Nested.member.2.member.1=y",
                      document));
    const Value& root = document.root;
    const std::span<const Value> names = root.items("Names");
    ASSERT_EQ(names.size(), 3u);
    EXPECT_EQ(names[0].string(), "one");
    EXPECT_EQ(names[1].string(), "two");
    EXPECT_EQ(names[2].string(), "ten");
    EXPECT_EQ(root.find("Tags")->string("k"), "v");
    EXPECT_EQ(root.find("Attributes")->members()[0].name, "a");
    EXPECT_EQ(root.find("Attributes")->string("b"), "2");
    ASSERT_EQ(root.items("Entries").size(), 2u);
    EXPECT_EQ(root.items("Entries")[0].string("Data"), "fo");
    EXPECT_EQ(root.items("Entries")[1].string("PartitionKey"), "q");
    EXPECT_EQ(root.items("Records")[0].string("PartitionKey"), "r");
    EXPECT_EQ(root.items("Nested")[1].items()[0].string(), "y");
}

TEST(DecodeQuery, AnEmptyListIsSentByItsName)
{
    Document document;
    ASSERT_FALSE(read("StreamName=s&Entries=", document));
    ASSERT_TRUE(document.root.has("Entries"));
    EXPECT_TRUE(document.root.items("Entries").empty());
}

TEST(DecodeQuery, BrokenConstraintsAndWrongTypes)
{
    EXPECT_EQ(errorOf("Action=Put"),
              "ValidationException: 1 validation error detected: Value null at 'streamName' failed to "
              "satisfy constraint: Member must not be null");
    EXPECT_EQ(errorOf("StreamName=s&Limit=x"), "MalformedInput: 'x' can not be converted to an Integer");
    EXPECT_EQ(errorOf("StreamName=s&Limit=99999999999"),
              "MalformedInput: '99999999999' can not be converted to an Integer");
    EXPECT_EQ(errorOf("StreamName=s&Limit="), "MalformedInput: '' can not be converted to an Integer");
    EXPECT_EQ(errorOf("StreamName=s&Dry=yes"), "MalformedInput: 'yes' can not be converted to an Boolean");
    EXPECT_EQ(errorOf("StreamName=s&Share=1x"), "MalformedInput: '1x' can not be converted to an Double");
    EXPECT_TRUE(
        errorOf("StreamName=s&Data=%21%21%21%21").starts_with("MalformedInput: '!!!!' can not be converted to a Blob"));
}

TEST(DecodeQuery, HostileForms)
{
    Document document;
    const auto decodes = [&](const std::string& form) {
        return static_cast<bool>(decodeQuery(form, putInput(), document));
    };
    EXPECT_FALSE(decodes("StreamName=%FF%FE"));
    EXPECT_FALSE(decodes("StreamName=%C3"));
    for (const char* odd :
         {"", "&", "&&=&==", "=", "StreamName", "%", "%=%", "Names.member.=x&Names.member.-1=y&Names.member.x.1=z",
          "Names.member.99999999999999999999=x", "Entry.1=x&Entry.=y&Entry..=z", "Attribute.1.Value=without a name"})
        EXPECT_TRUE(decodes(odd)) << odd;
    EXPECT_FALSE(document.root.has("Entries"));
    std::string many = "StreamName=s";
    for (int i = 0; i < 30'000; ++i)
        many += "&Names.member." + std::to_string(i) + "=x";
    EXPECT_FALSE(decodes(many));
    std::string deep = "Names.member.1";
    for (int i = 0; i < 100'000; ++i)
        deep += ".1";
    EXPECT_TRUE(decodes(deep + "=x"));
}

TEST(FormParameter, FindsDecodesAndMisses)
{
    const std::string_view form = "Action=SendMessage&Message+Body=a+b%26c&Empty=&Bare&Bad=%4&Action=Second";
    EXPECT_EQ(formParameter(form, "Action"), "SendMessage");
    EXPECT_EQ(formParameter(form, "Message Body"), "a b&c");
    EXPECT_EQ(formParameter(form, "Empty"), "");
    EXPECT_EQ(formParameter(form, "Bare"), "");
    EXPECT_EQ(formParameter(form, "Bad"), "%4");
    EXPECT_FALSE(formParameter(form, "Other"));
    EXPECT_FALSE(formParameter("", "Action"));
}

} // namespace
} // namespace streamwright::api
