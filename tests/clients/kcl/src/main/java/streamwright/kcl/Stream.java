// SPDX-License-Identifier: GPL-3.0-or-later
package streamwright.kcl;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.HashKeyRange;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** The stream as its owner changes it: every change is waited for. */
record Stream(KinesisAsyncClient kinesis, String name) {
    static String name(int shard) {
        return "shardId-%012d".formatted(shard);
    }

    static Set<String> names(Integer... shards) {
        return Arrays.stream(shards).map(Stream::name).collect(Collectors.toSet());
    }

    void create(int shards) {
        kinesis.createStream(create -> create.streamName(name).shardCount(shards)).join();
        awaitActive();
    }

    void split(int shard) {
        HashKeyRange range = shard(shard).hashKeyRange();
        var middle = new BigInteger(range.startingHashKey()).add(new BigInteger(range.endingHashKey())).shiftRight(1);
        kinesis.splitShard(split -> split.streamName(name).shardToSplit(name(shard)).newStartingHashKey(middle.toString())).join();
        awaitActive();
    }

    void merge(int shard, int neighbour) {
        kinesis.mergeShards(merge -> merge.streamName(name).shardToMerge(name(shard)).adjacentShardToMerge(name(neighbour))).join();
        awaitActive();
    }

    private Shard shard(int index) {
        var shards = kinesis.listShards(list -> list.streamName(name)).join().shards();
        return shards.stream().filter(shard -> shard.shardId().equals(name(index))).findAny().orElseThrow();
    }

    private void awaitActive() {
        Main.await(name + " is active", () -> kinesis.describeStreamSummary(describe -> describe.streamName(name)).join()
            .streamDescriptionSummary().streamStatus() == StreamStatus.ACTIVE);
    }
}
