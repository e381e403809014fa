// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/records/records_model.h"

#include "app/gui/theme/theme.h"
#include "app/session/record_text.h"

namespace streamwright::gui {

namespace {

constexpr int kAhead = 32; // rows read beyond those looked at
constexpr std::uint64_t kTopRows = 100; // more than are in sight
constexpr std::uint64_t kMostRows = 1'000'000; // a table view's header keeps and moves something for every row

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
        [source = source_, part = part_, held = view_, tracked = tracked_,
         newestInSight = newestFirst_ && following_ && !filtered()](Engine& engine) {
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
            if (held && newestInSight) {
                const std::uint64_t most = std::min({taken.shift.added, taken.count, kTopRows});
                taken.newest = taken.view->rows(taken.count - most, most, ByteCount(RowCache::kPreview));
            }
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

const BrowseRow* RecordsModel::record(int row) const
{
    if (row < 0 || row >= rowCount()) return nullptr;
    const CachedRow* known = rows_.find(place(row));
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
        if (!rows_.find(place(row))) indices.push_back(place(row) - base_);
    if (indices.empty()) return;
    fetching_ = true;
    using Read = std::vector<std::pair<std::uint64_t, BrowseRow>>;
    run_.ask(
        this,
        [view = view_, indices = std::move(indices)](Engine&) {
            Read read;
            auto rows = rowsAt(*view, indices, ByteCount(RowCache::kPreview));
            for (std::size_t i = 0; i < rows.size(); ++i)
                read.emplace_back(indices[i], std::move(rows[i]));
            return read;
        },
        [this, generation = generation_, arrangement = arrangement_, base = base_](Read read) {
            if (generation != generation_) return;
            fetching_ = false;
            if (arrangement == arrangement_)
                for (auto& [index, record] : read)
                    rows_.keep(base + index, std::move(record));
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
    const CachedRow* row = rows_.find(place(index.row()));
    if (!row) {
        want(index.row());
        const auto ghost = ghosts_.find(index.row());
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
