// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/records/records_model.h"

#include <QLocale>

#include "app/gui/theme/theme.h"
#include "app/session/record_text.h"

namespace streamwright::gui {

namespace {

constexpr std::size_t kPreview = 300; // bytes of data a row shows
constexpr std::size_t kKept = 4096; // rows of a generation
constexpr int kAhead = 32; // rows read beyond those looked at
constexpr std::size_t kMostMatches = 1'000'000;
constexpr std::uint64_t kMostRows = 1'000'000; // a table view's header keeps and moves something for every row
constexpr std::uint64_t kManyRows =
    10'000; // to go at once: removing them from a table view takes tens of nanoseconds each
constexpr auto kSlice = std::chrono::milliseconds(10); // of a search: others wait for the thread, too

QString timeOfDay(Time time) { return QString::fromStdString(isoTime(time)).mid(11, 12); }

} // namespace

RecordsModel::RecordsModel(RunBridge& run, QObject* parent) : QAbstractTableModel(parent), run_(run)
{
    connect(&Theme::instance(), &Theme::changed, this, [this] { emit layoutChanged(); });
}

void RecordsModel::forget()
{
    beginResetModel();
    ++generation_;
    view_.reset();
    count_ = kept_ = base_ = pending_ = searched_ = searchedBefore_ = searchedTo_ = 0;
    matches_.clear();
    search_.reset();
    rows_.clear();
    olderRows_.clear();
    ghosts_.clear();
    tracked_.reset();
    wantedFirst_ = wantedLast_ = -1;
    outdated_ = refreshing_ = slicing_ = fetching_ = searchingTail_ = anew_ = false;
    endResetModel();
}

void RecordsModel::show(RecordsSource source, const std::string& part)
{
    forget();
    source_ = std::move(source);
    part_ = part;
    found_ = Found::Waiting;
    refresh();
    emit changed();
}

void RecordsModel::clear()
{
    forget();
    source_ = nullptr;
    parts_.clear();
    found_ = Found::Nothing;
    emit partsChanged();
    emit changed();
}

void RecordsModel::setNewestFirst(bool newestFirst)
{
    if (newestFirst == newestFirst_) return;
    beginResetModel();
    newestFirst_ = newestFirst;
    wantedFirst_ = wantedLast_ = -1;
    ghosts_.clear();
    endResetModel();
    if (filtered()) startSearch();
    emit changed();
}

void RecordsModel::setFilter(const RecordFilter& filter)
{
    beginResetModel();
    filter_ = filter;
    matches_.clear();
    ghosts_.clear();
    wantedFirst_ = wantedLast_ = -1;
    endResetModel();
    if (outdated_) reload();
    outdated_ = false;
    startSearch();
    emit changed();
}

void RecordsModel::setFollowing(bool following)
{
    following_ = following;
    if (following) refresh();
    emit changed();
}

void RecordsModel::reload()
{
    anew_ = true;
    refresh();
}

void RecordsModel::refresh()
{
    if (!source_ || refreshing_) return;
    refreshing_ = run_.hasRun();
    run_.ask(
        this,
        [source = source_, part = part_, held = view_, tracked = tracked_](Engine& engine) {
            Taken taken;
            const auto browsable = source(engine);
            if (!browsable) return taken;
            taken.now = engine.now();
            taken.parts = browsable->parts();
            taken.view = browsable->view(part, taken.now);
            if (!taken.view) return taken;
            taken.kept = taken.view->count();
            taken.view = newestOf(std::move(taken.view), kMostRows);
            taken.count = taken.view->count();
            if (held) taken.shift = shiftBetween(*held, *taken.view);
            if (held && tracked && (!taken.shift.inOrder || taken.shift.taken > 0))
                taken.tracked = locate(*taken.view, *tracked);
            return taken;
        },
        [this, generation = generation_](Taken taken) {
            if (generation != generation_) return;
            refreshing_ = false;
            take(std::move(taken));
        },
        [this, generation = generation_] {
            if (generation == generation_) refreshing_ = false;
        });
}

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
    olderRows_.clear();
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
    const auto isBack = [end](const auto& row) { return row.first >= end; };
    std::erase_if(rows_, isBack);
    std::erase_if(olderRows_, isBack);
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
    for (const Rows* rows : {&olderRows_, &rows_})
        for (const auto& [at, row] : *rows)
            if (at >= base_ && at < base_ + count_)
                ghosts_[newestFirst_ ? count_ - 1 - (at - base_) : at - base_] = row;
    rows_.clear();
    olderRows_.clear();
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

std::uint64_t RecordsModel::place(int row) const
{
    const auto at = static_cast<std::uint64_t>(row);
    if (filtered()) return matches_[at];
    return base_ + (newestFirst_ ? count_ - 1 - at : at);
}

std::uint64_t RecordsModel::viewIndex(int row) const { return place(row) - base_; }

std::function<std::uint64_t(std::uint64_t)> RecordsModel::viewIndices() const
{
    if (filtered()) return [places = matches_, base = base_](std::uint64_t row) { return places[row] - base; };
    if (newestFirst_) return [count = count_](std::uint64_t row) { return count - 1 - row; };
    return [](std::uint64_t row) { return row; };
}

void RecordsModel::findTime(Time time, std::function<void(int row)> answer)
{
    if (!view_) return;
    run_.ask(
        this, [view = view_, time](Engine&) { return view->indexAt(time); },
        [this, generation = generation_, base = base_, answer = std::move(answer)](std::uint64_t index) {
            const int rows = rowCount();
            if (generation != generation_ || rows == 0) return;
            const std::uint64_t at = base + index;
            // The first row at or after the time; newest first, it is the last one that is.
            int low = 0, high = rows;
            while (low < high) {
                const int middle = (low + high) / 2;
                const bool before = newestFirst_ ? place(middle) >= at : place(middle) < at;
                (before ? low : high) = before ? middle + 1 : middle;
            }
            answer(std::clamp(newestFirst_ ? low - 1 : low, 0, rows - 1));
        });
}

void RecordsModel::track(int row)
{
    const BrowseRow* known = row >= 0 ? record(row) : nullptr;
    tracked_ = known ? std::optional(*known) : std::nullopt;
    if (tracked_) tracked_->data.clear();
}

const RecordsModel::Row* RecordsModel::loaded(std::uint64_t at) const
{
    if (const auto row = rows_.find(at); row != rows_.end()) return &row->second;
    const auto older = olderRows_.find(at);
    if (older == olderRows_.end()) return nullptr;
    return &rows_.insert(olderRows_.extract(older)).position->second;
}

void RecordsModel::keep(std::uint64_t at, BrowseRow record)
{
    if (rows_.size() >= kKept) {
        olderRows_ = std::move(rows_);
        rows_.clear();
    }
    Row row;
    row.time = record.gone ? tr("gone") : timeOfDay(record.time);
    row.size = record.gone ? QString() : QLocale().toString(static_cast<qulonglong>(record.size));
    row.data = QString::fromStdString(previewOf(record.data, kPreview));
    row.record = std::move(record);
    rows_[at] = std::move(row);
}

const BrowseRow* RecordsModel::record(int row) const
{
    if (row < 0 || row >= rowCount()) return nullptr;
    const Row* known = loaded(place(row));
    return known ? &known->record : nullptr;
}

void RecordsModel::want(int row) const
{
    // A jump leaves behind what was wanted elsewhere.
    if (wantedFirst_ < 0 || row < wantedFirst_ - 200 || row > wantedLast_ + 200) wantedFirst_ = wantedLast_ = row;
    wantedFirst_ = std::min(wantedFirst_, row);
    wantedLast_ = std::max(wantedLast_, row);
    if (fetchPlanned_ || fetching_) return;
    fetchPlanned_ = true;
    auto* self = const_cast<RecordsModel*>(this); // data() is const; what it lacks is read later
    QMetaObject::invokeMethod(
        self,
        [self] {
            self->fetchPlanned_ = false;
            self->fetch();
        },
        Qt::QueuedConnection);
}

void RecordsModel::fetch()
{
    const int rows = rowCount();
    const int first = std::max(0, wantedFirst_ - kAhead),
              last = std::min({wantedLast_ + kAhead, first + 400, rows - 1});
    const bool wanted = wantedFirst_ >= 0;
    wantedFirst_ = wantedLast_ = -1;
    if (!view_ || fetching_ || !wanted || first > last) return;
    std::vector<std::uint64_t> indices;
    for (int row = first; row <= last; ++row)
        if (!loaded(place(row))) indices.push_back(place(row) - base_);
    if (indices.empty()) return;
    fetching_ = true;
    using Read = std::vector<std::pair<std::uint64_t, BrowseRow>>;
    run_.ask(
        this,
        [view = view_, indices = std::move(indices)](Engine&) {
            Read read;
            auto rows = rowsAt(*view, indices, ByteCount(kPreview));
            for (std::size_t i = 0; i < rows.size(); ++i)
                read.emplace_back(indices[i], std::move(rows[i]));
            return read;
        },
        [this, generation = generation_, arrangement = arrangement_, base = base_](Read read) {
            if (generation != generation_) return;
            fetching_ = false;
            if (arrangement == arrangement_)
                for (auto& [index, record] : read)
                    keep(base + index, std::move(record));
            const int rows = rowCount();
            if (rows > 0) // rows may have moved meanwhile: what is seen is painted again, which costs little
                emit dataChanged(this->index(0, 0), this->index(rows - 1, ColumnCount - 1), {Qt::DisplayRole});
            if (wantedFirst_ >= 0) fetch();
        },
        [this, generation = generation_] {
            if (generation == generation_) fetching_ = false;
        });
}

int RecordsModel::rowCount(const QModelIndex& parent) const
{
    if (parent.isValid()) return 0;
    return static_cast<int>(filtered() ? matches_.size() : count_);
}

QVariant RecordsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignVCenter | (index.column() == SizeColumn ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole && role != Qt::ForegroundRole && role != Qt::ToolTipRole &&
        role != Qt::AccessibleTextRole)
        return {};
    const Row* row = loaded(place(index.row()));
    if (!row) {
        want(index.row());
        const auto ghost = ghosts_.find(static_cast<std::uint64_t>(index.row()));
        if (ghost != ghosts_.end()) row = &ghost->second;
    }
    if (role == Qt::ForegroundRole) {
        const bool secondary = index.column() == SequenceColumn || index.column() == PartColumn;
        return colour(!row || row->record.gone || secondary ? Theme::TextMuted : Theme::Text);
    }
    if (!row) return role == Qt::DisplayRole && index.column() == DataColumn ? QStringLiteral("…") : QVariant();
    const BrowseRow& record = row->record;
    switch (index.column()) {
    case TimeColumn:
        if (role == Qt::ToolTipRole) return QString::fromStdString(isoTime(record.time));
        return row->time;
    case PartColumn:
        return QString::fromStdString(record.part);
    case SequenceColumn:
        return QString::fromStdString(record.sequence);
    case KeyColumn:
        return QString::fromStdString(record.key);
    case SizeColumn:
        return row->size;
    case DataColumn:
        return record.gone ? tr("left the resource meanwhile") : row->data;
    }
    return {};
}

QVariant RecordsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignVCenter | (section == SizeColumn ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole) return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case PartColumn:
        return tr("Shard or part");
    case SequenceColumn:
        return tr("Sequence");
    case KeyColumn:
        return tr("Key");
    case SizeColumn:
        return tr("Size");
    case DataColumn:
        return tr("Data");
    }
    return {};
}

} // namespace streamwright::gui
