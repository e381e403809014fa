// SPDX-License-Identifier: GPL-3.0-or-later
package streamwright.kcl;

import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** Puts one record of each key a round, numbered by round; what a shard refused is put again before the next round begins. */
final class Producer {
    private static final List<String> KEYS = IntStream.range(0, 40).mapToObj(number -> "key-" + number).toList();
    private final KinesisAsyncClient kinesis;
    private final String stream;
    private volatile int rounds = 0;

    Producer(KinesisAsyncClient kinesis, String stream) {
        this.kinesis = kinesis;
        this.stream = stream;
    }

    List<String> keys() {
        return KEYS;
    }

    int rounds() {
        return rounds;
    }

    void produce(int howMany) {
        for (int end = rounds + howMany; rounds < end; ++rounds) {
            var data = SdkBytes.fromUtf8String(Integer.toString(rounds));
            for (var left = KEYS; !left.isEmpty();) left = refused(left, data);
            Main.pause();
        }
    }

    private List<String> refused(List<String> keys, SdkBytes data) {
        var entries = keys.stream().map(key -> PutRecordsRequestEntry.builder().partitionKey(key).data(data).build()).toList();
        var results = kinesis.putRecords(put -> put.streamName(stream).records(entries)).join().records();
        return IntStream.range(0, keys.size()).filter(i -> results.get(i).errorCode() != null).mapToObj(keys::get).toList();
    }
}
