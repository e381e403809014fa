// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/message_rules.h"

#include <gtest/gtest.h>

#include "core/base/digest.h"
#include "plugins/sqs/message_id.h"

namespace streamwright::sqs {
namespace {

std::string refused(const NewMessage& message, const QueueSettings& settings = {})
{
    const auto refusal = checkMessage(message, settings);
    return refusal ? name(refusal->code) : "";
}

QueueSettings fifo(bool contentBased)
{
    QueueSettings settings;
    settings.fifo = true;
    settings.contentBasedDeduplication = contentBased;
    return settings;
}

TEST(MessageRules, BodyHasAtLeastOneByte) { EXPECT_EQ(refused({""}), "MissingParameter"); }

TEST(MessageRules, SizeIsBodyPlusAttributesAndAtMostMaximumMessageSize)
{
    QueueSettings settings;
    settings.maximumMessageSize = kMessageSizeMinimum;
    const std::string body(1025, 'x');
    const std::string_view text(body);
    EXPECT_EQ(refused({text.substr(1)}, settings), "");
    EXPECT_EQ(refused({text}, settings), "InvalidParameterValue");
    EXPECT_EQ(checkMessage({text}, settings)->message,
              "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.");
    const std::vector<MessageAttribute> attributes{{"name", "String", "value"}};
    EXPECT_EQ(refused({text.substr(0, 1024 - 15), "", "", attributes}, settings), "");
    EXPECT_EQ(refused({text.substr(0, 1024 - 14), "", "", attributes}, settings), "InvalidParameterValue");
    EXPECT_EQ(kMessageSizeMaximum.value(), 1'048'576u);
    EXPECT_EQ(kMessageSizeMaximumUntil2025.value(), 262'144u);
}

TEST(MessageRules, BodyCharactersAreThoseOfXml)
{
    const auto text = [](const char8_t* utf8) { return std::string(reinterpret_cast<const char*>(utf8)); };
    for (const std::string& good :
         {std::string("\t\n\r ~\x7F"), text(u8"\u0080\uD7FF\uE000\uFFFD"), text(u8"\U00010000\U0010FFFF"),
          std::string("a line of more than eight characters\nand another one")})
        EXPECT_TRUE(hasValidCharacters(good)) << good;
    for (const std::string& bad :
         {std::string(1, '\0'), std::string("\x08"), std::string("\x1F"), std::string("eight chars \x01 later"),
          text(u8"\uFFFE"), text(u8"\uFFFF"), std::string("\xED\xA0\x80"), std::string("\x80"), std::string("\xC0\xAF"),
          std::string("\xE0\x80\x80"), std::string("\xF0\x80\x80\x80"), std::string("\xF4\x90\x80\x80"),
          std::string("\xE2\x82")})
        EXPECT_FALSE(hasValidCharacters(bad)) << md5Hex(bad);
    EXPECT_EQ(refused({"\x01"}), "InvalidMessageContents");
}

TEST(MessageRules, AtMostTenAttributes)
{
    const std::vector<std::string> names{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"};
    std::vector<MessageAttribute> attributes;
    for (const std::string& name : names)
        attributes.push_back({name, "String", "v"});
    EXPECT_EQ(refused({"x", "", "", std::span(attributes).first(10)}), "");
    EXPECT_EQ(refused({"x", "", "", attributes}), "InvalidParameterValue");
}

TEST(MessageRules, AttributeNamesAndTypes)
{
    const auto refusedAs = [](std::string_view name, std::string_view type, std::string_view value) {
        const std::vector<MessageAttribute> attributes{{name, type, value}};
        return refused({"x", "", "", attributes});
    };
    for (const std::string& good :
         {std::string("a.b"), std::string("A-_9"), std::string(256, 'n'), std::string("awsome")})
        EXPECT_EQ(refusedAs(good, "String", "v"), "") << good;
    for (const std::string& bad :
         {std::string(""), std::string(257, 'n'), std::string(".a"), std::string("a."), std::string("a..b"),
          std::string("AWS.x"), std::string("Amazon.x"), std::string("aws.x"), std::string("a b")})
        EXPECT_EQ(refusedAs(bad, "String", "v"), "InvalidParameterValue") << bad;
    for (const char* good : {"String", "Number", "Binary", "Number.int", "Binary.png"})
        EXPECT_EQ(refusedAs("a", good, "-1.5e3"), "") << good;
    for (const char* bad : {"one", "1x", "0x1", ""})
        EXPECT_EQ(refusedAs("a", "Number", bad), "InvalidParameterValue") << bad;
    for (const char* bad : {"", "Text", "string", "StringList"})
        EXPECT_EQ(refusedAs("a", bad, "v"), "InvalidParameterValue") << bad;
    EXPECT_EQ(refusedAs("a", "String." + std::string(250, 'l'), "v"), "InvalidParameterValue");
    EXPECT_EQ(refusedAs("a", "String", ""), "InvalidParameterValue");
    EXPECT_EQ(refusedAs("a", "String", "\x01"), "InvalidMessageContents");
    EXPECT_EQ(refusedAs("a", "Binary", "\x01"), "");
}

TEST(MessageRules, DelayOfAMessageIsAtMost900SecondsAndNotAllowedOnFifo)
{
    EXPECT_EQ(refused({"x", "", "", {}, seconds(900)}), "");
    EXPECT_EQ(refused({"x", "", "", {}, seconds(901)}), "InvalidParameterValue");
    EXPECT_EQ(refused({"x", "", "", {}, seconds(-1)}), "InvalidParameterValue");
    EXPECT_EQ(refused({"x", "g", "d", {}, seconds(0)}, fifo(false)), "InvalidParameterValue");
}

TEST(MessageRules, FifoNeedsAMessageGroupId)
{
    EXPECT_EQ(refused({"x", "", "d"}, fifo(false)), "MissingParameter");
    EXPECT_EQ(checkMessage({"x", "", "d"}, fifo(false))->message,
              "The request must contain the parameter MessageGroupId.");
    EXPECT_EQ(refused({"x", "any key of a record"}), "");
}

TEST(MessageRules, FifoNeedsADeduplicationIdOrContentBasedDeduplication)
{
    EXPECT_EQ(refused({"x", "g"}, fifo(false)), "InvalidParameterValue");
    EXPECT_EQ(
        checkMessage({"x", "g"}, fifo(false))->message,
        "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly");
    EXPECT_EQ(refused({"x", "g"}, fifo(true)), "");
    EXPECT_EQ(refused({"x", "g", "d"}, fifo(false)), "");
    EXPECT_EQ(refused({"x", "", "d"}), "InvalidParameterValue"); // not on standard queues
}

TEST(MessageRules, GroupAndDeduplicationIdsAre1To128AlphanumericOrPunctuation)
{
    const std::string longest(128, 'g');
    EXPECT_EQ(refused({"x", longest, longest}, fifo(false)), "");
    EXPECT_EQ(refused({"x", "!~#", "\"/"}, fifo(false)), "");
    for (const std::string& bad : {longest + "g", std::string("a b"), std::string("\xC3\xA9"), std::string("a\n")}) {
        EXPECT_EQ(refused({"x", bad, "d"}, fifo(false)), "InvalidParameterValue") << bad;
        EXPECT_EQ(refused({"x", "g", bad}, fifo(false)), "InvalidParameterValue") << bad;
    }
}

TEST(MessageAttributes, Md5MatchesTheSpecSheet)
{
    EXPECT_EQ(md5Hex("hello"), "5d41402abc4b2a76b9719d911017c592"); // MD5OfMessageBody
    const std::vector<MessageAttribute> number{{"timestamp", "Number", "1493147359900"}};
    EXPECT_EQ(md5OfMessageAttributes(number), "235c5c510d26fb653d073faed50ae77c");
    const std::vector<MessageAttribute> unsorted{{"b", "Binary", "\x01\x02"}, {"a", "String", "x"}};
    EXPECT_EQ(md5OfMessageAttributes(unsorted), "3e9b4c785db2deb306cf4009ae214dab");
}

TEST(MessageAttributes, SurviveStoring)
{
    const std::vector<MessageAttribute> attributes{{"a", "String", "x"},
                                                   {"b", "Binary.raw", std::string_view("\0\1", 2)}};
    const std::string stored = encodeMessageAttributes(attributes);
    const auto back = decodeMessageAttributes(stored);
    ASSERT_EQ(back.size(), 2u);
    EXPECT_EQ(back[0].name, "a");
    EXPECT_EQ(back[0].type, "String");
    EXPECT_EQ(back[0].value, "x");
    EXPECT_EQ(back[1].type, "Binary.raw");
    EXPECT_EQ(back[1].value, std::string_view("\0\1", 2));
}

TEST(MessageIds, AreVersion4UuidsThatFollowFromQueueAndNumber)
{
    const std::string text = messageIdText(messageId(7, 42));
    ASSERT_EQ(text.size(), 36u);
    EXPECT_EQ(text[14], '4');
    EXPECT_NE(std::string("89ab").find(text[19]), std::string::npos);
    for (const std::size_t dash : {8u, 13u, 18u, 23u})
        EXPECT_EQ(text[dash], '-');
    EXPECT_EQ(messageId(7, 42), messageId(7, 42));
    EXPECT_NE(messageId(7, 42), messageId(7, 43));
    EXPECT_NE(messageId(7, 42), messageId(8, 42));
}

TEST(MessageIds, SequenceNumbersHave20DigitsAndGrow)
{
    EXPECT_EQ(std::to_string(sequenceNumber(0)).size(), 20u);
    EXPECT_EQ(std::to_string(sequenceNumber(1'000'000'000'000)).size(), 20u);
    EXPECT_LT(sequenceNumber(5), sequenceNumber(6));
}

} // namespace
} // namespace streamwright::sqs
