// SPDX-License-Identifier: GPL-3.0-or-later
// Putting and reading records as clients do: answers, limits, iterators, and the service's words for what it refuses.
#include "plugins/kinesis/record_number.h"
#include "tests/plugins/kinesis/api_fixture.h"

namespace streamwright::kinesis::test {
namespace {

// 16 zero bytes of plain data are "AAAA..." in base64.
std::string zeros(std::size_t bytes)
{
    std::string text;
    for (std::size_t i = 0; i + 3 <= bytes; i += 3)
        text += "AAAA";
    if (bytes % 3 == 1) text += "AA==";
    if (bytes % 3 == 2) text += "AAA=";
    return text;
}

Json recordsOf(int count, const std::string& data = "YQ==")
{
    Json records = Json::array();
    for (int i = 0; i < count; ++i)
        records.push_back({{"Data", data}, {"PartitionKey", "k"}});
    return records;
}

using ApiRecords = KinesisApi;

TEST_F(ApiRecords, WhatWasPutIsRead)
{
    host.draw("s", {{"ShardCount", 4}});
    const Json first = ok("PutRecord", {{"StreamName", "s"}, {"Data", "AP8="}, {"PartitionKey", "a"}});
    EXPECT_EQ(first["ShardId"], "shardId-000000000000"); // its MD5 says so
    EXPECT_EQ(first["SequenceNumber"].get<std::string>().size(), 56u);
    EXPECT_FALSE(first.contains("EncryptionType"));
    host.advance(milliseconds(1500));
    const Json second = ok("PutRecord", {{"StreamARN", streamArn("s")},
                                         {"Data", ""},
                                         {"PartitionKey", "b"},
                                         {"ExplicitHashKey", "0"},
                                         {"SequenceNumberForOrdering", first["SequenceNumber"]}});
    EXPECT_EQ(second["ShardId"], "shardId-000000000000");
    EXPECT_LT(first["SequenceNumber"].get<std::string>(), second["SequenceNumber"].get<std::string>());

    const Json answer = get(iterator("s"));
    ASSERT_EQ(answer["Records"].size(), 2u);
    EXPECT_EQ(answer["Records"][0], (Json{{"SequenceNumber", first["SequenceNumber"]},
                                          {"ApproximateArrivalTimestamp", 1'700'000'000},
                                          {"Data", "AP8="},
                                          {"PartitionKey", "a"}}));
    EXPECT_EQ(answer["Records"][1]["ApproximateArrivalTimestamp"], 1'700'000'001.5);
    EXPECT_EQ(answer["MillisBehindLatest"], 0);
    EXPECT_FALSE(answer.contains("ChildShards"));
    EXPECT_EQ(host.sumOf("s", "PutRecord.Bytes"), 4);
    EXPECT_EQ(host.sumOf("s", "PutRecord.Success"), 2);
    EXPECT_EQ(host.sumOf("s", "IncomingRecords", "shardId-000000000000"), 2);
    EXPECT_EQ(host.sumOf("s", "GetRecords.Records"), 2);
    EXPECT_EQ(host.sumOf("s", "OutgoingBytes", "shardId-000000000000"), 4);
}

TEST_F(ApiRecords, PutRecordsAnswersInTheOrderOfTheRequestAndThrottlesByShard)
{
    host.draw("s", {{"ShardCount", 2}});
    // 60 records for shard 0 and 60 for shard 1 by turns; shard 1 has room for 51 of 20,000 bytes.
    Json records = Json::array();
    for (int i = 0; i < 120; ++i)
        records.push_back({{"Data", i % 2 ? zeros(20'000) : "YQ=="},
                           {"PartitionKey", "k" + std::to_string(i)},
                           {"ExplicitHashKey", i % 2 ? "340282366920938463463374607431768211455" : "0"}});
    const Json answer = ok("PutRecords", {{"StreamName", "s"}, {"Records", records}});
    EXPECT_EQ(answer["FailedRecordCount"], 8);
    EXPECT_EQ(note, "8 of 120 entries failed: ProvisionedThroughputExceededException");
    ASSERT_EQ(answer["Records"].size(), 120u);
    int throttled = 0;
    for (std::size_t i = 0; i < 120; ++i) {
        const Json& entry = answer["Records"][i];
        if (!entry.contains("ErrorCode")) {
            EXPECT_EQ(entry["ShardId"], i % 2 ? "shardId-000000000001" : "shardId-000000000000") << i;
            EXPECT_EQ(entry.size(), 2u);
            continue;
        }
        ++throttled;
        EXPECT_EQ(i % 2, 1u);
        EXPECT_EQ(entry["ErrorCode"], "ProvisionedThroughputExceededException");
        EXPECT_EQ(entry["ErrorMessage"],
                  "Rate exceeded for shard shardId-000000000001 in stream s under account 000000000000.");
        EXPECT_EQ(entry.size(), 2u);
    }
    EXPECT_EQ(throttled, 8);
    EXPECT_EQ(host.sumOf("s", "PutRecords.ThrottledRecords"), 8);
    EXPECT_EQ(host.sumOf("s", "WriteProvisionedThroughputExceeded", "shardId-000000000001"), 8);
}

TEST_F(ApiRecords, PutRecordFailsWholeAboveTheShardsLimit)
{
    host.draw("s");
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(ok("PutRecords", {{"StreamName", "s"}, {"Records", recordsOf(500)}})["FailedRecordCount"], 0);
    EXPECT_EQ(note, "");
    EXPECT_EQ(fault("PutRecord", {{"StreamName", "s"}, {"Data", "YQ=="}, {"PartitionKey", "k"}}),
              "ProvisionedThroughputExceededException: Rate exceeded for shard shardId-000000000000 in stream s under "
              "account 000000000000.");
    EXPECT_EQ(host.sumOf("s", "PutRecord.Success"), 0);
    host.advance(milliseconds(1));
    put("s");
}

TEST_F(ApiRecords, WhatAPutIsRefusedFor)
{
    host.draw("s");
    const Json good = {{"StreamName", "s"}, {"Data", "YQ=="}, {"PartitionKey", "k"}};
    const auto with = [&](const char* member, const Json& value) {
        Json changed = good;
        changed[member] = value;
        return fault("PutRecord", changed);
    };
    EXPECT_EQ(with("StreamName", "none"),
              "ResourceNotFoundException: Stream none under account 000000000000 not found.");
    EXPECT_EQ(with("ExplicitHashKey", "340282366920938463463374607431768211456"),
              "InvalidArgumentException: Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. "
              "Specified value was 340282366920938463463374607431768211456");
    EXPECT_EQ(with("Data", zeros(1'048'577)),
              "ValidationException: 1 validation error detected: Value 'java.nio.HeapByteBuffer[pos=0 lim=1048577 "
              "cap=1048577]' at 'data' failed to satisfy constraint: Member must have length less than or equal to "
              "1048576");
    EXPECT_TRUE(with("Data", zeros(1'048'576)).starts_with("InvalidArgumentException: ")); // the key counts too
    EXPECT_EQ(with("SequenceNumberForOrdering", "12"),
              "InvalidArgumentException: ExclusiveMinimumSequenceNumber 12 used in PutRecord on stream s under account "
              "000000000000 is invalid.");
    EXPECT_EQ(fault("PutRecord", {{"Data", "YQ=="}, {"PartitionKey", "k"}}),
              "ValidationException: 1 validation error detected: Value null at 'streamName' failed to satisfy "
              "constraint: Member must not be null");
    EXPECT_EQ(with("StreamARN", streamArn("other")).substr(0, 24), "InvalidArgumentException");

    Json records = recordsOf(3);
    records[2]["Data"] = zeros(1'048'577);
    EXPECT_EQ(
        fault("PutRecords", {{"StreamName", "s"}, {"Records", records}}),
        "ValidationException: 1 validation error detected: Value 'java.nio.HeapByteBuffer[pos=0 lim=1048577 "
        "cap=1048577]' at 'records.3.member.data' failed to satisfy constraint: Member must have length less than "
        "or equal to 1048576");
    EXPECT_EQ(fault("PutRecords", {{"StreamName", "s"}, {"Records", recordsOf(11, zeros(1'000'000))}}),
              "InvalidArgumentException: Records size exceeds 10 MB limit");
    EXPECT_EQ(code("PutRecords", {{"StreamName", "s"}, {"Records", recordsOf(501)}}), "ValidationException");
    EXPECT_EQ(host.sumOf("s", "IncomingRecords"), 0);
    EXPECT_GT(host.metrics().total({"node-s", "", "PutRecords.Success"}).sampleCount, 0u);
}

TEST_F(ApiRecords, LargeRecordsAreTakenWhereTheStreamAllowsThem)
{
    host.draw("s");
    ok("UpdateMaxRecordSize", {{"StreamARN", streamArn("s")}, {"MaxRecordSizeInKiB", 2048}});
    put("s", "k", zeros(2'000'000));
    EXPECT_EQ(ok("DescribeStreamSummary", {{"StreamName", "s"}})["StreamDescriptionSummary"]["MaxRecordSizeInKiB"],
              2048);
    EXPECT_EQ(code("PutRecord", {{"StreamName", "s"}, {"Data", zeros(2'097'153)}, {"PartitionKey", "k"}}),
              "ValidationException");
}

TEST_F(ApiRecords, IteratorsOfEveryTypeBeginWhereTheyShould)
{
    host.draw("s");
    std::vector<std::string> numbers;
    for (int i = 0; i < 5; ++i) {
        numbers.push_back(put("s", "key" + std::to_string(i))["SequenceNumber"]);
        host.advance(milliseconds(300));
    }
    const auto firstKey = [&](const Json& more) {
        host.advance(seconds(1)); // five calls a second
        Json wanted = {{"StreamName", "s"}, {"ShardId", "shardId-000000000000"}};
        wanted.update(more);
        const Json answer = get(ok("GetShardIterator", wanted)["ShardIterator"]);
        return answer["Records"].empty() ? "" : answer["Records"][0]["PartitionKey"].get<std::string>();
    };
    const std::string shardBegin =
        ok("ListShards", {{"StreamName", "s"}})["Shards"][0]["SequenceNumberRange"]["StartingSequenceNumber"];
    EXPECT_EQ(firstKey({{"ShardIteratorType", "TRIM_HORIZON"}}), "key0");
    EXPECT_EQ(firstKey({{"ShardIteratorType", "LATEST"}}), "");
    EXPECT_EQ(firstKey({{"ShardIteratorType", "AT_SEQUENCE_NUMBER"}, {"StartingSequenceNumber", numbers[2]}}), "key2");
    EXPECT_EQ(firstKey({{"ShardIteratorType", "AFTER_SEQUENCE_NUMBER"}, {"StartingSequenceNumber", numbers[2]}}),
              "key3");
    EXPECT_EQ(firstKey({{"ShardIteratorType", "AFTER_SEQUENCE_NUMBER"}, {"StartingSequenceNumber", numbers[4]}}), "");
    EXPECT_EQ(firstKey({{"ShardIteratorType", "AT_SEQUENCE_NUMBER"}, {"StartingSequenceNumber", shardBegin}}), "key0");
    EXPECT_EQ(firstKey({{"ShardIteratorType", "AFTER_SEQUENCE_NUMBER"}, {"StartingSequenceNumber", shardBegin}}),
              "key0");
    EXPECT_EQ(firstKey({{"ShardIteratorType", "AT_TIMESTAMP"}, {"Timestamp", 1'700'000'000.7}}), "key3");
    EXPECT_EQ(firstKey({{"ShardIteratorType", "AT_TIMESTAMP"}, {"Timestamp", 1}}), "key0");
}

TEST_F(ApiRecords, LatestIsFixedAtItsCreation)
{
    host.draw("s");
    put("s", "before");
    const std::string latest = iterator("s", "LATEST");
    put("s", "after");
    const Json answer = get(latest);
    ASSERT_EQ(answer["Records"].size(), 1u);
    EXPECT_EQ(answer["Records"][0]["PartitionKey"], "after");
}

TEST_F(ApiRecords, IteratorsMayBeUsedAgainAndEachAnswerHasAFreshOne)
{
    host.draw("s");
    put("s");
    const std::string begin = iterator("s");
    const std::string next = get(begin)["NextShardIterator"];
    EXPECT_EQ(get(begin)["Records"].size(), 1u);
    host.advance(seconds(200));
    const Json empty = get("\"" + next + "\""); // some clients send it in quotation marks
    EXPECT_EQ(empty["Records"].size(), 0u);
    host.advance(seconds(200)); // of an iterator that an empty answer gave
    EXPECT_EQ(get(empty["NextShardIterator"])["Records"].size(), 0u);
    EXPECT_LE(next.size(), 512u);
}

TEST_F(ApiRecords, AnIteratorExpiresAfterFiveMinutes)
{
    host.draw("s");
    const std::string old = iterator("s");
    host.advance(seconds(300));
    get(old);
    host.advance(seconds(1));
    EXPECT_EQ(
        fault("GetRecords", {{"ShardIterator", old}}),
        "ExpiredIteratorException: Iterator expired. The iterator was created at time Tue Nov 14 22:13:20 UTC 2023 "
        "while right now it is Tue Nov 14 22:18:21 UTC 2023 which is further in the future than the tolerated "
        "delay of 300000 milliseconds.");
}

TEST_F(ApiRecords, WhatAReadIsRefusedFor)
{
    host.draw("s", {{"ShardCount", 2}});
    const std::string invalid = "InvalidArgumentException: Invalid ShardIterator.";
    std::string damaged = iterator("s");
    damaged[40] = damaged[40] == 'A' ? 'B' : 'A';
    for (const std::string& bad : {std::string("x"), std::string("AAAAAAAAAAE="), std::string(400, 'A'), damaged})
        EXPECT_EQ(fault("GetRecords", {{"ShardIterator", bad}}), invalid) << bad;

    const std::string number = put("s", "a")["SequenceNumber"]; // of shard 0
    const auto start = [&](const Json& more) {
        Json wanted = {{"StreamName", "s"}, {"ShardId", "shardId-000000000000"}};
        wanted.update(more);
        return fault("GetShardIterator", wanted);
    };
    EXPECT_EQ(start({{"ShardIteratorType", "LATEST"}, {"ShardId", "shardId-000000000007"}}),
              "ResourceNotFoundException: Shard shardId-000000000007 in stream s under account 000000000000 does not "
              "exist");
    EXPECT_EQ(start({{"ShardIteratorType", "AT_SEQUENCE_NUMBER"},
                     {"ShardId", "shardId-000000000001"},
                     {"StartingSequenceNumber", number}}),
              "InvalidArgumentException: Invalid StartingSequenceNumber. It encodes shardId-000000000000, while it was "
              "used in a call to a shard with shardId-000000000001");
    EXPECT_EQ(start({{"ShardIteratorType", "AT_SEQUENCE_NUMBER"}, {"StartingSequenceNumber", "77"}}),
              "InvalidArgumentException: StartingSequenceNumber 77 used in GetShardIterator on shard "
              "shardId-000000000000 in stream s under account 000000000000 is invalid.");
    const std::string foreign = SequenceNumber{kStart - seconds(5), 0, 1, kStart}.text();
    EXPECT_EQ(start({{"ShardIteratorType", "AFTER_SEQUENCE_NUMBER"}, {"StartingSequenceNumber", foreign}}),
              "InvalidArgumentException: StartingSequenceNumber " + foreign +
                  " used in GetShardIterator on shard shardId-000000000000 in stream s under account 000000000000 is "
                  "invalid because it did not come from this stream.");
    EXPECT_TRUE(start({{"ShardIteratorType", "AT_SEQUENCE_NUMBER"}})
                    .ends_with("Request specified AT_SEQUENCE_NUMBER and no StartingSequenceNumber."));
    EXPECT_TRUE(start({{"ShardIteratorType", "LATEST"}, {"StartingSequenceNumber", number}})
                    .ends_with("Request specified LATEST and also a StartingSequenceNumber."));
    EXPECT_EQ(start({{"ShardIteratorType", "AT_TIMESTAMP"}}),
              "InvalidArgumentException: Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. "
              "Current request has no timestamp parameter.");
    EXPECT_EQ(start({{"ShardIteratorType", "AT_TIMESTAMP"}, {"Timestamp", 1'700'000'001}}),
              "InvalidArgumentException: The timestampInMillis parameter cannot be greater than the "
              "currentTimestampInMillis. timestampInMillis: 1700000001000, currentTimestampInMillis: 1700000000000");

    const std::string held = iterator("s");
    ok("DeleteStream", {{"StreamName", "s"}});
    EXPECT_EQ(fault("GetRecords", {{"ShardIterator", held}}),
              "ResourceNotFoundException: Stream s under account 000000000000 not found.");
    host.advance(seconds(10));
    host.draw("s");
    EXPECT_EQ(fault("GetRecords", {{"ShardIterator", held}}),
              "ResourceNotFoundException: Shard shardId-000000000000 in stream s under account 000000000000 does not "
              "exist");
}

TEST_F(ApiRecords, FiveReadsASecondAndTwoMebibytes)
{
    host.draw("s");
    const std::string begin = iterator("s");
    for (int i = 0; i < 5; ++i)
        get(begin);
    EXPECT_EQ(fault("GetRecords", {{"ShardIterator", begin}}),
              "ProvisionedThroughputExceededException: Rate exceeded for shard shardId-000000000000 in stream s under "
              "account 000000000000.");
    EXPECT_EQ(host.sumOf("s", "ReadProvisionedThroughputExceeded"), 1);
    for (int i = 0; i < 10; ++i) {
        host.advance(seconds(1));
        put("s", "k", zeros(1'048'575));
    }
    EXPECT_EQ(get(begin)["Records"].size(), 10u); // 10 MiB at once
    host.advance(milliseconds(4900));
    EXPECT_EQ(code("GetRecords", {{"ShardIterator", begin}}), "ProvisionedThroughputExceededException");
    host.advance(milliseconds(100));
    EXPECT_EQ(get(begin, 1)["Records"].size(), 1u);
}

TEST_F(ApiRecords, MillisBehindLatestIsTrue)
{
    host.draw("s");
    for (int i = 0; i < 3; ++i) {
        put("s");
        host.advance(seconds(2));
    }
    const Json one = get(iterator("s"), 1);
    EXPECT_EQ(one["MillisBehindLatest"], 6000);
    const Json two = get(one["NextShardIterator"], 1);
    EXPECT_EQ(two["MillisBehindLatest"], 4000);
    EXPECT_EQ(get(two["NextShardIterator"], 1)["MillisBehindLatest"], 0);
}

TEST_F(ApiRecords, AggregatedRecordsPassAsOpaqueBytes)
{
    host.draw("s");
    const std::string aggregated = "84maaggKAmsxGgUIABoBYQ=="; // the magic number of aggregation, and more
    put("s", "k", aggregated);
    EXPECT_EQ(get(iterator("s"))["Records"][0]["Data"], aggregated);
}

TEST_F(ApiRecords, EncryptionIsToldOfTheRecordsOfItsTime)
{
    host.draw("s");
    put("s", "plain");
    host.advance(seconds(1));
    ok("StartStreamEncryption", {{"StreamName", "s"}, {"EncryptionType", "KMS"}, {"KeyId", "alias/aws/kinesis"}});
    EXPECT_EQ(put("s", "secret")["EncryptionType"], "KMS");
    EXPECT_EQ(ok("PutRecords", {{"StreamName", "s"}, {"Records", recordsOf(1)}})["EncryptionType"], "KMS");
    host.advance(seconds(1));
    ok("StopStreamEncryption", {{"StreamName", "s"}, {"EncryptionType", "KMS"}, {"KeyId", "alias/aws/kinesis"}});
    EXPECT_FALSE(put("s", "plain").contains("EncryptionType"));
    const Json records = get(iterator("s"))["Records"];
    ASSERT_EQ(records.size(), 4u);
    EXPECT_FALSE(records[0].contains("EncryptionType"));
    EXPECT_EQ(records[1]["EncryptionType"], "KMS");
    EXPECT_FALSE(records[3].contains("EncryptionType"));
}

TEST_F(ApiRecords, ClientsWakeTheOperatorOnlyWhenItWaits)
{
    StreamResource& stream = host.draw("s");
    stream.wakeAtPut(true);
    put("s");
    put("s");
    EXPECT_EQ(host.contextOf("s").wakes, 1);
    stream.wakeAtPut(false);
    put("s");
    EXPECT_EQ(host.contextOf("s").wakes, 1);
}

TEST_F(ApiRecords, AStreamWhoseRunIsOverIsGone)
{
    StreamResource& stream = host.draw("s");
    const auto kept = std::static_pointer_cast<StreamResource>(host.find(kStreamKind, "s"));
    stream.close();
    EXPECT_EQ(code("PutRecord", {{"StreamName", "s"}, {"Data", "YQ=="}, {"PartitionKey", "k"}}),
              "ResourceNotFoundException");
    EXPECT_FALSE(kept->enter());
}

TEST(RecordNumbers, ResumingGoesOnAtThePositionWithoutLossAndWithoutRepeating)
{
    const auto store = LogStore::inMemory();
    const auto log = *store->log("s/0");
    for (int i = 0; i < 4; ++i)
        ASSERT_TRUE(log->append({"k", "d", {}, kStart + milliseconds(400 * i), 0}));
    for (std::uint64_t position = 0; position <= 4; ++position) {
        const SequenceNumber number = resumingNumber(kStart, 0, position, kStart + seconds(2));
        const auto back = parseSequenceNumber(number.text());
        ASSERT_TRUE(back);
        EXPECT_EQ(positionOf(*back, false, *log), position);
        EXPECT_EQ(positionOf(*back, true, *log), position);
        if (position == 0) continue;
        const SequenceNumber last =
            recordNumber(kStart, 0, position - 1, kStart + milliseconds(400 * static_cast<int>(position - 1)));
        EXPECT_LT(last.text(), number.text());
        EXPECT_EQ(positionOf(last, false, *log), position - 1);
        EXPECT_EQ(positionOf(last, true, *log), position);
    }
    EXPECT_FALSE(positionOf({kStart, 0, 6, kStart}, false, *log)); // not written yet
}

TEST(ShardTime, ACallThatComesLateCountsAsMadeNow)
{
    const auto store = LogStore::inMemory();
    auto stream = *Stream::open("s", {}, *store, kStart);
    const Record record{"k", "d", {}, {}, 0};
    const auto first = stream->put(kStart + seconds(10), std::span(&record, 1));
    const auto late = stream->put(kStart + seconds(9), std::span(&record, 1));
    ASSERT_TRUE(first && late);
    EXPECT_EQ(late->entries[0].arrival, kStart + seconds(10));
    const GetResult got = stream->shard(0)->getRecords(kStart + seconds(8), 0, 1);
    EXPECT_EQ(got.behind, Duration(0));
}

} // namespace
} // namespace streamwright::kinesis::test
