# SPDX-License-Identifier: GPL-3.0-or-later
"""A session with Debian's AWS CLI v2, as a person would type it: every service, every action that is not about waiting."""
import base64
import json
import os
import subprocess
import time
import unittest

AWS = "/usr/bin/aws"
ENDPOINT = os.environ["STREAMWRIGHT_ENDPOINT"]
ACCOUNT = "000000000000"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/r"


class Refused(Exception):
    pass


def aws(*arguments, text=False):
    """The answer of the command, from JSON."""
    ended = subprocess.run([AWS, "--endpoint-url", ENDPOINT, "--output", "text" if text else "json", *map(str, arguments)],
                           capture_output=True, text=True, timeout=60)
    if ended.returncode:
        raise Refused(ended.stderr.strip())
    return ended.stdout.strip() if text else json.loads(ended.stdout or "{}")


class Cli(unittest.TestCase):
    maxDiff = None

    def refused(self, code, *arguments, exit_words=()):
        with self.assertRaises(Refused) as caught:
            aws(*arguments)
        self.assertIn(f"({code})", str(caught.exception))
        for word in exit_words:
            self.assertIn(word, str(caught.exception))

    def test_kinesis(self):
        named = ("--stream-name", "cli")
        aws("kinesis", "create-stream", *named, "--shard-count", 2)
        aws("kinesis", "wait", "stream-exists", *named)
        summary = aws("kinesis", "describe-stream-summary", *named)["StreamDescriptionSummary"]
        self.assertEqual((summary["StreamStatus"], summary["OpenShardCount"]), ("ACTIVE", 2))
        arn = summary["StreamARN"]
        self.assertEqual(len(aws("kinesis", "describe-stream", *named)["StreamDescription"]["Shards"]), 2)
        self.assertIn("cli", aws("kinesis", "list-streams")["StreamNames"])
        put = aws("kinesis", "put-record", *named, "--partition-key", "k", "--data", base64.b64encode(b"hello").decode())
        records = json.dumps([{"Data": base64.b64encode(b"%d" % i).decode(), "PartitionKey": "k"} for i in range(3)])
        self.assertEqual(aws("kinesis", "put-records", *named, "--records", records)["FailedRecordCount"], 0)
        iterator = aws("kinesis", "get-shard-iterator", *named, "--shard-id", put["ShardId"], "--shard-iterator-type", "TRIM_HORIZON")["ShardIterator"]
        read = aws("kinesis", "get-records", "--shard-iterator", iterator)
        self.assertEqual([base64.b64decode(r["Data"]) for r in read["Records"]], [b"hello", b"0", b"1", b"2"])
        self.assertEqual(read["MillisBehindLatest"], 0)
        aws("kinesis", "increase-stream-retention-period", *named, "--retention-period-hours", 48)
        aws("kinesis", "decrease-stream-retention-period", *named, "--retention-period-hours", 24)
        aws("kinesis", "add-tags-to-stream", *named, "--tags", "a=1,b=2")
        aws("kinesis", "remove-tags-from-stream", *named, "--tag-keys", "a")
        self.assertEqual(aws("kinesis", "list-tags-for-stream", *named)["Tags"], [{"Key": "b", "Value": "2"}])
        consumer = aws("kinesis", "register-stream-consumer", "--stream-arn", arn, "--consumer-name", "app")["Consumer"]
        self.assertEqual(len(aws("kinesis", "list-stream-consumers", "--stream-arn", arn)["Consumers"]), 1)
        aws("kinesis", "describe-stream-consumer", "--consumer-arn", consumer["ConsumerARN"])
        aws("kinesis", "deregister-stream-consumer", "--consumer-arn", consumer["ConsumerARN"])
        aws("kinesis", "start-stream-encryption", *named, "--encryption-type", "KMS", "--key-id", "alias/aws/kinesis")
        aws("kinesis", "wait", "stream-exists", *named)
        aws("kinesis", "stop-stream-encryption", *named, "--encryption-type", "KMS", "--key-id", "alias/aws/kinesis")
        aws("kinesis", "wait", "stream-exists", *named)
        aws("kinesis", "enable-enhanced-monitoring", *named, "--shard-level-metrics", "ALL")
        aws("kinesis", "disable-enhanced-monitoring", *named, "--shard-level-metrics", "ALL")
        aws("kinesis", "split-shard", *named, "--shard-to-split", "shardId-000000000000", "--new-starting-hash-key", 2**126)
        aws("kinesis", "wait", "stream-exists", *named)
        aws("kinesis", "merge-shards", *named, "--shard-to-merge", "shardId-000000000002", "--adjacent-shard-to-merge", "shardId-000000000003")
        aws("kinesis", "wait", "stream-exists", *named)
        self.assertEqual(aws("kinesis", "list-shards", *named, "--query", "length(Shards)"), 5)
        aws("kinesis", "update-shard-count", *named, "--target-shard-count", 3, "--scaling-type", "UNIFORM_SCALING")
        aws("kinesis", "wait", "stream-exists", *named)
        aws("kinesis", "update-stream-mode", "--stream-arn", arn, "--stream-mode-details", "StreamMode=ON_DEMAND")
        aws("kinesis", "describe-limits")
        self.refused("ResourceInUseException", "kinesis", "create-stream", *named, "--shard-count", 1)
        self.refused("ResourceNotFoundException", "kinesis", "describe-stream", "--stream-name", "nobody", exit_words=("Stream nobody under account",))
        aws("kinesis", "delete-stream", *named)
        aws("kinesis", "wait", "stream-not-exists", *named)

    def test_firehose(self):
        named = ("--delivery-stream-name", "cli")
        aws("firehose", "create-delivery-stream", *named, "--extended-s3-destination-configuration",
            f"RoleARN={ROLE},BucketARN=arn:aws:s3:::cli-bucket,CompressionFormat=GZIP", "--tags", "Key=a,Value=1")
        data = base64.b64encode(b"hello").decode()
        self.assertTrue(aws("firehose", "put-record", *named, "--record", f"Data={data}")["RecordId"])
        self.assertEqual(aws("firehose", "put-record-batch", *named, "--records", f"Data={data}", f"Data={data}")["FailedPutCount"], 0)
        self.assertEqual(aws("firehose", "list-delivery-streams")["DeliveryStreamNames"], ["cli"])
        aws("firehose", "tag-delivery-stream", *named, "--tags", "Key=b,Value=2")
        aws("firehose", "untag-delivery-stream", *named, "--tag-keys", "a")
        self.assertEqual(aws("firehose", "list-tags-for-delivery-stream", *named)["Tags"], [{"Key": "b", "Value": "2"}])
        aws("firehose", "start-delivery-stream-encryption", *named)
        aws("firehose", "stop-delivery-stream-encryption", *named)
        aws("firehose", "update-destination", *named, "--current-delivery-stream-version-id", 1, "--destination-id",
            "destinationId-000000000001", "--extended-s3-destination-update", "Prefix=p/")
        description = aws("firehose", "describe-delivery-stream", *named)["DeliveryStreamDescription"]
        s3 = description["Destinations"][0]["ExtendedS3DestinationDescription"]
        self.assertEqual((description["VersionId"], s3["Prefix"], s3["CompressionFormat"]), ("2", "p/", "GZIP"))
        self.refused("ResourceInUseException", "firehose", "create-delivery-stream", *named, "--s3-destination-configuration",
                     f"RoleARN={ROLE},BucketARN=arn:aws:s3:::cli-bucket")
        aws("firehose", "delete-delivery-stream", *named)
        self.refused("ResourceNotFoundException", "firehose", "delete-delivery-stream", *named, exit_words=("Firehose cli under account",))

    def test_sqs(self):
        dead = aws("sqs", "create-queue", "--queue-name", "cli-dead")["QueueUrl"]
        dead_arn = aws("sqs", "get-queue-attributes", "--queue-url", dead, "--attribute-names", "All")["Attributes"]["QueueArn"]
        policy = json.dumps({"RedrivePolicy": json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": "3"})})
        url = aws("sqs", "create-queue", "--queue-name", "cli", "--attributes", policy)["QueueUrl"]
        named = ("--queue-url", url)
        self.assertEqual(aws("sqs", "get-queue-url", "--queue-name", "cli")["QueueUrl"], url)
        self.assertEqual(len(aws("sqs", "list-queues", "--queue-name-prefix", "cli")["QueueUrls"]), 2)
        self.assertEqual(aws("sqs", "list-dead-letter-source-queues", "--queue-url", dead)["queueUrls"], [url])
        aws("sqs", "set-queue-attributes", *named, "--attributes", "VisibilityTimeout=20")
        sent = aws("sqs", "send-message", *named, "--message-body", "hello", "--message-attributes",
                   "timestamp={DataType=Number,StringValue=1493147359900}")
        self.assertEqual(sent["MD5OfMessageBody"], "5d41402abc4b2a76b9719d911017c592")
        self.assertEqual(sent["MD5OfMessageAttributes"], "235c5c510d26fb653d073faed50ae77c")
        aws("sqs", "send-message-batch", *named, "--entries", "Id=a,MessageBody=A", "Id=b,MessageBody=B")
        messages = []
        while len(messages) < 3:
            messages += aws("sqs", "receive-message", *named, "--max-number-of-messages", 10, "--attribute-names", "All").get("Messages", [])
        handles = [message["ReceiptHandle"] for message in messages]
        aws("sqs", "change-message-visibility", *named, "--receipt-handle", handles[0], "--visibility-timeout", 10)
        aws("sqs", "change-message-visibility-batch", *named, "--entries", f"Id=x,ReceiptHandle={handles[1]},VisibilityTimeout=10")
        aws("sqs", "delete-message", *named, "--receipt-handle", handles[0])
        done = aws("sqs", "delete-message-batch", *named, "--entries", *(f"Id=m{i},ReceiptHandle={h}" for i, h in enumerate(handles[1:])))
        self.assertEqual(len(done["Successful"]), 2)
        aws("sqs", "tag-queue", *named, "--tags", "a=1")
        self.assertEqual(aws("sqs", "list-queue-tags", *named)["Tags"], {"a": "1"})
        aws("sqs", "untag-queue", *named, "--tag-keys", "a")
        aws("sqs", "add-permission", *named, "--label", "l", "--aws-account-ids", "111111111111", "--actions", "SendMessage")
        aws("sqs", "remove-permission", *named, "--label", "l")
        aws("sqs", "purge-queue", *named)
        self.refused("AWS.SimpleQueueService.PurgeQueueInProgress", "sqs", "purge-queue", *named)
        self.refused("AWS.SimpleQueueService.NonExistentQueue", "sqs", "get-queue-url", "--queue-name", "nobody")
        aws("sqs", "delete-queue", *named)

    def test_sts_and_cloudwatch(self):
        self.assertEqual(aws("sts", "get-caller-identity", "--query", "Account", text=True), ACCOUNT)
        url = aws("sqs", "create-queue", "--queue-name", "cli-measured")["QueueUrl"]
        aws("sqs", "send-message", "--queue-url", url, "--message-body", "hello")
        what = ("--namespace", "AWS/SQS", "--metric-name", "SentMessageSize")
        dimensions = ("--dimensions", "Name=QueueName,Value=cli-measured")
        now = time.time()
        span = ("--start-time", int(now - 300), "--end-time", int(now + 300))
        for _ in range(20):
            points = aws("cloudwatch", "get-metric-statistics", *what, *dimensions, *span, "--period", 60, "--statistics", "Sum")["Datapoints"]
            if points:
                break
        self.assertEqual((points[0]["Sum"], points[0]["Unit"]), (5, "Bytes"))
        self.assertEqual(len(aws("cloudwatch", "list-metrics", *what, *dimensions)["Metrics"]), 1)
        query = json.dumps([{"Id": "m", "MetricStat": {"Metric": {"Namespace": "AWS/SQS", "MetricName": "SentMessageSize", "Dimensions": [
            {"Name": "QueueName", "Value": "cli-measured"}]}, "Period": 60, "Stat": "Maximum"}}])
        data = aws("cloudwatch", "get-metric-data", *span, "--metric-data-queries", query)
        self.assertEqual(data["MetricDataResults"][0]["Values"], [5])


if __name__ == "__main__":
    unittest.main(verbosity=1, warnings="ignore")
