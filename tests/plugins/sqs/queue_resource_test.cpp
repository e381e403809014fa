// SPDX-License-Identifier: GPL-3.0-or-later
// The resource of a queue in a running pipeline: calls of clients meet the pipeline's own consumers and dead-letter edge.
#include "core/runtime/resource.h"
#include "plugins/sqs/queue_resource.h"
#include "tests/plugins/sqs/queue_workers.h"

namespace streamwright::sqs::test {
namespace {

using streamwright::test::openPipeline;
using streamwright::test::sumOf;

std::shared_ptr<QueueResource> resourceOf(Engine& engine, const std::string& name)
{
    return std::static_pointer_cast<QueueResource>(engine.resource("AWS::SQS::Queue", name).resource);
}

Sent send(QueueResource& queue, const std::string& body, Time at)
{
    const NewMessage message{body, {}, {}, {}, {}, {}};
    const auto answers = queue.send(std::span(&message, 1), at);
    EXPECT_TRUE(answers && answers->front());
    return answers && answers->front() ? *answers->front() : Sent();
}

std::unique_ptr<Engine> engineOf(const std::string& nodes, const std::string& edges = "[]")
{
    return openPipeline(R"({"streamwright": 1, "name": "t", "nodes": )" + nodes + R"(, "edges": )" + edges + "}",
                        registry());
}

TEST(QueueResource, IsFoundByTheNameOfTheQueue)
{
    auto engine = engineOf(R"([{"id": "a", "kind": "AWS::SQS::Queue"},
                               {"id": "b", "kind": "AWS::SQS::Queue", "properties": {"QueueName": "named"}},
                               {"id": "c", "kind": "AWS::SQS::Queue", "properties": {"FifoQueue": true}}])");
    for (const char* name : {"a", "named", "c.fifo"})
        EXPECT_NE(resourceOf(*engine, name), nullptr) << name;
    EXPECT_EQ(resourceOf(*engine, "b"), nullptr);
}

TEST(QueueResource, AClientsMessageReachesThePipelinesConsumer)
{
    seen().clear();
    auto engine = engineOf(R"([{"id": "q", "kind": "AWS::SQS::Queue"},
                               {"id": "w", "kind": "Test::Worker", "properties": {}}])",
                           R"([{"from": "q.out", "to": "w.in"}])");
    ASSERT_TRUE(engine->runFor(seconds(60)));
    const auto queue = resourceOf(*engine, "q");
    send(*queue, "work", engine->now());
    ASSERT_TRUE(engine->runFor(seconds(5)));
    ASSERT_EQ(seen()["w"].size(), 1u);
    EXPECT_EQ(seen()["w"][0].body, "work");
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfMessagesSent"), 1);
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfMessagesDeleted"), 1);
}

TEST(QueueResource, TheGaugesSeeCallsOfClients)
{
    auto engine = engineOf(R"([{"id": "q", "kind": "AWS::SQS::Queue"}])");
    ASSERT_TRUE(engine->runFor(seconds(10)));
    const std::uint64_t ticks = engine->ticks();
    const auto queue = resourceOf(*engine, "q");
    for (int i = 0; i < 100; ++i)
        send(*queue, "m", engine->now());
    ASSERT_TRUE(engine->runFor(seconds(3)));
    EXPECT_EQ(engine->metrics().total({"q", "", "ApproximateNumberOfMessagesVisible"}).maximum, 100);
    EXPECT_LT(engine->ticks() - ticks, 10u);
}

TEST(QueueResource, DeadMessagesGoAlongTheEdge)
{
    auto engine =
        engineOf(R"([{"id": "q", "kind": "AWS::SQS::Queue", "properties": {"RedrivePolicy": {"maxReceiveCount": 1}}},
                               {"id": "dead", "kind": "AWS::SQS::Queue"}])",
                 R"([{"from": "q.deadLetters", "to": "dead.in"}])");
    const auto queue = resourceOf(*engine, "q"), dead = resourceOf(*engine, "dead");
    EXPECT_EQ(queue->redrive().edgeNode, "dead");
    const Sent sent = send(*queue, "m", engine->now());
    ReceiveRequest request;
    request.visibility = Duration::zero();
    EXPECT_EQ(queue->receive(request, engine->now())->messages.size(), 1u);
    EXPECT_EQ(queue->receive(request, engine->now())->messages.size(), 0u);
    ASSERT_TRUE(engine->runFor(seconds(5)));
    const auto received = dead->receive({}, engine->now());
    ASSERT_TRUE(received);
    ASSERT_EQ(received->messages.size(), 1u);
    EXPECT_EQ(received->messages[0].id, sent.id);
    EXPECT_TRUE(received->messages[0].source.ends_with(":q"));
    EXPECT_EQ(queue->queue().counts(engine->now()).notVisible, 0u);
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfMessagesMovedToDeadLetterQueue"), 1);
}

TEST(QueueResource, ThePipelinesConsumerHonoursAPolicyByArn)
{
    seen().clear();
    auto engine =
        engineOf(R"([{"id": "q", "kind": "AWS::SQS::Queue", "properties": {"VisibilityTimeout": 1, "RedrivePolicy":
                                   {"maxReceiveCount": 2, "deadLetterTargetArn": "arn:aws:sqs:us-east-1:000000000000:dead"}}},
                               {"id": "dead", "kind": "AWS::SQS::Queue"},
                               {"id": "w", "kind": "Test::Worker", "properties": {"FailBody": "bad"}}])",
                 R"([{"from": "q.out", "to": "w.in"}])");
    send(*resourceOf(*engine, "q"), "bad", engine->now());
    ASSERT_TRUE(engine->runFor(seconds(20)));
    EXPECT_EQ(seen()["w"].size(), 2u);
    EXPECT_EQ(resourceOf(*engine, "dead")->queue().counts(engine->now()).visible, 1u);
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfMessagesMovedToDeadLetterQueue"), 1);
}

TEST(QueueResource, APolicyForNoFittingQueueMakesNothingDead)
{
    for (const char* target : {"nobody", "q", "fifo.fifo"}) {
        seen().clear();
        auto engine =
            engineOf(R"([{"id": "q", "kind": "AWS::SQS::Queue", "properties": {"VisibilityTimeout": 1, "RedrivePolicy":
                                   {"maxReceiveCount": 2, "deadLetterTargetArn": "arn:aws:sqs:us-east-1:000000000000:)" +
                         std::string(target) + R"("}}},
                               {"id": "fifo", "kind": "AWS::SQS::Queue", "properties": {"FifoQueue": true}},
                               {"id": "w", "kind": "Test::Worker", "properties": {"FailBody": "bad"}}])",
                     R"([{"from": "q.out", "to": "w.in"}])");
        send(*resourceOf(*engine, "q"), "bad", engine->now());
        ASSERT_TRUE(engine->runFor(seconds(10)));
        EXPECT_GT(seen()["w"].size(), 5u) << target;
    }
}

TEST(QueueResource, RefusesAfterTheRun)
{
    auto engine = engineOf(R"([{"id": "q", "kind": "AWS::SQS::Queue"}])");
    const auto queue = resourceOf(*engine, "q");
    const Time now = engine->now();
    engine.reset();
    const NewMessage message{"m", {}, {}, {}, {}, {}};
    const auto answers = queue->send(std::span(&message, 1), now);
    ASSERT_FALSE(answers);
    EXPECT_EQ(answers.refusal().code, RefusalCode::QueueDoesNotExist);
    EXPECT_FALSE(queue->changeFacts([](QueueFacts&) {}));
}

} // namespace
} // namespace streamwright::sqs::test
