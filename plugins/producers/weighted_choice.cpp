// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/weighted_choice.h"

#include <algorithm>
#include <numeric>

#include "core/base/check.h"

namespace streamwright::producers {

WeightedChoice::WeightedChoice(std::span<const double> weights) : cells_(weights.size())
{
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    CHECK(sum > 0 && weights.size() <= (1u << 24));
    std::vector<double> share(weights.size());
    std::vector<std::uint32_t> small, large;
    for (std::uint32_t i = 0; i < weights.size(); ++i) {
        share[i] = weights[i] / sum * static_cast<double>(weights.size());
        (share[i] < 1 ? small : large).push_back(i);
        cells_[i] = {~std::uint32_t{0}, i};
    }
    while (!small.empty() && !large.empty()) {
        const std::uint32_t poor = small.back(), rich = large.back();
        small.pop_back();
        cells_[poor] = {static_cast<std::uint32_t>(std::max(share[poor], 0.0) * 0x1.0p32), rich};
        share[rich] -= 1 - share[poor];
        if (share[rich] < 1) {
            large.pop_back();
            small.push_back(rich);
        }
    }
}

} // namespace streamwright::producers
