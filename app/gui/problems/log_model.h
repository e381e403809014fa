// SPDX-License-Identifier: GPL-3.0-or-later
// LogModel: the events of a run, the newest last, bounded. LogFilter: those of a text and a severity. GUI thread.
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <deque>

#include "core/engine/event_log.h"

namespace streamwright::gui {

class LogModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { TimeColumn, NodeColumn, MessageColumn, ColumnCount };
    static constexpr std::size_t kMost = 10'000; // lines; the oldest go first

    using QAbstractTableModel::QAbstractTableModel;

    void add(const std::vector<Event>& events); // the numbers go up
    void clear();
    void setStart(Time start) { start_ = start; } // of the run: times are shown from there
    const Event& event(int row) const { return events_[static_cast<std::size_t>(row)]; }
    QString line(int row) const; // as text, for the clipboard and files

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& = {}) const override { return ColumnCount; }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString timeText(Time time) const;

    std::deque<Event> events_;
    Time start_{};
};

class LogFilter : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setText(const QString& text);
    void setLeast(Severity severity);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QString text_;
    Severity least_ = Severity::Information;
};

} // namespace streamwright::gui
