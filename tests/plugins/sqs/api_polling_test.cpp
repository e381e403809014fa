// SPDX-License-Identifier: GPL-3.0-or-later
// Long polls: who wakes them, when they end, and that nobody's messages are given to a caller who has hung up.
#include "tests/plugins/sqs/api_client.h"

namespace streamwright::sqs::test {
namespace {

class Polling : public ::testing::Test {
protected:
    Polling() { client.make("q"); }
    std::shared_ptr<ClientCall> poll(int wait = 20, int most = 1)
    {
        return client.begin("ReceiveMessage",
                            {{"QueueUrl", client.url("q")}, {"WaitTimeSeconds", wait}, {"MaxNumberOfMessages", most}});
    }
    Bodies bodiesOf(const std::shared_ptr<ClientCall>& call)
    {
        EXPECT_TRUE(call->done());
        return client.bodiesOf(call->reply());
    }
    std::string received() { return client.receive("q")["Messages"].at(0).at("ReceiptHandle"); }

    ApiClient client;
};

TEST_F(Polling, AMessageThatIsThereIsGivenAtOnce)
{
    client.send("q", "m");
    EXPECT_EQ(bodiesOf(poll()), Bodies{"m"});
}

TEST_F(Polling, ASendWakesIt)
{
    const auto call = poll();
    client.host.advance(seconds(5));
    EXPECT_FALSE(call->done());
    client.send("q", "m");
    client.host.advance(Duration::zero());
    EXPECT_EQ(bodiesOf(call), Bodies{"m"});
    EXPECT_EQ(client.host.sum("q", "NumberOfEmptyReceives"), 0);
}

TEST_F(Polling, OneSendWakesOneOfThem)
{
    const auto first = poll(), second = poll();
    client.send("q", "m");
    client.host.advance(Duration::zero());
    EXPECT_EQ(bodiesOf(first), Bodies{"m"});
    EXPECT_FALSE(second->done());
    client.send("q", "n");
    client.host.advance(Duration::zero());
    EXPECT_EQ(bodiesOf(second), Bodies{"n"});
}

TEST_F(Polling, ItEndsEmptyAtItsDeadline)
{
    const auto call = poll(3);
    client.host.advance(milliseconds(2999));
    EXPECT_FALSE(call->done());
    client.host.advance(milliseconds(1));
    ASSERT_TRUE(call->done());
    EXPECT_EQ(call->reply().text, "{}");
    EXPECT_EQ(client.host.sum("q", "NumberOfEmptyReceives"), 1);
}

TEST_F(Polling, TheQueuesOwnWaitTimeCounts)
{
    client.call("SetQueueAttributes",
                {{"QueueUrl", client.url("q")}, {"Attributes", {{"ReceiveMessageWaitTimeSeconds", "2"}}}});
    const auto call = client.begin("ReceiveMessage", {{"QueueUrl", client.url("q")}});
    EXPECT_FALSE(call->done());
    client.host.advance(seconds(2));
    EXPECT_TRUE(call->done());
    EXPECT_EQ(client.receive("q", {{"WaitTimeSeconds", 0}}).text, "{}");
}

TEST_F(Polling, TheEndOfAVisibilityTimeoutWakesIt)
{
    client.send("q", "m");
    EXPECT_EQ(client.bodies("q", {{"VisibilityTimeout", 7}}), Bodies{"m"});
    const auto call = poll();
    client.host.advance(milliseconds(6999));
    EXPECT_FALSE(call->done());
    client.host.advance(milliseconds(1));
    EXPECT_EQ(bodiesOf(call), Bodies{"m"});
}

TEST_F(Polling, GivingAMessageBackWakesIt)
{
    client.send("q", "m");
    const std::string handle = received();
    const auto call = poll();
    client.call("ChangeMessageVisibility",
                {{"QueueUrl", client.url("q")}, {"ReceiptHandle", handle}, {"VisibilityTimeout", 0}});
    client.host.advance(Duration::zero());
    EXPECT_EQ(bodiesOf(call), Bodies{"m"});
}

TEST_F(Polling, AShorterTimeoutIsNoticed)
{
    client.send("q", "m");
    const std::string handle = received(); // for 30 s
    const auto call = poll();
    client.call("ChangeMessageVisibility",
                {{"QueueUrl", client.url("q")}, {"ReceiptHandle", handle}, {"VisibilityTimeout", 4}});
    client.host.advance(milliseconds(3999));
    EXPECT_FALSE(call->done());
    client.host.advance(milliseconds(1));
    EXPECT_EQ(bodiesOf(call), Bodies{"m"});
}

TEST_F(Polling, TheEndOfADelayWakesIt)
{
    client.send("q", "before", {{"DelaySeconds", 3}});
    const auto first = poll();
    const auto second = poll();
    client.send("q", "after", {{"DelaySeconds", 5}});
    client.host.advance(milliseconds(3000));
    EXPECT_EQ(bodiesOf(first), Bodies{"before"});
    EXPECT_FALSE(second->done());
    client.host.advance(milliseconds(2000));
    EXPECT_EQ(bodiesOf(second), Bodies{"after"});
}

TEST_F(Polling, DeletingFreesAMessageGroup)
{
    client.make("f.fifo", {{"ContentBasedDeduplication", "true"}});
    client.send("f.fifo", "a1", {{"MessageGroupId", "a"}});
    client.send("f.fifo", "a2", {{"MessageGroupId", "a"}});
    const std::string handle =
        client.receive("f.fifo", {{"MaxNumberOfMessages", 1}})["Messages"].at(0).at("ReceiptHandle");
    const auto call = client.begin("ReceiveMessage", {{"QueueUrl", client.url("f.fifo")}, {"WaitTimeSeconds", 20}});
    EXPECT_FALSE(call->done());
    client.call("DeleteMessage", {{"QueueUrl", client.url("f.fifo")}, {"ReceiptHandle", handle}});
    client.host.advance(Duration::zero());
    EXPECT_EQ(bodiesOf(call), Bodies{"a2"});
}

TEST_F(Polling, ACallerWhoHungUpGetsNothing)
{
    const auto call = poll();
    call->hangUp();
    client.send("q", "m");
    client.host.advance(seconds(30));
    const Json message = client.receive("q", {{"AttributeNames", {"All"}}})["Messages"].at(0);
    EXPECT_EQ(message.at("Attributes").at("ApproximateReceiveCount"), "1");
    EXPECT_FALSE(call->done());
}

TEST_F(Polling, TheNextOneGetsWhatACallerWhoHungUpWasCalledFor)
{
    const auto gone = poll();
    const auto waiting = poll();
    gone->hangUp();
    client.send("q", "m");
    client.host.advance(Duration::zero());
    EXPECT_FALSE(waiting->done());
    client.host.advance(milliseconds(100));
    EXPECT_EQ(bodiesOf(waiting), Bodies{"m"});
}

TEST_F(Polling, AnAbandonedCallThatIsRunNonethelessTakesNothing)
{
    client.send("q", "m");
    const auto call = std::make_shared<ClientCall>(client.host, client.caller(), client.service, "ReceiveMessage",
                                                   api::Wire::Json, Json{{"QueueUrl", client.url("q")}}.dump());
    call->hangUp();
    call->run();
    EXPECT_EQ(client.attributes("q").at("ApproximateNumberOfMessages"), "1");
}

TEST_F(Polling, TheEndOfTheQueueEndsIt)
{
    const auto call = poll();
    client.call("DeleteQueue", {{"QueueUrl", client.url("q")}});
    client.host.advance(Duration::zero());
    ASSERT_TRUE(call->done());
    EXPECT_EQ(call->reply().error->code, "QueueDoesNotExist");
}

TEST_F(Polling, NoTickForAQueueWithoutConsumersButOneASecond)
{
    client.send("q", "first");
    client.host.advance(Duration::zero());
    const std::size_t before = client.host.wakes;
    EXPECT_GE(before, 1u);
    client.host.queue("q").endStep(client.host.now() + seconds(1)); // the operator's gauges
    for (int i = 0; i < 100; ++i)
        client.send("q", "m");
    EXPECT_EQ(client.host.wakes, before);
}

TEST_F(Polling, ConsumersOfThePipelineAreWokenOnce)
{
    client.host.queue("q").setReaders(true);
    client.host.advance(Duration::zero());
    const std::size_t before = client.host.wakes;
    for (int i = 0; i < 100; ++i)
        client.send("q", "m");
    EXPECT_EQ(client.host.wakes, before + 1);
    client.host.advance(Duration::zero());
    client.send("q", "m");
    EXPECT_EQ(client.host.wakes, before + 2);
}

} // namespace
} // namespace streamwright::sqs::test
