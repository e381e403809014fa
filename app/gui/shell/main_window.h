// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: canvas or welcome page in the middle, docks around it, menus, the run bar and the status bar. GUI thread.
#pragma once

#include <QMainWindow>
#include <QStackedWidget>

#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class CanvasPanel;
class DockLayout;
class FileActions;
class MonitorPanel;
class Recovery;
class RunBar;
class StatusLine;
class Tour;
class WelcomePage;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(const Registry& registry);
    ~MainWindow() override; // the panels go before the workbench

    Workbench& workbench() { return workbench_; }
    // Empty path: the welcome page.
    void openFile(const QString& path);
    // At a start: unsaved work that a crash left; on the first start ever, the tour.
    void greet();

    QWidget* showCanvas();
    QWidget* showDock(const QString& name);

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void makeDocks();
    void takeFirstSize();
    void makeMenus();
    QMenu* makeThemeMenu();
    void connectWishes();
    void takeTour();
    void openPalette();
    void exportPicture();
    void showShortcuts();
    void showAbout();

    Workbench workbench_;
    QStackedWidget* middle_;
    WelcomePage* welcome_;
    CanvasPanel* canvas_;
    MonitorPanel* monitor_ = nullptr;
    DockLayout* docks_;
    FileActions* files_;
    RunBar* runBar_;
    StatusLine* status_;
    Recovery* recovery_;
    Tour* tour_;
};

} // namespace streamwright::gui
