// SPDX-License-Identifier: GPL-3.0-or-later
package streamwright.kcl;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.leases.LeaseAssignmentStrategy;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.processor.SingleStreamTracker;

/** A worker of the application, as a user of the KCL writes it. Intervals are short, all else is the KCL's default. */
final class Worker implements AutoCloseable {
    static final String STREAM = "orders";
    static final String APPLICATION = "bookkeeping";
    private final String name;
    private final Journal journal;
    private final Clients clients;
    private final Scheduler scheduler;

    Worker(String name, Retrieval retrieval, ContentTypes types, Journal journal) {
        this.name = name;
        this.journal = journal;
        clients = Clients.make(types);
        var oldest = InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON);
        var configs = new ConfigsBuilder(new SingleStreamTracker(STREAM, oldest), APPLICATION, clients.kinesis(), clients.leases(),
            clients.metrics(), name, Processor::new);
        var leases = configs.leaseManagementConfig().leaseAssignmentIntervalMillis(1000L).shardSyncIntervalMillis(1000)
            .leaseAssignmentStrategy(LeaseAssignmentStrategy.LEASE_COUNT_BASED);
        // Their default asks whether this machine is one of EC2.
        leases.workerUtilizationAwareAssignmentConfig().disableWorkerMetrics(true).workerMetricsReporterFreqInMillis(1000);
        scheduler = new Scheduler(configs.checkpointConfig(),
            configs.coordinatorConfig().parentShardPollIntervalMillis(500).shardConsumerDispatchPollIntervalMillis(200), leases,
            configs.lifecycleConfig(), configs.metricsConfig(), configs.processorConfig(),
            configs.retrievalConfig().retrievalSpecificConfig(retrieval.config(clients.kinesis(), STREAM, APPLICATION)));
    }

    void start() {
        var thread = new Thread(scheduler, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws Exception {
        scheduler.startGracefulShutdown().get(30, TimeUnit.SECONDS);
        clients.close();
    }

    private final class Processor implements ShardRecordProcessor {
        private String shard;

        @Override
        public void initialize(InitializationInput input) {
            shard = input.shardId();
        }

        @Override
        public void processRecords(ProcessRecordsInput input) {
            for (var record : input.records()) {
                var number = Integer.parseInt(StandardCharsets.UTF_8.decode(record.data()).toString());
                journal.processed(name, shard, record.partitionKey(), number);
            }
            checkpoint(input.checkpointer());
        }

        @Override
        public void leaseLost(LeaseLostInput input) {}

        @Override
        public void shardEnded(ShardEndedInput input) {
            checkpoint(input.checkpointer());
            journal.ended(shard);
        }

        @Override
        public void shutdownRequested(ShutdownRequestedInput input) {
            checkpoint(input.checkpointer());
        }

        private static void checkpoint(RecordProcessorCheckpointer checkpointer) {
            try {
                checkpointer.checkpoint();
            } catch (InvalidStateException fault) {
                throw new IllegalStateException(fault);
            } catch (ShutdownException leaseLost) {
                // The worker that has the lease now begins at the last checkpoint.
            }
        }
    }
}
