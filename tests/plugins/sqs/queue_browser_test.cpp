// SPDX-License-Identifier: GPL-3.0-or-later
// Looking into a queue receives nothing; sending by hand is a SendMessage.
#include <thread>

#include "core/runtime/browsable.h"
#include "plugins/sqs/limits.h"
#include "plugins/sqs/queue_browser.h"
#include "tests/plugins/sqs/queue_fixture.h"
#include "tests/plugins/sqs/queue_workers.h"

namespace streamwright::sqs::test {
namespace {

using streamwright::test::openPipeline;
using streamwright::test::sumOf;

std::unique_ptr<Engine> queueOf(const std::string& properties)
{
    return openPipeline(R"({"streamwright": 1, "name": "t", "nodes": [{"id": "q", "kind": "AWS::SQS::Queue",
                            "properties": )" +
                            properties + "}], \"edges\": []}",
                        registry());
}

std::uint64_t countOf(const Browsable& browsable, const std::string& part, Time now)
{
    return browsable.view(part, now)->count();
}

TEST(QueueBrowser, TheLimitOfTheDescriptionIsTheQueues)
{
    const NodeKind& kind = registry().find("AWS::SQS::Queue")->kind;
    const MetricLimit& limit = *kind.metric("ApproximateNumberOfMessagesNotVisible")->limit;
    EXPECT_EQ(limit.value, static_cast<double>(kInFlight));
    EXPECT_EQ(limit.property, "/InFlightLimit");
    EXPECT_EQ(kind.mainRate()->things, "messages");
}

TEST(QueueBrowser, ShowsVisibleAndDelayedMessagesAndSeesTheDelayEnd)
{
    auto engine = queueOf("{}");
    const auto browsable = engine->browsable("q");
    ASSERT_TRUE(browsable->send({"", "now", {}}, engine->now()));
    ASSERT_TRUE(browsable->send({"", "later", {{"DelaySeconds", "10"}}}, engine->now()));
    EXPECT_EQ(countOf(*browsable, "visible", engine->now()), 1u);
    const auto delayed = browsable->view("delayed", engine->now())->rows(0, 10, ByteCount(3));
    ASSERT_EQ(delayed.size(), 1u);
    EXPECT_EQ(delayed[0].data, "lat");
    EXPECT_EQ(delayed[0].size, 5u);
    EXPECT_EQ(delayed[0].attributes[0].first, "InvisibleUntil");
    EXPECT_EQ(countOf(*browsable, "visible", engine->now() + seconds(10)), 2u);
    EXPECT_EQ(countOf(*browsable, "", engine->now()), 2u);
    EXPECT_EQ(countOf(*browsable, "", engine->now() + kRetentionDefault), 0u);
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfMessagesSent"), 2);
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfMessagesReceived"), 0);
}

TEST(QueueBrowser, AMessageInFlightKeepsItsReceiveCountAndIsGoneWhenDeleted)
{
    seen().clear();
    auto engine = openPipeline(
        R"({"streamwright": 1, "name": "t", "nodes": [{"id": "q", "kind": "AWS::SQS::Queue"},
            {"id": "w", "kind": "Test::Worker", "properties": {}}], "edges": [{"from": "q.out", "to": "w.in"}]})",
        registry());
    const auto browsable = engine->browsable("q");
    ASSERT_TRUE(browsable->send({"", "work", {}}, engine->now()));
    const auto view = browsable->view("", engine->now());
    ASSERT_EQ(view->count(), 1u);
    ASSERT_TRUE(engine->runFor(seconds(60))); // the wake-up of the send lets the worker have it
    ASSERT_EQ(seen()["w"].size(), 1u);
    EXPECT_EQ(seen()["w"][0].receives, 1u);
    EXPECT_TRUE(view->rows(0, 1, ByteCount(10))[0].gone);
    EXPECT_FALSE(view->content(0, ByteCount(10)));
    EXPECT_EQ(countOf(*browsable, "", engine->now()), 0u);
}

TEST(QueueBrowser, ATimeIsFoundAmongMessagesThatAreGone)
{
    QueueFixture queue;
    for (int i = 0; i < 10; ++i)
        queue.send(std::to_string(i), i);
    const QueueBrowser browser(std::shared_ptr<Queue>(std::shared_ptr<Queue>(), &*queue), nullptr, nullptr);
    const auto view = browser.view("", at(10));
    ASSERT_EQ(queue.receive(11).size(), 10u);
    for (int i = 1; i < 9; ++i)
        ASSERT_EQ(queue.remove(std::to_string(i), 12), "");
    EXPECT_TRUE(view->rows(4, 1, ByteCount(10))[0].gone);
    for (int i = 0; i <= 10; ++i)
        EXPECT_EQ(view->indexAt(at(i)), static_cast<std::uint64_t>(i));
}

// Sends make the queue's tables grow, which moves what the list has not come to yet.
TEST(QueueBrowser, AListMadeWhileOthersSendHasEveryMessageThatWasThereOnce)
{
    constexpr std::size_t kBefore = 20'000;
    QueueFixture queue;
    for (std::size_t i = 0; i < kBefore; ++i)
        queue.send("b", 0);
    std::atomic<bool> end = false;
    std::jthread sender([&] {
        while (!end)
            queue.send("later", 1);
    });
    for (std::size_t least = kBefore; least < 4 * kBefore;) {
        const auto listed = queue->list({}, at(1));
        EXPECT_GE(listed.size(), least);
        EXPECT_TRUE(std::ranges::adjacent_find(listed, std::greater_equal<>(), &Listed::number) == listed.end())
            << "none twice";
        EXPECT_EQ(std::ranges::count(listed, at(0), &Listed::entered), static_cast<std::ptrdiff_t>(kBefore));
        least = listed.size();
    }
    end = true;
}

TEST(QueueBrowser, WhatBreaksARuleIsRefusedAndCounted)
{
    auto engine = queueOf(R"({"FifoQueue": true})");
    const auto browsable = engine->browsable("q");
    const auto refused = browsable->send({"", "no group", {}}, engine->now());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.problem().code, ProblemCode::InvalidInput);
    EXPECT_EQ(sumOf(*engine, "q", "NumberOfMessagesRejected"), 1);
    ASSERT_TRUE(browsable->send({"g", "body", {{"MessageDeduplicationId", "1"}}}, engine->now()));
    const auto load = browsable->explainLoad("", engine->now() - seconds(1), engine->now() + seconds(1));
    ASSERT_TRUE(load);
    EXPECT_EQ(load->keys.front().key, "g");
    ASSERT_EQ(load->advice.size(), 1u);
}

TEST(QueueBrowser, ItOutlivesTheRun)
{
    auto engine = queueOf("{}");
    const auto browsable = engine->browsable("q");
    ASSERT_TRUE(browsable->send({"", "kept", {}}, engine->now()));
    const Time now = engine->now();
    engine.reset();
    EXPECT_EQ(browsable->view("", now)->rows(0, 1, ByteCount(10))[0].data, "kept");
    EXPECT_EQ(browsable->send({"", "late", {}}, now).problem().code, ProblemCode::Conflict);
}

} // namespace
} // namespace streamwright::sqs::test
