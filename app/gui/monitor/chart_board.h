// SPDX-License-Identifier: GPL-3.0-or-later
// ChartBoard: the charts of what is selected (of the whole run without a selection), pinned ones first, in a grid that fits
// the width. Pins are the drawing's. Only charts in sight get data. GUI thread.
#pragma once

#include <QScrollArea>
#include <memory>

#include "app/gui/monitor/inquiry.h"
#include "app/gui/monitor/time_chart.h"
#include "app/gui/shell/workbench.h"
#include "app/session/baseline.h"
#include "app/session/chart_plan.h"

namespace streamwright::gui {

class ChartBoard : public QScrollArea {
    Q_OBJECT
public:
    ChartBoard(Workbench& workbench, TimeWindow& window, QWidget* parent = nullptr);

    void refresh(); // new data, if it can be seen
    void addPinned(std::vector<SeriesId> series);
    void setBaseline(std::shared_ptr<const KeptRun> run); // laid under the charts; null = none
    std::vector<TimeChart*> charts() const { return charts_; } // those shown, in order
    QString scope() const; // "readings", "3 nodes", "Whole pipeline"

signals:
    void scopeChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    struct Shown {
        PlannedChart plan;
        bool pinned = false;
        bool hasData = false;
        ChartData data;
    };
    struct Question;
    static std::vector<Shown> answer(Engine& engine, const Registry& registry, const Question& question);
    static ChartData dataOf(Engine& engine, const Registry& registry, const PlannedChart& plan,
                            const Question& question);
    std::vector<std::string> selectedNodes() const;
    void takeAnswer(std::vector<Shown> shown);
    void layOut();
    std::vector<std::vector<SeriesId>> pins() const; // the drawing's
    void pin(const std::string& key, bool on);
    void sayEmpty();

    Workbench& workbench_;
    TimeWindow& window_;
    Inquiry inquiry_;
    std::shared_ptr<const KeptRun> baseline_;
    std::vector<Shown> shown_;
    std::vector<TimeChart*> charts_; // beside shown_
    std::vector<TimeChart*> spare_;
    QWidget* page_;
    QLabel* empty_;
};

} // namespace streamwright::gui
