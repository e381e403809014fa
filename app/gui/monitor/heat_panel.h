// SPDX-License-Identifier: GPL-3.0-or-later
// HeatPanel: the heat map of one node with its legend, and beside it the keys of the cell that was clicked. GUI thread.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QStackedWidget>

#include "app/gui/monitor/heat_map_view.h"
#include "app/gui/monitor/inquiry.h"
#include "app/gui/monitor/key_panel.h"

namespace streamwright::gui {

class HeatPanel : public QWidget {
    Q_OBJECT
public:
    HeatPanel(Workbench& workbench, TimeWindow& window, QWidget* parent = nullptr);

    // New data, if it can be seen.
    void refresh();
    HeatMapView& map() { return *map_; }
    KeyPanel& keys() { return *keys_; }

private:
    void listNodes();
    void followSelection();
    void takeMap(HeatMap map, Time start);
    void explain(const HeatMapView::Cell& cell);
    std::string node() const { return nodes_->currentText().toStdString(); }

    Workbench& workbench_;
    TimeWindow& window_;
    Inquiry inquiry_;
    QComboBox* nodes_;
    HeatMapView* map_;
    KeyPanel* keys_;
    QLabel* empty_;
    QStackedWidget* stack_;
};

} // namespace streamwright::gui
