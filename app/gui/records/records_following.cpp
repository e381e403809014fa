// SPDX-License-Identifier: GPL-3.0-or-later
// How RecordsModel goes from one view of the resource to the next.
#include "app/gui/records/records_model.h"

namespace streamwright::gui {

namespace {

constexpr std::uint64_t kManyRows = 10'000; // to go at once: a table view takes tens of nanoseconds to remove each

} // namespace

void RecordsModel::take(Taken taken)
{
    const auto names = [](const std::vector<BrowsePart>& parts) {
        QStringList all;
        for (const BrowsePart& part : parts)
            all << QString::fromStdString(part.name + "\n" + part.label);
        return all;
    };
    const bool otherParts = names(taken.parts) != names(parts_);
    parts_ = std::move(taken.parts);
    if (otherParts) emit partsChanged();
    found_ = taken.view ? Found::Records : Found::Nothing;
    if (!taken.view)
        view_.reset();
    else if (!view_ || anew_)
        takeAnew(taken);
    else if (!following_)
        pending_ = taken.shift.inOrder ? taken.shift.added - taken.shift.taken : 0;
    else if (taken.shift.taken > 0 && search_)
        pending_ = 0; // the next view will do: what is being searched stays as it is
    else if (taken.shift.inOrder)
        takeShift(taken);
    else if (filtered())
        outdated_ = true;
    else
        takeDisorder(taken);
    emit changed();
}

void RecordsModel::takeAnew(const Taken& taken)
{
    beginResetModel();
    anew_ = false;
    outdated_ = false;
    pending_ = 0;
    base_ += count_; // other places than those that answers under way are about
    rows_.clear();
    ghosts_.clear();
    matches_.clear();
    view_ = taken.view;
    count_ = taken.count;
    viewedAt_ = taken.now;
    kept_ = taken.kept;
    endResetModel();
    startSearch();
}

// What left goes from one end of the table, what came appears at the other.
void RecordsModel::takeShift(const Taken& taken)
{
    const auto [inOrder, left, added, back] = taken.shift;
    if (back > 0) takeBack(back);
    view_ = taken.view;
    viewedAt_ = taken.now;
    kept_ = taken.kept;
    pending_ = 0;
    ghosts_.clear();
    if (filtered()) {
        base_ += left;
        count_ = taken.count;
        dropFound();
        searchOn();
        if (back > 0) tellTracked(taken);
        return;
    }
    for (std::size_t i = 0; i < taken.newest.size(); ++i)
        rows_.keep(base_ + left + taken.count - taken.newest.size() + i, taken.newest[i]);
    if (left > kManyRows) {
        takeLargeShift(taken);
    } else if (left > 0) {
        const int first = newestFirst_ ? static_cast<int>(count_ - left) : 0;
        beginRemoveRows({}, first, first + static_cast<int>(left) - 1);
        base_ += left;
        count_ -= left;
        endRemoveRows();
    }
    if (added > 0 && left <= kManyRows) {
        const int first = newestFirst_ ? 0 : static_cast<int>(count_);
        beginInsertRows({}, first, first + static_cast<int>(added) - 1);
        count_ += added;
        endInsertRows();
    }
    if (back > 0) tellTracked(taken);
}

// The table's rows stay as they are, but for how many there are; what they show and what points to them moves.
void RecordsModel::takeLargeShift(const Taken& taken)
{
    const auto before = static_cast<int>(count_), after = static_cast<int>(taken.count);
    const auto by = newestFirst_ ? static_cast<int>(taken.shift.added) : -static_cast<int>(taken.shift.left);
    if (after > before) beginInsertRows({}, before, after - 1);
    base_ += taken.shift.left;
    count_ = std::max(count_, taken.count);
    if (after > before) endInsertRows();
    const QModelIndexList from = persistentIndexList();
    QModelIndexList to;
    for (const QModelIndex& old : from) {
        const int row = old.row() + by;
        to << (row >= 0 && row < after ? index(row, old.column()) : QModelIndex());
    }
    changePersistentIndexList(from, to);
    if (after < before) {
        beginRemoveRows({}, after, before - 1);
        count_ = taken.count;
        endRemoveRows();
    }
    if (after == 0) return;
    emit dataChanged(index(0, 0), index(after - 1, ColumnCount - 1));
    if (newestFirst_) emit movedDown(by);
}

// The newest rows were not in their final order: they come again with the view that has them so.
void RecordsModel::takeBack(std::uint64_t rows)
{
    const std::uint64_t end = base_ + count_ - rows;
    rows_.dropFrom(end);
    ++arrangement_;
    searchedTo_ = std::min(searchedTo_, end);
    searchedBefore_ -= std::min(searchedBefore_, rows);
    std::uint64_t shown = rows;
    if (filtered())
        shown =
            static_cast<std::uint64_t>(std::ranges::count_if(matches_, [end](std::uint64_t at) { return at >= end; }));
    if (shown > 0) {
        const int first = newestFirst_ ? 0 : rowCount() - static_cast<int>(shown);
        beginRemoveRows({}, first, first + static_cast<int>(shown) - 1);
        if (filtered()) std::erase_if(matches_, [end](std::uint64_t at) { return at >= end; });
        count_ -= rows;
        endRemoveRows();
    } else {
        count_ -= rows;
    }
}

// Rows came and went anywhere: the same number of rows stays where it is, and what they show is read again.
void RecordsModel::takeDisorder(const Taken& taken)
{
    ghosts_.clear();
    rows_.each([this](std::uint64_t at, const CachedRow& row) {
        if (at < base_ || at >= base_ + count_) return;
        ghosts_[static_cast<int>(newestFirst_ ? count_ - 1 - (at - base_) : at - base_)] = row;
    });
    rows_.clear();
    view_ = taken.view;
    viewedAt_ = taken.now;
    kept_ = taken.kept;
    pending_ = 0;
    base_ += std::max(count_, taken.count);
    if (taken.count < count_) {
        beginRemoveRows({}, static_cast<int>(taken.count), static_cast<int>(count_) - 1);
        count_ = taken.count;
        endRemoveRows();
    } else if (taken.count > count_) {
        beginInsertRows({}, static_cast<int>(count_), static_cast<int>(taken.count) - 1);
        count_ = taken.count;
        endInsertRows();
    }
    if (count_ > 0) emit dataChanged(index(0, 0), index(static_cast<int>(count_) - 1, ColumnCount - 1));
    tellTracked(taken);
}

void RecordsModel::tellTracked(const Taken& taken)
{
    if (!tracked_) return;
    const bool there = taken.tracked && *taken.tracked < count_;
    if (!there) {
        tracked_.reset();
        emit trackedMoved(-1);
        return;
    }
    if (!filtered()) {
        emit trackedMoved(static_cast<int>(newestFirst_ ? count_ - 1 - *taken.tracked : *taken.tracked));
        return;
    }
    const auto found = std::ranges::find(matches_, base_ + *taken.tracked);
    if (found != matches_.end()) emit trackedMoved(static_cast<int>(found - matches_.begin()));
}

} // namespace streamwright::gui
