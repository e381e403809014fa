# SPDX-License-Identifier: GPL-3.0-or-later
"""The servers that are measured: each a process on one processor, for as long as a with-block lasts."""
import contextlib
import http.client
import json
import os
import pathlib
import re
import socket
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
PROCESSORS = sorted(os.sched_getaffinity(0))
SERVERS_OWN, LOADS_OWN = {PROCESSORS[0]}, {PROCESSORS[-1]}
TICK = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def request(target, body, content_type="application/x-amz-json-1.1"):
    """One HTTP request as bytes, with headers as an SDK sends them."""
    body = body if isinstance(body, bytes) else body.encode()
    service = "sqs" if target.startswith("AmazonSQS") else "kinesis"
    return (f"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {content_type}\r\nX-Amz-Date: 20260101T000000Z\r\n"
            f"Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/{service}/aws4_request, "
            f"SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature={'0' * 64}\r\n"
            f"X-Amz-Target: {target}\r\nContent-Length: {len(body)}\r\n\r\n").encode() + body


class Server:
    def __init__(self, name, hello, command, folder=None):
        """hello: the target of a request that is answered as soon as the server is up; {port} in the command is its port."""
        self.name, self.port = name, free_port()
        begun = time.monotonic()
        self.process = subprocess.Popen([str(part).replace("{port}", str(self.port)) for part in command], cwd=folder,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        preexec_fn=lambda: os.sched_setaffinity(0, SERVERS_OWN))
        while True:
            try:
                self.ask(hello, {})
                break
            except (OSError, http.client.HTTPException):
                pass
            if self.process.poll() is not None or time.monotonic() > begun + 60:
                self.close()
                raise RuntimeError(f"{name} does not begin")
            time.sleep(0.001)
        self.first_answer = time.monotonic() - begun  # seconds

    def ask(self, target, body):
        """The answer's body; raises where that is an error."""
        version = "1.0" if target.startswith("AmazonSQS") else "1.1"
        head, _, content = request(target, json.dumps(body), f"application/x-amz-json-{version}").partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("POST", "/", content, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        if answer.status != 200:
            raise RuntimeError(f"{self.name}: {target}: {answer.status} {text[:300]}")
        return json.loads(text or "{}")

    def fresh_stream(self, shards):
        """The stream "bench", with nothing in it."""
        if "bench" in self.ask("Kinesis_20131202.ListStreams", {})["StreamNames"]:
            self.ask("Kinesis_20131202.DeleteStream", {"StreamName": "bench"})
        while "bench" in self.ask("Kinesis_20131202.ListStreams", {})["StreamNames"]:
            time.sleep(0.25)  # taken five times a second
        self.ask("Kinesis_20131202.CreateStream", {"StreamName": "bench", "ShardCount": shards})
        while True:
            about = self.ask("Kinesis_20131202.DescribeStreamSummary", {"StreamName": "bench"})
            if about["StreamDescriptionSummary"]["StreamStatus"] == "ACTIVE":
                return
            time.sleep(0.1)  # taken twenty times a second

    def processor_time(self):
        """Seconds, so far."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def resident(self):
        """Bytes."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Streamwright(Server):
    def __init__(self, program):
        super().__init__("streamwright", "Kinesis_20131202.ListStreams",
                         [program, "serve", "--endpoint", "127.0.0.1:{port}"])

    def turned_away(self):
        """Requests, and records of batches, that were not taken."""
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            connection.sendall(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            text = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
        refused = re.findall(r'^streamwright_requests_total\{.*result="(?:refused|failed)"\} (\d+)', text, re.M)
        records = re.findall(r'^streamwright_metric_sum\{.*part="",name="(?:PutRecords\.ThrottledRecords|PutRecords\.'
                             r'FailedRecords)"\} ([\d.e+]+)', text, re.M)
        return sum(map(float, refused + records))


class Peers:
    """Servers from npm, in versions that are pinned here, installed below the build folder once."""
    def __init__(self, build):
        self.folder = build / "bench" / "peers"

    def install(self):
        package = (HERE / "package.json").read_text()
        installed = self.folder / "installed.json"
        if installed.exists() and installed.read_text() == package:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "package.json").write_text(package)
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--silent", "--omit=dev",
                        "--omit=optional", "--prefer-offline"], cwd=self.folder, check=True, timeout=600)
        installed.write_text(package)

    def kinesalite(self):
        self.install()
        return Server("kinesalite", "Kinesis_20131202.ListStreams",
                      ["node", self.folder / "node_modules/kinesalite/cli.js", "--port", "{port}", "--shardLimit", "10000",
                       "--createStreamMs", "20", "--deleteStreamMs", "20"])

    def fauxqs(self, log):
        """log: as its command line begins it, which has no way to be silent."""
        self.install()
        program = ('import {startFauxqs} from "fauxqs"; startFauxqs({port: {port}, logger: %s})' % ("true" if log else "false"))
        return Server("fauxqs", "AmazonSQS.ListQueues", ["node", "--input-type=module", "-e", program], self.folder)


def constant(program):
    """Answers everything with PutRecord's constant."""
    return Server("constant", "Kinesis_20131202.ListStreams", [program, "{port}"])
