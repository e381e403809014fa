// SPDX-License-Identifier: GPL-3.0-or-later
// How RecordsModel fills its table with what a filter finds, slice by slice.
#include "app/gui/records/records_model.h"

namespace streamwright::gui {

namespace {

constexpr std::size_t kMostMatches = 1'000'000;
constexpr auto kSlice = std::chrono::milliseconds(10); // others wait for the thread, too

} // namespace

void RecordsModel::dropFound()
{
    const auto gone = [this](std::uint64_t at) { return at < base_; };
    if (newestFirst_) {
        const auto first = std::ranges::lower_bound(matches_, base_, std::greater_equal<>());
        const int row = static_cast<int>(first - matches_.begin());
        if (first == matches_.end()) return;
        beginRemoveRows({}, row, static_cast<int>(matches_.size()) - 1);
        matches_.erase(first, matches_.end());
    } else {
        const auto end = std::ranges::find_if_not(matches_, gone);
        if (end == matches_.begin()) return;
        beginRemoveRows({}, 0, static_cast<int>(end - matches_.begin()) - 1);
        matches_.erase(matches_.begin(), end);
    }
    endRemoveRows();
}

void RecordsModel::startSearch()
{
    search_.reset();
    slicing_ = false;
    searched_ = searchedBefore_ = 0;
    searchedTo_ = base_;
    searchingTail_ = false;
    if (!matches_.empty()) {
        beginResetModel();
        matches_.clear();
        endResetModel();
    }
    if (filtered() && view_) searchOn();
}

// Starts the next search, where one is due: of all records first, later of those that came meanwhile.
void RecordsModel::searchOn()
{
    if (!search_) {
        if (searchedTo_ < base_) searchedTo_ = base_;
        if (searchedTo_ >= base_ + count_ || matches_.size() >= kMostMatches) return;
        search_ = std::make_shared<RecordSearch>(view_, filter_, searchedTo_ - base_, count_,
                                                 newestFirst_ && !searchingTail_);
        searchBase_ = base_;
        searchedTo_ = base_ + count_;
    } else if (slicing_) {
        return;
    }
    slicing_ = true;
    struct Slice {
        std::vector<std::uint64_t> found;
        std::uint64_t searched;
        bool done;
    };
    run_.ask(
        this,
        [search = search_](Engine&) {
            auto found = search->run(kSlice);
            return Slice{std::move(found), search->searched(), search->done()};
        },
        [this, search = std::weak_ptr(search_)](const Slice& slice) {
            if (search.lock() != search_ || !search_) return; // another filter by now
            slicing_ = false;
            addFound(slice.found);
            searched_ = searchedBefore_ + slice.searched;
            if (slice.done) {
                searchedBefore_ = searched_;
                searchingTail_ = true;
                search_.reset();
            }
            searchOn();
            emit changed();
        },
        [this, search = std::weak_ptr(search_)] {
            if (search.lock() != search_) return;
            slicing_ = false;
            search_.reset();
            emit changed();
        });
}

void RecordsModel::addFound(const std::vector<std::uint64_t>& indices)
{
    std::vector<std::uint64_t> places;
    for (const std::uint64_t at : indices)
        if (searchBase_ + at >= base_) places.push_back(searchBase_ + at);
    if (places.empty()) return;
    const bool atTop = newestFirst_ && searchingTail_; // newer ones than all found before
    const int first = atTop ? 0 : static_cast<int>(matches_.size());
    beginInsertRows({}, first, first + static_cast<int>(places.size()) - 1);
    if (atTop)
        matches_.insert(matches_.begin(), places.rbegin(), places.rend());
    else
        matches_.insert(matches_.end(), places.begin(), places.end());
    endInsertRows();
}

} // namespace streamwright::gui
