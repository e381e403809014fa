// SPDX-License-Identifier: GPL-3.0-or-later
// Random: a seeded, portable generator (xoshiro256**), the only source of chance in a run. One owner, one thread.
// Same seed and stream name: same numbers on every machine (the standard distributions promise no such thing).
#pragma once

#include <cstdint>
#include <string_view>

namespace streamwright {

class Random {
public:
    // stream: names the user of the numbers (a node id, say), so that users do not disturb each other.
    explicit Random(std::uint64_t seed, std::string_view stream = {});

    std::uint64_t next();
    double uniform(); // [0, 1)
    std::uint64_t below(std::uint64_t bound); // [0, bound), bound >= 1
    double normal(double mean, double deviation);
    double exponential(double mean);
    bool chance(double probability) { return uniform() < probability; }

private:
    std::uint64_t state_[4];
};

// A number below count with probability proportional to 1/(rank+1)^skew, in constant time (rejection-inversion,
// Hoermann and Derflinger 1996). skew 0 = uniform.
class Zipf {
public:
    Zipf(std::uint64_t count, double skew);
    std::uint64_t operator()(Random& random) const;

private:
    double integral(double x) const;
    double inverse(double x) const;

    double count_;
    double skew_;
    double low_, high_, shortcut_;
};

} // namespace streamwright
