# SPDX-License-Identifier: GPL-3.0-or-later
"""SQS with Debian's boto3, which speaks the query protocol: every action of its model, and the errors of the
specification. newest_boto3_test.py has the same over JSON."""
import hashlib
import json
import threading
import time
import uuid

from session import ACCOUNT, Case, client, main, until


class Sqs(Case):
    # What differs between the protocols.
    MISSING_QUEUE = "AWS.SimpleQueueService.NonExistentQueue"
    INVALID_HANDLE = {"code": "ReceiptHandleIsInvalid", "status": 404}

    def setUp(self):
        self.sqs = client("sqs")
        self.loose = client("sqs", checked=False)
        self.name = self.id().rsplit(".", 1)[1].replace("test_", "")

    def queue(self, suffix="", **attributes):
        return self.sqs.create_queue(QueueName=self.name + suffix, Attributes=attributes)["QueueUrl"]

    def attributes(self, url, *names):
        return self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=list(names) or ["All"]).get("Attributes", {})

    def receive(self, url, most=10, **more):
        return self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=most, **more).get("Messages", [])

    def test_life(self):
        url = self.queue(VisibilityTimeout="5")
        self.assertTrue(url.endswith(f"/{ACCOUNT}/{self.name}"), url)
        self.assertEqual(self.sqs.get_queue_url(QueueName=self.name)["QueueUrl"], url)
        self.assertEqual(self.queue(VisibilityTimeout="5"), url)
        self.refused("QueueAlreadyExists", self.queue, "different value", VisibilityTimeout="6")
        self.assertIn(url, self.sqs.list_queues(QueueNamePrefix=self.name)["QueueUrls"])
        attributes = self.attributes(url)
        self.assertEqual(attributes["VisibilityTimeout"], "5")
        self.assertEqual(attributes["MessageRetentionPeriod"], "345600")
        self.assertEqual(attributes["QueueArn"], f"arn:aws:sqs:us-east-1:{ACCOUNT}:{self.name}")
        self.sqs.set_queue_attributes(QueueUrl=url, Attributes={"DelaySeconds": "1"})
        self.assertEqual(self.attributes(url, "DelaySeconds"), {"DelaySeconds": "1"})
        self.sqs.delete_queue(QueueUrl=url)
        until(lambda: url not in self.sqs.list_queues().get("QueueUrls", []))
        self.refused(self.MISSING_QUEUE, self.sqs.get_queue_url, QueueName=self.name)

    def test_message_and_its_digests(self):
        url = self.queue()
        sent = self.sqs.send_message(QueueUrl=url, MessageBody="hello", MessageAttributes={
            "a": {"DataType": "String", "StringValue": "x"}, "b": {"DataType": "Binary", "BinaryValue": b"\x01\x02"}})
        self.assertEqual(sent["MD5OfMessageBody"], "5d41402abc4b2a76b9719d911017c592")
        self.assertEqual(sent["MD5OfMessageAttributes"], "3e9b4c785db2deb306cf4009ae214dab")
        message, = self.receive(url, MessageAttributeNames=["All"], AttributeNames=["All"])
        self.assertEqual((message["Body"], message["MD5OfBody"], message["MessageId"]), ("hello", sent["MD5OfMessageBody"], sent["MessageId"]))
        self.assertEqual(message["MessageAttributes"]["b"]["BinaryValue"], b"\x01\x02")
        self.assertEqual(message["Attributes"]["ApproximateReceiveCount"], "1")
        self.assertLess(abs(int(message["Attributes"]["SentTimestamp"]) / 1000 - time.time()), 60)
        self.assertEqual(self.receive(url), [])
        self.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        self.assertEqual(self.attributes(url)["ApproximateNumberOfMessagesNotVisible"], "0")

    def test_visibility(self):
        url = self.queue(VisibilityTimeout="30")
        self.sqs.send_message(QueueUrl=url, MessageBody="m")
        message, = self.receive(url)
        self.sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0)
        again, = self.receive(url, AttributeNames=["ApproximateReceiveCount"], VisibilityTimeout=1)
        self.assertEqual(again["Attributes"]["ApproximateReceiveCount"], "2")
        third = until(lambda: self.receive(url))
        answer = self.sqs.change_message_visibility_batch(QueueUrl=url, Entries=[
            {"Id": "a", "ReceiptHandle": third[0]["ReceiptHandle"], "VisibilityTimeout": 0}, {"Id": "b", "ReceiptHandle": "nonsense", "VisibilityTimeout": 0}])
        self.assertEqual(([s["Id"] for s in answer["Successful"]], [f["Id"] for f in answer["Failed"]]), (["a"], ["b"]))

    def test_batches(self):
        url = self.queue()
        entries = [{"Id": f"m{i}", "MessageBody": f"body {i}"} for i in range(10)]
        answer = self.sqs.send_message_batch(QueueUrl=url, Entries=entries)
        self.assertEqual({s["Id"]: s["MD5OfMessageBody"] for s in answer["Successful"]},
                         {e["Id"]: hashlib.md5(e["MessageBody"].encode()).hexdigest() for e in entries})
        self.assertNotIn("Failed", answer)
        messages = []
        until(lambda: messages.extend(self.receive(url)) or len(messages) == 10)
        done = self.sqs.delete_message_batch(QueueUrl=url, Entries=[
            {"Id": str(i), "ReceiptHandle": m["ReceiptHandle"]} for i, m in enumerate(messages)])
        self.assertEqual(len(done["Successful"]), 10)
        refused = "AWS.SimpleQueueService."
        self.refused(refused + "TooManyEntriesInBatchRequest", self.loose.send_message_batch, "10", QueueUrl=url,
                     Entries=[{"Id": f"m{i}", "MessageBody": "x"} for i in range(11)])
        self.refused(refused + "BatchEntryIdsNotDistinct", self.sqs.send_message_batch, QueueUrl=url,
                     Entries=[{"Id": "same", "MessageBody": "x"}] * 2)
        self.refused(refused + "InvalidBatchEntryId", self.sqs.send_message_batch, QueueUrl=url, Entries=[{"Id": "a b", "MessageBody": "x"}])
        self.refused(refused + "BatchRequestTooLong", self.sqs.send_message_batch, QueueUrl=url,
                     Entries=[{"Id": str(i), "MessageBody": "x" * 600_000} for i in range(2)])

    def test_long_polling_answers_when_a_message_comes(self):
        url = self.queue()
        threading.Timer(1, lambda: client("sqs").send_message(QueueUrl=url, MessageBody="late")).start()
        began = time.monotonic()
        message, = self.receive(url, WaitTimeSeconds=10)
        took = time.monotonic() - began
        self.assertEqual(message["Body"], "late")
        self.assertTrue(0.5 < took < 8, took)
        began = time.monotonic()
        self.assertEqual(self.receive(url, WaitTimeSeconds=1), [])
        self.assertGreater(time.monotonic() - began, 0.9)

    def test_delay(self):
        url = self.queue()
        self.sqs.send_message(QueueUrl=url, MessageBody="later", DelaySeconds=1)
        self.assertEqual(self.receive(url), [])
        self.assertEqual(self.attributes(url)["ApproximateNumberOfMessagesDelayed"], "1")
        self.assertEqual(until(lambda: self.receive(url))[0]["Body"], "later")

    def test_fifo(self):
        url = self.queue(".fifo", FifoQueue="true", ContentBasedDeduplication="true")

        def send(body, group, **more):
            return self.sqs.send_message(QueueUrl=url, MessageBody=body, MessageGroupId=group, **more)
        a1, b1, a2 = send("A1", "A"), send("B1", "B"), send("A2", "A")
        self.assertLess(int(a1["SequenceNumber"]), int(a2["SequenceNumber"]))
        self.assertEqual(send("A1", "A")["MessageId"], a1["MessageId"])
        first, = self.receive(url, 1, AttributeNames=["All"])
        self.assertEqual((first["Body"], first["Attributes"]["MessageGroupId"]), ("A1", "A"))
        self.assertEqual([m["Body"] for m in self.receive(url)], ["B1"])
        self.sqs.delete_message(QueueUrl=url, ReceiptHandle=first["ReceiptHandle"])
        self.assertEqual([m["Body"] for m in self.receive(url)], ["A2"])
        self.refused("MissingParameter", self.sqs.send_message, "MessageGroupId", QueueUrl=url, MessageBody="x")
        self.refused("InvalidParameterValue", self.sqs.send_message, QueueUrl=url, MessageBody="x", MessageGroupId="g", DelaySeconds=5)

    def test_dead_letters(self):
        dead = self.queue("-dead")
        policy = json.dumps({"deadLetterTargetArn": self.attributes(dead)["QueueArn"], "maxReceiveCount": 1})
        url = self.queue(RedrivePolicy=policy, VisibilityTimeout="0")
        sources = self.sqs.list_dead_letter_source_queues(QueueUrl=dead)
        self.assertEqual(sources["queueUrls"], [url])
        sent = self.sqs.send_message(QueueUrl=url, MessageBody="bad")
        self.assertEqual(len(self.receive(url)), 1)
        until(lambda: not self.receive(url))
        moved = until(lambda: self.receive(dead, AttributeNames=["All"]))
        self.assertEqual((moved[0]["Body"], moved[0]["MessageId"]), ("bad", sent["MessageId"]))

    def test_purge(self):
        url = self.queue()
        self.sqs.send_message(QueueUrl=url, MessageBody="x")
        self.sqs.purge_queue(QueueUrl=url)
        until(lambda: self.attributes(url)["ApproximateNumberOfMessages"] == "0")
        self.refused("AWS.SimpleQueueService.PurgeQueueInProgress", self.sqs.purge_queue, "60 seconds", status=403, QueueUrl=url)

    def test_tags_and_permissions(self):
        url = self.queue()
        self.sqs.tag_queue(QueueUrl=url, Tags={"a": "1", "b": ""})
        self.assertEqual(self.sqs.list_queue_tags(QueueUrl=url)["Tags"], {"a": "1", "b": ""})
        self.sqs.untag_queue(QueueUrl=url, TagKeys=["a"])
        self.assertEqual(self.sqs.list_queue_tags(QueueUrl=url)["Tags"], {"b": ""})
        self.sqs.add_permission(QueueUrl=url, Label="all", AWSAccountIds=["111111111111"], Actions=["SendMessage"])
        self.assertIn("all", self.attributes(url, "Policy")["Policy"])
        self.sqs.remove_permission(QueueUrl=url, Label="all")

    def test_refusals(self):
        url = self.queue()
        nowhere = url.rsplit("/", 1)[0] + "/nobody"
        self.refused(self.MISSING_QUEUE, self.sqs.send_message, "does not exist", QueueUrl=nowhere, MessageBody="x")
        self.refused("InvalidParameterValue", self.loose.create_queue, "alphanumeric", QueueName="no spaces")
        self.refused("InvalidParameterValue", self.loose.receive_message, "1 and 10", QueueUrl=url, MaxNumberOfMessages=11)
        self.refused("InvalidAttributeName", self.sqs.create_queue, QueueName=self.name + "2", Attributes={"What": "1"})
        self.refused("InvalidAttributeValue", self.sqs.create_queue, QueueName=self.name + "2", Attributes={"VisibilityTimeout": "43201"})
        self.refused("InvalidParameterValue", self.sqs.send_message, QueueUrl=url, MessageBody="x" * 1_048_577)
        self.refused("InvalidMessageContents", self.sqs.send_message, QueueUrl=url, MessageBody="a\x01b")
        self.refused(call=self.sqs.delete_message, QueueUrl=url, ReceiptHandle="nonsense", **self.INVALID_HANDLE)
        self.refused("InvalidParameterValue", self.loose.send_message, QueueUrl=url, MessageBody="x", DelaySeconds=901)

    def test_the_url_follows_the_caller(self):
        other = client("sqs", endpoint=self.sqs.meta.endpoint_url.replace("127.0.0.1", "localhost"))
        url = other.create_queue(QueueName=self.name + uuid.uuid4().hex[:8])["QueueUrl"]
        self.assertIn("localhost", url)
        other.send_message(QueueUrl=url, MessageBody="x")
        self.assertEqual(len(self.receive(url)), 1)


if __name__ == "__main__":
    main()
