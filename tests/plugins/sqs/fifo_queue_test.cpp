// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/digest.h"
#include "tests/plugins/sqs/queue_fixture.h"

namespace streamwright::sqs::test {
namespace {

TEST(FifoQueue, GroupIsLockedWhileAMessageIsInFlight) // vector of section 8
{
    QueueFixture queue(fifoSettings());
    for (const char* body : {"A1", "B1", "A2"})
        queue.sendGrouped(body, 0);
    EXPECT_EQ(queue.receive(1, 1), Bodies{"A1"});
    EXPECT_EQ(queue.receive(2, 10), Bodies{"B1"});
    EXPECT_EQ(queue.remove("A1", 3), "");
    EXPECT_EQ(queue.receive(4), Bodies{"A2"});
}

TEST(FifoQueue, OneReceiveIsFilledFirstWithOneGroupThenWithOthers)
{
    QueueFixture queue(fifoSettings());
    for (const char* body : {"A1", "B1", "A2", "C1", "B2", "A3"})
        queue.sendGrouped(body, 0);
    EXPECT_EQ(queue.receive(1, 4), (Bodies{"A1", "A2", "A3", "B1"}));
    EXPECT_EQ(queue.receive(1, 10), Bodies{"C1"}); // B2 waits for B1
    EXPECT_EQ(queue->counts(at(1)).groupsInFlight, 3u);
}

TEST(FifoQueue, OrderHoldsInAGroupAfterATimeout)
{
    QueueFixture queue(fifoSettings());
    for (const char* body : {"A1", "A2", "A3"})
        queue.sendGrouped(body, 0);
    EXPECT_EQ(queue.receive(0, 2), (Bodies{"A1", "A2"}));
    EXPECT_EQ(queue.remove("A2", 1), "");
    EXPECT_EQ(queue.receive(2), Bodies{}); // A1 is still in flight
    EXPECT_EQ(queue.receive(30), (Bodies{"A1", "A3"}));
}

TEST(FifoQueue, GroupStaysLockedUntilTheLastOfItIsBack)
{
    QueueFixture queue(fifoSettings());
    for (const char* body : {"A1", "A2", "A3"})
        queue.sendGrouped(body, 0);
    EXPECT_EQ(queue.receive(0, 2), (Bodies{"A1", "A2"}));
    EXPECT_EQ(queue.changeVisibility("A2", seconds(0), 1), "");
    EXPECT_EQ(queue.receive(1), Bodies{});
    EXPECT_EQ(queue.changeVisibility("A1", seconds(0), 2), "");
    EXPECT_EQ(queue.receive(2), (Bodies{"A1", "A2", "A3"}));
}

TEST(FifoQueue, MessageReceivedOftenKeepsItsPlaceAndCountsAsOldest)
{
    QueueFixture queue(fifoSettings());
    queue.sendGrouped("A1", 0);
    queue.sendGrouped("A2", 5);
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(queue.receive(10, 1, seconds(0)), Bodies{"A1"});
    EXPECT_EQ(queue->counts(at(10)).oldestAge, seconds(10));
}

TEST(FifoQueue, SequenceNumberGrows)
{
    QueueFixture queue(fifoSettings());
    const Sent first = queue.sendGrouped("A1", 0), second = queue.sendGrouped("A2", 0);
    EXPECT_LT(first.sequence, second.sequence);
    EXPECT_EQ(std::to_string(first.sequence).size(), 20u);
    const auto received = queue.tryReceive(1);
    ASSERT_TRUE(received && received->messages.size() == 2);
    EXPECT_EQ(received->messages[0].sequence, first.sequence);
    EXPECT_EQ(received->messages[1].sequence, second.sequence);
}

TEST(FifoQueue, DeduplicationWindowIsFiveMinutesFromTheFirstSend) // vector of section 8
{
    QueueSettings settings = fifoSettings();
    settings.contentBasedDeduplication = false;
    QueueFixture queue(settings);
    const Sent first = queue.send({"one", "g", "d"}, 0);
    EXPECT_FALSE(first.duplicate);
    EXPECT_EQ(queue.receive(5), Bodies{"one"});
    EXPECT_EQ(queue.remove("one", 10), "");
    const Sent again = queue.send({"another body", "g", "d"}, 299);
    EXPECT_TRUE(again.duplicate);
    EXPECT_EQ(again.id, first.id);
    EXPECT_EQ(again.sequence, first.sequence);
    EXPECT_EQ(queue.receive(300 - 1e-6), Bodies{});
    const Sent later = queue.send({"two", "g", "d"}, 301);
    EXPECT_FALSE(later.duplicate);
    EXPECT_NE(later.id, first.id);
    EXPECT_EQ(queue.receive(302), Bodies{"two"});
}

TEST(FifoQueue, ContentBasedDeduplicationHashesTheBodyOnly)
{
    QueueFixture queue(fifoSettings());
    const std::vector<MessageAttribute> attributes{{"colour", "String", "red"}};
    queue.send({"hello", "g"}, 0);
    EXPECT_TRUE(queue.send({"hello", "g", "", attributes}, 1).duplicate);
    EXPECT_TRUE(queue.send({"hello", "other"}, 1).duplicate); // scope queue
    EXPECT_FALSE(queue.send({"hello!", "g"}, 1).duplicate);
    const auto received = queue.tryReceive(2, 1);
    ASSERT_TRUE(received && received->messages.size() == 1);
    EXPECT_EQ(received->messages[0].deduplicationId,
              "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
}

TEST(FifoQueue, ExplicitDeduplicationIdOverridesTheHash)
{
    QueueFixture queue(fifoSettings());
    queue.send({"same", "g", "d1"}, 0);
    EXPECT_FALSE(queue.send({"same", "g", "d2"}, 0).duplicate);
    EXPECT_TRUE(queue.send({"other", "g", "d1"}, 0).duplicate);
    EXPECT_TRUE(queue.send({"hashed", "g", sha256Hex("x")}, 0).duplicate == false);
    EXPECT_TRUE(queue.send({"x", "g"}, 0).duplicate); // the hash is an id like any other
}

TEST(FifoQueue, DeduplicationScopeMessageGroup)
{
    QueueSettings settings = fifoSettings();
    settings.deduplicatePerGroup = true;
    QueueFixture queue(settings);
    queue.send({"same", "A"}, 0);
    EXPECT_FALSE(queue.send({"same", "B"}, 0).duplicate);
    EXPECT_TRUE(queue.send({"same", "A"}, 0).duplicate);
}

TEST(FifoQueue, DeleteAfterTheTimeoutFails)
{
    QueueFixture queue(fifoSettings());
    queue.sendGrouped("A1", 0);
    queue.receive(0);
    EXPECT_EQ(queue.remove("A1", 30), "InvalidParameterValue");
    const ReceiptHandle old = queue.handles["A1"];
    EXPECT_EQ(queue.receive(31), Bodies{"A1"});
    EXPECT_EQ(queue.remove(old, 32), "InvalidParameterValue");
    EXPECT_EQ(queue.remove("A1", 32), "");
    EXPECT_EQ(queue.remove("A1", 33), "");
}

TEST(FifoQueue, InFlightLimitGivesNoMessagesAndNoError)
{
    QueueSettings settings = fifoSettings();
    settings.inFlightLimit = 2;
    EXPECT_EQ(kInFlightFifoUntil2024, 20'000u);
    QueueFixture queue(settings);
    for (const char* body : {"A1", "B1", "C1"})
        queue.sendGrouped(body, 0);
    EXPECT_EQ(queue.receive(0), (Bodies{"A1", "B1"}));
    EXPECT_EQ(queue.receive(0), Bodies{});
}

TEST(FifoQueue, LooksNoFurtherThanTheInFlightLimitIntoTheBacklogForAFreeGroup)
{
    QueueSettings settings = fifoSettings();
    settings.inFlightLimit = 5;
    QueueFixture queue(settings);
    for (const char* body : {"A1", "A2", "A3", "A4", "A5", "B1"})
        queue.sendGrouped(body, 0);
    EXPECT_EQ(queue.receive(0, 1), Bodies{"A1"});
    EXPECT_EQ(queue.receive(0), Bodies{}); // B1 is the sixth
    settings.inFlightLimit = 6;
    queue.configure(settings, 1);
    EXPECT_EQ(queue.receive(1), Bodies{"B1"});
    settings.inFlightLimit = 5;
    queue.configure(settings, 2);
    EXPECT_EQ(queue.remove("A1", 2), "");
    EXPECT_EQ(queue.receive(2), (Bodies{"A2", "A3", "A4", "A5"})); // one of five is in flight
}

TEST(FifoQueue, DelayIsTheQueuesAndItsChangeTouchesWaitingMessages)
{
    QueueSettings settings = fifoSettings();
    settings.delay = seconds(10);
    QueueFixture queue(settings);
    queue.sendGrouped("A1", 0);
    queue.sendGrouped("B1", 5);
    settings.delay = seconds(20);
    queue.configure(settings, 6);
    EXPECT_EQ(queue.receive(19), Bodies{});
    EXPECT_EQ(queue.receive(20), Bodies{"A1"});
    settings.delay = seconds(0);
    queue.configure(settings, 21);
    EXPECT_EQ(queue.receive(21), Bodies{"B1"});
}

TEST(FifoQueue, Takes300CallsASecondOfEachAction)
{
    QueueFixture queue(fifoSettings());
    for (int i = 0; i < 300; ++i)
        EXPECT_EQ(codeOf(queue.trySend({std::to_string(i), std::to_string(i)}, 0)), "");
    EXPECT_EQ(codeOf(queue.trySend({"x", "x"}, 0)), "RequestThrottled");
    for (int i = 0; i < 300; ++i)
        ASSERT_EQ(queue.receive(0, 1).size(), 1u); // receives have their own 300
    EXPECT_EQ(codeOf(queue.tryReceive(0)), "RequestThrottled");
    EXPECT_EQ(queue->readyAt(FifoThroughput::Action::Receive, at(0)), at(0) + Duration(3334));
    for (int i = 0; i < 300; ++i)
        EXPECT_EQ(queue.remove(std::to_string(i), 0), "");
    EXPECT_EQ(queue.remove("0", 0), "RequestThrottled");
    EXPECT_EQ(codeOf(queue.trySend({"x", "x"}, 0.004)), "");
}

TEST(FifoQueue, Takes3000MessagesASecondInBatchesOf10)
{
    QueueFixture queue(fifoSettings());
    std::size_t taken = 0;
    for (int call = 0; call < 400; ++call) {
        std::vector<std::string> bodies;
        for (int i = 0; i < 10; ++i)
            bodies.push_back(std::to_string(call * 10 + i));
        std::vector<NewMessage> batch;
        for (const std::string& body : bodies)
            batch.push_back({body, "g"});
        if (queue->send(batch, at(0))) taken += 10;
    }
    EXPECT_EQ(taken, 3000u);
}

TEST(FifoQueue, HighThroughputTakes300CallsASecondOfEachPartition)
{
    QueueSettings settings = fifoSettings();
    settings.deduplicatePerGroup = settings.highThroughput = true;
    QueueFixture queue(settings);
    for (int i = 0; i < 300; ++i)
        EXPECT_EQ(codeOf(queue.trySend({std::to_string(i), "A"}, 0)), "");
    EXPECT_EQ(codeOf(queue.trySend({"more", "A"}, 0)), "RequestThrottled");
    EXPECT_EQ(codeOf(queue.trySend({"more", "B"}, 0)), "");
    // A batch counts once in each partition it touches; entries of an exhausted one fail.
    const std::vector<NewMessage> batch{{"a", "A"}, {"b", "B"}, {"c", "B"}};
    const auto answers = queue->send(batch, at(0));
    ASSERT_TRUE(answers);
    EXPECT_EQ(codeOf((*answers)[0]), "RequestThrottled");
    EXPECT_EQ(codeOf((*answers)[1]), "");
    EXPECT_EQ(codeOf((*answers)[2]), "");
    int taken = 0;
    for (int i = 0; i < 400; ++i)
        taken += codeOf(queue.trySend({std::to_string(i), "B"}, 0)).empty();
    EXPECT_EQ(taken, 298);
}

TEST(FifoQueue, HighThroughputTakes70000CallsASecond)
{
    FifoThroughput throughput(true);
    std::uint64_t taken = 0;
    for (int i = 0; i < 80'000; ++i)
        taken += throughput.admit(FifoThroughput::Action::Receive, at(0));
    EXPECT_EQ(taken, 70'000u);
}

TEST(FifoQueue, SameReceiveAttemptGivesTheSameAndResetsTheTimeout)
{
    QueueFixture queue(fifoSettings());
    for (const char* body : {"A1", "A2", "B1"})
        queue.sendGrouped(body, 0);
    ReceiveRequest request{2};
    request.attemptId = "attempt-1";
    EXPECT_EQ(queue.note(queue->receive(request, at(0))), (Bodies{"A1", "A2"}));
    const auto handles = queue.handles;
    EXPECT_EQ(queue.note(queue->receive(request, at(20))), (Bodies{"A1", "A2"}));
    EXPECT_EQ(queue.handles, handles);
    EXPECT_EQ(queue.receive(49, 10), Bodies{"B1"}); // A is locked until 50
    EXPECT_EQ(queue.receive(50, 10), (Bodies{"A1", "A2"}));
}

TEST(FifoQueue, ReceiveAttemptOfDeletedOrChangedOrReturnedMessagesIsANewReceive)
{
    ReceiveRequest request{1};
    request.attemptId = "attempt-1";
    const auto second = [&](auto&& change) {
        QueueFixture queue(fifoSettings());
        for (const char* body : {"A1", "B1"})
            queue.sendGrouped(body, 0);
        queue.note(queue->receive(request, at(0)));
        change(queue);
        return queue.note(queue->receive(request, at(40)));
    };
    EXPECT_EQ(second([](QueueFixture& queue) { queue.remove("A1", 1); }), Bodies{"B1"});
    EXPECT_EQ(second([](QueueFixture& queue) { queue.changeVisibility("A1", seconds(100), 1); }), Bodies{"B1"});
    EXPECT_EQ(second([](QueueFixture&) {}), Bodies{"A1"}); // visible again since 30: a new receive
}

TEST(FifoQueue, ReceiveAttemptIsRememberedForFiveMinutes)
{
    QueueFixture queue(fifoSettings());
    queue.sendGrouped("A1", 0);
    queue.sendGrouped("B1", 0);
    ReceiveRequest request{1, std::chrono::hours(1)};
    request.attemptId = "attempt-1";
    EXPECT_EQ(queue.note(queue->receive(request, at(0))), Bodies{"A1"});
    EXPECT_EQ(queue.note(queue->receive(request, at(299))), Bodies{"A1"});
    EXPECT_EQ(queue.note(queue->receive(request, at(599))), Bodies{"B1"});
}

TEST(DeadLetters, MessageMovesOnReceiveNumberMaxReceiveCountPlusOne) // vector of section 8
{
    QueueSettings settings;
    settings.maxReceiveCount = 2;
    QueueFixture queue(settings);
    QueueFixture deadLetters({}, "dead");
    const Sent sent = queue.send({"poison", "key"}, 0);
    EXPECT_EQ(queue.receive(1), Bodies{"poison"});
    EXPECT_EQ(queue.receive(31), Bodies{"poison"});
    const auto third = queue.tryReceive(61);
    ASSERT_TRUE(third);
    EXPECT_TRUE(third->messages.empty());
    ASSERT_EQ(third->dead.size(), 1u);
    const ReceivedMessage& dead = third->dead[0];
    EXPECT_EQ(dead.receives, 2u);
    EXPECT_EQ(queue.receive(62), Bodies{});

    const DeadLetter letter{{dead.body, dead.groupId}, dead.id, dead.sent, "arn:aws:sqs:::orders"};
    ASSERT_TRUE(deadLetters->moveIn(std::span(&letter, 1), at(70)));
    const std::vector<MessageNumber> moved{dead.handle.number};
    queue->finishMove(moved, at(70));
    EXPECT_EQ(queue->counts(at(70)).notVisible, 0u);
    EXPECT_EQ(deadLetters->counts(at(70)).visible, 1u);
    EXPECT_EQ(deadLetters->counts(at(75)).oldestAge, seconds(5)); // counts from the move

    const auto received = deadLetters.tryReceive(80);
    ASSERT_TRUE(received && received->messages.size() == 1);
    EXPECT_EQ(received->messages[0].body, "poison");
    EXPECT_EQ(received->messages[0].id, sent.id);
    EXPECT_EQ(received->messages[0].sent, at(0)); // kept on a standard queue
    EXPECT_EQ(received->messages[0].source, "arn:aws:sqs:::orders");
}

TEST(DeadLetters, RetentionGoesOnFromTheFirstSendOnAStandardQueue)
{
    QueueSettings settings;
    settings.retention = seconds(100);
    QueueFixture deadLetters(settings, "dead");
    deadLetters.send("young", 60);
    const DeadLetter letter{{"old", "k"}, 77, at(0), "orders"};
    ASSERT_TRUE(deadLetters->moveIn(std::span(&letter, 1), at(70)));
    EXPECT_EQ(deadLetters->counts(at(99)).visible, 2u);
    EXPECT_EQ(deadLetters.receive(100), Bodies{"young"});
}

TEST(DeadLetters, FifoResetsSentTimestamp)
{
    QueueSettings settings = fifoSettings();
    settings.retention = seconds(100);
    QueueFixture deadLetters(settings, "dead");
    const DeadLetter letter{{"old", "k", "d"}, 77, at(0), "orders"};
    ASSERT_TRUE(deadLetters->moveIn(std::span(&letter, 1), at(70)));
    const auto received = deadLetters.tryReceive(169);
    ASSERT_TRUE(received && received->messages.size() == 1);
    EXPECT_EQ(received->messages[0].sent, at(70));
    EXPECT_EQ(deadLetters->counts(at(170)).notVisible, 0u);
}

TEST(DeadLetters, OrderOfTheGroupBreaksAndOthersGoOn)
{
    QueueSettings settings = fifoSettings();
    settings.maxReceiveCount = 1;
    QueueFixture queue(settings);
    for (const char* body : {"A1", "A2", "B1"})
        queue.sendGrouped(body, 0);
    EXPECT_EQ(queue.receive(0, 1), Bodies{"A1"});
    const auto received = queue.tryReceive(30);
    ASSERT_TRUE(received && received->dead.size() == 1);
    EXPECT_EQ(received->dead[0].body, "A1");
    ASSERT_EQ(received->messages.size(), 2u);
    EXPECT_EQ(received->messages[0].body, "A2");
}

TEST(DeadLetters, MessageThatCannotMoveComesBackAndIsTriedAgain)
{
    QueueSettings settings;
    settings.maxReceiveCount = 1;
    QueueFixture queue(settings);
    queue.send("poison", 0);
    queue.receive(0);
    const auto first = queue.tryReceive(30);
    ASSERT_TRUE(first && first->dead.size() == 1);
    const std::vector<MessageNumber> numbers{first->dead[0].handle.number};
    EXPECT_FALSE(queue->deliverable(at(31)));
    queue->returnMove(numbers, at(32));
    const auto second = queue.tryReceive(33);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->dead.size(), 1u);
    EXPECT_TRUE(second->messages.empty());
}

TEST(DeadLetters, MovingMessageDoesNotExpire)
{
    QueueSettings settings;
    settings.maxReceiveCount = 1;
    settings.retention = seconds(60);
    QueueFixture queue(settings);
    queue.send("poison", 0);
    queue.receive(0);
    const auto received = queue.tryReceive(59);
    ASSERT_TRUE(received && received->dead.size() == 1);
    EXPECT_EQ(queue->counts(at(61)).notVisible, 1u);
    EXPECT_EQ(queue->takeExpired(), 0u);
    queue->finishMove(std::vector<MessageNumber>{received->dead[0].handle.number}, at(62));
    EXPECT_EQ(queue->counts(at(62)).notVisible, 0u);
}

TEST(DeadLetters, SameLetterTwiceIsOneMessage)
{
    QueueFixture deadLetters({}, "dead");
    const DeadLetter letter{{"poison", "k"}, 77, at(0), "orders"};
    ASSERT_TRUE(deadLetters->moveIn(std::span(&letter, 1), at(1)));
    const auto again = deadLetters->moveIn(std::span(&letter, 1), at(2));
    ASSERT_TRUE(again);
    EXPECT_TRUE((*again)[0]->duplicate);
    EXPECT_EQ(deadLetters.receive(3), Bodies{"poison"});
}

TEST(DeadLetters, FifoQueueTakesNoLetterWithoutAGroup)
{
    QueueFixture deadLetters(fifoSettings(), "dead");
    const DeadLetter letter{{"poison"}, 77, at(0), "orders"};
    const auto answers = deadLetters->moveIn(std::span(&letter, 1), at(1));
    ASSERT_TRUE(answers);
    EXPECT_EQ(codeOf((*answers)[0]), "InvalidParameterValue");
}

} // namespace
} // namespace streamwright::sqs::test
