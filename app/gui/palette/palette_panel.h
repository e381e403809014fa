// SPDX-License-Identifier: GPL-3.0-or-later
// PalettePanel: the tree of node kinds by family, with search. Owned by the main window; GUI thread.
#pragma once

#include <QWidget>

#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class PalettePanel : public QWidget {
    Q_OBJECT
public:
    explicit PalettePanel(Workbench& workbench, QWidget* parent = nullptr);

private:
    Workbench& workbench_;
};

} // namespace streamwright::gui
