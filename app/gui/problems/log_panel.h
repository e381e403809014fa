// SPDX-License-Identifier: GPL-3.0-or-later
// LogPanel: what the run reported, as it happens. Owned by the main window; GUI thread.
#pragma once

#include <QWidget>

#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class LogPanel : public QWidget {
    Q_OBJECT
public:
    explicit LogPanel(Workbench& workbench, QWidget* parent = nullptr);

private:
    Workbench& workbench_;
};

} // namespace streamwright::gui
