// SPDX-License-Identifier: GPL-3.0-or-later
// Recovery: keeps unsaved work safe every few seconds and offers at a start what a crash left. Owned by the main window;
// GUI thread.
#pragma once

#include <QTimer>
#include <QWidget>

#include "app/gui/shell/workbench.h"
#include "app/session/autosave.h"

namespace streamwright::gui {

class Recovery : public QObject {
    Q_OBJECT
public:
    Recovery(Workbench& workbench, QWidget& window);

    // Asks about the newest leftover of a crash, if there is one; true when its work was taken up.
    bool offer();

private:
    void keep();

    Workbench& workbench_;
    QWidget& window_;
    Autosave autosave_;
    QTimer timer_;
    bool complained_ = false;
};

} // namespace streamwright::gui
