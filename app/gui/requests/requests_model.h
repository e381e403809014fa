// SPDX-License-Identifier: GPL-3.0-or-later
// RequestsModel: the requests of AWS clients, the newest first, bounded. RequestsFilter: those of a text and a fate. Words
// are made when a row is shown. GUI thread.
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <deque>

#include "app/session/request_words.h"

namespace streamwright::gui {

class RequestsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { TimeColumn, Action, Resource, Result, Took, Client, Why, ColumnCount };
    static constexpr std::size_t kMost = 4096; // the oldest go first

    using QAbstractTableModel::QAbstractTableModel;

    void add(std::vector<RequestLogEntry> entries); // oldest first, the numbers go up
    void clear(); // what came so far
    void restart(); // another run: its numbers begin anew
    void setStart(Time start) { start_ = start; } // of the run: times are shown from there
    const RequestLogEntry& entry(int row) const { return entries_[static_cast<std::size_t>(row)]; }
    QString line(int row) const; // as text, for the clipboard
    std::uint64_t newest() const { return newest_; } // number of the last one added; 0 before the first

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& = {}) const override { return ColumnCount; }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const RequestLogEntry& entry, int column) const;

    std::deque<RequestLogEntry> entries_;
    std::uint64_t newest_ = 0;
    Time start_{};
};

class RequestsFilter : public QSortFilterProxyModel {
    Q_OBJECT
public:
    enum Shown { All, Troubled, OnlyLimited };
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setText(const QString& text);
    void setShown(Shown shown);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    std::string text_; // in small letters
    Shown shown_ = All;
};

} // namespace streamwright::gui
