// SPDX-License-Identifier: GPL-3.0-or-later
#include <thread>

#include "tests/plugins/sqs/queue_fixture.h"

namespace streamwright::sqs::test {
namespace {

// What a restart, with or without the log tidied first, must not change.
class Restart : public testing::TestWithParam<bool> {
protected:
    void restart(QueueFixture& queue, double time)
    {
        if (GetParam()) {
            queue.reopen(time, ByteCount(0)); // tidies at once
            for (int i = 0; i < 3; ++i)
                queue->trimLog(queue->tidyLog(at(time)));
        }
        queue.reopen(time);
    }
};

TEST_P(Restart, KeepsIdsTimesReceiveCountsAndDeadlines)
{
    QueueFixture queue;
    const std::vector<MessageAttribute> attributes{{"colour", "String", "red"}};
    for (int i = 0; i < 50; ++i)
        queue.send("gone" + std::to_string(i), 0);
    const Sent sent = queue.send({"stays", "key", "", attributes}, 1);
    queue.send({"delayed", "", "", {}, seconds(100)}, 2);
    for (int i = 0; i < 5; ++i)
        for (const std::string& body : queue.receive(3))
            queue.remove(body, 4);
    EXPECT_EQ(queue.receive(5, 1, seconds(40)), Bodies{"stays"});
    restart(queue, 10);
    EXPECT_EQ(queue->counts(at(10)).notVisible, 1u);
    EXPECT_EQ(queue->counts(at(10)).delayed, 1u);
    EXPECT_EQ(queue.receive(44), Bodies{});
    const auto received = queue.tryReceive(45);
    ASSERT_TRUE(received && received->messages.size() == 1);
    const ReceivedMessage& message = received->messages[0];
    EXPECT_EQ(message.id, sent.id);
    EXPECT_EQ(message.sequence, sent.sequence);
    EXPECT_EQ(message.groupId, "key");
    EXPECT_EQ(message.sent, at(1));
    EXPECT_EQ(message.firstReceived, at(5));
    EXPECT_EQ(message.receives, 2u);
    EXPECT_EQ(decodeMessageAttributes(message.attributes).at(0).value, "red");
    EXPECT_EQ(queue.receive(102), (Bodies{"stays", "delayed"}));
}

TEST_P(Restart, HandlesStayGood)
{
    QueueFixture queue(fifoSettings());
    queue.sendGrouped("A1", 0);
    queue.receive(1);
    restart(queue, 2);
    EXPECT_EQ(queue.changeVisibility("A1", seconds(100), 3), "");
    restart(queue, 4);
    EXPECT_EQ(queue.receive(102), Bodies{});
    EXPECT_EQ(queue.remove("A1", 102), "");
    restart(queue, 103);
    EXPECT_EQ(queue.receive(200), Bodies{});
}

TEST_P(Restart, KeepsTheDeduplicationWindow)
{
    QueueFixture queue(fifoSettings());
    const Sent first = queue.sendGrouped("A1", 0);
    queue.receive(1);
    queue.remove("A1", 1);
    restart(queue, 100);
    const Sent again = queue.sendGrouped("A1", 299);
    EXPECT_TRUE(again.duplicate);
    EXPECT_EQ(again.id, first.id);
    EXPECT_FALSE(queue.sendGrouped("A1", 300).duplicate);
}

TEST_P(Restart, KeepsTheOrderAndTheBack)
{
    QueueFixture queue;
    for (const char* body : {"a", "b", "c"})
        queue.send(body, 0);
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(queue.receive(1, 1, seconds(0)), Bodies{"a"});
    restart(queue, 2);
    EXPECT_EQ(queue.receive(2), (Bodies{"b", "c", "a"}));
}

TEST_P(Restart, KeepsDeadLettersWithTheirIdsAndSources)
{
    QueueFixture queue;
    const DeadLetter letter{{"poison", "k"}, 77, at(-10), "orders"};
    ASSERT_TRUE(queue->moveIn(std::span(&letter, 1), at(5)));
    restart(queue, 6);
    const auto again = queue->moveIn(std::span(&letter, 1), at(7));
    EXPECT_TRUE(again->at(0)->duplicate);
    const auto received = queue.tryReceive(8);
    ASSERT_TRUE(received && received->messages.size() == 1);
    EXPECT_EQ(received->messages[0].id, MessageId(77));
    EXPECT_EQ(received->messages[0].sent, at(-10));
    EXPECT_EQ(received->messages[0].source, "orders");
    EXPECT_EQ(queue->counts(at(8)).oldestAge, seconds(3));
}

TEST_P(Restart, MessageOnItsWayToTheDeadLetterQueueIsTriedAgain)
{
    QueueSettings settings;
    settings.maxReceiveCount = 1;
    QueueFixture queue(settings);
    queue.send("poison", 0);
    queue.receive(0);
    const auto received = queue.tryReceive(30);
    ASSERT_TRUE(received && received->dead.size() == 1);
    restart(queue, 31);
    const auto again = queue.tryReceive(31);
    EXPECT_EQ(again->dead.size(), 1u);
}

TEST_P(Restart, ExpiredMessagesStayGoneWhenRetentionGrows)
{
    QueueSettings settings;
    settings.retention = seconds(60);
    QueueFixture queue(settings);
    queue.send("a", 0);
    queue->counts(at(60));
    settings.retention = seconds(1000);
    queue.configure(settings, 61);
    restart(queue, 62);
    EXPECT_EQ(queue.receive(62), Bodies{});
}

INSTANTIATE_TEST_SUITE_P(LogTidied, Restart, testing::Bool());

TEST(QueueLog, OneOldMessageDoesNotPinIt)
{
    QueueFixture queue;
    queue.reopen(0, ByteCount::kib(64));
    queue.send("old", 0);
    queue.receive(0, 1, std::chrono::hours(12)); // in flight throughout
    const std::string body(1000, 'x');
    ByteCount most;
    std::uint64_t committed = 0;
    for (int i = 1; i <= 5000; ++i) {
        queue.send(body, i);
        const auto received = queue.tryReceive(i);
        EXPECT_EQ(queue.remove(received->messages.at(0).handle, i), "");
        queue->trimLog(committed);
        committed = queue->tidyLog(at(i));
        most = std::max(most, queue.log()->size());
    }
    EXPECT_LT(most, ByteCount::kib(80));
    EXPECT_GT(queue.log()->first(), 10'000u);
    EXPECT_EQ(queue.receive(43200), Bodies{"old"});
}

TEST(QueueLog, EmptyQueueTrimsEverything)
{
    QueueFixture queue;
    for (int i = 0; i < 10; ++i)
        queue.send("m", 0);
    const auto received = queue.tryReceive(1);
    for (const ReceivedMessage& message : received->messages)
        queue.remove(message.handle, 1);
    queue->trimLog(queue->tidyLog(at(1)));
    EXPECT_EQ(queue.log()->first(), queue.log()->next());
    queue.reopen(2);
    EXPECT_EQ(queue.receive(3), Bodies{});
    queue.send("new", 4);
    EXPECT_EQ(queue.receive(4), Bodies{"new"});
}

TEST(QueueLog, MessageIdsAreNeverGivenTwice)
{
    QueueFixture queue;
    const Sent first = queue.send("a", 0);
    queue.receive(0);
    queue.remove("a", 0);
    queue->trimLog(queue->tidyLog(at(1)));
    queue.reopen(1);
    EXPECT_NE(queue.send("a", 1).id, first.id);
}

TEST(QueueLog, OtherTypeOfQueueIsRefused)
{
    QueueFixture queue;
    queue.send("a", 0);
    const auto opened = Queue::open({"orders", fifoSettings(), queue.log()}, at(1));
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.problem().code, ProblemCode::Conflict);
    EXPECT_EQ(opened.problem().place, "orders, log position 0");
}

TEST(QueueLog, BytesThatAreNoEventsAreRefusedWithTheirPlace)
{
    for (const std::string& bytes :
         {std::string(), std::string("\x63"), std::string("\x04half", 5), std::string("\x0b")}) {
        QueueFixture queue;
        queue.send("a", 0);
        Record record;
        record.data = bytes;
        ASSERT_TRUE(queue.log()->append(record));
        const auto opened = Queue::open({"orders", {}, queue.log()}, at(1));
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.problem().code, ProblemCode::Corrupt);
        EXPECT_EQ(opened.problem().place, "orders, log position 1");
    }
}

TEST(QueueLog, TornStoredEventIsRefused)
{
    QueueFixture queue;
    queue.send({"a", "", "", {}, seconds(5)}, 0);
    Record record = queue.log()->read(0, 1, ByteCount::mib(1)).records.front();
    const std::string whole(record.extra);
    for (std::size_t size = 1; size < whole.size(); ++size) {
        QueueFixture torn;
        record.extra = std::string_view(whole).substr(0, size);
        ASSERT_TRUE(torn.log()->append(record));
        EXPECT_FALSE(Queue::open({"orders", {}, torn.log()}, at(1))) << size;
    }
}

TEST(Queue, ManyThreadsLoseAndDoubleNothing)
{
    QueueFixture queue;
    constexpr int kEach = 500;
    std::atomic<int> received{0};
    std::vector<std::jthread> threads;
    for (int t = 0; t < 2; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < kEach; ++i) {
                const std::string body = std::to_string(t * kEach + i);
                const NewMessage message{body};
                EXPECT_TRUE(queue->send(std::span(&message, 1), at(0)));
            }
        });
    for (int t = 0; t < 2; ++t)
        threads.emplace_back([&] {
            while (received < 2 * kEach) {
                const auto got = queue->receive({10}, at(0));
                for (const ReceivedMessage& message : got->messages) {
                    EXPECT_TRUE(queue->deleteMessages(std::span(&message.handle, 1), at(0)));
                    ++received;
                }
                (void)queue->counts(at(0));
                queue->trimLog(queue->tidyLog(at(0)));
            }
        });
    threads.clear();
    EXPECT_EQ(received, 2 * kEach);
    EXPECT_EQ(queue->counts(at(0)).visible, 0u);
}

} // namespace
} // namespace streamwright::sqs::test
