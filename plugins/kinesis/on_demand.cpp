// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/on_demand.h"

#include <algorithm>

namespace streamwright::kinesis {

OnDemandPolicy::Decision OnDemandPolicy::observe(Time now, const std::vector<std::pair<ShardIndex, Shard::Load>>& loads)
{
    Decision decision;
    if (!dayBegan_) dayBegan_ = now;
    std::map<ShardIndex, History> open;
    for (const auto& [index, load] : loads) {
        History history = shards_[index];
        const double period = inSeconds(kPeriod);
        const double share = std::max(
            static_cast<double>(load.bytes.value()) / period / static_cast<double>(kOnDemandSplitAbove.value()),
            static_cast<double>(load.records) / period / static_cast<double>(kOnDemandSplitAboveRecords));
        history.peakToday = std::max(history.peakToday, share);
        if (share <= 1)
            history.overSince.reset();
        else if (!history.overSince)
            history.overSince = now - kPeriod;
        if (history.overSince && now - *history.overSince >= kOnDemandReaction) decision.split.push_back(index);
        open[index] = std::move(history);
    }
    shards_ = std::move(open);
    if (now - *dayBegan_ < kDay) return decision;

    // Once a day: what the peaks of the last 30 days would leave half empty even together is merged.
    dayBegan_ = now;
    std::map<ShardIndex, double> peak;
    for (auto& [index, history] : shards_) {
        history.dailyPeaks.push_back(std::exchange(history.peakToday, 0));
        if (history.dailyPeaks.size() > static_cast<std::size_t>(kOnDemandPeakDays)) history.dailyPeaks.pop_front();
        peak[index] = *std::max_element(history.dailyPeaks.begin(), history.dailyPeaks.end());
    }
    std::size_t count = loads.size() + decision.split.size();
    for (std::size_t i = 0; i + 1 < loads.size() && count > static_cast<std::size_t>(kOnDemandLeastShards); ++i) {
        const ShardIndex a = loads[i].first, b = loads[i + 1].first;
        if (peak[a] + peak[b] > 0.5) continue;
        decision.merge.emplace_back(a, b);
        --count;
        ++i;
    }
    return decision;
}

} // namespace streamwright::kinesis
