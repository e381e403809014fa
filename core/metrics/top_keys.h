// SPDX-License-Identifier: GPL-3.0-or-later
// TopKeys: the heaviest keys of a flow of weights in bounded memory (the space-saving sketch of Metwally, Agrawal and El
// Abbadi). With a capacity of k and a total weight of N:
//   1. every key of a weight above N / k is among top();
//   2. an entry's weight is at most its error too high and never too low; error <= N / k.
// One owner, one thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace streamwright {

class TopKeys {
public:
    explicit TopKeys(std::size_t capacity); // at least 1

    void add(std::string_view key, std::uint64_t weight = 1);

    struct Entry {
        std::string key;
        std::uint64_t weight = 0; // upper bound
        std::uint64_t error = 0; // weight - error is a lower bound
    };
    // The heaviest, heaviest first; equal weights by key.
    std::vector<Entry> top(std::size_t most) const;
    std::uint64_t total() const { return total_; }

private:
    struct Slot {
        std::string key;
        std::uint64_t weight = 0, error = 0;
        std::size_t place = 0; // in heap_
    };
    bool lighter(std::size_t a, std::size_t b) const;
    void sink(std::size_t place);
    void rise(std::size_t place);
    void put(std::size_t place, std::size_t slot);

    const std::size_t capacity_;
    std::uint64_t total_ = 0;
    std::vector<Slot> slots_;
    std::vector<std::size_t> heap_; // slots, the lightest at the front
    std::unordered_map<std::string_view, std::size_t> byKey_; // views of the slots' keys
};

} // namespace streamwright
