// SPDX-License-Identifier: GPL-3.0-or-later
// Messages through the API: sent, received, deleted, made visible; singly and in batches; good answers and refusals.
#include "core/base/digest.h"
#include "tests/plugins/sqs/api_client.h"

namespace streamwright::sqs::test {
namespace {

const char* const kNoQueue = "QueueDoesNotExist: The specified queue does not exist.";

Json text(const std::string& value) { return {{"DataType", "String"}, {"StringValue", value}}; }

class Messages : public ::testing::Test {
protected:
    Messages()
    {
        client.make("q");
        client.make("f.fifo", {{"ContentBasedDeduplication", "true"}});
    }
    // The handle of the one message there.
    std::string handle(const std::string& queue = "q")
    {
        const Reply reply = client.receive(queue);
        EXPECT_EQ(reply["Messages"].size(), 1u);
        return reply["Messages"].at(0).at("ReceiptHandle");
    }
    Reply remove(const std::string& queue, const std::string& handle)
    {
        return client.call("DeleteMessage", {{"QueueUrl", client.url(queue)}, {"ReceiptHandle", handle}});
    }
    Reply hide(const std::string& queue, const std::string& handle, int seconds)
    {
        return client.call(
            "ChangeMessageVisibility",
            {{"QueueUrl", client.url(queue)}, {"ReceiptHandle", handle}, {"VisibilityTimeout", seconds}});
    }
    Reply sendBatch(const std::string& queue, const Json& entries)
    {
        return client.call("SendMessageBatch", {{"QueueUrl", client.url(queue)}, {"Entries", entries}});
    }
    static Json entries(std::size_t count)
    {
        Json entries = Json::array();
        for (std::size_t i = 0; i < count; ++i)
            entries.push_back({{"Id", std::to_string(i)}, {"MessageBody", "body"}});
        return entries;
    }

    ApiClient client;
};

TEST_F(Messages, AMessageComesBackWithItsChecksums)
{
    const Reply sent = client.send(
        "q", "hello",
        {{"MessageAttributes", {{"timestamp", {{"DataType", "Number"}, {"StringValue", "1493147359900"}}}}}});
    EXPECT_EQ(sent["MD5OfMessageBody"], "5d41402abc4b2a76b9719d911017c592");
    EXPECT_EQ(sent["MD5OfMessageAttributes"], "235c5c510d26fb653d073faed50ae77c");
    EXPECT_EQ(sent["MessageId"].get<std::string>().size(), 36u);
    EXPECT_FALSE(sent.json.contains("SequenceNumber"));
    EXPECT_FALSE(sent.json.contains("MD5OfMessageSystemAttributes"));

    const Reply received = client.receive("q");
    ASSERT_EQ(received["Messages"].size(), 1u);
    const Json& message = received["Messages"].at(0);
    EXPECT_EQ(message.at("MessageId"), sent["MessageId"]);
    EXPECT_EQ(message.at("Body"), "hello");
    EXPECT_EQ(message.at("MD5OfBody"), sent["MD5OfMessageBody"]);
    EXPECT_FALSE(message.contains("Attributes")); // not asked for
    EXPECT_FALSE(message.contains("MessageAttributes"));
    EXPECT_EQ(client.receive("q").text, "{}");
    EXPECT_EQ(client.host.sum("q", "NumberOfMessagesSent"), 1);
    EXPECT_EQ(client.host.sum("q", "NumberOfMessagesReceived"), 1);
    EXPECT_EQ(client.host.sum("q", "NumberOfEmptyReceives"), 1);
}

TEST_F(Messages, AttributesOfBothTypesHaveTheServicesMd5)
{
    const Json attributes = {{"b", {{"DataType", "Binary"}, {"BinaryValue", "AQI="}}}, {"a", text("x")}};
    EXPECT_EQ(client.send("q", "m", {{"MessageAttributes", attributes}})["MD5OfMessageAttributes"],
              "3e9b4c785db2deb306cf4009ae214dab");
    const Json message = client.receive("q", {{"MessageAttributeNames", {"All"}}})["Messages"].at(0);
    EXPECT_EQ(message.at("MessageAttributes").at("b").at("BinaryValue"), "AQI=");
    EXPECT_EQ(message.at("MessageAttributes").at("b").at("DataType"), "Binary");
    EXPECT_EQ(message.at("MessageAttributes").at("a").at("StringValue"), "x");
    EXPECT_EQ(message.at("MD5OfMessageAttributes"), "3e9b4c785db2deb306cf4009ae214dab");
}

TEST_F(Messages, TheTraceHeaderIsASystemAttribute)
{
    const std::string header = "Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1";
    const Reply sent = client.send("q", "m", {{"MessageSystemAttributes", {{"AWSTraceHeader", text(header)}}}});
    const MessageAttribute attribute{"AWSTraceHeader", "String", header};
    EXPECT_EQ(sent["MD5OfMessageSystemAttributes"], md5OfMessageAttributes(std::span(&attribute, 1)));
    EXPECT_FALSE(sent.json.contains("MD5OfMessageAttributes"));
    const Json message =
        client.receive("q", {{"AttributeNames", {"AWSTraceHeader"}}, {"MessageAttributeNames", {"All"}}})["Messages"]
            .at(0);
    EXPECT_EQ(message.at("Attributes"), Json({{"AWSTraceHeader", header}}));
    EXPECT_FALSE(message.contains("MessageAttributes"));
    EXPECT_TRUE(client.send("q", "m", {{"MessageSystemAttributes", {{"Other", text("x")}}}}).error);
}

TEST_F(Messages, SystemAttributesByBothLists)
{
    client.host.advance(seconds(1));
    client.send("q", "m", {{"MessageGroupId", "tenant"}});
    const Reply once = client.receive("q", {{"MessageSystemAttributeNames", {"All"}}, {"VisibilityTimeout", 0}});
    EXPECT_EQ(once["Messages"].at(0).at("Attributes").at("ApproximateReceiveCount"), "1");
    const Json first = client.receive("q", {{"AttributeNames", {"All"}}, {"VisibilityTimeout", 0}})["Messages"].at(0);
    const std::string ms = std::to_string(epochMilliseconds(client.host.now()));
    EXPECT_EQ(first.at("Attributes"), Json({{"SenderId", "000000000000"},
                                            {"SentTimestamp", ms},
                                            {"ApproximateReceiveCount", "2"},
                                            {"ApproximateFirstReceiveTimestamp", ms},
                                            {"MessageGroupId", "tenant"}}));
    EXPECT_EQ(client.receive("q", {{"AttributeNames", {"SenderId"}}})["Messages"].at(0).at("Attributes"),
              Json({{"SenderId", "000000000000"}}));
    EXPECT_EQ(client.receive("q", {{"AttributeNames", {"Nope"}}}).fault(),
              "InvalidAttributeName: Unknown Attribute Nope.");
}

TEST_F(Messages, AttributesAreChosenByNameAndPrefix)
{
    client.send(
        "q", "msg",
        {{"MessageAttributes", {{"Help.Me", text("Me")}, {"Hello", text("There")}, {"General", text("Kenobi")}}}});
    const auto chosen = [&](const Json& names) {
        const Json message =
            client.receive("q", {{"MessageAttributeNames", names}, {"VisibilityTimeout", 0}})["Messages"].at(0);
        return message.value("MD5OfMessageAttributes", "");
    };
    // The checksums that the service gave for these choices.
    EXPECT_EQ(chosen({"All"}), "4c360f3fdafd970e05fae2f149d997f5");
    EXPECT_EQ(chosen({"*"}), "4c360f3fdafd970e05fae2f149d997f5");
    EXPECT_EQ(chosen({".*"}), "4c360f3fdafd970e05fae2f149d997f5");
    EXPECT_EQ(chosen({"General", "Hello"}), "fca026605781cb4126a1e9044df24232");
    EXPECT_EQ(chosen({"Hello", "Foo"}), "a311262e065454b75da111d535b8dacd");
    EXPECT_EQ(chosen({"Hel.*"}), "83fee93c1bcd8b9a5a923ffacdc636c7");
    EXPECT_EQ(chosen({"Foo", "Help"}), "");
    EXPECT_EQ(chosen(Json::array()), "");
}

TEST_F(Messages, ADuplicateHasTheFirstIdAndItsOwnChecksums)
{
    const Reply first = client.send("f.fifo", "one", {{"MessageGroupId", "g"}, {"MessageDeduplicationId", "d"}});
    EXPECT_EQ(first["SequenceNumber"].get<std::string>().size(), 20u);
    const Reply second = client.send("f.fifo", "two", {{"MessageGroupId", "g"}, {"MessageDeduplicationId", "d"}});
    EXPECT_EQ(second["MessageId"], first["MessageId"]);
    EXPECT_EQ(second["SequenceNumber"], first["SequenceNumber"]);
    EXPECT_EQ(second["MD5OfMessageBody"], md5Hex("two"));
    const Json message = client.receive("f.fifo", {{"AttributeNames", {"All"}}})["Messages"].at(0);
    EXPECT_EQ(message.at("Attributes").at("SequenceNumber"), first["SequenceNumber"]);
    EXPECT_EQ(message.at("Attributes").at("MessageDeduplicationId"), "d");
    EXPECT_EQ(message.at("Attributes").at("MessageGroupId"), "g");
    EXPECT_EQ(client.bodies("f.fifo"), Bodies{});
    client.send("f.fifo", "by content", {{"MessageGroupId", "h"}});
    const Json byContent = client.receive("f.fifo", {{"AttributeNames", {"MessageDeduplicationId"}}})["Messages"].at(0);
    EXPECT_EQ(byContent.at("Attributes").at("MessageDeduplicationId"), sha256Hex("by content"));
}

TEST_F(Messages, WhatASendRefuses)
{
    const auto fault = [&](const std::string& queue, const Json& more, const std::string& body = "m") {
        return client.send(queue, body, more).fault();
    };
    const std::string missing = "MissingRequiredParameterException: The request must contain the parameter ";
    const std::string invalid = "InvalidParameterValueException: ";
    EXPECT_EQ(client.send("none", "m").fault(), kNoQueue);
    EXPECT_EQ(client.send("none", "m").queryFault(),
              "AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist for this wsdl version.");
    EXPECT_EQ(fault("q", {}, ""), missing + "MessageBody.");
    EXPECT_EQ(client.send("q", "").queryFault(),
              "MissingParameter: The request must contain the parameter MessageBody.");
    EXPECT_EQ(client.call("SendMessage", {{"MessageBody", "m"}}).fault(), missing + "QueueUrl.");
    EXPECT_EQ(fault("q", {}, std::string(1 << 20, 'a') + "b"),
              invalid + "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.");
    EXPECT_EQ(fault("f.fifo", Json::object()), missing + "MessageGroupId.");
    client.make("plain.fifo");
    EXPECT_EQ(fault("plain.fifo", {{"MessageGroupId", "g"}}),
              invalid + "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId "
                        "provided explicitly");
    EXPECT_EQ(fault("f.fifo", {{"MessageGroupId", "g"}, {"DelaySeconds", 2}}),
              invalid +
                  "Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not "
                  "valid for this queue type.");
    EXPECT_EQ(fault("f.fifo", {{"MessageGroupId", "g"}, {"DelaySeconds", 0}}), "");
    EXPECT_EQ(fault("q", {{"DelaySeconds", 901}}),
              invalid +
                  "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.");
    for (const std::string& id : {std::string(), std::string(129, 'a'), std::string("group 123")}) {
        const std::string rest = " is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation "
                                 "characters. 1 to 128 in length.";
        EXPECT_EQ(fault("q", {{"MessageGroupId", id}}),
                  invalid + "Value " + id + " for parameter MessageGroupId" + rest);
    }
    EXPECT_EQ(fault("f.fifo", {{"MessageGroupId", "g"}, {"MessageDeduplicationId", ""}}),
              invalid +
                  "Value  for parameter MessageDeduplicationId is invalid. Reason: MessageDeduplicationId can only "
                  "include alphanumeric and punctuation characters. 1 to 128 in length.");
    EXPECT_EQ(
        fault("q", {}, "\x01"),
        "InvalidMessageContents: Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to "
        "#xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF");
    EXPECT_EQ(fault("q", {{"MessageAttributes", {{"ErrorDetails", text("")}}}}),
              invalid + "Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'.");
    EXPECT_EQ(fault("q", {{"MessageAttributes", {{"n", {{"DataType", "Number"}, {"StringValue", "ten"}}}}}}),
              invalid + "Can't cast the value of message (user) attribute 'n' to a number.");
    const Json list = {{"DataType", "String"}, {"StringListValues", {"a"}}};
    EXPECT_EQ(client.send("q", "m", {{"MessageAttributes", {{"n", list}}}}).queryFault().substr(0, 43),
              "AWS.SimpleQueueService.UnsupportedOperation");
    EXPECT_EQ(client.host.sum("q", "NumberOfMessagesSent"), 0);
}

TEST_F(Messages, BatchesOfBothKindsOfOutcome)
{
    client.make("small", {{"MaximumMessageSize", "1024"}});
    const Reply reply = sendBatch("small", {{{"Id", "big"}, {"MessageBody", std::string(1025, 'a')}},
                                            {{"Id", "good"}, {"MessageBody", "a"}, {"DelaySeconds", 5}}});
    EXPECT_EQ(reply["Failed"],
              Json::array({{{"Id", "big"},
                            {"SenderFault", true},
                            {"Code", "InvalidParameterValue"},
                            {"Message", "One or more parameters cannot be validated. Reason: Message must "
                                        "be shorter than 1024 bytes."}}}));
    ASSERT_EQ(reply["Successful"].size(), 1u);
    EXPECT_EQ(reply.note, "1 of 2 entries failed: InvalidParameterValue");
    EXPECT_EQ(reply["Successful"].at(0).at("Id"), "good");
    EXPECT_EQ(reply["Successful"].at(0).at("MD5OfMessageBody"), md5Hex("a"));
    EXPECT_EQ(client.bodies("small"), Bodies{});
    client.host.advance(seconds(5));
    EXPECT_EQ(client.bodies("small"), Bodies{"a"});
    const Reply whole = sendBatch("q", entries(10));
    EXPECT_FALSE(whole.json.contains("Failed"));
    EXPECT_EQ(whole.note, "");
    EXPECT_EQ(client.bodies("q").size(), 10u);
}

TEST_F(Messages, WhatABatchRefuses)
{
    const std::string prefix = "AWS.SimpleQueueService.";
    EXPECT_EQ(sendBatch("q", Json::array()).queryFault(),
              prefix + "EmptyBatchRequest: There should be at least one SendMessageBatchRequestEntry in the request.");
    EXPECT_EQ(sendBatch("q", Json::array()).error->code, "EmptyBatchRequest");
    EXPECT_EQ(sendBatch("q", entries(20)).queryFault(),
              prefix + "TooManyEntriesInBatchRequest: Maximum number of entries per request are 10. You have sent 20.");
    Json bad = entries(1);
    for (const std::string& id : {std::string(), std::string(81, 'a'), std::string("a:b")}) {
        bad[0]["Id"] = id;
        EXPECT_EQ(sendBatch("q", bad).queryFault(),
                  prefix +
                      "InvalidBatchEntryId: A batch entry id can only contain alphanumeric characters, hyphens and "
                      "underscores. It can be at most 80 letters long.");
    }
    Json twice = entries(2);
    twice[1]["Id"] = "0";
    EXPECT_EQ(sendBatch("q", twice).queryFault(), prefix + "BatchEntryIdsNotDistinct: Id 0 repeated.");
    Json large = entries(2);
    large[0]["MessageBody"] = std::string(1 << 20, 'a');
    large[1]["MessageBody"] = "b";
    EXPECT_EQ(
        sendBatch("q", large).queryFault(),
        prefix +
            "BatchRequestTooLong: Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.");
    EXPECT_EQ(sendBatch("f.fifo", entries(1)).fault(),
              "InvalidParameterValueException: The request must contain the parameter MessageGroupId.");
    client.make("plain.fifo");
    Json grouped = entries(1);
    grouped[0]["MessageGroupId"] = "g";
    EXPECT_EQ(sendBatch("plain.fifo", grouped).fault(),
              "InvalidParameterValueException: The queue should either have ContentBasedDeduplication enabled or "
              "MessageDeduplicationId provided explicitly");
    EXPECT_EQ(sendBatch("none", entries(1)).fault(), kNoQueue);
    EXPECT_EQ(client.bodies("q"), Bodies{});
}

TEST_F(Messages, WhatAReceiveRefuses)
{
    const auto fault = [&](const Json& more) { return client.receive("q", more).fault(); };
    const std::string invalid = "InvalidParameterValueException: Value ";
    EXPECT_EQ(client.receive("none").fault(), kNoQueue);
    EXPECT_EQ(fault({{"MaxNumberOfMessages", 11}}),
              invalid +
                  "11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.");
    EXPECT_EQ(fault({{"MaxNumberOfMessages", 0}}),
              invalid +
                  "0 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.");
    EXPECT_EQ(fault({{"WaitTimeSeconds", 21}}),
              invalid + "21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.");
    EXPECT_EQ(fault({{"WaitTimeSeconds", -1}}),
              invalid + "-1 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.");
    EXPECT_EQ(fault({{"VisibilityTimeout", 43201}}),
              invalid +
                  "43201 for parameter VisibilityTimeout is invalid. Reason: Must be >= 0 and <= 43200, if provided.");
    EXPECT_NE(fault({{"ReceiveRequestAttemptId", "a"}}), ""); // of FIFO queues only
}

TEST_F(Messages, AtTheInFlightLimitAShortPollIsOverLimit)
{
    client.make("tight");
    ASSERT_TRUE(client.host.edit("", "tight", {{"InFlightLimit", 1}}));
    client.send("tight", "a");
    client.send("tight", "b");
    EXPECT_EQ(client.bodies("tight"), Bodies{"a"});
    const Reply over = client.receive("tight");
    ASSERT_TRUE(over.error);
    EXPECT_EQ(over.error->code, "OverLimit");
    EXPECT_EQ(over.error->status, 403);
}

TEST_F(Messages, AReceiveAttemptRepeatedGivesTheSame)
{
    client.send("f.fifo", "m", {{"MessageGroupId", "g"}});
    const Reply first = client.receive("f.fifo", {{"ReceiveRequestAttemptId", "try"}});
    const Reply again = client.receive("f.fifo", {{"ReceiveRequestAttemptId", "try"}});
    EXPECT_EQ(first.text, again.text);
    EXPECT_EQ(first["Messages"].size(), 1u);
}

TEST_F(Messages, DeletingAndItsHandles)
{
    client.send("q", "m");
    const std::string first = handle();
    EXPECT_EQ(remove("q", "nonsense").fault(),
              "ReceiptHandleIsInvalid: The input receipt handle \"nonsense\" is not a valid receipt handle.");
    EXPECT_EQ(remove("q", "nonsense").error->queryStatus, 404);
    EXPECT_EQ(remove("f.fifo", first).error->code, "ReceiptHandleIsInvalid"); // of another queue
    EXPECT_EQ(remove("none", first).fault(), kNoQueue);
    EXPECT_EQ(client.call("DeleteMessage", {{"QueueUrl", client.url("q")}}).fault(),
              "MissingRequiredParameterException: The request must contain the parameter ReceiptHandle.");
    client.host.advance(seconds(31));
    const std::string second = handle();
    EXPECT_NE(first, second);
    EXPECT_EQ(remove("q", first).text, "{}"); // an older one: well, but it is still there
    EXPECT_EQ(client.attributes("q").at("ApproximateNumberOfMessagesNotVisible"), "1");
    EXPECT_EQ(remove("q", second).text, "{}");
    EXPECT_EQ(remove("q", second).text, "{}"); // as often as wanted
    EXPECT_EQ(client.attributes("q").at("ApproximateNumberOfMessagesNotVisible"), "0");
    EXPECT_EQ(client.host.sum("q", "NumberOfMessagesDeleted"), 3);
}

TEST_F(Messages, AFifoHandleExpires)
{
    client.send("f.fifo", "m", {{"MessageGroupId", "g"}});
    const std::string expired = handle("f.fifo");
    client.host.advance(seconds(31));
    EXPECT_EQ(remove("f.fifo", expired).fault(),
              "InvalidParameterValueException: Value " + expired +
                  " for parameter ReceiptHandle is invalid. Reason: The receipt handle "
                  "has expired.");
}

TEST_F(Messages, BatchesOfDeletes)
{
    sendBatch("q", entries(3));
    const Json messages = client.receive("q")["Messages"];
    const Json batch = {{{"Id", "a"}, {"ReceiptHandle", messages[0]["ReceiptHandle"]}},
                        {{"Id", "b"}, {"ReceiptHandle", "nonsense"}},
                        {{"Id", "c"}, {"ReceiptHandle", messages[2]["ReceiptHandle"]}}};
    const Reply reply = client.call("DeleteMessageBatch", {{"QueueUrl", client.url("q")}, {"Entries", batch}});
    EXPECT_EQ(reply["Successful"], Json::array({{{"Id", "a"}}, {{"Id", "c"}}}));
    ASSERT_EQ(reply["Failed"].size(), 1u);
    EXPECT_EQ(reply["Failed"].at(0).at("Code"), "ReceiptHandleIsInvalid");
    EXPECT_EQ(reply.note, "1 of 3 entries failed: ReceiptHandleIsInvalid");
    EXPECT_EQ(client.attributes("q").at("ApproximateNumberOfMessagesNotVisible"), "1");
    const Reply empty = client.call("DeleteMessageBatch", {{"QueueUrl", client.url("q")}, {"Entries", Json::array()}});
    EXPECT_EQ(empty.fault(),
              "EmptyBatchRequest: There should be at least one DeleteMessageBatchRequestEntry in the request.");
}

TEST_F(Messages, VisibilityIsChangedFromTheCallOn)
{
    client.send("q", "m");
    const std::string first = handle();
    EXPECT_EQ(hide("q", first, 10).text, "{}");
    client.host.advance(seconds(9));
    EXPECT_EQ(client.bodies("q"), Bodies{});
    client.host.advance(seconds(1));
    EXPECT_EQ(hide("q", first, 10).fault(), ""); // too late is no fault
    const std::string second = handle();
    EXPECT_EQ(hide("q", second, 0).fault(), "");
    EXPECT_EQ(hide("q", second, 5).queryFault(),
              "AWS.SimpleQueueService.MessageNotInflight: The specified message isn't in flight.");
    EXPECT_EQ(client.bodies("q"), Bodies{"m"});
    EXPECT_EQ(hide("q", second, 43201).fault(),
              "InvalidParameterValueException: Value 43201 for parameter VisibilityTimeout is invalid. Reason: "
              "VisibilityTimeout must be an integer between 0 and 43200.");
    EXPECT_EQ(hide("q", "nonsense", 1).error->code, "ReceiptHandleIsInvalid");
}

TEST_F(Messages, BatchesOfVisibilityChanges)
{
    sendBatch("q", entries(2));
    const Json messages = client.receive("q")["Messages"];
    const Json batch = {{{"Id", "a"}, {"ReceiptHandle", messages[0]["ReceiptHandle"]}, {"VisibilityTimeout", 0}},
                        {{"Id", "b"}, {"ReceiptHandle", messages[1]["ReceiptHandle"]}}};
    const Reply reply =
        client.call("ChangeMessageVisibilityBatch", {{"QueueUrl", client.url("q")}, {"Entries", batch}});
    EXPECT_EQ(reply["Successful"], Json::array({{{"Id", "a"}}}));
    EXPECT_EQ(reply["Failed"].at(0).at("Code"), "MissingParameter");
    EXPECT_EQ(reply.note, "1 of 2 entries failed: MissingParameter");
    EXPECT_EQ(client.bodies("q").size(), 1u);
}

TEST_F(Messages, AFifoQueueThrottlesTheThreeHundredFirstCall)
{
    for (int i = 0; i < 300; ++i)
        ASSERT_EQ(client.send("f.fifo", std::to_string(i), {{"MessageGroupId", "g"}}).fault(), "");
    const Reply refused = client.send("f.fifo", "late", {{"MessageGroupId", "g"}});
    ASSERT_TRUE(refused.error);
    EXPECT_EQ(refused.error->code, "RequestThrottled");
    EXPECT_NE(refused.error->reason, "");
    EXPECT_EQ(client.host.sum("f.fifo", "ThrottledRequests"), 1);
}

} // namespace
} // namespace streamwright::sqs::test
