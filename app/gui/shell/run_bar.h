// SPDX-License-Identifier: GPL-3.0-or-later
// RunBar: the tool bar that steers the run: run, pause, step, stop, speed, seed, the virtual clock and the progress of a run
// with an end. Owned by the main window; GUI thread.
#pragma once

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QSpinBox>
#include <QToolBar>

#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class RunBar : public QToolBar {
    Q_OBJECT
public:
    explicit RunBar(Workbench& workbench, QWidget* parent = nullptr);

    QList<QAction*> runActions() const; // for the Run menu; a null entry is a separator

signals:
    void refused(const QString& why); // the run did not start

private:
    void makeActions();
    void makeSpeed();
    void makeSeed();
    void makeClock();
    void start(const std::set<std::string>& only, bool paused = false);
    void runOrPause();
    void showState();
    void showClock();
    void showDocument();
    void showIcons();

    Workbench& workbench_;
    QAction *run_, *stepTick_, *stepSecond_, *stop_, *runOnly_;
    QComboBox* speed_;
    QSpinBox* seed_;
    QLabel *state_, *clock_;
    QProgressBar* progress_;
};

} // namespace streamwright::gui
