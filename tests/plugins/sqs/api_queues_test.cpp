// SPDX-License-Identifier: GPL-3.0-or-later
// Queues through the API: made, deleted, listed, their attributes, policies and tags, and what of it a restart keeps.
#include "plugins/sqs/limits.h"
#include "tests/plugins/sqs/api_client.h"

namespace streamwright::sqs::test {
namespace {

class Queues : public ::testing::Test {
protected:
    Reply set(const std::string& queue, const Json& attributes)
    {
        return client.call("SetQueueAttributes", {{"QueueUrl", client.url(queue)}, {"Attributes", attributes}});
    }
    Reply on(const std::string& action, const std::string& queue, const Json& more = Json::object())
    {
        Json input = {{"QueueUrl", client.url(queue)}};
        input.update(more);
        return client.call(action, input);
    }
    Json policyOf(const std::string& queue)
    {
        return *parseJson(client.attributes(queue).at("Policy").get<std::string>());
    }

    ApiClient client;
};

TEST_F(Queues, ANewQueueHasTheServicesDefaults)
{
    client.host.advance(milliseconds(1500));
    EXPECT_EQ(client.make("q")["QueueUrl"], "http://127.0.0.1:4566/000000000000/q");
    const std::string now = std::to_string(epochMilliseconds(client.host.now()) / 1000);
    EXPECT_EQ(client.attributes("q"), Json({{"ApproximateNumberOfMessages", "0"},
                                            {"ApproximateNumberOfMessagesDelayed", "0"},
                                            {"ApproximateNumberOfMessagesNotVisible", "0"},
                                            {"CreatedTimestamp", now},
                                            {"DelaySeconds", "0"},
                                            {"LastModifiedTimestamp", now},
                                            {"MaximumMessageSize", "1048576"},
                                            {"MessageRetentionPeriod", "345600"},
                                            {"QueueArn", "arn:aws:sqs:us-east-1:000000000000:q"},
                                            {"ReceiveMessageWaitTimeSeconds", "0"},
                                            {"SqsManagedSseEnabled", "true"},
                                            {"VisibilityTimeout", "30"}}));
}

TEST_F(Queues, AFifoQueueTellsItsDeduplication)
{
    client.make("f.fifo", {{"ContentBasedDeduplication", "true"}});
    const Json before = client.attributes("f.fifo");
    EXPECT_EQ(before.at("FifoQueue"), "true");
    EXPECT_EQ(before.at("ContentBasedDeduplication"), "true");
    EXPECT_EQ(before.at("DeduplicationScope"), "queue");
    EXPECT_EQ(before.at("FifoThroughputLimit"), "perQueue");
    EXPECT_EQ(set("f.fifo", {{"ContentBasedDeduplication", "false"}, {"DeduplicationScope", "messageGroup"}}).fault(),
              "");
    EXPECT_EQ(set("f.fifo", {{"FifoThroughputLimit", "perMessageGroupId"}, {"FifoQueue", "true"}}).fault(), "");
    EXPECT_EQ(client.attributes("f.fifo").at("ContentBasedDeduplication"), "false");
    EXPECT_EQ(client.attributes("f.fifo").at("FifoThroughputLimit"), "perMessageGroupId");
    // High throughput goes with its scope only.
    EXPECT_EQ(set("f.fifo", {{"DeduplicationScope", "queue"}}).error->code, "InvalidAttributeValue");
}

TEST_F(Queues, AttributesAreSetAndTakenBack)
{
    client.make(
        "q",
        {{"MessageRetentionPeriod", "604800"}, {"ReceiveMessageWaitTimeSeconds", "10"}, {"VisibilityTimeout", "20"}});
    client.host.advance(seconds(5));
    EXPECT_EQ(set("q", {{"MaximumMessageSize", "2048"}, {"VisibilityTimeout", "69"}, {"DelaySeconds", "420"}}).text,
              "{}");
    Json now = client.attributes("q");
    EXPECT_EQ(now.at("MaximumMessageSize"), "2048");
    EXPECT_EQ(now.at("VisibilityTimeout"), "69");
    EXPECT_EQ(now.at("DelaySeconds"), "420");
    EXPECT_EQ(now.at("MessageRetentionPeriod"), "604800");
    EXPECT_EQ(std::stoll(now.at("LastModifiedTimestamp").get<std::string>()) -
                  std::stoll(now.at("CreatedTimestamp").get<std::string>()),
              5);
    EXPECT_EQ(set("q", {{"KmsMasterKeyId", "testKeyId"}, {"KmsDataKeyReusePeriodSeconds", "6000"}}).fault(), "");
    now = client.attributes("q");
    EXPECT_EQ(now.at("KmsMasterKeyId"), "testKeyId");
    EXPECT_EQ(now.at("KmsDataKeyReusePeriodSeconds"), "6000");
    EXPECT_EQ(now.at("SqsManagedSseEnabled"), "false");
    EXPECT_EQ(
        set("q", {{"KmsMasterKeyId", ""}, {"KmsDataKeyReusePeriodSeconds", ""}, {"MaximumMessageSize", ""}}).fault(),
        "");
    now = client.attributes("q");
    EXPECT_FALSE(now.contains("KmsMasterKeyId"));
    EXPECT_EQ(now.at("SqsManagedSseEnabled"), "false");
    EXPECT_EQ(now.at("MaximumMessageSize"), "1048576");
}

TEST_F(Queues, OnlyTheAttributesAskedFor)
{
    client.make("q");
    EXPECT_EQ(on("GetQueueAttributes", "q").text, "{}");
    EXPECT_EQ(on("GetQueueAttributes", "q", {{"AttributeNames", {"DelaySeconds", "Policy"}}})["Attributes"],
              Json({{"DelaySeconds", "0"}}));
    EXPECT_EQ(on("GetQueueAttributes", "q", {{"AttributeNames", {"Nope"}}}).fault(),
              "InvalidAttributeName: Unknown Attribute Nope.");
    EXPECT_EQ(on("GetQueueAttributes", "none").error->code, "QueueDoesNotExist");
}

TEST_F(Queues, WhatAnAttributeMayNotBe)
{
    client.make("q");
    client.make("f.fifo");
    const auto fault = [&](const Json& attributes, const std::string& queue = "q") {
        return set(queue, attributes).fault();
    };
    const std::string value = "InvalidAttributeValue: Invalid value for the parameter ",
                      name = "InvalidAttributeName: ";
    for (const auto& [attribute, bad] :
         std::vector<std::pair<std::string, std::string>>{{"DelaySeconds", "901"},
                                                          {"MaximumMessageSize", "1023"},
                                                          {"MaximumMessageSize", "1048577"},
                                                          {"MessageRetentionPeriod", "59"},
                                                          {"MessageRetentionPeriod", "1209601"},
                                                          {"ReceiveMessageWaitTimeSeconds", "21"},
                                                          {"VisibilityTimeout", "43201"},
                                                          {"VisibilityTimeout", "-1"},
                                                          {"VisibilityTimeout", "ten"},
                                                          {"KmsDataKeyReusePeriodSeconds", "59"},
                                                          {"SqsManagedSseEnabled", "maybe"},
                                                          {"Policy", "no JSON"},
                                                          {"Policy", "[]"}}) {
        EXPECT_EQ(fault({{attribute, bad}}), value + attribute + ".");
        EXPECT_EQ(client.make("new", {{attribute, bad}}).fault(), value + attribute + ".");
    }
    EXPECT_EQ(fault({{"Nope", "1"}}), name + "Unknown Attribute Nope.");
    EXPECT_EQ(fault({{"QueueArn", "x"}}), name + "Unknown Attribute QueueArn.");
    EXPECT_EQ(fault({{"FifoQueue", "true"}}), name + "Unknown Attribute FifoQueue.");
    EXPECT_EQ(fault({{"FifoQueue", "false"}}, "f.fifo"),
              value + "FifoQueue. Reason: Modifying queue type is not supported.");
    EXPECT_EQ(fault({{"DeduplicationScope", "galaxy"}}, "f.fifo"), value + "DeduplicationScope.");
    EXPECT_EQ(client.make("new", {{"FifoQueue", "false"}}).fault(), name + "Unknown Attribute FifoQueue.");
    EXPECT_EQ(client.make("new", {{"ContentBasedDeduplication", "true"}}).fault(),
              name + "Unknown Attribute ContentBasedDeduplication.");
    EXPECT_EQ(client.make("new", {{"DeduplicationScope", "queue"}}).fault(),
              name + "You can specify the DeduplicationScope only when FifoQueue is set to true.");
    EXPECT_EQ(client.make("new", {{"FifoThroughputLimit", "perQueue"}}).fault(),
              name + "You can specify the FifoThroughputLimit only when FifoQueue is set to true.");
    EXPECT_EQ(set("q", Json::object()).fault(),
              "MissingRequiredParameterException: The request must contain the parameter Attribute.Name.");
    EXPECT_EQ(on("GetQueueAttributes", "new").error->code, "QueueDoesNotExist");
}

TEST_F(Queues, ANameIsCheckedAndItsTypeToo)
{
    const std::string plain = "InvalidParameterValueException: Can only include alphanumeric characters, hyphens, or "
                              "underscores. 1 to 80 in length";
    const std::string fifo =
        "InvalidParameterValueException: The name of a FIFO queue can only include alphanumeric "
        "characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.";
    const auto create = [&](const std::string& name, const Json& attributes = Json::object()) {
        return client.call("CreateQueue", {{"QueueName", name}, {"Attributes", attributes}}).fault();
    };
    EXPECT_EQ(create("a.b"), plain);
    EXPECT_EQ(create("a b"), plain);
    EXPECT_EQ(create(std::string(81, 'a')), plain);
    EXPECT_EQ(create(std::string(80, 'a')), "");
    EXPECT_EQ(create("a.fifo"), plain); // the attribute is missing
    EXPECT_EQ(create("a", {{"FifoQueue", "true"}}), fifo);
    EXPECT_EQ(create(".fifo", {{"FifoQueue", "true"}}), fifo);
    EXPECT_EQ(create(std::string(76, 'a') + ".fifo", {{"FifoQueue", "true"}}), fifo);
    EXPECT_EQ(create(""), "MissingRequiredParameterException: The request must contain the parameter QueueName.");
}

TEST_F(Queues, CreatingAgainIsFineWithEqualAttributes)
{
    client.make("q", {{"DelaySeconds", "1"}});
    EXPECT_EQ(client.make("q", {{"DelaySeconds", "1"}})["QueueUrl"], client.url("q"));
    EXPECT_EQ(client.make("q").fault(), "");
    EXPECT_EQ(client.make("q", {{"VisibilityTimeout", "30"}}).fault(), ""); // the default
    const Reply other = client.make("q", {{"DelaySeconds", "2"}});
    const std::string text =
        ": A queue already exists with the same name and a different value for attribute DelaySeconds";
    EXPECT_EQ(other.fault(), "QueueNameExists" + text);
    EXPECT_EQ(other.queryFault(), "QueueAlreadyExists" + text);
    client.make("f.fifo", {{"ContentBasedDeduplication", "true"}});
    EXPECT_EQ(client.make("f.fifo", {{"ContentBasedDeduplication", "true"}}).fault(), "");
    EXPECT_EQ(client.make("f.fifo", {{"ContentBasedDeduplication", "false"}}).error->code, "QueueNameExists");
}

TEST_F(Queues, ADeletedNameIsFreeAfterAMinute)
{
    client.make("q", {{"DelaySeconds", "1"}});
    EXPECT_EQ(on("DeleteQueue", "q").text, "{}");
    EXPECT_EQ(on("DeleteQueue", "q").error->code, "QueueDoesNotExist");
    client.host.advance(seconds(59));
    client.host.restart();
    EXPECT_EQ(
        client.make("q").queryFault(),
        "AWS.SimpleQueueService.QueueDeletedRecently: You must wait 60 seconds after deleting a queue before you can "
        "create another with the same name.");
    client.host.advance(seconds(1));
    EXPECT_EQ(client.make("q").fault(), "");
    EXPECT_EQ(client.attributes("q").at("DelaySeconds"), "0");
}

TEST_F(Queues, AQueueOfTheDrawingCannotBeDeleted)
{
    client.make("drawn");
    client.host.drawn = "drawn";
    EXPECT_EQ(on("DeleteQueue", "drawn").queryFault(),
              "AWS.SimpleQueueService.UnsupportedOperation: drawn is part of the pipeline");
    EXPECT_EQ(client.send("drawn", "m").fault(), "");
}

TEST_F(Queues, AHandleOfAQueueBeforeIsNoneOfTheNewOne)
{
    client.make("q");
    client.send("q", "m");
    const std::string old = client.receive("q")["Messages"].at(0).at("ReceiptHandle");
    on("DeleteQueue", "q");
    client.host.advance(seconds(60));
    client.make("q");
    client.send("q", "n");
    client.receive("q");
    EXPECT_EQ(on("DeleteMessage", "q", {{"ReceiptHandle", old}}).error->code, "ReceiptHandleIsInvalid");
}

TEST_F(Queues, UrlsOfAnyHostAndBareNamesAreTaken)
{
    client.make("q");
    EXPECT_EQ(client.call("GetQueueUrl", {{"QueueName", "q"}})["QueueUrl"], client.url("q"));
    EXPECT_EQ(client.call("GetQueueUrl", {{"QueueName", "none"}}).error->code, "QueueDoesNotExist");
    const Json elsewhere = {{"QueueName", "q"}, {"QueueOwnerAWSAccountId", "111111111111"}};
    EXPECT_EQ(client.call("GetQueueUrl", elsewhere).error->code, "QueueDoesNotExist");
    for (const char* url : {"q", "https://sqs.us-east-1.amazonaws.com/000000000000/q", "http://localhost:1/queue/q/"})
        EXPECT_EQ(client.call("SendMessage", {{"QueueUrl", url}, {"MessageBody", "m"}}).fault(), "") << url;
    EXPECT_EQ(client.attributes("q").at("ApproximateNumberOfMessages"), "3");
}

TEST_F(Queues, ListsComeInPages)
{
    EXPECT_EQ(client.call("ListQueues").text, "{}");
    for (const char* name : {"b1", "b2", "a1", "b3"})
        client.make(name);
    const auto urls = [&](const std::vector<std::string>& names) {
        Json urls = Json::array();
        for (const std::string& name : names)
            urls.push_back(client.url(name));
        return urls;
    };
    EXPECT_EQ(client.call("ListQueues")["QueueUrls"], urls({"a1", "b1", "b2", "b3"}));
    const Reply first = client.call("ListQueues", {{"QueueNamePrefix", "b"}, {"MaxResults", 2}});
    EXPECT_EQ(first["QueueUrls"], urls({"b1", "b2"}));
    const Reply second =
        client.call("ListQueues", {{"QueueNamePrefix", "b"}, {"MaxResults", 2}, {"NextToken", first["NextToken"]}});
    EXPECT_EQ(second["QueueUrls"], urls({"b3"}));
    EXPECT_FALSE(second.json.contains("NextToken"));
    EXPECT_EQ(
        client.call("ListQueues", {{"MaxResults", 0}}).fault(),
        "InvalidParameterValueException: Value 0 for parameter MaxResults is invalid. Reason: MaxResults must be an "
        "integer between 1 and 1000.");
    EXPECT_EQ(client.call("ListQueues", {{"NextToken", "nonsense"}}).error->queryCode, "InvalidParameterValue");
}

TEST_F(Queues, TagsAreKept)
{
    client.make("q");
    EXPECT_EQ(on("ListQueueTags", "q").text, "{}");
    EXPECT_EQ(on("TagQueue", "q", {{"Tags", {{"tag1", "value1"}, {"tag2", "value2"}, {"tag3", ""}}}}).text, "{}");
    EXPECT_EQ(on("ListQueueTags", "q")["Tags"], Json({{"tag1", "value1"}, {"tag2", "value2"}, {"tag3", ""}}));
    EXPECT_EQ(on("UntagQueue", "q", {{"TagKeys", {"tag1", "tag3", "other"}}}).text, "{}");
    EXPECT_EQ(on("ListQueueTags", "q")["Tags"], Json({{"tag2", "value2"}}));
    Json many = Json::object();
    for (std::size_t i = 0; i < kTags; ++i)
        many["k" + std::to_string(i)] = "v";
    EXPECT_EQ(on("TagQueue", "q", {{"Tags", many}}).error->queryCode, "InvalidParameterValue"); // 51 with tag2
    EXPECT_EQ(on("TagQueue", "q", {{"Tags", {{"aws:x", "1"}}}}).error->queryCode, "InvalidParameterValue");
    EXPECT_EQ(on("UntagQueue", "q", {{"TagKeys", Json::array()}}).fault(),
              "InvalidParameterValueException: Tag keys must be between 1 and 128 characters in length.");
    const Json input = {{"QueueName", "tagged"}, {"tags", {{"a", "1"}}}};
    client.call("CreateQueue", input);
    EXPECT_EQ(on("ListQueueTags", "tagged")["Tags"], Json({{"a", "1"}}));
}

TEST_F(Queues, PermissionsAreStatementsOfThePolicy)
{
    client.make("q");
    const auto add = [&](const std::string& label, const Json& accounts, const Json& actions) {
        return on("AddPermission", "q", {{"Label", label}, {"AWSAccountIds", accounts}, {"Actions", actions}});
    };
    EXPECT_EQ(add("one", {"668614515564", "111111111111"}, {"ReceiveMessage"}).text, "{}");
    EXPECT_EQ(policyOf("q"),
              Json({{"Version", "2008-10-17"},
                    {"Id", client.arn("q") + "/SQSDefaultPolicy"},
                    {"Statement", Json::array({{{"Sid", "one"},
                                                {"Effect", "Allow"},
                                                {"Principal",
                                                 {{"AWS", Json::array({"arn:aws:iam::668614515564:root",
                                                                       "arn:aws:iam::111111111111:root"})}}},
                                                {"Action", "SQS:ReceiveMessage"},
                                                {"Resource", client.arn("q")}}})}}));
    EXPECT_EQ(add("one", {"111111111111"}, {"ReceiveMessage"}).fault(),
              "InvalidParameterValueException: Value one for parameter Label is invalid. Reason: Already exists.");
    EXPECT_EQ(add("two", {"111111111111"}, {"ReceiveMessage"}).fault(), "");
    EXPECT_EQ(policyOf("q").at("Statement").at(1).at("Principal").at("AWS"), "arn:aws:iam::111111111111:root");
    EXPECT_EQ(on("RemovePermission", "q", {{"Label", "one"}}).fault(), "");
    EXPECT_EQ(on("RemovePermission", "q", {{"Label", "two"}}).fault(), "");
    EXPECT_FALSE(client.attributes("q").contains("Policy"));
    EXPECT_EQ(on("RemovePermission", "q", {{"Label", "two"}}).fault(),
              "InvalidParameterValueException: Value two for parameter Label is invalid. Reason: can't find label.");
    const Json eight = {"SendMessage", "ReceiveMessage",     "DeleteMessage",           "GetQueueUrl",
                        "PurgeQueue",  "GetQueueAttributes", "ChangeMessageVisibility", "ListQueueTags"};
    EXPECT_EQ(add("x", {"111111111111"}, eight).fault(), "OverLimit: 8 Actions were found, maximum allowed is 7.");
    EXPECT_EQ(
        add("x", {"111111111111"}, {"CreateQueue"}).fault(),
        "InvalidParameterValueException: Value SQS:CreateQueue for parameter ActionName is invalid. Reason: Only the "
        "queue owner is allowed to invoke this action.");
    EXPECT_NE(add("x", {"1"}, {"SendMessage"}).fault(), "");
}

TEST_F(Queues, PurgingOnceAMinute)
{
    client.make("q");
    client.send("q", "m");
    EXPECT_EQ(on("PurgeQueue", "q").text, "{}");
    EXPECT_EQ(client.bodies("q"), Bodies{});
    const Reply again = on("PurgeQueue", "q");
    EXPECT_EQ(again.queryFault(), "AWS.SimpleQueueService.PurgeQueueInProgress: Only one PurgeQueue operation on q is "
                                  "allowed every 60 seconds.");
    EXPECT_EQ(again.error->status, 403);
    client.host.advance(seconds(60));
    EXPECT_EQ(on("PurgeQueue", "q").fault(), "");
}

TEST_F(Queues, ARestartKeepsMessagesTagsAndAttributes)
{
    client.make("q", {{"VisibilityTimeout", "77"}, {"KmsMasterKeyId", "key"}});
    client.make("dead");
    set("q", {{"RedrivePolicy", R"({"deadLetterTargetArn":")" + client.arn("dead") + R"(","maxReceiveCount":"1"})"}});
    on("TagQueue", "q", {{"Tags", {{"a", "1"}}}});
    client.send("q", "m");
    const Json before = client.attributes("q");
    const std::string handle = client.receive("q", {{"VisibilityTimeout", 5}})["Messages"].at(0).at("ReceiptHandle");
    client.host.restart();
    EXPECT_EQ(on("ListQueueTags", "q")["Tags"], Json({{"a", "1"}}));
    Json after = client.attributes("q");
    EXPECT_EQ(after.at("ApproximateNumberOfMessagesNotVisible"), "1");
    for (const char* same :
         {"VisibilityTimeout", "KmsMasterKeyId", "CreatedTimestamp", "LastModifiedTimestamp", "RedrivePolicy"})
        EXPECT_EQ(after.at(same), before.at(same)) << same;
    EXPECT_EQ(on("ChangeMessageVisibility", "q", {{"ReceiptHandle", handle}, {"VisibilityTimeout", 0}}).fault(), "");
    EXPECT_EQ(client.bodies("q"), Bodies{}); // dead by now
    EXPECT_EQ(client.bodies("dead"), Bodies{"m"});
}

TEST_F(Queues, AfterTheRunEverythingIsRefused)
{
    client.make("q");
    client.host.queue("q").close();
    EXPECT_EQ(client.send("q", "m").error->code, "QueueDoesNotExist");
    EXPECT_EQ(client.receive("q").error->code, "QueueDoesNotExist");
    EXPECT_EQ(on("PurgeQueue", "q").error->code, "QueueDoesNotExist");
}

} // namespace
} // namespace streamwright::sqs::test
