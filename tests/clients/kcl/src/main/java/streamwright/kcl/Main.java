// SPDX-License-Identifier: GPL-3.0-or-later
package streamwright.kcl;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Two workers of one KCL application read a stream, by polling or with enhanced fan-out, while it is written to and resharded.
 * Endpoints and credentials come from the environment, as the SDK reads them. The exit code tells whether every record was
 * processed, in order by key, and by both workers.
 */
public final class Main {
    private static final int SHARDS = 4;
    private static final int ROUNDS = 50; // before and after the resharding
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    public static void main(String[] arguments) {
        int status = 1;
        try {
            status = run(Retrieval.valueOf(arguments[0]));
        } catch (Throwable fault) {
            fault.printStackTrace();
        }
        System.exit(status); // whatever threads the libraries keep
    }

    private static int run(Retrieval retrieval) throws Exception {
        var types = new ContentTypes();
        var journal = new Journal();
        try (var own = Clients.make(types);
             var first = new Worker("first", retrieval, types, journal);
             var second = new Worker("second", retrieval, types, journal)) {
            var stream = new Stream(own.kinesis(), Worker.STREAM);
            stream.create(SHARDS);
            own.createLeaseTable(Worker.APPLICATION);
            var producer = new Producer(own.kinesis(), Worker.STREAM);
            first.start();
            producer.produce(ROUNDS);
            await("the first worker works", () -> journal.workers().contains("first"));
            second.start(); // two that meet an empty table get in each other's way
            var resharded = new AtomicBoolean();
            var producing = CompletableFuture.runAsync(() -> {
                while (!resharded.get()) producer.produce(1);
                producer.produce(ROUNDS);
            });
            try {
                await("both workers take part", () -> journal.workers().equals(Set.of("first", "second")));
                stream.split(0);
                stream.merge(2, 3);
            } finally {
                resharded.set(true);
            }
            producing.get();

            await("every record is processed", () -> journal.isComplete(producer.keys(), producer.rounds()));
            await("the parents' ends are told", () -> journal.ended().equals(Stream.names(0, 2, 3)));
            var problems = journal.problems(Stream.names(1, 4, 5, 6));
            types.addProblems(problems);
            problems.forEach(System.out::println);
            System.out.printf("note: %,d records; %s; %s%n", producer.rounds() * producer.keys().size(), journal, types);
            return problems.isEmpty() ? 0 : 1;
        } catch (AssertionError inVain) {
            System.out.println(inVain.getMessage() + "; " + journal);
            return 1;
        }
    }

    static void await(String what, BooleanSupplier condition) {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); !condition.getAsBoolean(); pause())
            if (System.nanoTime() > end) throw new AssertionError("waited in vain until " + what);
    }

    static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }
}
