// SPDX-License-Identifier: GPL-3.0-or-later
#include <numeric>
#include <set>

#include "tests/plugins/sqs/queue_fixture.h"

namespace streamwright::sqs::test {
namespace {

TEST(StandardQueue, MessageLivesFromSendToDelete)
{
    QueueFixture queue;
    queue.send("a", 0);
    EXPECT_EQ(queue->counts(at(0)).visible, 1u);
    EXPECT_EQ(queue.receive(1), Bodies{"a"});
    EXPECT_EQ(queue->counts(at(1)).visible, 0u);
    EXPECT_EQ(queue->counts(at(1)).notVisible, 1u);
    EXPECT_EQ(queue.receive(2), Bodies{});
    EXPECT_EQ(queue.remove("a", 3), "");
    EXPECT_EQ(queue->counts(at(3)).notVisible, 0u);
    EXPECT_EQ(queue.receive(1000), Bodies{});
    EXPECT_EQ(queue->nextEvent(), kNever);
}

TEST(StandardQueue, ReceiveTellsAttributes)
{
    QueueFixture queue;
    const std::vector<MessageAttribute> attributes{{"colour", "String", "red"}};
    const Sent sent = queue.send({"a", "key", "", attributes}, 1.5);
    EXPECT_EQ(queue.receive(2, 1, seconds(1)), Bodies{"a"});
    const auto received = queue.tryReceive(4);
    ASSERT_TRUE(received && received->messages.size() == 1);
    const ReceivedMessage& message = received->messages[0];
    EXPECT_EQ(message.id, sent.id);
    EXPECT_EQ(message.groupId, "key");
    EXPECT_EQ(message.receives, 2u);
    EXPECT_EQ(message.sent, at(1.5));
    EXPECT_EQ(message.firstReceived, at(2));
    const auto back = decodeMessageAttributes(message.attributes);
    ASSERT_EQ(back.size(), 1u);
    EXPECT_EQ(back[0].value, "red");
}

TEST(StandardQueue, BodiesOutliveTheMessage)
{
    QueueFixture queue;
    queue.send("still here", 0);
    const auto received = queue.tryReceive(1);
    ASSERT_TRUE(received);
    EXPECT_EQ(queue.remove(received->messages[0].handle, 1), "");
    queue->trimLog(queue->tidyLog(at(1)));
    EXPECT_EQ(queue.log()->first(), queue.log()->next());
    EXPECT_EQ(received->messages[0].body, "still here");
}

TEST(StandardQueue, VisibleAgainExactlyAtTheTimeout)
{
    QueueFixture queue;
    queue.send("a", 0);
    EXPECT_EQ(queue.receive(0), Bodies{"a"});
    EXPECT_EQ(queue->nextEvent(), at(30));
    EXPECT_EQ(queue.receive(29.999999), Bodies{});
    EXPECT_EQ(queue.receive(30), Bodies{"a"});
}

TEST(StandardQueue, ReceiveMayOverrideTheVisibilityTimeout)
{
    QueueFixture queue;
    queue.send("a", 0);
    EXPECT_EQ(queue.receive(0, 1, seconds(5)), Bodies{"a"});
    EXPECT_EQ(queue.receive(4), Bodies{});
    EXPECT_EQ(queue.receive(5, 1, seconds(0)), Bodies{"a"});
    EXPECT_EQ(queue.receive(5, 1, std::chrono::hours(12)), Bodies{"a"});
    EXPECT_EQ(codeOf(queue->receive({1, std::chrono::hours(12) + seconds(1)}, at(5))), "InvalidParameterValue");
    EXPECT_EQ(codeOf(queue->receive({1, seconds(-1)}, at(5))), "InvalidParameterValue");
}

TEST(StandardQueue, ReceiveReturns1To10)
{
    QueueFixture queue;
    for (int i = 0; i < 12; ++i)
        queue.send("m" + std::to_string(i), i);
    EXPECT_EQ(queue.receive(20, 1).size(), 1u);
    EXPECT_EQ(queue.receive(20, 10).size(), 10u);
    EXPECT_EQ(queue.receive(20, 10).size(), 1u);
    EXPECT_EQ(codeOf(queue.tryReceive(20, 0)), "InvalidParameterValue");
    EXPECT_EQ(codeOf(queue.tryReceive(20, 11)), "InvalidParameterValue");
    EXPECT_EQ(queue.tryReceive(20, 11).refusal().message,
              "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.");
}

TEST(StandardQueue, OrderIsThatOfSendingWithoutDisorder)
{
    QueueFixture queue;
    for (const char* body : {"a", "b", "c", "d"})
        queue.send(body, 0);
    EXPECT_EQ(queue.receive(0, 2), (Bodies{"a", "b"}));
    EXPECT_EQ(queue.changeVisibility("b", seconds(0), 1), "");
    EXPECT_EQ(queue.receive(1, 3), (Bodies{"b", "c", "d"}));
}

TEST(StandardQueue, DelayOfTheQueueOrOfTheMessage)
{
    QueueSettings settings;
    settings.delay = seconds(10);
    QueueFixture queue(settings);
    queue.send("queue's", 0);
    queue.send({"own", "", "", {}, seconds(20)}, 0);
    queue.send({"none", "", "", {}, seconds(0)}, 0);
    EXPECT_EQ(queue->counts(at(0)).delayed, 2u);
    EXPECT_EQ(queue.receive(0), Bodies{"none"});
    EXPECT_EQ(queue->nextEvent(), at(10));
    EXPECT_EQ(queue.receive(9), Bodies{});
    EXPECT_EQ(queue.receive(10), Bodies{"queue's"});
    EXPECT_EQ(queue.receive(19), Bodies{});
    EXPECT_EQ(queue.receive(20), Bodies{"own"});
}

TEST(StandardQueue, ChangedDelayDoesNotTouchWaitingMessages)
{
    QueueSettings settings;
    settings.delay = seconds(10);
    QueueFixture queue(settings);
    queue.send("before", 0);
    settings.delay = seconds(100);
    queue.configure(settings, 1);
    queue.send("after", 1);
    EXPECT_EQ(queue.receive(10), Bodies{"before"});
    EXPECT_EQ(queue.receive(100), (Bodies{"before"})); // timed out meanwhile
    EXPECT_EQ(queue.receive(101), Bodies{"after"});
}

TEST(StandardQueue, ChangeVisibilityCountsFromTheCall) // vector of section 8
{
    QueueFixture queue;
    queue.send("a", 0);
    EXPECT_EQ(queue.receive(0, 1, seconds(30)), Bodies{"a"});
    EXPECT_EQ(queue.changeVisibility("a", seconds(10), 15), "");
    EXPECT_EQ(queue.receive(24.999), Bodies{});
    EXPECT_EQ(queue.receive(25), Bodies{"a"});
}

TEST(StandardQueue, ChangeVisibilityToZeroMakesVisibleNow)
{
    QueueFixture queue;
    queue.send("a", 0);
    EXPECT_EQ(queue.receive(0), Bodies{"a"});
    EXPECT_EQ(queue.changeVisibility("a", seconds(0), 1), "");
    EXPECT_EQ(queue.receive(1), Bodies{"a"});
}

TEST(StandardQueue, ChangeVisibilityNeverBeyond12HoursFromTheReceive)
{
    QueueFixture queue;
    queue.send("a", 0);
    EXPECT_EQ(queue.receive(0, 1, seconds(100)), Bodies{"a"});
    EXPECT_EQ(queue.changeVisibility("a", seconds(43200), 1), "InvalidParameterValue");
    EXPECT_EQ(queue.changeVisibility("a", seconds(43199), 1), "");
    EXPECT_EQ(queue.changeVisibility("a", seconds(43201), 2), "InvalidParameterValue");
    EXPECT_EQ(queue.changeVisibility("a", seconds(-1), 2), "InvalidParameterValue");
    EXPECT_EQ(queue.receive(43199), Bodies{});
    EXPECT_EQ(queue.receive(43200), Bodies{"a"});
}

TEST(StandardQueue, ChangeVisibilityOfAVisibleMessageDoesNothingOrIsRefused)
{
    QueueFixture queue;
    queue.send("a", 0);
    EXPECT_EQ(queue.receive(0), Bodies{"a"});
    EXPECT_EQ(queue.changeVisibility("a", seconds(10), 30), ""); // its time is over
    EXPECT_EQ(queue.receive(30), Bodies{"a"});
    EXPECT_EQ(queue.changeVisibility("a", seconds(0), 30), "");
    EXPECT_EQ(queue.changeVisibility("a", seconds(10), 30), "MessageNotInflight"); // it was given back
    EXPECT_EQ(queue.remove("a", 31), "");
    EXPECT_EQ(queue.changeVisibility("a", seconds(10), 32), "InvalidParameterValue");
}

TEST(StandardQueue, ChangeVisibilityNeedsTheNewestHandle)
{
    QueueFixture queue;
    queue.send("a", 0);
    queue.receive(0);
    const ReceiptHandle old = queue.handles["a"];
    queue.receive(30);
    EXPECT_NE(old, queue.handles["a"]);
    EXPECT_TRUE(queue->changeVisibility(old, seconds(5), at(31)));
    EXPECT_FALSE(queue->changeVisibility(queue.handles["a"], seconds(5), at(31)));
}

TEST(StandardQueue, DeleteIsIdempotent)
{
    QueueFixture queue;
    queue.send("a", 0);
    queue.receive(0);
    EXPECT_EQ(queue.remove("a", 1), "");
    EXPECT_EQ(queue.remove("a", 2), "");
}

TEST(StandardQueue, DeleteAfterTheTimeoutWorksWithTheNewestHandle)
{
    QueueFixture queue;
    queue.send("a", 0);
    queue.receive(0);
    EXPECT_EQ(queue.remove("a", 31), "");
    EXPECT_EQ(queue.receive(31), Bodies{});
}

TEST(StandardQueue, DeleteWithAnOlderHandleSucceedsButDeletesNothing)
{
    QueueFixture queue;
    queue.send("a", 0);
    queue.receive(0);
    const ReceiptHandle old = queue.handles["a"];
    queue.receive(30);
    EXPECT_EQ(queue.remove(old, 31), "");
    EXPECT_EQ(queue.receive(60), Bodies{"a"});
    EXPECT_EQ(queue.remove("a", 61), "");
    EXPECT_EQ(queue.receive(1000), Bodies{});
}

TEST(StandardQueue, RetentionCountsFromTheSendWhetherVisibleOrNot)
{
    QueueSettings settings;
    settings.retention = seconds(60);
    QueueFixture queue(settings);
    queue.send("visible", 0);
    queue.send("in flight", 0.5);
    queue.send({"delayed", "", "", {}, seconds(900)}, 1);
    EXPECT_EQ(queue.receive(50, 1), Bodies{"visible"});
    EXPECT_EQ(queue.changeVisibility("visible", seconds(0), 51), "");
    EXPECT_EQ(queue.receive(52, 2, seconds(600)), (Bodies{"visible", "in flight"}));
    EXPECT_EQ(queue.changeVisibility("visible", seconds(0), 53), "");
    EXPECT_EQ(queue->nextEvent(), at(60));
    EXPECT_EQ(queue->counts(at(59.9)).visible, 1u);
    EXPECT_EQ(queue->counts(at(60)).visible, 0u);
    EXPECT_EQ(queue->takeExpired(), 1u);
    EXPECT_EQ(queue->counts(at(60.5)).notVisible, 0u);
    EXPECT_EQ(queue->counts(at(61)).delayed, 0u);
    EXPECT_EQ(queue->takeExpired(), 2u);
    EXPECT_EQ(queue->takeExpired(), 0u);
    EXPECT_EQ(queue->nextEvent(), kNever);
}

TEST(StandardQueue, ShorterRetentionTakesEffectAtOnce)
{
    QueueFixture queue;
    queue.send("a", 0);
    QueueSettings settings;
    settings.retention = seconds(60);
    queue.configure(settings, 100);
    EXPECT_EQ(queue->takeExpired(), 1u);
}

TEST(StandardQueue, DefaultRetentionIsFourDays)
{
    QueueFixture queue;
    queue.send("a", 0);
    EXPECT_EQ(queue->counts(at(345'599)).visible, 1u);
    EXPECT_EQ(queue->counts(at(345'600)).visible, 0u);
}

TEST(StandardQueue, InFlightLimitGivesOverLimitOnShortPollingAndNothingOnLongPolling)
{
    QueueSettings settings;
    EXPECT_EQ(settings.inFlightLimit, 120'000u);
    settings.inFlightLimit = 12;
    QueueFixture queue(settings);
    for (int i = 0; i < 20; ++i)
        queue.send("m" + std::to_string(i), 0);
    EXPECT_EQ(queue.receive(0).size(), 10u);
    EXPECT_EQ(queue.receive(0).size(), 2u);
    EXPECT_FALSE(queue->deliverable(at(0)));
    EXPECT_EQ(codeOf(queue.tryReceive(0)), "OverLimit");
    ReceiveRequest waiting{10};
    waiting.longPolling = true;
    EXPECT_EQ(queue.note(queue->receive(waiting, at(0))), Bodies{});
    EXPECT_EQ(queue.remove("m0", 1), "");
    EXPECT_EQ(queue.receive(1).size(), 1u);
}

TEST(StandardQueue, BatchHas1To10EntriesAndAtMost1MiB)
{
    QueueFixture queue;
    const std::string large(200 * 1024, 'x');
    std::vector<NewMessage> batch(11, NewMessage{"x"});
    EXPECT_EQ(codeOf(queue->send(batch, at(0))), "TooManyEntriesInBatchRequest");
    EXPECT_EQ(codeOf(queue->send({}, at(0))), "EmptyBatchRequest");
    batch.assign(6, NewMessage{large});
    EXPECT_EQ(codeOf(queue->send(batch, at(0))), "BatchRequestTooLong");
    EXPECT_EQ(queue->send(batch, at(0)).refusal().message,
              "Batch requests cannot be longer than 1048576 bytes. You have sent 1228800 bytes.");
    batch.resize(5);
    EXPECT_EQ(codeOf(queue->send(batch, at(0))), "");
    EXPECT_EQ(queue->counts(at(0)).visible, 5u);
}

TEST(StandardQueue, BatchEntriesSucceedOrFailEach)
{
    QueueFixture queue;
    const std::vector<NewMessage> batch{{"good"}, {""}, {"\x01"}, {"also good"}};
    const auto answers = queue->send(batch, at(0));
    ASSERT_TRUE(answers);
    std::vector<std::string> codes;
    for (const auto& answer : *answers)
        codes.push_back(codeOf(answer));
    EXPECT_EQ(codes, (std::vector<std::string>{"", "MissingParameter", "InvalidMessageContents", ""}));
    EXPECT_EQ(queue.receive(0), (Bodies{"good", "also good"}));
}

TEST(StandardQueue, PurgeTakesEverythingButOnlyOncePer60Seconds)
{
    QueueFixture queue;
    queue.send("visible", 0);
    queue.send("in flight", 0);
    queue.send({"delayed", "", "", {}, seconds(10)}, 0);
    queue.receive(0, 1);
    const auto purged = queue->purge(at(1));
    ASSERT_TRUE(purged);
    EXPECT_EQ(*purged, 3u);
    EXPECT_EQ(queue->counts(at(30)).visible, 0u);
    EXPECT_EQ(queue->counts(at(30)).notVisible, 0u);
    queue.send("later", 30);
    const auto again = queue->purge(at(60.9));
    EXPECT_EQ(codeOf(again), "PurgeQueueInProgress");
    EXPECT_EQ(again.refusal().message, "Only one PurgeQueue operation on orders is allowed every 60 seconds.");
    EXPECT_EQ(codeOf(queue->purge(at(61))), "");
}

TEST(StandardQueue, AgeOfOldestMessage)
{
    QueueFixture queue;
    EXPECT_EQ(queue->counts(at(5)).oldestAge, seconds(0));
    queue.send("a", 10);
    queue.send("b", 20);
    EXPECT_EQ(queue->counts(at(30)).oldestAge, seconds(20));
    queue.receive(30, 1);
    EXPECT_EQ(queue->counts(at(31)).oldestAge, seconds(21)); // in flight, not deleted
    queue.remove("a", 32);
    EXPECT_EQ(queue->counts(at(33)).oldestAge, seconds(13));
}

TEST(StandardQueue, MessageReceivedThreeTimesGoesToTheBackAndNoLongerCountsAsOldest)
{
    QueueFixture queue;
    queue.send("poison", 0);
    queue.send("b", 10);
    for (int i = 1; i <= 2; ++i) {
        EXPECT_EQ(queue.receive(10 + i, 1, seconds(0)), Bodies{"poison"});
        EXPECT_EQ(queue->counts(at(20)).oldestAge, seconds(20));
    }
    EXPECT_EQ(queue.receive(20, 1, seconds(0)), Bodies{"poison"});
    EXPECT_EQ(queue->counts(at(20)).oldestAge, seconds(10));
    queue.send("c", 20);
    EXPECT_EQ(queue.receive(21, 3, seconds(0)), (Bodies{"b", "poison", "c"}));
    EXPECT_EQ(queue.receive(22, 3), (Bodies{"b", "c", "poison"}));
}

TEST(StandardQueue, ReceiveRequestAttemptIdAndDeduplicationIdAreForFifoOnly)
{
    QueueFixture queue;
    ReceiveRequest request;
    request.attemptId = "attempt";
    EXPECT_EQ(codeOf(queue->receive(request, at(0))), "InvalidParameterValue");
    EXPECT_EQ(codeOf(queue.trySend({"a", "", "d"}, 0)), "InvalidParameterValue");
}

TEST(StandardQueue, TimeNeverRunsBackwards)
{
    QueueFixture queue;
    queue.send("a", 0);
    queue.receive(10);
    EXPECT_EQ(queue.receive(40), Bodies{"a"});
    EXPECT_EQ(queue.receive(20), Bodies{}); // counts as 40
    EXPECT_EQ(queue.receive(70), Bodies{"a"});
}

TEST(Disorder, DeliversTwiceAndOutOfOrderButLosesNothing)
{
    QueueSettings settings;
    settings.disorder = 0.3;
    QueueFixture queue(settings);
    for (int i = 0; i < 200; ++i)
        queue.send(std::to_string(1000 + i), 0);
    Bodies seen;
    for (Bodies bodies = queue.receive(0); !bodies.empty(); bodies = queue.receive(0))
        seen.insert(seen.end(), bodies.begin(), bodies.end());
    const std::set<std::string> distinct(seen.begin(), seen.end());
    EXPECT_EQ(distinct.size(), 200u);
    EXPECT_GT(seen.size(), 220u);
    EXPECT_FALSE(std::is_sorted(seen.begin(), seen.end()));
}

TEST(Disorder, IsSeeded)
{
    const auto run = [](double disorder, std::uint64_t seed) {
        const auto store = LogStore::inMemory();
        QueueSettings settings;
        settings.disorder = disorder;
        auto queue = std::move(*Queue::open({"q", settings, *store->log("q/queue"), seed}, at(0)));
        Bodies seen;
        for (int i = 0; i < 50; ++i) {
            const std::string body = std::to_string(100 + i);
            const NewMessage message{body};
            EXPECT_TRUE(queue->send(std::span(&message, 1), at(0)));
        }
        for (int i = 0; i < 20; ++i) {
            const auto received = queue->receive({5}, at(0));
            for (const ReceivedMessage& message : received->messages)
                seen.emplace_back(message.body);
        }
        return seen;
    };
    EXPECT_EQ(run(0.5, 1), run(0.5, 1));
    EXPECT_NE(run(0.5, 1), run(0.5, 2));
    EXPECT_EQ(run(0, 1), run(0, 2));
}

} // namespace
} // namespace streamwright::sqs::test
