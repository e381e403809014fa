// SPDX-License-Identifier: GPL-3.0-or-later
// Statistics: CloudWatch's statistic set (Sum, Average, Minimum, Maximum, SampleCount) with percentiles from a sketch of
// logarithmic buckets (relative error of a percentile at most 1 %). Values; one thread at a time.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace streamwright {

class PercentileSketch {
public:
    void add(double value, std::uint64_t count);
    void merge(const PercentileSketch& other);
    double quantile(double q) const; // q in [0, 1]; 0 when empty
    std::size_t size() const { return buckets_.size(); } // buckets that take memory
    void clear() { *this = {}; }

private:
    void addTo(std::int32_t bucket, std::uint64_t count);

    // Samples of the newest value, not yet in a bucket: a value mostly comes again, and then costs no logarithm.
    double newest_ = 0;
    std::uint64_t newestCount_ = 0;
    std::vector<std::pair<std::int32_t, std::uint64_t>> buckets_; // sorted by bucket, few
};

struct Statistics {
    std::uint64_t sampleCount = 0;
    double sum = 0;
    double minimum = 0;
    double maximum = 0;
    PercentileSketch sketch;

    double average() const { return sampleCount ? sum / static_cast<double>(sampleCount) : 0; }
    double percentile(double q) const; // q in [0, 1]
    void add(double value, std::uint64_t count);
    void merge(const Statistics& other);
    void clear();
};

} // namespace streamwright
