// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: canvas in the middle, docks around it, menus, the run bar and the status bar. GUI thread.
#pragma once

#include <QDockWidget>
#include <QMainWindow>

#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class CanvasPanel;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(const Registry& registry);

    Workbench& workbench() { return workbench_; }
    // Empty path: the welcome page.
    void openFile(const QString& path);

private:
    QDockWidget* addDock(Qt::DockWidgetArea area, const QString& title, QWidget* panel);

    Workbench workbench_;
    CanvasPanel* canvas_;
};

} // namespace streamwright::gui
