// SPDX-License-Identifier: GPL-3.0-or-later
// Every action over the query protocol: its form is understood and its answer is the XML that clients expect. The service's
// table itself.
#include <set>

#include "core/base/digest.h"
#include "tests/plugins/sqs/api_client.h"

namespace streamwright::sqs::test {
namespace {

class QueryForm : public ::testing::Test {
protected:
    static std::string escaped(const std::string& text)
    {
        std::string out;
        for (const char c : text) {
            char code[4];
            std::snprintf(code, sizeof code, "%%%02X", static_cast<unsigned char>(c));
            out += code;
        }
        return out;
    }
    static std::string on(const std::string& queue, const std::string& rest = "")
    {
        return "QueueUrl=" + escaped(ApiClient::url(queue)) + (rest.empty() ? "" : "&" + rest);
    }
    // The answer, which must be none of refusal.
    std::string query(const std::string& action, const std::string& form)
    {
        const Reply reply = client.query(action, form);
        EXPECT_EQ(reply.queryFault(), "") << action;
        return reply.text;
    }
    // What stands in the first element of that name.
    static std::string element(const std::string& xml, const std::string& name)
    {
        const auto begin = xml.find("<" + name + ">");
        const auto end = xml.find("</" + name + ">");
        if (begin == xml.npos || end == xml.npos) return "";
        return xml.substr(begin + name.size() + 2, end - begin - name.size() - 2);
    }

    ApiClient client;
};

TEST_F(QueryForm, QueuesAndTheirAttributes)
{
    EXPECT_EQ(query("CreateQueue", "QueueName=q&Attribute.1.Name=DelaySeconds&Attribute.1.Value=0&Attribute.2.Name="
                                   "VisibilityTimeout&Attribute.2.Value=7&Tag.1.Key=a&Tag.1.Value=1"),
              "<QueueUrl>http://127.0.0.1:4566/000000000000/q</QueueUrl>");
    EXPECT_EQ(query("GetQueueUrl", "QueueName=q"), "<QueueUrl>http://127.0.0.1:4566/000000000000/q</QueueUrl>");
    EXPECT_EQ(query("ListQueues", "QueueNamePrefix=q&MaxResults=1"),
              "<QueueUrl>http://127.0.0.1:4566/000000000000/q</QueueUrl>");
    EXPECT_EQ(query("GetQueueAttributes", on("q", "AttributeName.1=VisibilityTimeout&AttributeName.2=DelaySeconds")),
              "<Attribute><Name>DelaySeconds</Name><Value>0</Value></Attribute>"
              "<Attribute><Name>VisibilityTimeout</Name><Value>7</Value></Attribute>");
    EXPECT_EQ(query("SetQueueAttributes", on("q", "Attribute.1.Name=VisibilityTimeout&Attribute.1.Value=8")), "");
    EXPECT_EQ(client.attributes("q").at("VisibilityTimeout"), "8");
    EXPECT_EQ(query("ListQueueTags", on("q")), "<Tag><Key>a</Key><Value>1</Value></Tag>");
    EXPECT_EQ(query("TagQueue", on("q", "Tag.1.Key=b&Tag.1.Value=")), "");
    EXPECT_EQ(query("UntagQueue", on("q", "TagKey.1=a")), "");
    EXPECT_EQ(query("ListQueueTags", on("q")), "<Tag><Key>b</Key><Value></Value></Tag>");
    EXPECT_EQ(query("AddPermission", on("q", "Label=l&AWSAccountId.1=111111111111&ActionName.1=SendMessage")), "");
    EXPECT_NE(client.attributes("q").value("Policy", "").find("SQS:SendMessage"), std::string::npos);
    EXPECT_EQ(query("RemovePermission", on("q", "Label=l")), "");
    EXPECT_EQ(query("PurgeQueue", on("q")), "");
    EXPECT_EQ(query("DeleteQueue", on("q")), "");
    EXPECT_EQ(client.query("DeleteQueue", on("q")).queryFault(),
              "AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist for this wsdl version.");
}

TEST_F(QueryForm, Messages)
{
    client.make("q");
    const std::string sent =
        query("SendMessage",
              on("q", "MessageBody=" + escaped("<hello> & \n") +
                          "&MessageAttribute.1.Name=n&MessageAttribute.1.Value.DataType=Number&"
                          "MessageAttribute.1.Value.StringValue=1&MessageAttribute.2.Name=b&"
                          "MessageAttribute.2.Value.DataType=Binary&MessageAttribute.2.Value.BinaryValue=AQI%3D&"
                          "MessageSystemAttribute.1.Name=AWSTraceHeader&MessageSystemAttribute.1.Value."
                          "DataType=String&MessageSystemAttribute.1.Value.StringValue=Root"));
    EXPECT_EQ(element(sent, "MD5OfMessageBody"), md5Hex("<hello> & \n"));
    EXPECT_EQ(element(sent, "MD5OfMessageAttributes").size(), 32u);
    EXPECT_EQ(element(sent, "MD5OfMessageSystemAttributes").size(), 32u);
    const std::string received = query("ReceiveMessage", on("q", "AttributeName.1=All&MessageAttributeName.1=All"));
    EXPECT_EQ(received.substr(0, 9), "<Message>");
    EXPECT_EQ(element(received, "MessageId"), element(sent, "MessageId"));
    EXPECT_EQ(element(received, "MD5OfMessageAttributes"), element(sent, "MD5OfMessageAttributes"));
    EXPECT_NE(received.find("<Attribute><Name>AWSTraceHeader</Name><Value>Root</Value></Attribute>"),
              std::string::npos);
    EXPECT_NE(received.find(
                  "<MessageAttribute><Name>b</Name><Value><BinaryValue>AQI=</BinaryValue><DataType>Binary</DataType>"
                  "</Value></MessageAttribute>"),
              std::string::npos);
    EXPECT_EQ(element(received, "Body").substr(0, 16), "&lt;hello&gt; &a");
    const std::string handle = "ReceiptHandle=" + element(received, "ReceiptHandle");
    EXPECT_EQ(query("ChangeMessageVisibility", on("q", handle + "&VisibilityTimeout=60")), "");
    EXPECT_EQ(query("DeleteMessage", on("q", handle)), "");
    EXPECT_EQ(query("ReceiveMessage", on("q")), "");
    EXPECT_EQ(client.query("DeleteMessage", on("q", "ReceiptHandle=x")).queryFault(),
              "ReceiptHandleIsInvalid: The input receipt handle \"x\" is not a valid receipt handle.");
    EXPECT_EQ(client.query("SendMessage", on("q")).queryFault(),
              "MissingParameter: The request must contain the parameter MessageBody.");
}

TEST_F(QueryForm, Batches)
{
    client.make("q");
    const std::string entry = "SendMessageBatchRequestEntry.";
    const std::string sent =
        query("SendMessageBatch", on("q", entry + "1.Id=a&" + entry + "1.MessageBody=x&" + entry + "2.Id=b&" + entry +
                                              "2.MessageBody=y&" + entry + "2.DelaySeconds=901"));
    EXPECT_EQ(element(sent, "SendMessageBatchResultEntry").substr(0, 9), "<Id>a</Id");
    EXPECT_EQ(
        element(sent, "BatchResultErrorEntry"),
        "<Id>b</Id><SenderFault>true</SenderFault><Code>InvalidParameterValue</Code><Message>Value 901 for parameter "
        "DelaySeconds is invalid. Reason: DelaySeconds must be &gt;= 0 and &lt;= 900.</Message>");
    const std::string handle = element(query("ReceiveMessage", on("q")), "ReceiptHandle");
    const std::string change = "ChangeMessageVisibilityBatchRequestEntry.1.";
    EXPECT_EQ(query("ChangeMessageVisibilityBatch", on("q", change + "Id=a&" + change + "ReceiptHandle=" + handle +
                                                                "&" + change + "VisibilityTimeout=9")),
              "<ChangeMessageVisibilityBatchResultEntry><Id>a</Id></ChangeMessageVisibilityBatchResultEntry>");
    const std::string remove = "DeleteMessageBatchRequestEntry.1.";
    EXPECT_EQ(query("DeleteMessageBatch", on("q", remove + "Id=a&" + remove + "ReceiptHandle=" + handle)),
              "<DeleteMessageBatchResultEntry><Id>a</Id></DeleteMessageBatchResultEntry>");
    EXPECT_EQ(client.query("DeleteMessageBatch", on("q")).error->status, 400);
}

TEST_F(QueryForm, RedriveAndItsTasks)
{
    client.make("dead");
    client.make("q",
                {{"RedrivePolicy", R"({"deadLetterTargetArn":")" + client.arn("dead") + R"(","maxReceiveCount":3})"}});
    EXPECT_EQ(query("ListDeadLetterSourceQueues", on("dead")), "<QueueUrl>" + client.url("q") + "</QueueUrl>");
    const std::string arn = "SourceArn=" + escaped(client.arn("dead"));
    const std::string handle = element(query("StartMessageMoveTask", arn), "TaskHandle");
    EXPECT_NE(handle, "");
    EXPECT_EQ(query("CancelMessageMoveTask", "TaskHandle=" + escaped(handle)),
              "<ApproximateNumberOfMessagesMoved>0</ApproximateNumberOfMessagesMoved>");
    const std::string listed = query("ListMessageMoveTasks", arn);
    EXPECT_EQ(element(element(listed, "ListMessageMoveTasksResultEntry"), "Status"), "CANCELLED");
}

TEST(SqsService, EveryActionHasShapesAndNothingElseHas)
{
    const api::Service service = sqsService();
    std::set<std::string_view> actions;
    for (const api::Action& action : service.actions) {
        EXPECT_TRUE(actions.insert(action.name).second) << action.name;
        EXPECT_TRUE(action.run != nullptr);
        EXPECT_NE(service.shapes->find(action.name), nullptr) << action.name;
    }
    EXPECT_EQ(actions.size(), 23u);
    for (const auto& [name, shapes] : service.shapes->actions())
        EXPECT_TRUE(actions.contains(name)) << name;
}

} // namespace
} // namespace streamwright::sqs::test
