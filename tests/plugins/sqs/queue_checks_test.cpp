// SPDX-License-Identifier: GPL-3.0-or-later
// What is refused of a queue's properties before it runs.
#include "tests/plugins/sqs/queue_workers.h"

namespace streamwright::sqs::test {
namespace {

// The problems of a queue with these properties and an edge at deadLetters or none: "place: message".
std::vector<std::string> problemsOf(const std::string& properties, bool deadLetterEdge = false)
{
    const auto reading =
        readPipeline(R"({"streamwright": 1, "nodes": [{"id": "q", "kind": "AWS::SQS::Queue", "properties": )" +
                     properties + R"(}, {"id": "dead", "kind": "AWS::SQS::Queue"}], "edges": [)" +
                     (deadLetterEdge ? R"({"from": "q.deadLetters", "to": "dead.in"})" : "") + "]}");
    std::vector<std::string> out;
    for (const Problem& problem : checkPipeline(reading.pipeline, registry(), "").problems)
        out.push_back(problem.text());
    return out;
}

TEST(QueueChecks, WhatTheServiceRefusesIsRefusedWithTheRule)
{
    using Texts = std::vector<std::string>;
    EXPECT_EQ(problemsOf("{}"), Texts{});
    EXPECT_EQ(problemsOf(R"({"QueueName": "orders.fifo", "FifoQueue": true})"), Texts{});
    EXPECT_EQ(
        problemsOf(R"({"QueueName": "orders", "FifoQueue": true})"),
        Texts{"/nodes/0/properties/QueueName: the name of a FIFO queue ends in .fifo: add it, or take FifoQueue off"});
    EXPECT_EQ(problemsOf(R"({"QueueName": "orders.fifo"})"),
              Texts{"/nodes/0/properties/QueueName: only the name of a FIFO queue ends in .fifo: set FifoQueue, or "
                    "choose another name"});
    for (const char* fifoOnly : {R"({"ContentBasedDeduplication": true})", R"({"DeduplicationScope": "messageGroup"})",
                                 R"({"FifoThroughputLimit": "perQueue"})"}) {
        const Texts problems = problemsOf(fifoOnly);
        ASSERT_EQ(problems.size(), 1u) << fifoOnly;
        EXPECT_NE(problems[0].find("only when FifoQueue is true"), std::string::npos) << problems[0];
    }
    EXPECT_EQ(problemsOf(R"({"FifoQueue": true, "Disorder": 0.5})").size(), 1u);
    EXPECT_EQ(
        problemsOf(R"({"FifoQueue": true, "FifoThroughputLimit": "perMessageGroupId"})"),
        Texts{"/nodes/0/properties/FifoThroughputLimit: perMessageGroupId (high throughput) is possible only with "
              "DeduplicationScope messageGroup"});
    EXPECT_EQ(
        problemsOf(
            R"({"FifoQueue": true, "DeduplicationScope": "messageGroup", "FifoThroughputLimit": "perMessageGroupId"})"),
        Texts{});
    EXPECT_EQ(problemsOf(R"({"RedrivePolicy": {}})").size(), 1u);
    EXPECT_EQ(problemsOf(R"({"RedrivePolicy": {}})", true), Texts{});
    EXPECT_EQ(problemsOf("{}", true).size(), 1u);
}

TEST(QueueChecks, BoundsAreThoseOfTheService)
{
    const std::vector<std::tuple<const char*, int, int>> bounds{{"VisibilityTimeout", 0, 43200},
                                                                {"MessageRetentionPeriod", 60, 1209600},
                                                                {"DelaySeconds", 0, 900},
                                                                {"ReceiveMessageWaitTimeSeconds", 0, 20},
                                                                {"MaximumMessageSize", 1024, 1048576},
                                                                {"InFlightLimit", 1, 120000}};
    for (const auto& [name, minimum, maximum] : bounds) {
        const auto with = [name = name](int value) {
            return "{\"" + std::string(name) + "\": " + std::to_string(value) + "}";
        };
        EXPECT_TRUE(problemsOf(with(minimum)).empty()) << name;
        EXPECT_TRUE(problemsOf(with(maximum)).empty()) << name;
        EXPECT_EQ(problemsOf(with(minimum - 1)).size(), 1u) << name;
        EXPECT_EQ(problemsOf(with(maximum + 1)).size(), 1u) << name;
    }
    EXPECT_TRUE(problemsOf(R"({"RedrivePolicy": {"maxReceiveCount": 1000}})", true).empty());
    EXPECT_EQ(problemsOf(R"({"RedrivePolicy": {"maxReceiveCount": 1001}})", true).size(), 1u);
    EXPECT_EQ(problemsOf(R"({"RedrivePolicy": {"maxReceiveCount": 0}})", true).size(), 1u);
    EXPECT_EQ(problemsOf("{\"QueueName\": \"" + std::string(81, 'q') + "\"}").size(), 1u);
    EXPECT_EQ(problemsOf(R"({"QueueName": "a b"})").size(), 1u);
}

} // namespace
} // namespace streamwright::sqs::test
