# SPDX-License-Identifier: GPL-3.0-or-later
"""Kinesis Data Streams with boto3: every action of Debian's model, and the errors of the specification."""
import base64
import hashlib
import threading
import time

from session import ACCOUNT, Case, at_once, client, main, until

END = 2**128 - 1


class Kinesis(Case):
    def setUp(self):
        self.kinesis = client("kinesis")
        self.loose = client("kinesis", checked=False)
        self.name = self.id().rsplit(".", 1)[1].replace("test_", "")
        self.named = {"StreamName": self.name}

    def create(self, shards=1, **more):
        arguments = {**self.named, "ShardCount": shards, **more}
        if "StreamModeDetails" in more:
            del arguments["ShardCount"]
        self.kinesis.create_stream(**arguments)
        return self.active()

    def summary(self):
        return self.kinesis.describe_stream_summary(**self.named)["StreamDescriptionSummary"]

    def active(self):
        return until(lambda: (lambda s: s if s["StreamStatus"] == "ACTIVE" else None)(self.summary()), every=0.2)

    def iterator(self, shard="shardId-000000000000", kind="TRIM_HORIZON", **more):
        return self.kinesis.get_shard_iterator(**self.named, ShardId=shard, ShardIteratorType=kind, **more)["ShardIterator"]

    def read(self, iterator, records=1, **more):
        """At least so many records."""
        found = []

        def one():
            nonlocal iterator
            try:
                answer = self.kinesis.get_records(ShardIterator=iterator, **more)
            except self.kinesis.exceptions.ProvisionedThroughputExceededException:
                return False  # a shard is read five times a second
            found.extend(answer["Records"])
            iterator = answer.get("NextShardIterator")
            return len(found) >= records or not iterator
        until(one, every=0.25)
        return found

    def shards(self):
        return {shard["ShardId"]: shard for shard in self.kinesis.list_shards(**self.named)["Shards"]}

    def test_life(self):
        self.create(2)
        arn = f"arn:aws:kinesis:us-east-1:{ACCOUNT}:stream/{self.name}"
        summary = self.summary()
        self.assertEqual((summary["StreamARN"], summary["OpenShardCount"], summary["RetentionPeriodHours"],
                          summary["EncryptionType"], summary["ConsumerCount"]), (arn, 2, 24, "NONE", 0))
        described = self.kinesis.describe_stream(**self.named)["StreamDescription"]
        ranges = [shard["HashKeyRange"] for shard in described["Shards"]]
        self.assertEqual((int(ranges[0]["StartingHashKey"]), int(ranges[1]["EndingHashKey"])), (0, END))
        self.assertEqual(int(ranges[0]["EndingHashKey"]) + 1, int(ranges[1]["StartingHashKey"]))
        self.assertFalse(described["HasMoreShards"])
        self.assertIn(self.name, self.kinesis.list_streams()["StreamNames"])
        self.refused("ResourceInUseException", self.kinesis.create_stream,
                     f"Stream {self.name} under account {ACCOUNT} already exists.", **self.named, ShardCount=1)
        self.kinesis.delete_stream(**self.named)
        self.kinesis.get_waiter("stream_not_exists").wait(**self.named, WaiterConfig={"Delay": 1, "MaxAttempts": 20})
        self.refused("ResourceNotFoundException", self.summary, f"Stream {self.name} under account {ACCOUNT} not found.")

    def test_put_and_get(self):
        self.create()
        first = self.kinesis.put_record(**self.named, Data=bytes(range(256)), PartitionKey="k")
        self.assertEqual(first["ShardId"], "shardId-000000000000")
        batch = self.kinesis.put_records(**self.named, Records=[{"Data": b"a", "PartitionKey": "x"}, {"Data": b"", "PartitionKey": "ü"}])
        self.assertEqual(batch["FailedRecordCount"], 0)
        numbers = [first["SequenceNumber"]] + [record["SequenceNumber"] for record in batch["Records"]]
        self.assertEqual(sorted(numbers, key=int), numbers)
        records = self.read(self.iterator(), 3)
        self.assertEqual([r["Data"] for r in records], [bytes(range(256)), b"a", b""])
        self.assertEqual([r["SequenceNumber"] for r in records], numbers)
        self.assertEqual([r["PartitionKey"] for r in records], ["k", "x", "ü"])
        self.assertLess(abs(records[0]["ApproximateArrivalTimestamp"].timestamp() - time.time()), 60)
        self.assertEqual(len(self.read(self.iterator(kind="AFTER_SEQUENCE_NUMBER", StartingSequenceNumber=numbers[0]), 2)), 2)
        self.assertEqual(self.read(self.iterator(kind="AT_SEQUENCE_NUMBER", StartingSequenceNumber=numbers[1]), 2)[0]["Data"], b"a")
        self.assertEqual(len(self.read(self.iterator(kind="AT_TIMESTAMP", Timestamp=time.time() - 30), 3)), 3)
        latest = self.iterator(kind="LATEST")
        self.kinesis.put_record(**self.named, Data=b"new", PartitionKey="k")
        self.assertEqual([r["Data"] for r in self.read(latest)], [b"new"])

    def test_get_records_tells_where_it_is(self):
        self.create()
        self.kinesis.put_records(**self.named, Records=[{"Data": b"x", "PartitionKey": "k"}] * 5)
        one = self.kinesis.get_records(ShardIterator=self.iterator(), Limit=2)
        self.assertEqual(len(one["Records"]), 2)
        self.assertGreaterEqual(one["MillisBehindLatest"], 0)
        self.assertEqual(len(self.read(one["NextShardIterator"], 3)), 3)

    def test_routing(self):
        self.create(4)
        for key in ("a", "b", "hello", "shard"):
            answer = self.kinesis.put_record(**self.named, Data=b"x", PartitionKey=key)
            shard = int(hashlib.md5(key.encode()).hexdigest(), 16) * 4 // 2**128
            self.assertEqual(answer["ShardId"], f"shardId-{shard:012}")
        answer = self.kinesis.put_record(**self.named, Data=b"x", PartitionKey="a", ExplicitHashKey=str(END))
        self.assertEqual(answer["ShardId"], "shardId-000000000003")
        self.refused("InvalidArgumentException", self.kinesis.put_record, "ExplicitHashKey must be in the range",
                     **self.named, Data=b"x", PartitionKey="a", ExplicitHashKey=str(END + 1))

    def test_limits_of_a_shard(self):
        self.create()
        # 1 MiB a second, with a burst of one: of five records that are nearly as large, at most two are taken.
        answer = self.kinesis.put_records(**self.named, Records=[{"Data": b"x" * 1_000_000, "PartitionKey": "k"}] * 5)
        self.assertGreaterEqual(answer["FailedRecordCount"], 3)
        refused = [record for record in answer["Records"] if "ErrorCode" in record]
        self.assertEqual(len(refused), answer["FailedRecordCount"])
        self.assertEqual({record["ErrorCode"] for record in refused}, {"ProvisionedThroughputExceededException"})
        self.assertIn(f"Rate exceeded for shard shardId-000000000000 in stream {self.name} under account", refused[0]["ErrorMessage"])
        iterator = self.iterator(kind="LATEST")
        reads = at_once(lambda: self.kinesis.get_records(ShardIterator=iterator, Limit=1))  # 5 a second
        self.assertIn("ProvisionedThroughputExceededException", [read for read in reads if isinstance(read, str)])

    def test_split_and_merge(self):
        self.create()
        self.kinesis.split_shard(**self.named, ShardToSplit="shardId-000000000000", NewStartingHashKey=str(2**127))
        self.active()
        shards = self.shards()
        self.assertEqual(sorted(shards), [f"shardId-{i:012}" for i in range(3)])
        self.assertIn("EndingSequenceNumber", shards["shardId-000000000000"]["SequenceNumberRange"])
        self.assertEqual(shards["shardId-000000000001"]["ParentShardId"], "shardId-000000000000")
        self.kinesis.merge_shards(**self.named, ShardToMerge="shardId-000000000001", AdjacentShardToMerge="shardId-000000000002")
        self.active()
        merged = self.shards()["shardId-000000000003"]
        self.assertEqual((merged["ParentShardId"], merged["AdjacentParentShardId"]), ("shardId-000000000001", "shardId-000000000002"))
        closed = self.kinesis.get_records(ShardIterator=self.iterator())
        self.assertNotIn("NextShardIterator", {k: v for k, v in closed.items() if v})
        self.assertEqual({shard["ShardId"] for shard in closed["ChildShards"]}, {"shardId-000000000001", "shardId-000000000002"})
        only = self.kinesis.list_shards(**self.named, ShardFilter={"Type": "AT_LATEST"})["Shards"]
        self.assertEqual([shard["ShardId"] for shard in only], ["shardId-000000000003"])
        self.refused("ResourceNotFoundException", self.kinesis.split_shard, "shardId-000000000009", **self.named,
                     ShardToSplit="shardId-000000000009", NewStartingHashKey="5")

    def test_update_shard_count(self):
        self.create(2)
        answer = self.kinesis.update_shard_count(**self.named, TargetShardCount=4, ScalingType="UNIFORM_SCALING")
        self.assertEqual((answer["CurrentShardCount"], answer["TargetShardCount"]), (2, 4))
        self.assertEqual(self.active()["OpenShardCount"], 4)

    def test_on_demand(self):
        summary = self.create(StreamModeDetails={"StreamMode": "ON_DEMAND"})
        self.assertEqual((summary["StreamModeDetails"]["StreamMode"], summary["OpenShardCount"]), ("ON_DEMAND", 4))
        self.refused("ValidationException", self.kinesis.update_shard_count, **self.named, TargetShardCount=2, ScalingType="UNIFORM_SCALING")
        self.kinesis.update_stream_mode(StreamARN=summary["StreamARN"], StreamModeDetails={"StreamMode": "PROVISIONED"})
        self.assertEqual(self.active()["StreamModeDetails"]["StreamMode"], "PROVISIONED")

    def test_retention(self):
        self.create()
        self.kinesis.increase_stream_retention_period(**self.named, RetentionPeriodHours=48)
        self.assertEqual(self.active()["RetentionPeriodHours"], 48)
        self.refused("InvalidArgumentException", self.kinesis.increase_stream_retention_period, **self.named, RetentionPeriodHours=24)
        self.kinesis.decrease_stream_retention_period(**self.named, RetentionPeriodHours=24)
        self.assertEqual(self.active()["RetentionPeriodHours"], 24)
        self.refused("InvalidArgumentException", self.kinesis.decrease_stream_retention_period, **self.named, RetentionPeriodHours=23)

    def test_consumers(self):
        arn = self.create()["StreamARN"]
        made = self.kinesis.register_stream_consumer(StreamARN=arn, ConsumerName="app")["Consumer"]
        self.assertTrue(made["ConsumerARN"].startswith(f"{arn}/consumer/app:"))
        described = until(lambda: (lambda c: c if c["ConsumerStatus"] == "ACTIVE" else None)(
            self.kinesis.describe_stream_consumer(StreamARN=arn, ConsumerName="app")["ConsumerDescription"]), every=0.2)
        self.assertEqual(described["StreamARN"], arn)
        self.refused("ResourceInUseException", self.kinesis.register_stream_consumer, StreamARN=arn, ConsumerName="app")
        self.assertEqual([c["ConsumerName"] for c in self.kinesis.list_stream_consumers(StreamARN=arn)["Consumers"]], ["app"])
        self.kinesis.deregister_stream_consumer(ConsumerARN=made["ConsumerARN"])
        until(lambda: not self.kinesis.list_stream_consumers(StreamARN=arn)["Consumers"], every=0.3)
        self.refused("ResourceNotFoundException", self.kinesis.describe_stream_consumer, StreamARN=arn, ConsumerName="app")

    def test_subscribe_to_shard(self):
        arn = self.create()["StreamARN"]
        consumer = self.kinesis.register_stream_consumer(StreamARN=arn, ConsumerName="pushed")["Consumer"]["ConsumerARN"]
        until(lambda: self.kinesis.describe_stream_consumer(ConsumerARN=consumer)["ConsumerDescription"]["ConsumerStatus"] == "ACTIVE", every=0.2)
        stream = self.kinesis.subscribe_to_shard(ConsumerARN=consumer, ShardId="shardId-000000000000",
                                                 StartingPosition={"Type": "TRIM_HORIZON"})["EventStream"]
        threading.Timer(0.5, lambda: client("kinesis").put_record(**self.named, Data=b"pushed", PartitionKey="k")).start()
        began = time.monotonic()
        for event in stream:
            records = event["SubscribeToShardEvent"]["Records"]
            self.assertTrue(event["SubscribeToShardEvent"]["ContinuationSequenceNumber"])
            if records:
                self.assertEqual(records[0]["Data"], b"pushed")
                break
            self.assertLess(time.monotonic() - began, 15)
        stream.close()

    def test_tags(self):
        self.create()
        self.kinesis.add_tags_to_stream(**self.named, Tags={"a": "1", "b": "2"})
        tags = self.kinesis.list_tags_for_stream(**self.named)
        self.assertEqual({tag["Key"]: tag["Value"] for tag in tags["Tags"]}, {"a": "1", "b": "2"})
        self.assertFalse(tags["HasMoreTags"])
        self.kinesis.remove_tags_from_stream(**self.named, TagKeys=["a"])
        self.assertEqual([tag["Key"] for tag in self.kinesis.list_tags_for_stream(**self.named)["Tags"]], ["b"])

    def test_encryption_and_monitoring(self):
        self.create()
        self.kinesis.start_stream_encryption(**self.named, EncryptionType="KMS", KeyId="alias/aws/kinesis")
        self.assertEqual(self.active()["EncryptionType"], "KMS")
        self.assertEqual(self.kinesis.put_record(**self.named, Data=b"x", PartitionKey="k")["EncryptionType"], "KMS")
        self.kinesis.stop_stream_encryption(**self.named, EncryptionType="KMS", KeyId="alias/aws/kinesis")
        self.assertEqual(self.active()["EncryptionType"], "NONE")
        on = self.kinesis.enable_enhanced_monitoring(**self.named, ShardLevelMetrics=["IncomingBytes", "OutgoingBytes"])
        self.assertEqual(set(on["DesiredShardLevelMetrics"]), {"IncomingBytes", "OutgoingBytes"})
        off = self.kinesis.disable_enhanced_monitoring(**self.named, ShardLevelMetrics=["IncomingBytes"])
        self.assertEqual(off["DesiredShardLevelMetrics"], ["OutgoingBytes"])

    def test_limits_and_lists(self):
        limits = self.kinesis.describe_limits()
        self.assertGreater(limits["ShardLimit"], limits["OpenShardCount"])
        self.create(3)
        page = self.kinesis.list_shards(**self.named, MaxResults=2)
        self.assertEqual(len(page["Shards"]), 2)
        rest = self.kinesis.list_shards(NextToken=page["NextToken"])
        self.assertEqual([shard["ShardId"] for shard in rest["Shards"]], ["shardId-000000000002"])
        self.assertEqual(len(self.kinesis.list_streams(Limit=1)["StreamNames"]), 1)

    def test_rates_of_the_control_plane(self):
        hasty = client("kinesis", patient=False)
        answers = at_once(hasty.describe_limits, 10)  # 1 a second
        self.assertIn("LimitExceededException", [answer for answer in answers if isinstance(answer, str)])
        self.kinesis.describe_limits()

    def test_refusals(self):
        self.create()
        missing = {"StreamName": "nobody"}
        self.refused("ResourceNotFoundException", self.kinesis.put_record, "Stream nobody under account", **missing, Data=b"x", PartitionKey="k")
        self.refused("ResourceNotFoundException", self.kinesis.get_shard_iterator, **self.named, ShardId="shardId-000000000007", ShardIteratorType="LATEST")
        self.refused("InvalidArgumentException", self.kinesis.get_records, "Invalid ShardIterator", ShardIterator="nonsense")
        self.refused("ValidationException", self.loose.put_record, "partitionKey", **self.named, Data=b"x", PartitionKey="k" * 257)
        self.refused("ValidationException", self.loose.put_records, "less than or equal to 500", **self.named,
                     Records=[{"Data": b"x", "PartitionKey": "k"}] * 501)
        self.refused("ValidationException", self.loose.create_stream, "streamName", StreamName="no spaces", ShardCount=1)
        self.refused("LimitExceededException", self.kinesis.create_stream, StreamName="too-many", ShardCount=100_000)

    def test_aggregated_records_stay_as_they_are(self):
        self.create()
        record = b"\xf3\x89\x9a\xc2" + bytes([10, 1, 107, 26, 4, 8, 0, 26, 0])
        record += hashlib.md5(record[4:]).digest()
        self.kinesis.put_record(**self.named, Data=record, PartitionKey="k")
        self.assertEqual(base64.b64encode(self.read(self.iterator())[0]["Data"]), base64.b64encode(record))


if __name__ == "__main__":
    main()
