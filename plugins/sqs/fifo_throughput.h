// SPDX-License-Identifier: GPL-3.0-or-later
// FifoThroughput: how many calls a second a FIFO queue takes. 300 of each action, so that batches of 10 make 3,000
// messages; in high-throughput mode so many for each partition (groups are spread over partitions by hash) and 70,000
// for the queue. Owned by a Queue, under its lock.
#pragma once

#include <bitset>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/token_bucket.h"
#include "plugins/sqs/limits.h"

namespace streamwright::sqs {

class FifoThroughput {
public:
    enum class Action : std::uint8_t { Send, Receive, Delete };
    using Entries = std::bitset<kBatchEntries>;

    explicit FifoThroughput(bool highThroughput);

    // Admits one call, or refuses it.
    bool admit(Action action, Time now);
    // Which entries of an admitted call go through: all, or in high-throughput mode those whose partition has not had
    // its calls yet. groups: the message group of each.
    Entries admitEntries(Action action, std::span<const std::string_view> groups, Time now);
    // When a call of that action would be admitted, if no other comes.
    Time readyAt(Action action, Time now);

private:
    bool highThroughput_;
    std::vector<TokenBucket> calls_; // by action
    std::map<std::pair<Action, std::uint64_t>, TokenBucket> partitions_;
};

} // namespace streamwright::sqs
