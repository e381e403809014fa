// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/top_keys.h"

#include <rapidcheck/gtest.h>

#include <map>

namespace streamwright {
namespace {

TEST(TopKeys, IsExactWhileThereIsRoom)
{
    TopKeys keys(3);
    keys.add("a", 5);
    keys.add("b");
    keys.add("c", 2);
    keys.add("b", 3);
    const auto top = keys.top(2);
    ASSERT_EQ(top.size(), 2u);
    EXPECT_EQ(top[0].key, "a");
    EXPECT_EQ(top[1].key, "b");
    EXPECT_EQ(top[1].weight, 4u);
    EXPECT_EQ(top[1].error, 0u);
    EXPECT_EQ(keys.total(), 11u);
}

// The two promises of the header, for any flow.
RC_GTEST_PROP(TopKeys, KeepsItsBounds, (std::vector<std::uint8_t> flow, std::uint8_t room))
{
    const std::size_t capacity = room % 12 + 1;
    TopKeys keys(capacity);
    std::map<std::string, std::uint64_t> exact;
    std::uint64_t total = 0;
    for (const std::uint8_t one : flow) {
        const std::string key = std::to_string(one % 23);
        const std::uint64_t weight = one / 23 + 1;
        keys.add(key, weight);
        exact[key] += weight;
        total += weight;
    }
    RC_ASSERT(keys.total() == total);
    std::map<std::string, TopKeys::Entry> told;
    for (const TopKeys::Entry& entry : keys.top(capacity)) {
        told[entry.key] = entry;
        RC_ASSERT(entry.weight >= exact[entry.key]);
        RC_ASSERT(entry.weight - entry.error <= exact[entry.key]);
        RC_ASSERT(entry.error <= total / capacity);
    }
    for (const auto& [key, weight] : exact)
        if (weight > total / capacity) RC_ASSERT(told.contains(key));
}

} // namespace
} // namespace streamwright
