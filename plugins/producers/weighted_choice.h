// SPDX-License-Identifier: GPL-3.0-or-later
// WeightedChoice: an index drawn with probability proportional to its weight, in constant time (alias method, Walker
// 1977, Vose 1991). Immutable; any thread. Eight bytes an index.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/random.h"

namespace streamwright::producers {

class WeightedChoice {
public:
    // Weights at least 0, their sum above 0; at most 2^24 of them.
    explicit WeightedChoice(std::span<const double> weights);

    std::uint32_t operator()(Random& random) const
    {
        const std::uint64_t chance = random.next();
        const auto index = static_cast<std::uint32_t>(((chance >> 32) * cells_.size()) >> 32);
        const Cell& cell = cells_[index];
        return static_cast<std::uint32_t>(chance) < cell.threshold ? index : cell.alias;
    }

private:
    struct Cell {
        std::uint32_t threshold; // of 2^32: the chance that the cell's own index is taken
        std::uint32_t alias;
    };
    std::vector<Cell> cells_;
};

} // namespace streamwright::producers
