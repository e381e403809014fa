// SPDX-License-Identifier: GPL-3.0-or-later
package streamwright.kcl;

import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.kinesis.retrieval.RetrievalSpecificConfig;
import software.amazon.kinesis.retrieval.fanout.FanOutConfig;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/** How a worker gets its records. */
enum Retrieval {
    POLLING {
        @Override
        RetrievalSpecificConfig config(KinesisAsyncClient kinesis, String stream, String application) {
            return new PollingConfig(stream, kinesis).idleTimeBetweenReadsInMillis(250);
        }
    },
    FAN_OUT {
        @Override
        RetrievalSpecificConfig config(KinesisAsyncClient kinesis, String stream, String application) {
            return new FanOutConfig(kinesis).streamName(stream).applicationName(application);
        }
    };

    abstract RetrievalSpecificConfig config(KinesisAsyncClient kinesis, String stream, String application);
}
