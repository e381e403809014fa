// SPDX-License-Identifier: GPL-3.0-or-later
// The shapes of SQS: the names that its query protocol gives to members, both ways.
#include "core/api/decode.h"
#include "core/api/encode.h"

namespace streamwright::sqs {

std::string_view shapesText();

namespace {

const api::ShapeTable& shapes()
{
    static const api::ShapeTable table(shapesText());
    return table;
}

std::optional<api::ApiError> read(std::string_view action, std::string_view form, api::Document& document)
{
    const api::Shape& input = *shapes().find(action)->input;
    EXPECT_TRUE(api::decodeQuery(form, input, document));
    return api::validate(document, input, api::Wire::Query);
}

TEST(SqsShapes, AttributesTagsAndNamesOfTheQueryProtocol)
{
    api::Document document;
    ASSERT_FALSE(read("CreateQueue",
                      "QueueName=q&Attribute.1.Name=DelaySeconds&Attribute.1.Value=5&Tag.1.Key=k&Tag.1.Value=v",
                      document));
    EXPECT_EQ(document.root.find("Attributes")->string("DelaySeconds"), "5");
    EXPECT_EQ(document.root.find("tags")->string("k"), "v");

    api::Document receive;
    ASSERT_FALSE(
        read("ReceiveMessage",
             "QueueUrl=u&AttributeName.1=All&MessageAttributeName.1=a&MessageAttributeName.2=b&MaxNumberOfMessages=10&"
             "MessageSystemAttributeName.1=SenderId",
             receive));
    EXPECT_EQ(receive.root.items("AttributeNames")[0].string(), "All");
    EXPECT_EQ(receive.root.items("MessageAttributeNames")[1].string(), "b");
    EXPECT_EQ(receive.root.items("MessageSystemAttributeNames")[0].string(), "SenderId");
    EXPECT_EQ(receive.root.integer("MaxNumberOfMessages"), 10);
}

TEST(SqsShapes, BatchesWithMessageAttributes)
{
    api::Document document;
    ASSERT_FALSE(
        read("SendMessageBatch",
             "QueueUrl=u&SendMessageBatchRequestEntry.1.Id=a&SendMessageBatchRequestEntry.1.MessageBody=hello+world"
             "&SendMessageBatchRequestEntry.1.MessageAttribute.1.Name=n"
             "&SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.DataType=Binary"
             "&SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.BinaryValue=Zm9v"
             "&SendMessageBatchRequestEntry.2.Id=b&SendMessageBatchRequestEntry.2.MessageBody=x",
             document));
    const std::span<const api::Value> entries = document.root.items("Entries");
    ASSERT_EQ(entries.size(), 2u);
    EXPECT_EQ(entries[0].string("MessageBody"), "hello world");
    EXPECT_EQ(entries[0].find("MessageAttributes")->find("n")->string("BinaryValue"), "foo");
    EXPECT_EQ(entries[1].string("Id"), "b");
}

TEST(SqsShapes, AMissingParameterIsNamedAsTheServiceNamesIt)
{
    api::Document document;
    const auto error = read("SendMessage", "QueueUrl=u&MessageBody=", document);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, "MissingRequiredParameterException");
    EXPECT_EQ(error->queryCode, "MissingParameter");
    EXPECT_EQ(error->message, "The request must contain the parameter MessageBody.");
    api::Document empty;
    EXPECT_FALSE(read("SendMessageBatch", "QueueUrl=u&Entries=", empty)); // the action has its own word for it
}

TEST(SqsShapes, AnswersInXml)
{
    std::string xml;
    const auto out = api::xmlWriter(xml, *shapes().find("ReceiveMessage")->output);
    out->beginMap();
    out->key("Messages");
    out->beginList();
    out->beginMap();
    out->member("Body", "b");
    out->key("Attributes");
    out->beginMap();
    out->member("SenderId", "s");
    out->endMap();
    out->key("MessageAttributes");
    out->beginMap();
    out->key("n");
    out->beginMap();
    out->member("StringValue", "v");
    out->member("DataType", "String");
    out->endMap();
    out->endMap();
    out->endMap();
    out->endList();
    out->endMap();
    EXPECT_EQ(xml,
              "<Message><Body>b</Body><Attribute><Name>SenderId</Name><Value>s</Value></"
              "Attribute><MessageAttribute><Name>n</Name>"
              "<Value><StringValue>v</StringValue><DataType>String</DataType></Value></MessageAttribute></Message>");
    EXPECT_EQ(shapes().find("ReceiveMessage")->resultWrapper, "ReceiveMessageResult");
}

} // namespace
} // namespace streamwright::sqs
