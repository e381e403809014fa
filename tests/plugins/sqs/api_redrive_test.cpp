// SPDX-License-Identifier: GPL-3.0-or-later
// Dead-letter queues by ARN, and the tasks that move messages back out of them.
#include "core/base/base64.h"
#include "core/base/digest.h"
#include "tests/plugins/sqs/api_client.h"

namespace streamwright::sqs::test {
namespace {

class RedriveTest : public ::testing::Test {
protected:
    RedriveTest()
    {
        client.make("dead");
        client.make("q", {{"RedrivePolicy", policy("dead", 1)}});
    }
    static std::string policy(const std::string& target, int count)
    {
        return Json{{"deadLetterTargetArn", ApiClient::arn(target)}, {"maxReceiveCount", count}}.dump();
    }
    Reply set(const std::string& queue, const std::string& attribute, const std::string& value)
    {
        return client.call("SetQueueAttributes",
                           {{"QueueUrl", client.url(queue)}, {"Attributes", {{attribute, value}}}});
    }
    // So many messages of the queue are received once too often.
    void die(std::size_t count, const std::string& queue = "q")
    {
        for (std::size_t i = 0; i < count; ++i)
            client.send(queue, "m" + std::to_string(i));
        for (std::size_t i = 0; i < count; ++i)
            client.receive(queue, {{"VisibilityTimeout", 0}});
    }
    std::size_t visible(const std::string& queue)
    {
        return std::stoull(client.attributes(queue).at("ApproximateNumberOfMessages").get<std::string>());
    }
    Reply start(const Json& more = Json::object())
    {
        Json input = {{"SourceArn", client.arn("dead")}};
        input.update(more);
        return client.call("StartMessageMoveTask", input);
    }
    Json tasks(int most = 1)
    {
        return client.call("ListMessageMoveTasks",
                           {{"SourceArn", client.arn("dead")}, {"MaxResults", most}})["Results"];
    }

    ApiClient client;
};

TEST_F(RedriveTest, TheReceiveBeyondTheCountMovesAMessage)
{
    const Json attributes = {{"MyAttribute", {{"DataType", "String"}, {"StringValue", "foobar"}}}};
    const Json header = {{"AWSTraceHeader", {{"DataType", "String"}, {"StringValue", "Root=1"}}}};
    const Reply sent =
        client.send("q", "message-1", {{"MessageAttributes", attributes}, {"MessageSystemAttributes", header}});
    EXPECT_EQ(client.bodies("q", {{"VisibilityTimeout", 0}}), Bodies{"message-1"});
    EXPECT_EQ(visible("dead"), 0u);
    client.host.advance(seconds(10));
    EXPECT_EQ(client.bodies("q"), Bodies{});
    const Json message =
        client.receive("dead", {{"AttributeNames", {"All"}}, {"MessageAttributeNames", {"All"}}})["Messages"].at(0);
    EXPECT_EQ(message.at("MessageId"), sent["MessageId"]);
    EXPECT_EQ(message.at("MD5OfMessageAttributes"), "adb59cd4678ea5a855436b949cd07ab6");
    EXPECT_EQ(message.at("Attributes").at("DeadLetterQueueSourceArn"), client.arn("q"));
    EXPECT_EQ(message.at("Attributes").at("AWSTraceHeader"), "Root=1");
    EXPECT_EQ(message.at("Attributes").at("ApproximateReceiveCount"), "2");
    EXPECT_EQ(message.at("Attributes").at("SentTimestamp"), std::to_string(epochMilliseconds(kStart)));
    EXPECT_EQ(client.host.sum("q", "NumberOfMessagesMovedToDeadLetterQueue"), 1);
    EXPECT_EQ(client.host.sum("dead", "NumberOfDeadLettersReceived"), 1);
    EXPECT_EQ(client.host.sum("dead", "NumberOfMessagesSent"), 0);
    EXPECT_EQ(client.attributes("q").at("ApproximateNumberOfMessagesNotVisible"), "0");
}

TEST_F(RedriveTest, AMoveWakesAPollAtTheDeadLetterQueue)
{
    client.send("q", "m");
    client.bodies("q", {{"VisibilityTimeout", 0}});
    const auto poll = client.begin("ReceiveMessage", {{"QueueUrl", client.url("dead")}, {"WaitTimeSeconds", 20}});
    client.bodies("q");
    client.host.advance(Duration::zero());
    ASSERT_TRUE(poll->done());
    EXPECT_EQ(client.bodiesOf(poll->reply()), Bodies{"m"});
}

TEST_F(RedriveTest, WithoutTheDeadLetterQueueNothingIsDead)
{
    client.call("DeleteQueue", {{"QueueUrl", client.url("dead")}});
    client.send("q", "m");
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(client.bodies("q", {{"VisibilityTimeout", 0}}), Bodies{"m"});
    client.host.advance(seconds(60));
    client.make("dead"); // found again
    EXPECT_EQ(client.bodies("q"), Bodies{});
    EXPECT_EQ(client.bodies("dead"), Bodies{"m"});
}

TEST_F(RedriveTest, ThePolicyIsToldAndTakenAway)
{
    EXPECT_EQ(client.attributes("q").at("RedrivePolicy"),
              R"({"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead","maxReceiveCount":1})");
    EXPECT_EQ(client.make("q", {{"RedrivePolicy", policy("dead", 1)}}).fault(), "");
    EXPECT_EQ(client.make("q", {{"RedrivePolicy", policy("dead", 2)}}).error->code, "QueueNameExists");
    EXPECT_EQ(set("q", "RedrivePolicy", "").fault(), "");
    EXPECT_FALSE(client.attributes("q").contains("RedrivePolicy"));
    EXPECT_EQ(client.call("ListDeadLetterSourceQueues", {{"QueueUrl", client.url("dead")}}).text,
              R"({"queueUrls":[]})");
}

TEST_F(RedriveTest, WhatAPolicyMayNotBe)
{
    client.make("f.fifo");
    const auto fault = [&](const std::string& text) { return set("q", "RedrivePolicy", text).fault(); };
    const auto invalid = [](const std::string& text, const std::string& reason) {
        return "InvalidParameterValueException: Value " + text +
               " for parameter RedrivePolicy is invalid. Reason: " + reason;
    };
    for (const auto& [text, reason] : std::vector<std::pair<std::string, std::string>>{
             {"{", "Redrive policy is not a valid JSON map."},
             {"{}", "Redrive policy does not contain mandatory attribute: deadLetterTargetArn."},
             {R"({"deadLetterTargetArn":"x"})",
              "Redrive policy does not contain mandatory attribute: maxReceiveCount."},
             {policy("dead", 0),
              "Invalid value for maxReceiveCount: 0, valid values are from 1 to 1000 both inclusive."},
             {policy("dead", 1001),
              "Invalid value for maxReceiveCount: 1001, valid values are from 1 to 1000 both inclusive."},
             {R"({"deadLetterTargetArn":"x","maxReceiveCount":1})", "Invalid value for deadLetterTargetArn."},
             {policy("none", 1), "Dead letter target does not exist."},
             {policy("f.fifo", 1), "Dead-letter queue must be same type of queue as the source."},
             {policy("q", 1), "A queue cannot be its own dead-letter queue."}})
        EXPECT_EQ(fault(text), invalid(text, reason));
}

TEST_F(RedriveTest, TheDeadLetterQueueSaysWhoMay)
{
    client.make("other");
    EXPECT_EQ(set("dead", "RedriveAllowPolicy", R"({"redrivePermission":"denyAll"})").fault(), "");
    EXPECT_NE(set("other", "RedrivePolicy", policy("dead", 1)).fault(), "");
    const std::string byQueue =
        Json{{"redrivePermission", "byQueue"}, {"sourceQueueArns", {client.arn("other")}}}.dump();
    EXPECT_EQ(set("dead", "RedriveAllowPolicy", byQueue).fault(), "");
    EXPECT_EQ(client.attributes("dead").at("RedriveAllowPolicy"), byQueue);
    EXPECT_EQ(set("other", "RedrivePolicy", policy("dead", 1)).fault(), "");
    client.make("third");
    EXPECT_NE(set("third", "RedrivePolicy", policy("dead", 1)).fault(), "");
    for (const char* bad : {"{", R"({"redrivePermission":"some"})", R"({"redrivePermission":"byQueue"})",
                            R"({"redrivePermission":"allowAll","sourceQueueArns":["arn:aws:sqs:r:000000000000:q"]})",
                            R"({"redrivePermission":"byQueue","sourceQueueArns":["x"]})"})
        EXPECT_EQ(set("dead", "RedriveAllowPolicy", bad).error->queryCode, "InvalidParameterValue") << bad;
    EXPECT_EQ(set("dead", "RedriveAllowPolicy", "").fault(), "");
    EXPECT_EQ(set("third", "RedrivePolicy", policy("dead", 1)).fault(), "");
}

TEST_F(RedriveTest, TheSourcesAreListedInPages)
{
    for (const char* name : {"a", "b"})
        client.make(name, {{"RedrivePolicy", policy("dead", 3)}});
    const Json first =
        client.call("ListDeadLetterSourceQueues", {{"QueueUrl", client.url("dead")}, {"MaxResults", 2}}).json;
    EXPECT_EQ(first.at("queueUrls"), Json::array({client.url("a"), client.url("b")}));
    const Json rest =
        client
            .call("ListDeadLetterSourceQueues",
                  {{"QueueUrl", client.url("dead")}, {"MaxResults", 2}, {"NextToken", first.at("NextToken")}})
            .json;
    EXPECT_EQ(rest, Json({{"queueUrls", {client.url("q")}}}));
}

TEST_F(RedriveTest, ATaskMovesAsNewMessages)
{
    client.make("elsewhere");
    die(2);
    client.receive("q");
    EXPECT_EQ(visible("dead"), 2u);
    const std::string before = client.receive("dead", {{"VisibilityTimeout", 0}})["Messages"].at(0).at("MessageId");
    client.host.advance(seconds(1));
    const Reply started = start({{"DestinationArn", client.arn("elsewhere")}});
    ASSERT_EQ(started.fault(), "");
    client.host.advance(seconds(1));
    EXPECT_EQ(tasks(), Json::array({{{"Status", "COMPLETED"},
                                     {"SourceArn", client.arn("dead")},
                                     {"DestinationArn", client.arn("elsewhere")},
                                     {"ApproximateNumberOfMessagesMoved", 2},
                                     {"ApproximateNumberOfMessagesToMove", 2},
                                     {"StartedTimestamp", epochMilliseconds(kStart + seconds(1))}}}));
    EXPECT_EQ(visible("dead"), 0u);
    const Json moved = client.receive("elsewhere", {{"AttributeNames", {"All"}}})["Messages"];
    ASSERT_EQ(moved.size(), 2u);
    EXPECT_NE(moved[0].at("MessageId"), before);
    EXPECT_EQ(moved[0].at("Attributes").at("SentTimestamp"), std::to_string(epochMilliseconds(kStart + seconds(1))));
    EXPECT_EQ(moved[0].at("Attributes").at("ApproximateReceiveCount"), "1");
    EXPECT_FALSE(moved[0].at("Attributes").contains("DeadLetterQueueSourceArn"));
}

TEST_F(RedriveTest, WithoutADestinationMessagesGoBackToTheirSources)
{
    client.make("r", {{"RedrivePolicy", policy("dead", 1)}});
    die(1);
    die(2, "r");
    client.receive("q");
    client.receive("r");
    EXPECT_EQ(visible("dead"), 3u);
    start();
    client.host.advance(seconds(1));
    EXPECT_EQ(visible("q"), 1u);
    EXPECT_EQ(visible("r"), 2u);
    EXPECT_FALSE(tasks()[0].contains("DestinationArn"));
    EXPECT_EQ(tasks()[0].at("ApproximateNumberOfMessagesMoved"), 3);
}

TEST_F(RedriveTest, ATaskKeepsItsRateAndCanBeCancelled)
{
    die(10);
    client.receive("q");
    ASSERT_EQ(visible("dead"), 10u);
    const Json handle = start({{"MaxNumberOfMessagesPerSecond", 1}})["TaskHandle"];
    client.host.advance(milliseconds(1500));
    EXPECT_EQ(tasks()[0].at("Status"), "RUNNING");
    EXPECT_EQ(tasks()[0].at("TaskHandle"), handle);
    EXPECT_EQ(tasks()[0].at("ApproximateNumberOfMessagesMoved"), 2);
    EXPECT_EQ(tasks()[0].at("MaxNumberOfMessagesPerSecond"), 1);
    EXPECT_EQ(start().fault(),
              "InvalidParameterValueException: There is already a task running. Only one active task is "
              "allowed for a source queue arn at a given time.");
    EXPECT_EQ(client.call("CancelMessageMoveTask", {{"TaskHandle", handle}}).text,
              R"({"ApproximateNumberOfMessagesMoved":2})");
    client.host.advance(seconds(10));
    EXPECT_EQ(tasks()[0].at("Status"), "CANCELLED");
    EXPECT_FALSE(tasks()[0].contains("TaskHandle"));
    EXPECT_EQ(visible("dead"), 8u);
    EXPECT_TRUE(client.call("CancelMessageMoveTask", {{"TaskHandle", handle}}).error);
    start();
    client.host.advance(seconds(10));
    EXPECT_EQ(visible("dead"), 0u);
    EXPECT_EQ(tasks(10).size(), 2u);
    EXPECT_EQ(tasks(10)[0].at("Status"), "COMPLETED");
}

TEST_F(RedriveTest, TasksOutliveARestart)
{
    client.make("elsewhere");
    die(10);
    client.receive("q");
    start({{"MaxNumberOfMessagesPerSecond", 500}, {"DestinationArn", client.arn("elsewhere")}});
    client.host.advance(seconds(1));
    die(5);
    client.receive("q");
    const Json handle = start({{"MaxNumberOfMessagesPerSecond", 1}})["TaskHandle"];
    client.host.advance(milliseconds(1500));
    const Json before = tasks(10);
    client.host.restart();
    client.service.begin(client.host);
    EXPECT_EQ(tasks(10), before);
    EXPECT_EQ(tasks()[0].at("Status"), "RUNNING");
    EXPECT_TRUE(start().error) << "one is running";
    EXPECT_EQ(visible("dead"), 3u);
    client.host.advance(milliseconds(1500));
    EXPECT_EQ(visible("dead"), 1u);
    EXPECT_EQ(client.call("CancelMessageMoveTask", {{"TaskHandle", handle}}).text,
              R"({"ApproximateNumberOfMessagesMoved":4})");
    client.host.restart();
    client.service.begin(client.host);
    client.host.advance(seconds(10));
    EXPECT_EQ(tasks()[0].at("Status"), "CANCELLED");
    EXPECT_EQ(visible("dead"), 1u);
    EXPECT_NE(start()["TaskHandle"], handle);
    client.host.advance(seconds(10));
    EXPECT_EQ(visible("dead"), 0u);
}

TEST_F(RedriveTest, ATaskFailsWithItsDestination)
{
    client.make("elsewhere");
    die(5);
    client.receive("q");
    start({{"DestinationArn", client.arn("elsewhere")}, {"MaxNumberOfMessagesPerSecond", 1}});
    client.host.advance(milliseconds(1500));
    client.call("DeleteQueue", {{"QueueUrl", client.url("elsewhere")}});
    client.host.advance(seconds(2));
    EXPECT_EQ(tasks()[0].at("Status"), "FAILED");
    EXPECT_EQ(tasks()[0].at("FailureReason"), "AWS.SimpleQueueService.NonExistentQueue");
    EXPECT_EQ(visible("dead"), 3u); // what could not be moved is there
}

TEST_F(RedriveTest, WhatATaskRefuses)
{
    const auto startOf = [&](const Json& input) { return client.call("StartMessageMoveTask", input); };
    const std::string missing = "ResourceNotFoundException: The resource that you specified for the ";
    EXPECT_EQ(startOf({{"SourceArn", client.arn("none")}}).fault(), missing + "SourceArn parameter doesn't exist.");
    EXPECT_EQ(startOf({{"SourceArn", client.arn("none")}}).error->status, 404);
    EXPECT_EQ(startOf({{"SourceArn", client.arn("q")}}).fault(),
              "InvalidParameterValueException: Source queue must be configured as a Dead Letter Queue.");
    EXPECT_EQ(start({{"DestinationArn", client.arn("none")}}).fault(),
              missing + "DestinationArn parameter doesn't exist.");
    EXPECT_EQ(start({{"MaxNumberOfMessagesPerSecond", 501}}).error->queryCode, "InvalidParameterValue");
    EXPECT_EQ(start({{"DestinationArn", client.arn("dead")}}).error->queryCode, "InvalidParameterValue");
    const auto cancel = [&](const std::string& handle) {
        return client.call("CancelMessageMoveTask", {{"TaskHandle", handle}}).fault();
    };
    const auto handleOf = [](const Json& name) {
        std::string handle;
        appendBase64(handle, name.dump());
        return handle;
    };
    EXPECT_EQ(cancel("foobared"), "InvalidParameterValueException: Value for parameter TaskHandle is invalid.");
    EXPECT_EQ(cancel(handleOf({{"taskId", "x"}, {"sourceArn", client.arn("none")}})),
              missing + "SourceArn parameter doesn't exist.");
    EXPECT_EQ(cancel(handleOf({{"taskId", "x"}, {"sourceArn", client.arn("dead")}})),
              "ResourceNotFoundException: Task does not exist.");
    EXPECT_EQ(client.call("ListMessageMoveTasks", {{"SourceArn", client.arn("none")}}).error->code,
              "ResourceNotFoundException");
    EXPECT_EQ(client.call("ListMessageMoveTasks", {{"SourceArn", client.arn("dead")}}).text, "{}");
}

} // namespace
} // namespace streamwright::sqs::test
