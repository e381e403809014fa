// SPDX-License-Identifier: GPL-3.0-or-later
// Looking through a BrowseView in short slices, so that whoever else waits for the thread is not kept waiting, and
// finding rows of one view again in a later one. A search belongs to one thread at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "app/session/record_matcher.h"

namespace streamwright {

class RecordSearch {
public:
    // Rows [begin, end) of the view, from the end on when newestFirst.
    RecordSearch(std::shared_ptr<const BrowseView> view, RecordFilter filter, std::uint64_t begin, std::uint64_t end,
                 bool newestFirst);

    // Goes on for about so long; the indices of the rows found, in the order of the search.
    std::vector<std::uint64_t> run(std::chrono::microseconds slice);
    std::uint64_t searched() const { return searched_; }
    bool done() const { return begin_ == end_; }

private:
    const std::shared_ptr<const BrowseView> view_;
    RecordMatcher matcher_;
    std::uint64_t begin_, end_; // still to be looked at
    const bool newestFirst_;
    std::uint64_t searched_ = 0;
};

// The newest rows of a view, so many at most.
std::shared_ptr<const BrowseView> newestOf(std::shared_ptr<const BrowseView> view, std::uint64_t most);

// How a view follows from an earlier one of the same resource.
struct BrowseShift {
    // The later view is the earlier one without its first rows and, it may be, its last ones, and with others at its end.
    bool inOrder = false;
    std::uint64_t left = 0; // rows gone at the beginning; meaningful when inOrder, as what follows
    std::uint64_t added = 0; // rows new at the end
    // Last rows of the earlier view that were not yet all of their moment: they are among those added.
    std::uint64_t taken = 0;
};

// The rows at these indices, in their order; those that follow each other, up or down, are read at once.
std::vector<BrowseRow> rowsAt(const BrowseView& view, const std::vector<std::uint64_t>& indices, ByteCount mostData);

BrowseShift shiftBetween(const BrowseView& earlier, const BrowseView& later);
// Where a row of another view of the same resource stands in this one.
std::optional<std::uint64_t> locate(const BrowseView& view, const BrowseRow& row);

} // namespace streamwright
