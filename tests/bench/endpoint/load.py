# SPDX-License-Identifier: GPL-3.0-or-later
"""The loads: requests kept alive over 16 connections, made by one thread on a processor of its own."""
import base64
import dataclasses
import hashlib
import json
import os
import pathlib
import random
import subprocess

import servers

HERE = pathlib.Path(__file__).resolve().parent
CONNECTIONS = 16
RECORD_BYTES = 100


@dataclasses.dataclass
class Measured:
    rate: float  # of what the figure counts, a second
    processor: float  # the server's seconds for one of them
    processor_seconds: float  # and in all
    refused: int
    p99: float = 0  # milliseconds


def answer_of(command):
    ended = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True,
                           preexec_fn=lambda: os.sched_setaffinity(0, servers.LOADS_OWN))
    return json.loads(ended.stdout.strip().splitlines()[-1])


def measured(server, command, each=1):
    """each: of what is counted, in one request."""
    before = server.processor_time()
    answer = answer_of(command)
    used = server.processor_time() - before
    count = answer["count"] * each
    return Measured(count / answer["seconds"], used / max(count, 1e-9), used, answer["refused"], answer.get("p99", 0))


def wrk(server, requests, seconds, each=1):
    return measured(server, ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s", "-s", HERE / "load.lua",
                             f"http://127.0.0.1:{server.port}/", "--", requests], each)


def write(path, requests):
    with open(path, "wb") as file:
        for request in requests:
            file.write(b"%d\n" % len(request) + request)
    return path


def spread_keys(shards, of_each):
    """Partition keys that fall on every shard equally often, in no order."""
    found = [[] for _ in range(shards)]
    missing, number = shards * of_each, 0
    while missing:
        key, number = f"user-{number:07}", number + 1
        keys = found[int(hashlib.md5(key.encode()).hexdigest(), 16) * shards >> 128]
        if len(keys) < of_each:
            keys.append(key)
            missing -= 1
    keys = [key for keys in found for key in keys]
    random.Random(1).shuffle(keys)
    return keys


def put_requests(path, shards, batch):
    """PutRecord, or PutRecords with so many records."""
    data = base64.b64encode(b"x" * RECORD_BYTES).decode()
    keys = spread_keys(shards, max(1, 16_000 // shards))
    entries = [{"Data": data, "PartitionKey": key} for key in keys]
    if batch == 1:
        bodies = [("PutRecord", {"StreamName": "bench", **entry}) for entry in entries[:2048]]
    else:
        bodies = [("PutRecords", {"StreamName": "bench", "Records": entries[at:at + batch]})
                  for at in range(0, len(entries) - batch + 1, batch)]
    return write(path, [servers.request(f"Kinesis_20131202.{action}", json.dumps(body)) for action, body in bodies])
