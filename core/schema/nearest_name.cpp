// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/nearest_name.h"

#include <algorithm>
#include <cctype>

namespace streamwright {

namespace {

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

// Insertions, deletions, changes and swaps of neighbours (optimal string alignment).
std::size_t editDistance(const std::string& a, const std::string& b)
{
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    }
    return d[a.size()][b.size()];
}

} // namespace

std::string nearestName(const std::string& name, const std::vector<std::string>& known)
{
    if (name.size() > 200) return {};
    std::string best;
    std::size_t bestDistance = std::max<std::size_t>(name.size() / 3, 1) + 1;
    for (const std::string& candidate : known) {
        const std::size_t distance = editDistance(lowered(name), lowered(candidate));
        if (distance < bestDistance) {
            bestDistance = distance;
            best = candidate;
        }
    }
    return best;
}

} // namespace streamwright
