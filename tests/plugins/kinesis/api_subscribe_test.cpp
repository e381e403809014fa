// SPDX-License-Identifier: GPL-3.0-or-later
// SubscribeToShard: what a consumer is sent, and when.
#include <thread>

#include "plugins/kinesis/api/subscriptions.h"
#include "tests/plugins/kinesis/api_fixture.h"

namespace streamwright::kinesis::test {
namespace {

class ApiSubscribe : public KinesisApi {
protected:
    // A stream with a registered consumer that is ACTIVE.
    void SetUp() override
    {
        host.draw("s");
        consumer = registered("s", "c");
        host.advance(seconds(10));
    }
    std::string registered(const std::string& stream, const std::string& name)
    {
        return ok("RegisterStreamConsumer",
                  {{"StreamARN", streamArn(stream)}, {"ConsumerName", name}})["Consumer"]["ConsumerARN"];
    }
    Json request(const std::string& type = "LATEST", int shard = 0) const
    {
        return {{"ConsumerARN", consumer},
                {"ShardId", shardIdOf(static_cast<ShardIndex>(shard))},
                {"StartingPosition", {{"Type", type}}}};
    }
    std::shared_ptr<FakeSink> subscribe(const Json& input)
    {
        sink = std::make_shared<FakeSink>();
        ok("SubscribeToShard", input);
        return sink;
    }

    std::string consumer;
};

TEST_F(ApiSubscribe, RecordsArePushedAsTheyCome)
{
    const auto client = subscribe(request());
    EXPECT_TRUE(client->events.empty());
    const std::string number = put("s", "a", "AP8=")["SequenceNumber"];
    ASSERT_EQ(client->events.size(), 1u); // nobody polled
    const Json& event = client->events[0];
    ASSERT_EQ(event["Records"].size(), 1u);
    EXPECT_EQ(event["Records"][0]["SequenceNumber"], number);
    EXPECT_EQ(event["Records"][0]["Data"], "AP8=");
    EXPECT_EQ(event["MillisBehindLatest"], 0);
    EXPECT_LT(number, event["ContinuationSequenceNumber"].get<std::string>());
    const api::Shape* shape = service().shapes->find("SubscribeToShard")->output->field("EventStream")->shape;
    EXPECT_EQ(misshapen(event, *shape->field("SubscribeToShardEvent")->shape, "event"), "");
    EXPECT_EQ(host.sumOf("s", "SubscribeToShardEvent.Records", "c"), 1);
    EXPECT_EQ(host.sumOf("s", "OutgoingRecords", "shardId-000000000000"), 1);
    EXPECT_EQ(host.sumOf("s", "SubscribeToShard.Success", "c"), 1);
}

TEST_F(ApiSubscribe, RecordsInQuickSuccessionGoTogether)
{
    const auto client = subscribe(request());
    for (int i = 0; i < 10; ++i)
        put("s");
    EXPECT_EQ(client->events.size(), 1u);
    host.advance(milliseconds(10));
    ASSERT_EQ(client->events.size(), 2u);
    EXPECT_EQ(client->events[1]["Records"].size(), 9u);
}

TEST_F(ApiSubscribe, WhatWasThereIsSentAtOnceAndTheConsumerGoesOnWhereItStopped)
{
    for (int i = 0; i < 3; ++i)
        put("s", "before");
    host.advance(seconds(1));
    const auto first = subscribe(request("TRIM_HORIZON"));
    ASSERT_EQ(first->events.size(), 1u);
    EXPECT_EQ(first->events[0]["Records"].size(), 3u);
    put("s", "after");
    for (const char* type : {"AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"}) {
        host.advance(seconds(6));
        Json again = request(type);
        again["StartingPosition"]["SequenceNumber"] = first->events[0]["ContinuationSequenceNumber"];
        const auto client = subscribe(again);
        ASSERT_EQ(client->events.size(), 1u) << type;
        ASSERT_EQ(client->events[0]["Records"].size(), 1u);
        EXPECT_EQ(client->events[0]["Records"][0]["PartitionKey"], "after");
    }
}

TEST_F(ApiSubscribe, AnEventComesEveryFiveSecondsThoughEmptyAndTheEndAfterFiveMinutes)
{
    const auto client = subscribe(request());
    host.advance(milliseconds(4999));
    EXPECT_TRUE(client->events.empty());
    host.advance(milliseconds(1));
    ASSERT_EQ(client->events.size(), 1u);
    EXPECT_TRUE(client->events[0]["Records"].empty());
    EXPECT_TRUE(client->events[0].contains("ContinuationSequenceNumber"));
    host.advance(seconds(294));
    EXPECT_FALSE(client->ended());
    EXPECT_EQ(client->events.size(), 59u);
    host.advance(seconds(1));
    EXPECT_TRUE(client->ended());
    EXPECT_EQ(client->endedWith, "");
    host.advance(seconds(60));
    EXPECT_EQ(host.callsWaiting(), 0u);
}

TEST_F(ApiSubscribe, AtTheEndOfTheShardTheChildrenAreNamed)
{
    const auto client = subscribe(request());
    put("s");
    ok("SplitShard", {{"StreamName", "s"},
                      {"ShardToSplit", "shardId-000000000000"},
                      {"NewStartingHashKey", "170141183460469231731687303715884105728"}});
    host.advance(milliseconds(10));
    ASSERT_EQ(client->events.size(), 2u);
    EXPECT_TRUE(client->ended());
    EXPECT_EQ(client->endedWith, "");
    const Json& last = client->events[1];
    EXPECT_FALSE(last.contains("ContinuationSequenceNumber"));
    ASSERT_EQ(last["ChildShards"].size(), 2u);
    EXPECT_EQ(last["ChildShards"][1], (Json{{"ShardId", "shardId-000000000002"},
                                            {"ParentShards", {"shardId-000000000000"}},
                                            {"HashKeyRange",
                                             {{"StartingHashKey", "170141183460469231731687303715884105728"},
                                              {"EndingHashKey", "340282366920938463463374607431768211455"}}}}));
    // A closed shard can be subscribed to as well: it ends at once.
    host.advance(seconds(6));
    const auto late = subscribe(request("TRIM_HORIZON"));
    ASSERT_EQ(late->events.size(), 1u);
    EXPECT_EQ(late->events[0]["Records"].size(), 1u);
    EXPECT_TRUE(late->ended());
}

TEST_F(ApiSubscribe, ASecondOneIsRefusedForFiveSecondsAndThenTakesOver)
{
    const auto first = subscribe(request());
    EXPECT_EQ(fault("SubscribeToShard", request()),
              "ResourceInUseException: Another active subscription exists for this consumer: "
              "000000000000:s:c:shardId-000000000000");
    EXPECT_EQ(host.sumOf("s", "SubscribeToShard.RateExceeded", "c"), 1);
    host.advance(milliseconds(5000));
    EXPECT_FALSE(first->ended());
    const auto second = subscribe(request());
    EXPECT_TRUE(first->ended());
    EXPECT_EQ(first->endedWith, "ResourceInUseException");
    const std::size_t before = first->events.size();
    put("s");
    EXPECT_EQ(second->events.size(), 1u);
    EXPECT_EQ(first->events.size(), before);
}

TEST_F(ApiSubscribe, EachConsumerHasTwoMebibytesASecondOfAShard)
{
    const std::string mebibyte(1'398'100 / 4 * 4, 'A'); // 1,048,575 bytes
    for (int i = 0; i < 8; ++i) {
        put("s", "k", mebibyte);
        host.advance(seconds(1));
    }
    const auto client = subscribe(request("TRIM_HORIZON"));
    const auto bytes = [&] { return host.sumOf("s", "SubscribeToShardEvent.Bytes", "c") / (1 << 20); };
    EXPECT_GT(client->events[0]["MillisBehindLatest"], 6000);
    host.advance(seconds(1));
    EXPECT_LE(bytes(), 5.01); // a burst of 2, 2 of this second, and one event that overdraws
    const double before = bytes();
    host.advance(seconds(1));
    EXPECT_NEAR(bytes() - before, 2, 0.01);
    host.advance(seconds(5));
    EXPECT_NEAR(bytes(), 8, 0.01);
    EXPECT_EQ(client->events.back()["MillisBehindLatest"], 0);
}

TEST_F(ApiSubscribe, AClientThatDoesNotReadIsNotSentMore)
{
    const auto client = subscribe(request());
    client->pendingBytes = std::size_t{16} << 20;
    put("s");
    host.advance(seconds(60));
    EXPECT_TRUE(client->events.empty());
    client->drain();
    ASSERT_EQ(client->events.size(), 1u);
    client->pendingBytes = std::size_t{16} << 20;
    put("s");
    host.advance(seconds(300)); // it never reads: the end comes all the same
    EXPECT_TRUE(client->ended());
}

TEST_F(ApiSubscribe, AClientThatIsGoneIsForgotten)
{
    const auto client = subscribe(request());
    client->end({});
    put("s");
    host.advance(seconds(1));
    EXPECT_TRUE(client->events.empty());
    host.advance(seconds(600));
    EXPECT_EQ(host.callsWaiting(), 0u);
}

TEST_F(ApiSubscribe, WhatItIsRefusedFor)
{
    Json unknown = request();
    unknown["ConsumerARN"] = streamArn("s") + "/consumer/d:1";
    EXPECT_EQ(fault("SubscribeToShard", unknown),
              "ResourceNotFoundException: Consumer d, account 000000000000 not found.");
    EXPECT_EQ(fault("SubscribeToShard", request("LATEST", 5)),
              "ResourceNotFoundException: Shard shardId-000000000005 in stream s under account 000000000000 does not "
              "exist");
    Json young = request();
    young["ConsumerARN"] = registered("s", "young");
    EXPECT_EQ(code("SubscribeToShard", young), "ResourceInUseException"); // CREATING
    Json wrong = request("AT_SEQUENCE_NUMBER");
    wrong["StartingPosition"]["SequenceNumber"] = "5";
    EXPECT_EQ(
        fault("SubscribeToShard", wrong),
        "InvalidArgumentException: StartingSequenceNumber 5 used in SubscribeToShard on shard shardId-000000000000 "
        "in stream s under account 000000000000 is invalid.");
    EXPECT_TRUE(sink->events.empty());
}

TEST_F(ApiSubscribe, DeregisteringAndDeletingEndIt)
{
    const auto first = subscribe(request());
    ok("DeregisterStreamConsumer", {{"ConsumerARN", consumer}});
    EXPECT_EQ(first->endedWith, "ResourceNotFoundException");
    consumer = registered("s", "c");
    settle();
    const auto second = subscribe(request()); // a consumer of its own: not too soon
    ok("DeleteStream", {{"StreamName", "s"}, {"EnforceConsumerDeletion", true}});
    EXPECT_TRUE(second->ended());
}

TEST_F(ApiSubscribe, WhatManyThreadsPutIsSentOnceAndInOrder)
{
    const auto client = subscribe(request());
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 200; ++n)
                put("s");
        });
    for (std::thread& thread : threads)
        thread.join();
    host.advance(seconds(1));
    std::vector<std::string> numbers;
    for (const Json& event : client->events)
        for (const Json& record : event["Records"])
            numbers.push_back(record["SequenceNumber"]);
    EXPECT_EQ(numbers.size(), 800u);
    EXPECT_TRUE(std::is_sorted(numbers.begin(), numbers.end()));
    EXPECT_EQ(std::adjacent_find(numbers.begin(), numbers.end()), numbers.end());
}

TEST_F(ApiSubscribe, TheEndOfTheHostEndsIt)
{
    const auto otherStore = LogStore::inMemory();
    const auto client = std::make_shared<FakeSink>();
    std::shared_ptr<Shard> shard;
    {
        FakeHost other(*otherStore);
        other.draw("t");
        const auto stream = std::static_pointer_cast<StreamResource>(other.find(kStreamKind, "t"));
        shard = stream->stream().shard(0);
        const auto subscription =
            std::make_shared<Subscription>(Subscription::Setup{&other, stream, shard, "c", 0, client, other.now()});
        EXPECT_TRUE(other.state<Subscriptions>()->begin({"t", "c", {}, 0}, other.now(), subscription, {}));
        EXPECT_FALSE(client->ended());
    }
    EXPECT_TRUE(client->ended());
    shard->tellListeners(); // nobody is left to hear it
}

} // namespace
} // namespace streamwright::kinesis::test
