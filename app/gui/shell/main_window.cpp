// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/shell/main_window.h"

#include <QDockWidget>
#include <QMenuBar>
#include <QStatusBar>
#include <QToolBar>

#include "app/gui/canvas/canvas_panel.h"
#include "app/gui/inspector/inspector_panel.h"
#include "app/gui/monitor/monitor_panel.h"
#include "app/gui/palette/palette_panel.h"
#include "app/gui/problems/log_panel.h"
#include "app/gui/problems/problems_panel.h"
#include "app/gui/records/records_panel.h"

namespace streamwright::gui {

MainWindow::MainWindow(const Registry& registry) : workbench_(registry), canvas_(new CanvasPanel(workbench_, this))
{
    resize(1280, 800);
    setCentralWidget(canvas_);
    addDock(Qt::LeftDockWidgetArea, tr("Palette"), new PalettePanel(workbench_));
    addDock(Qt::RightDockWidgetArea, tr("Inspector"), new InspectorPanel(workbench_));
    QDockWidget* monitor = addDock(Qt::BottomDockWidgetArea, tr("Monitor"), new MonitorPanel(workbench_));
    for (QDockWidget* dock : {addDock(Qt::BottomDockWidgetArea, tr("Records"), new RecordsPanel(workbench_)),
                              addDock(Qt::BottomDockWidgetArea, tr("Problems"), new ProblemsPanel(workbench_)),
                              addDock(Qt::BottomDockWidgetArea, tr("Log"), new LogPanel(workbench_))})
        tabifyDockWidget(monitor, dock);
    monitor->raise();
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    QToolBar* bar = addToolBar(tr("Run"));
    connect(bar->addAction(tr("Run")), &QAction::triggered, this, [this] {
        if (auto started = workbench_.run.start(); !started)
            statusBar()->showMessage(QString::fromStdString(started.problem().text()));
    });
    connect(bar->addAction(tr("Stop")), &QAction::triggered, &workbench_.run, &RunBridge::stop);
    const auto fill = [this](const QString& title, const QList<QAction*>& actions) {
        QMenu* menu = menuBar()->addMenu(title);
        for (QAction* action : actions)
            action ? menu->addAction(action) : void(menu->addSeparator());
    };
    fill(tr("Edit"), canvas_->editActions());
    fill(tr("Arrange"), canvas_->arrangeActions());
    fill(tr("View"), canvas_->viewActions());
}

QDockWidget* MainWindow::addDock(Qt::DockWidgetArea area, const QString& title, QWidget* panel)
{
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(title);
    dock->setWidget(panel);
    addDockWidget(area, dock);
    return dock;
}

void MainWindow::openFile(const QString& path)
{
    if (path.isEmpty()) return;
    if (auto opened = workbench_.document.open(path); !opened)
        statusBar()->showMessage(QString::fromStdString(opened.problem().text()));
}

} // namespace streamwright::gui
