// SPDX-License-Identifier: GPL-3.0-or-later
// Schedule: which nodes of a run are to be stepped now and which at what time. Nodes are numbered in the order of the
// pipeline file. Owned by the engine, used on its thread only.
#pragma once

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "core/base/units.h"

namespace streamwright {

class Schedule {
public:
    static constexpr std::size_t kGone = ~std::size_t{0};

    explicit Schedule(std::size_t nodes) : wakeTimes_(nodes, kNever), ready_(nodes, false) { }

    void markReady(std::size_t node)
    {
        if (ready_[node]) return;
        ready_[node] = true;
        readyList_.push_back(node);
    }

    void setWake(std::size_t node, Time t)
    {
        if (wakeTimes_[node] == t) return;
        if (wakeTimes_[node] != kNever) wakes_.erase({wakeTimes_[node], node});
        wakeTimes_[node] = t;
        if (t != kNever) wakes_.emplace(t, node);
    }

    Time nextWake() const { return wakes_.empty() ? kNever : wakes_.begin()->first; }

    // The nodes that have input or whose wake-up has come, in the order of the file.
    std::vector<std::size_t> takeDue(Time now)
    {
        while (!wakes_.empty() && wakes_.begin()->first <= now) {
            const std::size_t node = wakes_.begin()->second;
            setWake(node, kNever);
            markReady(node);
        }
        std::vector<std::size_t> due = std::exchange(readyList_, {});
        std::sort(due.begin(), due.end());
        for (const std::size_t node : due)
            ready_[node] = false;
        return due;
    }

    // The nodes get other numbers (kGone: none any more) among so many.
    void renumber(const std::vector<std::size_t>& numbers, std::size_t nodes)
    {
        Schedule changed(nodes);
        for (std::size_t old = 0; old < numbers.size(); ++old) {
            if (numbers[old] == kGone) continue;
            changed.setWake(numbers[old], wakeTimes_[old]);
            if (ready_[old]) changed.markReady(numbers[old]);
        }
        *this = std::move(changed);
    }

private:
    std::vector<Time> wakeTimes_;
    std::set<std::pair<Time, std::size_t>> wakes_;
    std::vector<bool> ready_;
    std::vector<std::size_t> readyList_;
};

} // namespace streamwright
