// SPDX-License-Identifier: GPL-3.0-or-later
// MonitorPanel: charts, shard heat map and time line of the run. Owned by the main window; GUI thread.
#pragma once

#include <QWidget>

#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class MonitorPanel : public QWidget {
    Q_OBJECT
public:
    explicit MonitorPanel(Workbench& workbench, QWidget* parent = nullptr);

private:
    Workbench& workbench_;
};

} // namespace streamwright::gui
