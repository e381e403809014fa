// SPDX-License-Identifier: GPL-3.0-or-later
// OnDemandPolicy: which shards of an on-demand stream to split or merge, from the load of each minute (spec: "On-demand").
// A pure rule: no clock, no shards of its own. One owner, one thread at a time.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <utility>
#include <vector>

#include "plugins/kinesis/shard.h"

namespace streamwright::kinesis {

class OnDemandPolicy {
public:
    struct Decision {
        std::vector<ShardIndex> split;
        std::vector<std::pair<ShardIndex, ShardIndex>> merge;
    };
    static constexpr Duration kPeriod = std::chrono::minutes(1);

    // Loads of one period by open shard, in the order of their hash ranges.
    Decision observe(Time now, const std::vector<std::pair<ShardIndex, Shard::Load>>& loads);

private:
    struct History {
        std::optional<Time> overSince; // above the split mark in every period since
        double peakToday = 0; // share of the split mark, the higher of bytes and records
        std::deque<double> dailyPeaks;
    };
    std::map<ShardIndex, History> shards_;
    std::optional<Time> dayBegan_;
};

} // namespace streamwright::kinesis
