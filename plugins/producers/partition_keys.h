// SPDX-License-Identifier: GPL-3.0-or-later
// PartitionKeys: draws the partition key of each record. Keys are numbered from 0 and read as text: "key-0", "key-1"
// ...
//   Uniform   every key as often as every other
//   Zipf      key k in proportion to 1/(k+1)^Skew
//   Hot       key 0 takes HotShare of the records, the other keys share the rest evenly
// Immutable after construction; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/json.h"
#include "core/base/random.h"
#include "plugins/producers/weighted_choice.h"

namespace streamwright::producers {

class PartitionKeys {
public:
    // The property PartitionKeys, complete.
    explicit PartitionKeys(const Json& property);
    // maximumSize() of such keys, without making their tables.
    static std::size_t maximumSizeOf(const Json& property);

    std::uint64_t draw(Random& random) const;
    // Writes the key's text and returns the place behind it; at most maximumSize() bytes.
    char* write(char* at, std::uint64_t key) const;
    std::size_t maximumSize() const { return maximumSize_; }
    std::uint64_t count() const { return count_; }

private:
    enum class Distribution { Uniform, Zipf, Hot };

    Distribution distribution_ = Distribution::Uniform;
    std::uint64_t count_;
    std::string prefix_;
    std::size_t maximumSize_;
    double hotShare_;
    std::optional<WeightedChoice> table_; // Zipf over a moderate count
    std::optional<Zipf> zipf_; // Zipf over a huge one
};

} // namespace streamwright::producers
