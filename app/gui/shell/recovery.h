// SPDX-License-Identifier: GPL-3.0-or-later
// Recovery: keeps unsaved work safe every few seconds and offers at a start what a crash left. Owned by the main window;
// GUI thread; the disk is waited for on a thread of its own.
#pragma once

#include <QThreadPool>
#include <QTimer>
#include <QWidget>

#include "app/gui/shell/workbench.h"
#include "app/session/autosave.h"

namespace streamwright::gui {

class Recovery : public QObject {
    Q_OBJECT
public:
    Recovery(Workbench& workbench, QWidget& window);

    ~Recovery() override; // waits for the last write

    // Takes a copy of unsaved work now; written soon, on another thread.
    void keep();
    // Asks about the newest leftover of a crash, if there is one; true when its work was taken up.
    bool offer();

private:
    void settle(const Autosave::Copy& copy, const Result<void>& done);

    Workbench& workbench_;
    QWidget& window_;
    Autosave autosave_;
    QThreadPool writer_;
    QTimer timer_;
    bool writing_ = false, again_ = false; // again_: it was asked for during a write
    bool complained_ = false;
};

} // namespace streamwright::gui
