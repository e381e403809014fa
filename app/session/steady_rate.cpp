// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/steady_rate.h"

namespace streamwright {

namespace {

constexpr int kSlowSeconds = 10;

}

double rateNow(DatapointRange points, Time end)
{
    const Time since = end - seconds(kSlowSeconds);
    Time oldest = end;
    std::uint64_t samples = 0;
    double sum = 0;
    for (auto at = points.end(); at != points.begin() && std::prev(at)->start >= since;) {
        --at;
        oldest = at->start;
        samples += at->sampleCount;
        sum += at->sum;
    }
    if (samples == 0) return 0;
    const bool before = points.begin()->start < since; // it is not the first that ever came
    const double span = before ? kSlowSeconds : inSeconds(end - oldest);
    if (static_cast<double>(samples) < span) return sum / span;
    return std::prev(points.end())->start == end - seconds(1) ? steadyRate(points.begin(), points.end()) : 0;
}

} // namespace streamwright
