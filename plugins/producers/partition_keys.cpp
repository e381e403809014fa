// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/partition_keys.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "plugins/producers/ascii_writer.h"

namespace streamwright::producers {

namespace {

std::string prefixOf(const Json& property) { return property.value("Prefix", std::string("key-")); }

constexpr std::uint64_t kLargestTable = 1 << 18; // keys; a table of 2 MiB draws three times as fast as the formula

WeightedChoice zipfTable(std::uint64_t count, double skew)
{
    std::vector<double> weights(count);
    for (std::size_t rank = 0; rank < count; ++rank)
        weights[rank] = std::pow(static_cast<double>(rank + 1), -skew);
    return WeightedChoice(weights);
}

} // namespace

PartitionKeys::PartitionKeys(const Json& property)
    : count_(std::max<std::uint64_t>(property.value("Count", std::uint64_t{1}), 1)),
      prefix_(prefixOf(property)),
      maximumSize_(maximumSizeOf(property)),
      hotShare_(property.value("HotShare", 0.0))
{
    const std::string name = property.value("Distribution", std::string("Uniform"));
    if (name == "Hot") distribution_ = Distribution::Hot;
    if (name != "Zipf") return;
    distribution_ = Distribution::Zipf;
    const double skew = property.value("Skew", 1.0);
    if (count_ <= kLargestTable)
        table_ = zipfTable(count_, skew);
    else
        zipf_.emplace(count_, skew);
}

std::size_t PartitionKeys::maximumSizeOf(const Json& property) { return prefixOf(property).size() + kMaxDecimal; }

std::uint64_t PartitionKeys::draw(Random& random) const
{
    if (count_ == 1) return 0;
    switch (distribution_) {
    case Distribution::Zipf:
        return table_ ? (*table_)(random) : (*zipf_)(random);
    case Distribution::Hot:
        return random.chance(hotShare_) ? 0 : 1 + random.below(count_ - 1);
    case Distribution::Uniform:
        break;
    }
    return random.below(count_);
}

char* PartitionKeys::write(char* at, std::uint64_t key) const { return writeDecimal(writeText(at, prefix_), key); }

} // namespace streamwright::producers
