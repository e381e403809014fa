// SPDX-License-Identifier: GPL-3.0-or-later
// ProblemsPanel: every finding of the drawing, with a jump and, where there is one, a fix. Owned by the main window; GUI thread.
#pragma once

#include <QWidget>

#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class ProblemsPanel : public QWidget {
    Q_OBJECT
public:
    explicit ProblemsPanel(Workbench& workbench, QWidget* parent = nullptr);

private:
    Workbench& workbench_;
};

} // namespace streamwright::gui
