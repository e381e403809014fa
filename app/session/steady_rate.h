// SPDX-License-Identifier: GPL-3.0-or-later
// What a person takes for the rate of what comes in batches. An even flow of 21 records every 105 ms falls into seconds as 189
// or 210: so the seconds before count too, as far back as they differ by no more than a batch from an even flow. A change
// that is larger than that shows at once. Works on the closed seconds of a metric, by time; any thread.
#pragma once

#include <algorithm>
#include <iterator>
#include <limits>

#include "core/metrics/metric_store.h"

namespace streamwright {

inline constexpr int kSteadySeconds = 20; // looked back at most

// A second of the last of [first, last), which is not empty.
template <std::random_access_iterator Points>
double steadyRate(Points first, Points last)
{
    const Points newest = std::prev(last);
    if (newest->sampleCount == 0) return newest->sum;
    const double batch = newest->sum / static_cast<double>(newest->sampleCount);
    double total = 0, least = -std::numeric_limits<double>::infinity(), most = -least;
    int even = 0; // seconds
    for (Points at = newest; even < kSteadySeconds; --at) {
        if (at->sampleCount == 0 || at->start != newest->start - even * seconds(1)) break;
        total += at->sum;
        least = std::max(least, (total - batch) / (even + 1));
        most = std::min(most, (total + batch) / (even + 1));
        if (even > 0 && least > most) break;
        ++even;
        if (at == first) break;
    }
    // The middle weighs most: batches that fall in or out at the ends hardly count.
    double sum = 0, weights = 0;
    for (int back = 0; back < even; ++back) {
        const int weight = std::min(back + 1, even - back);
        sum += weight * (newest - back)->sum;
        weights += weight;
    }
    return sum / weights;
}

// What goes on at the end: 0 when nothing came in the last second, but for what comes less than once a second (objects): that
// is the mean of some seconds. [first, last) is not empty.
template <std::random_access_iterator Points>
double rateNow(Points first, Points last, Time end)
{
    constexpr int kSlowSeconds = 10;
    const Time since = end - seconds(kSlowSeconds);
    Time oldest = end;
    std::uint64_t samples = 0;
    double sum = 0;
    for (Points at = last; at != first && std::prev(at)->start >= since;) {
        --at;
        oldest = at->start;
        samples += at->sampleCount;
        sum += at->sum;
    }
    if (samples == 0) return 0;
    const bool before = first->start < since; // it is not the first that ever came
    const double span = before ? kSlowSeconds : inSeconds(end - oldest);
    if (static_cast<double>(samples) < span) return sum / span;
    return std::prev(last)->start == end - seconds(1) ? steadyRate(first, last) : 0;
}

} // namespace streamwright
