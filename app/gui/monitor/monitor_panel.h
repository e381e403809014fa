// SPDX-License-Identifier: GPL-3.0-or-later
// MonitorPanel: charts, shard heat map, events and the comparison with a baseline; the time line at its foot always.
// Owned by the main window; GUI thread.
#pragma once

#include <QActionGroup>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QStackedWidget>

#include "app/gui/monitor/chart_board.h"
#include "app/gui/monitor/comparison_table.h"
#include "app/gui/monitor/event_list.h"
#include "app/gui/monitor/heat_panel.h"
#include "app/gui/shell/workbench.h"
#include "app/gui/theme/elided_label.h"

namespace streamwright::gui {

class MonitorPanel : public QWidget {
    Q_OBJECT
public:
    explicit MonitorPanel(Workbench& workbench, QWidget* parent = nullptr);

    // For the menus and the command palette.
    QList<QAction*> viewActions() const { return actions_; }
    TimeWindow& window() { return window_; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    struct Clock; // how far the run has come, and what is new on its time line
    QWidget* makeHead();
    QWidget* makeFoot();
    QAction* addAction(const QString& name, const QString& text, const QString& icon, void (MonitorPanel::*slot)());
    void showView(int view);
    void refresh();
    void askClock();
    void takeClock(Clock clock);
    void refreshComparison();
    void forgetRun();
    void goTo(std::optional<double> seconds);
    void sayPause();
    void togglePause();
    void goLive();
    void pickSeries();
    void keepBaseline();
    void dropBaseline();
    void sayBaseline();
    void restyle();

    Workbench& workbench_;
    TimeWindow window_;
    Inquiry clock_, comparison_;
    QElapsedTimer compared_;
    Time start_{}; // of the run
    std::shared_ptr<const KeptRun> baseline_;
    EventModel events_;
    ChartBoard* board_;
    HeatPanel* heat_;
    EventList* list_;
    ComparisonTable* table_;
    QStackedWidget* views_;
    QActionGroup* viewGroup_;
    ElidedLabel* scope_;
    QComboBox* span_;
    ElidedLabel* paused_;
    QLabel* time_;
    TimeLine* line_;
    QAction *pause_, *live_, *pick_, *keep_, *drop_;
    QList<QAction*> actions_;
};

} // namespace streamwright::gui
