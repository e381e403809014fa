// SPDX-License-Identifier: GPL-3.0-or-later
// RecordsModel: the records of one resource as a table on demand. It holds a view of the resource at one moment and reads
// the rows that are looked at, through the bridge; as the run goes on it follows to later views, or counts what is new while
// it is paused. A filter is a search in slices that fills the table as it finds. GUI thread.
//
// Rows are numbered by "place": their index in the first view plus what has left the resource before it since. A place
// keeps its record as long as views follow each other in order (BrowseShift).
#pragma once

#include <QAbstractTableModel>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>

#include "app/gui/bridge/run_bridge.h"
#include "app/gui/records/row_cache.h"
#include "app/session/record_search.h"

namespace streamwright::gui {

// Opens a look at a resource on the bridge's thread; null where there is nothing to look at.
using RecordsSource = std::function<std::shared_ptr<Browsable>(Engine&)>;

class RecordsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { TimeColumn, PartColumn, SequenceColumn, KeyColumn, SizeColumn, DataColumn, ColumnCount };
    enum class Found { Waiting, Nothing, Records }; // what there is at the source

    explicit RecordsModel(RunBridge& run, QObject* parent = nullptr);

    // part: "" for all. Forgets what was shown before.
    void show(RecordsSource source, const std::string& part);
    void clear();
    void setNewestFirst(bool newestFirst);
    void setFilter(const RecordFilter& filter);
    void setFollowing(bool following);
    // Follows to the present view, or counts what is new in it. Cheap to call often.
    void refresh();
    // Takes the present view whatever is held and begins anew with it.
    void reload();

    bool newestFirst() const { return newestFirst_; }
    bool following() const { return following_; }
    bool filtered() const { return !filter_.empty(); }
    Found found() const { return found_; }
    const std::vector<BrowsePart>& parts() const { return parts_; }
    std::uint64_t total() const { return count_; } // records in the view, filtered or not
    std::uint64_t kept() const { return kept_; } // by the resource; the table goes through the newest of very many
    std::uint64_t pending() const { return pending_; } // new since following stopped
    bool outdated() const { return outdated_; } // the resource changed in a way that a filtered table does not follow
    bool searching() const { return search_ != nullptr; }
    std::uint64_t searched() const { return searched_; }
    Time viewedAt() const { return viewedAt_; }

    // What is known of a row; null until it has been read.
    const BrowseRow* record(int row) const;
    std::shared_ptr<const BrowseView> view() const { return view_; }
    // Where a row stands in view().
    std::uint64_t viewIndex(int row) const;
    // Its rows in the table's order, for saving: where they stand in view().
    std::function<std::uint64_t(std::uint64_t)> viewIndices() const;
    // The table's first row at or after (newest first: before) the time; answers once the view has been asked.
    void findTime(Time time, std::function<void(int row)> answer);
    // The row that a person looks at: followed where others come and go around it (trackedMoved).
    void track(int row);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& = {}) const override { return ColumnCount; }
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

signals:
    void changed(); // counts, progress, what there is
    void partsChanged();
    void movedDown(int rows); // very many rows came above those shown, and as many went: told as one
    void trackedMoved(int row); // after rows moved about; -1: it is not there any more

private:
    struct Taken {
        std::shared_ptr<const BrowseView> view;
        std::uint64_t count = 0;
        std::uint64_t kept = 0;
        Time now{};
        std::vector<BrowsePart> parts;
        BrowseShift shift;
        std::vector<BrowseRow> newest; // read at once where they will be in sight: no row is blank
        std::optional<std::uint64_t> tracked;
    };

    void forget();
    // records_following.cpp: from one view to the next.
    void take(Taken taken);
    void takeAnew(const Taken& taken);
    void takeShift(const Taken& taken);
    void takeLargeShift(const Taken& taken);
    void takeBack(std::uint64_t rows);
    void tellTracked(const Taken& taken);
    void takeDisorder(const Taken& taken);
    // records_searching.cpp: what a filter finds.
    void dropFound();
    void startSearch();
    void searchOn();
    void addFound(const std::vector<std::uint64_t>& indices);

    void want(int row) const;
    void fetch();
    std::uint64_t place(int row) const;

    RunBridge& run_;
    RecordsSource source_;
    std::string part_;
    std::uint64_t generation_ = 0; // grows with every source, so that answers about another are dropped
    std::uint64_t arrangement_ = 0; // grows when places come to mean other records
    Found found_ = Found::Nothing;
    std::shared_ptr<const BrowseView> view_;
    std::uint64_t count_ = 0; // rows of view_
    std::uint64_t kept_ = 0; // rows of which view_ has the newest
    std::uint64_t base_ = 0; // place of view_'s first row
    Time viewedAt_{};
    std::vector<BrowsePart> parts_;
    bool newestFirst_ = true;
    bool following_ = true;
    bool refreshing_ = false;
    bool anew_ = false; // the next view begins anew
    bool outdated_ = false;
    std::uint64_t pending_ = 0;
    std::optional<BrowseRow> tracked_;

    RecordFilter filter_;
    std::deque<std::uint64_t> matches_; // places, in the table's order
    std::shared_ptr<RecordSearch> search_;
    std::uint64_t searchBase_ = 0; // place of the first row of the view that is searched
    std::uint64_t searched_ = 0, searchedBefore_ = 0;
    std::uint64_t searchedTo_ = 0; // the place up to which records have been looked at, or are being
    bool slicing_ = false; // a slice of the search is under way
    bool searchingTail_ = false; // what came after the first search began

    RowCache rows_;
    std::unordered_map<int, CachedRow>
        ghosts_; // by row: what stood there before a disorder, until the new has been read
    mutable int wantedFirst_ = -1, wantedLast_ = -1;
    mutable bool fetchPlanned_ = false;
    bool fetching_ = false;
};

} // namespace streamwright::gui
