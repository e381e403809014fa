// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

#include "core/base/check.h"
#include "core/base/digest.h"
#include "core/base/uint128.h"

namespace streamwright {

namespace {

std::uint64_t splitMix(std::uint64_t& state)
{
    std::uint64_t z = (state += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

// log1p(x)/x and expm1(x)/x, continuous at 0: they keep the formulas below stable around skew 1.
double logRatio(double x) { return std::abs(x) > 1e-8 ? std::log1p(x) / x : 1 - x * (0.5 - x / 3); }
double expRatio(double x) { return std::abs(x) > 1e-8 ? std::expm1(x) / x : 1 + x * 0.5 * (1 + x / 3); }

} // namespace

Random::Random(std::uint64_t seed, std::string_view stream)
{
    std::uint64_t state = stream.empty() ? seed : stableHash(stream, seed);
    for (auto& word : state_)
        word = splitMix(state);
}

std::uint64_t Random::next()
{
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = std::rotl(state_[3], 45);
    return result;
}

double Random::uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

std::uint64_t Random::below(std::uint64_t bound)
{
    CHECK(bound > 0);
    Uint128 product = Uint128{next()} * bound;
    if (static_cast<std::uint64_t>(product) < bound) {
        const std::uint64_t threshold = -bound % bound; // values below it would be drawn once too often
        while (static_cast<std::uint64_t>(product) < threshold)
            product = Uint128{next()} * bound;
    }
    return static_cast<std::uint64_t>(product >> 64);
}

double Random::normal(double mean, double deviation)
{
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    return mean + deviation * radius * std::cos(2.0 * std::numbers::pi * uniform());
}

double Random::exponential(double mean) { return -mean * std::log(1.0 - uniform()); }

Zipf::Zipf(std::uint64_t count, double skew) : count_(static_cast<double>(count)), skew_(skew)
{
    CHECK(count > 0 && skew >= 0);
    low_ = integral(1.5) - 1.0;
    high_ = integral(count_ + 0.5);
    shortcut_ = 2.0 - inverse(integral(2.5) - std::pow(2.0, -skew_));
}

double Zipf::integral(double x) const
{
    const double logX = std::log(x);
    return expRatio((1.0 - skew_) * logX) * logX;
}

double Zipf::inverse(double x) const
{
    const double t = std::max(-1.0, x * (1.0 - skew_));
    return std::exp(logRatio(t) * x);
}

std::uint64_t Zipf::operator()(Random& random) const
{
    while (true) {
        const double u = high_ + random.uniform() * (low_ - high_);
        const double x = inverse(u);
        const double rank = std::clamp(std::floor(x + 0.5), 1.0, count_);
        if (rank - x <= shortcut_ || u >= integral(rank + 0.5) - std::pow(rank, -skew_))
            return static_cast<std::uint64_t>(rank) - 1;
    }
}

} // namespace streamwright
