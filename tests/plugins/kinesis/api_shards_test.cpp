// SPDX-License-Identifier: GPL-3.0-or-later
// Resharding by clients, and the lineage that they see of it.
#include "tests/plugins/kinesis/api_fixture.h"

namespace streamwright::kinesis::test {
namespace {

class ApiShards : public KinesisApi {
protected:
    static constexpr const char* kMiddle = "170141183460469231731687303715884105728";

    void split(const std::string& shard, const std::string& key)
    {
        ok("SplitShard", {{"StreamName", "s"}, {"ShardToSplit", shard}, {"NewStartingHashKey", key}});
        settle();
    }
    void merge(const std::string& a, const std::string& b)
    {
        ok("MergeShards", {{"StreamName", "s"}, {"ShardToMerge", a}, {"AdjacentShardToMerge", b}});
        settle();
    }
    // The numbers of the shards listed: "0 1 2".
    std::string list(const Json& filter = nullptr)
    {
        Json wanted = {{"StreamName", "s"}};
        if (!filter.is_null()) wanted["ShardFilter"] = filter;
        return numbersOf(ok("ListShards", wanted));
    }
    static std::string numbersOf(const Json& answer)
    {
        std::string numbers;
        for (const Json& shard : answer["Shards"])
            numbers +=
                (numbers.empty() ? "" : " ") + std::to_string(*parseShardId(shard["ShardId"].get<std::string>()));
        return numbers;
    }
    static double inSecondsOf(Time t) { return static_cast<double>(t.time_since_epoch().count()) / 1e6; }
};

TEST_F(ApiShards, SplitAndMergeKeepTheLineage)
{
    host.draw("s");
    put("s", "old");
    ok("SplitShard", {{"StreamName", "s"}, {"ShardToSplit", "shardId-000000000000"}, {"NewStartingHashKey", kMiddle}});
    EXPECT_EQ(ok("DescribeStreamSummary", {{"StreamName", "s"}})["StreamDescriptionSummary"]["StreamStatus"],
              "UPDATING");
    EXPECT_EQ(host.contextOf("s").wakes, 1 + 1); // the put, the split
    settle();
    merge("shardId-000000000001", "shardId-000000000002");
    const Json shards = ok("ListShards", {{"StreamName", "s"}})["Shards"];
    ASSERT_EQ(shards.size(), 4u);
    EXPECT_TRUE(shards[0]["SequenceNumberRange"].contains("EndingSequenceNumber"));
    EXPECT_EQ(shards[1]["ParentShardId"], "shardId-000000000000");
    EXPECT_FALSE(shards[1].contains("AdjacentParentShardId"));
    EXPECT_EQ(shards[3]["ParentShardId"], "shardId-000000000001");
    EXPECT_EQ(shards[3]["AdjacentParentShardId"], "shardId-000000000002");
    EXPECT_EQ(shards[3]["HashKeyRange"],
              (Json{{"StartingHashKey", "0"}, {"EndingHashKey", "340282366920938463463374607431768211455"}}));

    // A reader sees the parent's records, then its children.
    const Json last = get(iterator("s"));
    EXPECT_EQ(last["Records"].size(), 1u);
    EXPECT_FALSE(last.contains("NextShardIterator"));
    ASSERT_EQ(last["ChildShards"].size(), 2u);
    EXPECT_EQ(last["ChildShards"][0]["ShardId"], "shardId-000000000001");
    const Json merged = get(iterator("s", "LATEST", 2)); // of a closed shard: past its end
    EXPECT_EQ(merged["ChildShards"][0]["ParentShards"], (Json{"shardId-000000000001", "shardId-000000000002"}));
    const std::string ending = shards[0]["SequenceNumberRange"]["EndingSequenceNumber"];
    const Json atEnd = ok("GetShardIterator", {{"StreamName", "s"},
                                               {"ShardId", "shardId-000000000000"},
                                               {"ShardIteratorType", "AFTER_SEQUENCE_NUMBER"},
                                               {"StartingSequenceNumber", ending}});
    EXPECT_EQ(get(atEnd["ShardIterator"])["Records"].size(), 0u);
}

TEST_F(ApiShards, ALimitedReadOfAClosedShardGoesOnToItsEnd)
{
    host.draw("s");
    for (int i = 0; i < 3; ++i)
        put("s");
    split("shardId-000000000000", kMiddle);
    const Json first = get(iterator("s"), 2);
    ASSERT_TRUE(first.contains("NextShardIterator"));
    EXPECT_FALSE(first.contains("ChildShards"));
    const Json second = get(first["NextShardIterator"], 2);
    EXPECT_EQ(second["Records"].size(), 1u);
    EXPECT_FALSE(second.contains("NextShardIterator"));
}

TEST_F(ApiShards, WhatReshardingIsRefusedFor)
{
    host.draw("s", {{"ShardCount", 4}});
    const auto splitFault = [&](const std::string& shard, const std::string& key) {
        return fault("SplitShard", {{"StreamName", "s"}, {"ShardToSplit", shard}, {"NewStartingHashKey", key}});
    };
    const auto mergeFault = [&](const std::string& a, const std::string& b) {
        return fault("MergeShards", {{"StreamName", "s"}, {"ShardToMerge", a}, {"AdjacentShardToMerge", b}});
    };
    EXPECT_EQ(splitFault("shardId-000000000009", "5"),
              "ResourceNotFoundException: Could not find shard shardId-000000000009 in stream s under account "
              "000000000000.");
    for (const char* key :
         {"0", "1", "85070591730234615865843651857942052863", "85070591730234615865843651857942052864"})
        EXPECT_EQ(
            splitFault("shardId-000000000000", key),
            std::string("InvalidArgumentException: NewStartingHashKey ") + key +
                " used in SplitShard() on shard shardId-000000000000 in stream s under account 000000000000 is not "
                "both greater than one plus the shard's StartingHashKey 0 and less than the shard's EndingHashKey "
                "85070591730234615865843651857942052863.");
    EXPECT_EQ(
        mergeFault("shardId-000000000000", "shardId-000000000002"),
        "InvalidArgumentException: Shards shardId-000000000000 and shardId-000000000002 in stream s under account "
        "000000000000 are not an adjacent pair of shards eligible for merging");
    EXPECT_EQ(mergeFault("shardId-000000000000", "shardId-000000000000").substr(0, 24), "InvalidArgumentException");
    EXPECT_EQ(code("SplitShard",
                   {{"StreamName", "s"}, {"ShardToSplit", "shardId-000000000000"}, {"NewStartingHashKey", "007"}}),
              "ValidationException");
    merge("shardId-000000000001", "shardId-000000000000"); // the other way round is as good
    EXPECT_EQ(
        splitFault("shardId-000000000000", "5"),
        "ResourceInUseException: Shard shardId-000000000000 in stream s under account 000000000000 has already been "
        "merged or split, and thus is not eligible for merging or splitting.");
    split("shardId-000000000002", "200000000000000000000000000000000000000");
    EXPECT_EQ(splitFault("shardId-000000000003", "300000000000000000000000000000000000000"), "");
    EXPECT_EQ(splitFault("shardId-000000000004", "5"),
              "ResourceInUseException: Stream s under account 000000000000 not ACTIVE, instead in state UPDATING");
}

TEST_F(ApiShards, UpdateShardCountGoesFromHalfToDoubleTenTimesADay)
{
    host.draw("s", {{"ShardCount", 4}});
    const auto wanted = [](int count) {
        return Json{{"StreamName", "s"}, {"TargetShardCount", count}, {"ScalingType", "UNIFORM_SCALING"}};
    };
    EXPECT_EQ(fault("UpdateShardCount", wanted(9)),
              "InvalidArgumentException: UpdateShardCount cannot scale up over double your current open shard count. "
              "Current open shard count: 4 Target shard count: 9");
    EXPECT_EQ(fault("UpdateShardCount", wanted(1)),
              "InvalidArgumentException: UpdateShardCount cannot scale down below half your current open shard count. "
              "Current open shard count: 4 Target shard count: 1");
    for (int i = 0; i < 10; ++i) {
        const Json answer = ok("UpdateShardCount", wanted(i % 2 ? 4 : 8));
        EXPECT_EQ(answer["CurrentShardCount"], i % 2 ? 8 : 4);
        EXPECT_EQ(answer["TargetShardCount"], i % 2 ? 4 : 8);
        settle();
    }
    EXPECT_EQ(code("UpdateShardCount", wanted(8)), "LimitExceededException");
    EXPECT_EQ(ok("DescribeStreamSummary", {{"StreamName", "s"}})["StreamDescriptionSummary"]["StreamStatus"], "ACTIVE");
}

TEST_F(ApiShards, EveryFilterListsItsShards)
{
    host.draw("s");
    host.advance(std::chrono::hours(1));
    const Time beforeSplit = host.time;
    host.advance(std::chrono::hours(1));
    split("shardId-000000000000", kMiddle);
    host.advance(std::chrono::hours(1));
    const Time between = host.time;
    host.advance(std::chrono::hours(1));
    merge("shardId-000000000001", "shardId-000000000002");
    const auto at = [&](const char* type, Time t) { return Json{{"Type", type}, {"Timestamp", inSecondsOf(t)}}; };
    EXPECT_EQ(list(), "0 1 2 3");
    EXPECT_EQ(list({{"Type", "FROM_TRIM_HORIZON"}}), "0 1 2 3");
    EXPECT_EQ(list({{"Type", "AT_TRIM_HORIZON"}}), "0");
    EXPECT_EQ(list({{"Type", "AT_LATEST"}}), "3");
    EXPECT_EQ(list({{"Type", "AFTER_SHARD_ID"}, {"ShardId", "shardId-000000000001"}}), "2 3");
    EXPECT_EQ(list(at("AT_TIMESTAMP", beforeSplit)), "0");
    EXPECT_EQ(list(at("AT_TIMESTAMP", between)), "1 2");
    EXPECT_EQ(list(at("AT_TIMESTAMP", kStart - seconds(5))), "0");
    EXPECT_EQ(list(at("FROM_TIMESTAMP", between)), "1 2 3");
    EXPECT_EQ(list(at("FROM_TIMESTAMP", beforeSplit)), "0 1 2 3");
    for (const char* type : {"AFTER_SHARD_ID", "AT_TIMESTAMP"})
        EXPECT_EQ(code("ListShards", {{"StreamName", "s"}, {"ShardFilter", {{"Type", type}}}}),
                  "InvalidArgumentException");

    // After a day the first is gone, and what was open then is the horizon.
    host.time = between + std::chrono::hours(24);
    EXPECT_EQ(list(), "1 2 3");
    EXPECT_EQ(list({{"Type", "AT_TRIM_HORIZON"}}), "1 2");
    host.step("s");
    EXPECT_EQ(list(), "1 2 3");
}

TEST_F(ApiShards, ListsArePagedByTokensThatExpire)
{
    host.draw("s", {{"ShardCount", 5}});
    const Json first = ok("ListShards", {{"StreamName", "s"}, {"MaxResults", 2}});
    EXPECT_EQ(numbersOf(first), "0 1");
    const std::string token = first["NextToken"];
    const Json second = ok("ListShards", {{"NextToken", token}, {"MaxResults", 2}});
    EXPECT_EQ(numbersOf(second), "2 3");
    EXPECT_EQ(numbersOf(ok("ListShards", {{"NextToken", second["NextToken"]}})), "4");
    EXPECT_EQ(numbersOf(ok("ListShards", {{"StreamName", "s"}, {"ExclusiveStartShardId", "shardId-000000000002"}})),
              "3 4");
    EXPECT_EQ(fault("ListShards", {{"StreamName", "s"}, {"NextToken", token}}),
              "InvalidArgumentException: NextToken and StreamName cannot be provided together.");
    EXPECT_EQ(fault("ListShards", Json::object()),
              "InvalidArgumentException: Either NextToken or StreamName should be provided.");
    EXPECT_EQ(fault("ListShards", {{"NextToken", iterator("s")}}), "InvalidArgumentException: Invalid NextToken.");
    host.advance(seconds(301));
    EXPECT_EQ(code("ListShards", {{"NextToken", token}}), "ExpiredNextTokenException");
}

TEST_F(ApiShards, DescribeStreamPages)
{
    host.draw("s", {{"ShardCount", 150}});
    const Json first = ok("DescribeStream", {{"StreamName", "s"}})["StreamDescription"];
    EXPECT_EQ(first["Shards"].size(), 100u);
    EXPECT_EQ(first["HasMoreShards"], true);
    const Json rest = ok("DescribeStream", {{"StreamName", "s"},
                                            {"ExclusiveStartShardId", first["Shards"][99]["ShardId"]},
                                            {"Limit", 10'000}})["StreamDescription"];
    EXPECT_EQ(rest["Shards"].size(), 50u);
    EXPECT_EQ(rest["HasMoreShards"], false);
}

} // namespace
} // namespace streamwright::kinesis::test
