// SPDX-License-Identifier: GPL-3.0-or-later
// EventList: what happened in the run, by time, filtered by kind; Enter or double-click goes to that moment. GUI thread.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>

#include "app/gui/monitor/event_model.h"

namespace streamwright::gui {

class EventList : public QWidget {
    Q_OBJECT
public:
    explicit EventList(EventModel& model, QWidget* parent = nullptr);

signals:
    void eventChosen(double seconds, const QString& node);

private:
    void sayEmpty();

    QSortFilterProxyModel* filtered_;
    QComboBox* kinds_;
    QTableView* table_;
    QStackedWidget* stack_;
};

} // namespace streamwright::gui
