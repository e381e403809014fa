#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast the endpoint is, beside others on the same machine. Usage:

    peers.py BUILD_FOLDER [FIGURE...] [--seconds N] [--rounds N]        (what figures there are: FIGURES below)

Starts `streamwright serve`, a Beast server that answers a constant, and kinesalite and fauxqs from npm, each on one processor,
and loads them from another one by wrk (what wrk cannot do: by load_client) over 16 connections kept alive. What a line compares
is measured in turns. A line shows of the rounds the median, the least and the most, and the least processor time that one of what
is counted took the server; the median of the rounds' ratios, and the ratio of the processor times, which other programs disturb
less; and what part of the machine those had meanwhile. Ends with 1 where requests were turned away: such figures say nothing."""
import argparse
import base64
import json
import pathlib
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import load
import servers
from table import Table

PEER_SHARDS = 64  # their limits are not enforced
STREAM_SHARDS = 256  # their limits allow 256,000 records a second
BATCH_SHARDS = 2048  # two million
READ_SHARDS = 2048  # twenty thousand calls and four GB a second
READ_RECORDS, READ_RECORD_BYTES = 256, 1000  # in every shard: the answer of one call
BACKLOG, FILL_RATE = 1_000_000, 40_000
STARTS = 11
HIGH_THROUGHPUT = {"FifoQueue": "true", "DeduplicationScope": "messageGroup", "FifoThroughputLimit": "perMessageGroupId"}


class Bench:
    def __init__(self, build, table, folder):
        self.program, self.beast, self.client = (build / name for name in ("streamwright", "constant_server", "load_client"))
        self.peers, self.table, self.folder = servers.Peers(build), table, folder

    def ours(self):
        return servers.Streamwright(self.program)

    def check(self, ours, before=0):
        """Whether the server's own counters say that all was taken, records in batches too."""
        if refused := ours.turned_away() - before:
            self.table.sound = False
            print(f"  the server turned {refused:.0f} requests or records away: the figures above say nothing")

    def loads(self, server, *arguments, each=1):
        """As load_client loads it; {seconds} stands for the time it may take."""
        return lambda seconds: load.measured(server, [self.client, server.port,
                                                      *(str(one).replace("{seconds}", str(seconds)) for one in arguments)], each)


def with_peer(bench, figure, start, compare):
    """What npm or node cannot give is left out, and said so."""
    try:
        peer = start()
    except (subprocess.SubprocessError, OSError, RuntimeError) as error:
        return bench.table.missing(figure, error)
    with peer:
        compare(peer)


def puts(bench, figure, batch, of_constant, of_kinesalite):
    shards = STREAM_SHARDS if batch == 1 else BATCH_SHARDS
    requests = load.put_requests(bench.folder / "puts", shards, batch)

    def fresh(server, shards):
        def run(seconds):
            server.fresh_stream(shards)
            return load.wrk(server, requests, seconds, batch)
        return run

    with bench.ours() as ours:
        with servers.constant(bench.beast) as constant:
            rounds = bench.table.in_turns(fresh(ours, shards), lambda seconds: load.wrk(constant, requests, seconds, batch))
            bench.table.compare(figure, rounds[0], "constant", rounds[1], of_constant)

        def compare(kinesalite):
            rounds = bench.table.in_turns(fresh(ours, shards), fresh(kinesalite, PEER_SHARDS))
            bench.table.compare(figure, rounds[0], "kinesalite", rounds[1], of_kinesalite)
        with_peer(bench, figure, bench.peers.kinesalite, compare)
        bench.check(ours)


def send_message(bench):
    def sends(server):
        url = server.ask("AmazonSQS.CreateQueue", {"QueueName": "bench"})["QueueUrl"]
        body = json.dumps({"QueueUrl": url, "MessageBody": "x" * load.RECORD_BYTES})
        requests = load.write(bench.folder / server.name,
                              [servers.request("AmazonSQS.SendMessage", body, "application/x-amz-json-1.0")])
        return lambda seconds: load.wrk(server, requests, seconds)

    with bench.ours() as ours, servers.constant(bench.beast) as constant:  # what no server can be much faster than
        rounds = bench.table.in_turns(sends(ours), lambda seconds: load.wrk(constant, bench.folder / ours.name, seconds))
        bench.table.compare("SendMessage/s, beside the least", rounds[0], "constant", rounds[1], None)
        bench.check(ours)
    for figure, log, least in (("SendMessage/s", True, 5), ("SendMessage/s, fauxqs silent", False, None)):
        def compare(fauxqs):
            with bench.ours() as ours:
                rounds = bench.table.in_turns(sends(ours), sends(fauxqs))
                bench.table.compare(figure, rounds[0], "fauxqs", rounds[1], least)
                bench.check(ours)
        with_peer(bench, figure, lambda: bench.peers.fauxqs(log), compare)


def cycle(bench):
    with bench.ours() as ours:
        for batch, least in ((1, 15_000), (10, 100_000)):
            ours.ask("AmazonSQS.CreateQueue", {"QueueName": f"bench-{batch}"})
            (rounds,) = bench.table.in_turns(bench.loads(ours, "cycle", f"bench-{batch}", batch, "{seconds}"))
            bench.table.at_least(f"messages/s through, by {batch}", rounds, least)
        bench.check(ours)


def waiting(ours, url):
    about = ours.ask("AmazonSQS.GetQueueAttributes", {"QueueUrl": url, "AttributeNames": ["ApproximateNumberOfMessages"]})
    return int(about["Attributes"]["ApproximateNumberOfMessages"])


def backlog(bench):
    with bench.ours() as ours:
        urls = [ours.ask("AmazonSQS.CreateQueue", {"QueueName": name, "Attributes": HIGH_THROUGHPUT})["QueueUrl"]
                for name in ("full.fifo", "empty.fifo")]
        while (missing := BACKLOG - waiting(ours, urls[0])) > 0:  # a pause is made up for, and the queue may refuse the haste
            load.answer_of([bench.client, ours.port, "fill", "full.fifo", max(missing, 10), FILL_RATE])
        refused = ours.turned_away()
        full, empty = bench.table.in_turns(*(bench.loads(ours, "cycle", name, 1, "{seconds}")
                                             for name in ("full.fifo", "empty.fifo")))
        bench.table.compare(f"FIFO/s, {BACKLOG:,} waiting", full, "an empty one", empty, 0.95)
        bench.check(ours, refused)


def json_call(iterator):
    return json.dumps({"ShardIterator": iterator})


def cbor_call(iterator):
    """A map of one member; texts of 13 and of so many bytes."""
    return b"\xa1\x6dShardIterator\x79" + len(iterator).to_bytes(2, "big") + iterator.encode()


def get_records(bench):
    with bench.ours() as ours:
        ours.fresh_stream(READ_SHARDS)
        data = base64.b64encode(b"x" * READ_RECORD_BYTES).decode()
        entries = [{"Data": data, "PartitionKey": key} for key in load.spread_keys(READ_SHARDS, READ_RECORDS)]
        for at in range(0, len(entries), 500):
            ours.ask("Kinesis_20131202.PutRecords", {"StreamName": "bench", "Records": entries[at:at + 500]})
        iterators = [ours.ask("Kinesis_20131202.GetShardIterator",
                              {"StreamName": "bench", "ShardId": f"shardId-{shard:012}", "ShardIteratorType": "TRIM_HORIZON"})
                     ["ShardIterator"] for shard in range(READ_SHARDS)]
        assert len(ours.ask("Kinesis_20131202.GetRecords", {"ShardIterator": iterators[0]})["Records"]) == READ_RECORDS
        for form, body in (("json", json_call), ("cbor", cbor_call)):
            requests = load.write(bench.folder / form, [
                servers.request("Kinesis_20131202.GetRecords", body(iterator), f"application/x-amz-{form}-1.1")
                for iterator in iterators])
            (rounds,) = bench.table.in_turns(
                lambda seconds: load.wrk(ours, requests, seconds, READ_RECORDS * READ_RECORD_BYTES / 1e6))
            bench.table.at_least(f"GetRecords MB/s of payload, {form}", rounds, 300)
        bench.check(ours)


def latency(bench):
    requests = load.put_requests(bench.folder / "puts", STREAM_SHARDS, 1)
    with bench.ours() as ours:
        ours.fresh_stream(STREAM_SHARDS)
        (most,) = bench.table.in_turns(lambda seconds: load.wrk(ours, requests, seconds))
        half = sorted(one.rate for one in most)[len(most) // 2] / 2
        (rounds,) = bench.table.in_turns(bench.loads(ours, "paced", half, "{seconds}", requests))
        print(f"  beside the next: the rate at which it is asked, {half:,.0f}/s, is half of what wrk reached")
        bench.table.at_most("PutRecord p99 ms, half load", [load.Measured(one.p99, 0, 0, one.refused) for one in rounds], 2, "ms")
        bench.check(ours)


def start(bench):
    begun, resident = [], []
    for _ in range(STARTS):
        with bench.ours() as ours:
            begun.append(load.Measured(1000 * ours.first_answer, 0, 0, 0))
            time.sleep(0.5)  # what it does after its first answer
            resident.append(load.Measured(ours.resident() / 1e6, 0, 0, 0))
    bench.table.at_most("start to first answer, ms", begun, 300, "ms")
    bench.table.at_most("resident after start, MB", resident, 60, "MB")


FIGURES = {
    "put-record": lambda bench: puts(bench, "PutRecord/s", 1, 0.8, 12),
    "put-records-100": lambda bench: puts(bench, "records/s by PutRecords of 100", 100, 0.6, 60),
    "put-records-500": lambda bench: puts(bench, "records/s by PutRecords of 500", 500, 0.6, 60),
    "send-message": send_message,
    "cycle": cycle,
    "backlog": backlog,
    "get-records": get_records,
    "latency": latency,
    "start": start,
}


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("figures", nargs="*")
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    table = Table(given.rounds, given.seconds)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(given.build.resolve(), table, pathlib.Path(folder))
        for name in given.figures or FIGURES:
            FIGURES[name](bench)
    return 0 if table.sound else 1


if __name__ == "__main__":
    sys.exit(main())
