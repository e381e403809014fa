// SPDX-License-Identifier: GPL-3.0-or-later
package streamwright.kcl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the workers processed. Any thread. */
final class Journal {
    private final Map<String, Integer> next = new HashMap<>(); // by key: the number that has not come yet
    private final Map<String, Integer> byWorker = new TreeMap<>();
    private final Map<String, Integer> byShard = new TreeMap<>();
    private final Set<String> ended = new TreeSet<>();
    private final List<String> disorder = new ArrayList<>();
    private int again = 0;

    synchronized void processed(String worker, String shard, String key, int number) {
        byWorker.merge(worker, 1, Integer::sum);
        byShard.merge(shard, 1, Integer::sum);
        int wanted = next.getOrDefault(key, 0);
        if (number < wanted)
            ++again; // at least once
        else
            next.put(key, number + 1);
        if (number > wanted) disorder.add("%s of %s came when %s was due, from %s".formatted(number, key, wanted, shard));
    }

    synchronized void ended(String shard) {
        ended.add(shard);
    }

    synchronized Set<String> workers() {
        return Set.copyOf(byWorker.keySet());
    }

    synchronized Set<String> ended() {
        return Set.copyOf(ended);
    }

    synchronized boolean isComplete(List<String> keys, int rounds) {
        return keys.stream().allMatch(key -> next.getOrDefault(key, 0) == rounds);
    }

    /** What is wrong; leaves are the shards that are open at the end. */
    synchronized List<String> problems(Set<String> leaves) {
        var problems = new ArrayList<>(disorder);
        leaves.stream().filter(leaf -> !byShard.containsKey(leaf)).forEach(leaf -> problems.add("no record came from " + leaf));
        return problems;
    }

    @Override
    public synchronized String toString() {
        return "%s, %s, ended %s, %,d processed again".formatted(byWorker, byShard, ended, again);
    }
}
