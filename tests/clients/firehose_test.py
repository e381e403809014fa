# SPDX-License-Identifier: GPL-3.0-or-later
"""Amazon Data Firehose with boto3: every action, and the errors of the specification."""
import time

from session import ACCOUNT, Case, at_once, client, main, until

PACE = 0.21  # a control action is taken five times a second


def destination(bucket="bucket", **more):
    return {"RoleARN": f"arn:aws:iam::{ACCOUNT}:role/firehose", "BucketARN": f"arn:aws:s3:::{bucket}", **more}


class Firehose(Case):
    def setUp(self):
        self.firehose = client("firehose")
        self.loose = client("firehose", checked=False)
        self.name = self.id().rsplit(".", 1)[1].replace("test_", "")

    def slowly(self, call, **arguments):
        time.sleep(PACE)
        return call(**arguments)

    def create(self, **more):
        arguments = {"DeliveryStreamName": self.name, "ExtendedS3DestinationConfiguration": destination(), **more}
        return self.slowly(self.firehose.create_delivery_stream, **arguments)

    def describe(self):
        return self.slowly(self.firehose.describe_delivery_stream, DeliveryStreamName=self.name)["DeliveryStreamDescription"]

    def test_life(self):
        arn = f"arn:aws:firehose:us-east-1:{ACCOUNT}:deliverystream/{self.name}"
        self.assertEqual(self.create(Tags=[{"Key": "a", "Value": "b"}])["DeliveryStreamARN"], arn)
        description = self.describe()
        self.assertEqual(description["DeliveryStreamARN"], arn)
        self.assertEqual(description["DeliveryStreamStatus"], "ACTIVE")
        self.assertEqual(description["VersionId"], "1")
        self.assertFalse(description["HasMoreDestinations"])
        self.assertLess(abs(description["CreateTimestamp"].timestamp() - time.time()), 60)
        self.assertIn(self.name, self.slowly(self.firehose.list_delivery_streams, Limit=100)["DeliveryStreamNames"])
        self.refused("ResourceInUseException", self.create, "already exists")
        self.slowly(self.firehose.delete_delivery_stream, DeliveryStreamName=self.name)
        self.refused("ResourceNotFoundException", self.describe, f"Firehose {self.name} under account {ACCOUNT} not found.")

    def test_puts(self):
        self.create()
        one = self.firehose.put_record(DeliveryStreamName=self.name, Record={"Data": b"x" * 1000})
        self.assertTrue(one["RecordId"])
        self.assertIs(one["Encrypted"], False)
        batch = self.firehose.put_record_batch(DeliveryStreamName=self.name, Records=[{"Data": b""}, {"Data": bytes(range(256))}])
        self.assertEqual(batch["FailedPutCount"], 0)
        self.assertEqual(len({entry["RecordId"] for entry in batch["RequestResponses"]}), 2)

    def test_largest_record_and_batch(self):
        self.create()
        self.firehose.put_record(DeliveryStreamName=self.name, Record={"Data": b"x" * 1_024_000})
        self.refused("ValidationException", self.loose.put_record, "less than or equal to 1024000",
                     DeliveryStreamName=self.name, Record={"Data": b"x" * 1_024_001})
        full = self.firehose.put_record_batch(DeliveryStreamName=self.name, Records=[{"Data": b"y"}] * 500)
        self.assertEqual(full["FailedPutCount"], 0)
        self.refused("ValidationException", self.loose.put_record_batch, "less than or equal to 500",
                     DeliveryStreamName=self.name, Records=[{"Data": b"y"}] * 501)
        self.refused("InvalidArgumentException", self.loose.put_record_batch, "4 MB",
                     DeliveryStreamName=self.name, Records=[{"Data": b"z" * 1_000_000}] * 5)

    def test_quota_of_direct_puts(self):
        self.create()
        records = [{"Data": b"x" * 1_000_000}] * 4  # of 5 MiB a second
        answers, failed = [], 0
        for answer in at_once(lambda: self.firehose.put_record_batch(DeliveryStreamName=self.name, Records=records), 12, 4):
            if isinstance(answer, str):
                self.assertEqual(answer, "ServiceUnavailableException")
                continue
            failed += answer["FailedPutCount"]
            answers += answer["RequestResponses"]
        self.assertGreater(failed, 0)
        refused = [entry for entry in answers if "ErrorCode" in entry]
        self.assertEqual(len(refused), failed)
        self.assertEqual({(e["ErrorCode"], e["ErrorMessage"]) for e in refused}, {("ServiceUnavailableException", "Slow down.")})

    def test_update(self):
        self.create()
        update = dict(DeliveryStreamName=self.name, CurrentDeliveryStreamVersionId="1", DestinationId="destinationId-000000000001")
        self.slowly(self.firehose.update_destination, **update,
                    ExtendedS3DestinationUpdate={"Prefix": "p/", "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 60}})
        description = self.describe()
        self.assertEqual(description["VersionId"], "2")
        s3 = description["Destinations"][0]["ExtendedS3DestinationDescription"]
        self.assertEqual((s3["Prefix"], s3["BufferingHints"]), ("p/", {"SizeInMBs": 1, "IntervalInSeconds": 60}))
        self.assertEqual(s3["CompressionFormat"], "UNCOMPRESSED")
        time.sleep(PACE)
        self.refused("ConcurrentModificationException", self.firehose.update_destination, **update,
                     ExtendedS3DestinationUpdate={"Prefix": "q/"})
        update["CurrentDeliveryStreamVersionId"] = "2"
        time.sleep(PACE)
        self.refused("InvalidArgumentException", self.firehose.update_destination, **update)

    def test_encryption(self):
        self.create()
        name = {"DeliveryStreamName": self.name}
        self.assertEqual(self.describe()["DeliveryStreamEncryptionConfiguration"], {"Status": "DISABLED"})
        self.slowly(self.firehose.start_delivery_stream_encryption, **name)
        self.assertEqual(self.describe()["DeliveryStreamEncryptionConfiguration"], {"KeyType": "AWS_OWNED_CMK", "Status": "ENABLED"})
        self.assertIs(self.firehose.put_record(**name, Record={"Data": b"x"})["Encrypted"], True)
        self.slowly(self.firehose.stop_delivery_stream_encryption, **name)
        self.assertEqual(self.describe()["DeliveryStreamEncryptionConfiguration"]["Status"], "DISABLED")
        time.sleep(PACE)
        self.refused("InvalidArgumentException", self.firehose.start_delivery_stream_encryption, "KeyARN", **name,
                     DeliveryStreamEncryptionConfigurationInput={"KeyType": "CUSTOMER_MANAGED_CMK"})

    def test_tags(self):
        self.create()
        name = {"DeliveryStreamName": self.name}
        self.slowly(self.firehose.tag_delivery_stream, **name, Tags=[{"Key": "subject", "Value": "taboo"}, {"Key": "x", "Value": ""}])
        listed = self.slowly(self.firehose.list_tags_for_delivery_stream, **name)
        self.assertEqual(listed["Tags"], [{"Key": "subject", "Value": "taboo"}, {"Key": "x", "Value": ""}])
        self.assertIs(listed["HasMoreTags"], False)
        self.slowly(self.firehose.untag_delivery_stream, **name, TagKeys=["subject", "x"])
        self.assertEqual(self.slowly(self.firehose.list_tags_for_delivery_stream, **name)["Tags"], [])

    def test_refusals_of_create(self):
        def create(**arguments):
            time.sleep(PACE)
            return self.loose.create_delivery_stream(**arguments)
        self.refused("InvalidArgumentException", create, "Exactly one destination", DeliveryStreamName=self.name)
        self.refused("InvalidArgumentException", create, "Exactly one destination", DeliveryStreamName=self.name,
                     S3DestinationConfiguration=destination(), ExtendedS3DestinationConfiguration=destination())
        self.refused("ValidationException", create, "satisfy", DeliveryStreamName="no spaces", S3DestinationConfiguration=destination())
        self.refused("ValidationException", create, "64", DeliveryStreamName="n" * 65, S3DestinationConfiguration=destination())
        self.refused("InvalidArgumentException", create, DeliveryStreamName=self.name, DeliveryStreamType="KinesisStreamAsSource",
                     S3DestinationConfiguration=destination())

    def test_from_a_kinesis_stream(self):
        kinesis = client("kinesis")
        kinesis.create_stream(StreamName="firehose-source", ShardCount=1)
        kinesis.get_waiter("stream_exists").wait(StreamName="firehose-source", WaiterConfig={"Delay": 1, "MaxAttempts": 30})
        arn = kinesis.describe_stream_summary(StreamName="firehose-source")["StreamDescriptionSummary"]["StreamARN"]
        self.create(DeliveryStreamType="KinesisStreamAsSource",
                    KinesisStreamSourceConfiguration={"KinesisStreamARN": arn, "RoleARN": f"arn:aws:iam::{ACCOUNT}:role/r"})
        description = self.describe()
        self.assertEqual(description["Source"]["KinesisStreamSourceDescription"]["KinesisStreamARN"], arn)
        self.refused("InvalidArgumentException", self.firehose.put_record, "not permitted on KinesisStreamAsSource",
                     DeliveryStreamName=self.name, Record={"Data": b"x"})
        kinesis.put_record(StreamName="firehose-source", Data=b"through", PartitionKey="k")
        cloudwatch = client("cloudwatch")

        def read():
            found = cloudwatch.get_metric_statistics(
                Namespace="AWS/Firehose", MetricName="DataReadFromKinesisStream.Records",
                Dimensions=[{"Name": "DeliveryStreamName", "Value": self.name}], StartTime=time.time() - 600,
                EndTime=time.time() + 60, Period=60, Statistics=["Sum"])
            return sum(point["Sum"] for point in found["Datapoints"])
        self.assertEqual(until(read), 1)


if __name__ == "__main__":
    main()
