// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/fifo_throughput.h"

#include "core/base/check.h"
#include "core/base/digest.h"

namespace streamwright::sqs {

FifoThroughput::FifoThroughput(bool highThroughput) : highThroughput_(highThroughput)
{
    const std::uint64_t calls = highThroughput ? kHighThroughputCallsPerSecond : kFifoCallsPerSecond;
    calls_.assign(3, TokenBucket(calls, calls));
}

bool FifoThroughput::admit(Action action, Time now) { return calls_[static_cast<std::size_t>(action)].take(1, now); }

FifoThroughput::Entries FifoThroughput::admitEntries(Action action, std::span<const std::string_view> groups, Time now)
{
    CHECK(groups.size() <= kBatchEntries);
    Entries admitted;
    std::map<std::uint64_t, bool> decided; // a call counts once in each partition it touches
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (!highThroughput_) {
            admitted.set(i);
            continue;
        }
        const std::uint64_t partition = stableHash(groups[i]) % kHighThroughputPartitions;
        const auto [at, first] = decided.try_emplace(partition);
        if (first) {
            const TokenBucket full(kFifoCallsPerSecond, kFifoCallsPerSecond);
            at->second = partitions_.try_emplace({action, partition}, full).first->second.take(1, now);
        }
        admitted.set(i, at->second);
    }
    return admitted;
}

Time FifoThroughput::readyAt(Action action, Time now)
{
    return calls_[static_cast<std::size_t>(action)].readyAt(1, now);
}

} // namespace streamwright::sqs
