# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults, on servers of its own: a killed server has everything that it acknowledged; rude clients disturb nobody."""
import json
import os
import pathlib
import re
import resource
import socket
import tempfile
import threading
import urllib.request

import server
from session import Case, client, main, until

PROGRAM = pathlib.Path(os.environ["STREAMWRIGHT"])


class Restart(Case):
    def test_killed_under_load_nothing_acknowledged_is_lost(self):
        with tempfile.TemporaryDirectory() as folder:
            first = server.Server(PROGRAM, "--data-dir", folder)
            self.addCleanup(first.close)
            kinesis, sqs = client("kinesis", endpoint=first.url), client("sqs", endpoint=first.url)
            kinesis.create_stream(StreamName="kept", ShardCount=1)
            kinesis.get_waiter("stream_exists").wait(StreamName="kept", WaiterConfig={"Delay": 1, "MaxAttempts": 20})
            url = sqs.create_queue(QueueName="kept")["QueueUrl"]
            records, messages = [], []

            def put():
                number = 0
                try:
                    while True:
                        kinesis.put_record(StreamName="kept", Data=b"%d" % number, PartitionKey="k")
                        records.append(b"%d" % number)
                        number += 1
                except Exception:  # the server is gone
                    return

            def send():
                number = 0
                try:
                    while True:
                        sqs.send_message(QueueUrl=url, MessageBody=str(number))
                        messages.append(str(number))
                        number += 1
                except Exception:
                    return
            threads = [threading.Thread(target=put), threading.Thread(target=send)]
            for thread in threads:
                thread.start()
            until(lambda: len(records) > 50 and len(messages) > 50, seconds=30)
            first.kill()
            for thread in threads:
                thread.join()

            with server.Server(PROGRAM, "--data-dir", folder) as again:
                kinesis, sqs = client("kinesis", endpoint=again.url), client("sqs", endpoint=again.url)
                iterator = kinesis.get_shard_iterator(StreamName="kept", ShardId="shardId-000000000000", ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
                found = []

                def read():
                    nonlocal iterator
                    answer = kinesis.get_records(ShardIterator=iterator)
                    found.extend(record["Data"] for record in answer["Records"])
                    iterator = answer["NextShardIterator"]
                    return set(records) <= set(found)
                until(read, every=0.25)
                url = sqs.get_queue_url(QueueName="kept")["QueueUrl"]
                received = set()

                def receive():
                    got = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
                    received.update(message["Body"] for message in got)
                    return set(messages) <= received
                until(receive, every=0)


    def test_a_move_task_goes_on_after_a_restart(self):
        with tempfile.TemporaryDirectory() as folder:
            first = server.Server(PROGRAM, "--data-dir", folder)
            self.addCleanup(first.close)
            dead, queue = [self.json_call(first, "CreateQueue", {"QueueName": name})["QueueUrl"] for name in ("dead", "q")]
            arn = "arn:aws:sqs:us-east-1:000000000000:dead"
            policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 1})
            self.json_call(first, "SetQueueAttributes", {"QueueUrl": queue, "Attributes": {"RedrivePolicy": policy}})
            for number in range(30):
                self.json_call(first, "SendMessage", {"QueueUrl": dead, "MessageBody": str(number)})
            self.json_call(first, "StartMessageMoveTask", {"SourceArn": arn, "MaxNumberOfMessagesPerSecond": 5,
                                                           "DestinationArn": arn.replace("dead", "q")})
            first.kill()
            with server.Server(PROGRAM, "--data-dir", folder) as again:
                def ended():
                    [task] = self.json_call(again, "ListMessageMoveTasks", {"SourceArn": arn})["Results"]
                    return task["Status"] != "RUNNING" and task
                task = until(ended, seconds=30)
                self.assertEqual(task["Status"], "COMPLETED", task)
                attributes = self.json_call(again, "GetQueueAttributes", {"QueueUrl": queue, "AttributeNames": ["All"]})
                self.assertEqual(attributes["Attributes"]["ApproximateNumberOfMessages"], "30")

    def json_call(self, place, action, body):
        """Debian's boto3 does not know move tasks."""
        request = urllib.request.Request(place.url, json.dumps(body).encode(), {
            "X-Amz-Target": f"AmazonSQS.{action}", "Content-Type": "application/x-amz-json-1.0",
            "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read() or b"{}")


class RudeClients(Case):
    def setUp(self):
        self.place = server.Server(PROGRAM)
        self.addCleanup(self.place.close)

    def connection(self):
        made = socket.create_connection(("127.0.0.1", self.place.port), timeout=10)
        self.addCleanup(made.close)
        return made

    def still_serves(self):
        return client("sts", endpoint=self.place.url).get_caller_identity()["Account"]

    def test_garbage_and_halves(self):
        for bytes_ in (b"\x00" * 1000, b"\x16\x03\x01garbage", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\xff" * 100,
                       b"POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf", b"GET " + b"x" * 200_000,
                       b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                       b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"):
            made = self.connection()
            try:
                made.sendall(bytes_)
                made.shutdown(socket.SHUT_WR)
                made.recv(1000)
            except OSError:
                pass  # cut off: its right
            self.assertTrue(self.still_serves())

    def resident(self):
        """KiB of the server's memory."""
        status = pathlib.Path(f"/proc/{self.place.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1])

    def test_ten_thousand_idle_connections(self):
        wanted = 10_000
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        # The server has the same limit, and keeps some files for other things.
        number = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard - 512)
        if number < wanted:
            print(f"note: {number} idle connections instead of {wanted:,}: the system lets a process have {hard} files")
        self.assertTrue(self.still_serves())
        before = self.resident()
        idle = []
        for _ in range(number):
            made = self.connection()
            made.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
            idle.append(made)
        for made in idle:  # each has been served, and stays
            self.assertTrue(made.recv(4096).startswith(b"HTTP/1.1 200 "))
        each = (self.resident() - before) / number
        print(f"note: {number} idle connections, {each:.1f} KiB of memory each")
        self.assertLess(each, 16)
        self.assertTrue(self.still_serves())
        for made in idle[::100]:
            made.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
            self.assertTrue(made.recv(4096).startswith(b"HTTP/1.1 200 "))

    def test_a_client_that_never_reads(self):
        sqs = client("sqs", endpoint=self.place.url)
        url = sqs.create_queue(QueueName="unread")["QueueUrl"]
        for _ in range(10):
            sqs.send_message(QueueUrl=url, MessageBody="x" * 200_000)
        made = self.connection()
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        body = b"Action=ReceiveMessage&Version=2012-11-05&MaxNumberOfMessages=10&VisibilityTimeout=0&QueueUrl=" + url.encode()
        request = (b"POST / HTTP/1.1\r\nHost: x\r\nAuthorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, "
                   b"Signature=0\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n" % len(body)) + body
        made.settimeout(0.5)
        try:
            for _ in range(50):
                made.sendall(request)
        except TimeoutError:
            pass  # the server takes no more until we read
        self.assertTrue(self.still_serves())


if __name__ == "__main__":
    main()
