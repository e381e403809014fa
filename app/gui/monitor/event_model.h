// SPDX-License-Identifier: GPL-3.0-or-later
// EventModel: the events of the run as a table, newest last, bounded: the oldest go first. GUI thread.
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "app/gui/monitor/time_line.h"

namespace streamwright::gui {

class EventModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    enum Column { At, Node, Kind, Text, ColumnCount };

    void clear();
    void append(std::vector<TimeLine::Mark> marks);
    const std::vector<TimeLine::Mark>& marks() const { return marks_; }
    std::uint64_t lastNumber() const { return lastNumber_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<TimeLine::Mark> marks_;
    std::uint64_t lastNumber_ = 0;
};

} // namespace streamwright::gui
