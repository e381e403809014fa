// SPDX-License-Identifier: GPL-3.0-or-later
// TimeChart: one chart as a card: title with unit, legend, plot, pin and menu (logarithmic scale, save as picture or
// table). Shows what it is given; asks nothing. GUI thread.
#pragma once

#include <QAction>
#include <QFrame>
#include <QLabel>
#include <QToolButton>

#include "app/gui/monitor/legend_bar.h"
#include "app/gui/monitor/plot_view.h"

namespace streamwright::gui {

class TimeChart : public QFrame {
    Q_OBJECT
public:
    explicit TimeChart(TimeWindow& window, QWidget* parent = nullptr);

    void setData(ChartData data);
    const ChartData& data() const { return plot_->data(); }
    PlotView& plot() { return *plot_; }
    LegendBar& legend() { return *legend_; }
    void setPinned(bool pinned);
    std::size_t pointsWanted() const; // two a pixel

    // By the ending: .png, .svg or .csv. False when the file cannot be written.
    bool saveTo(const QString& path);

signals:
    void pinWanted(bool pin);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void restyle();
    void elideTitle();
    void askAndSave(const QString& ending);
    QMenu* makeMenu();

    QLabel* title_;
    LegendBar* legend_;
    PlotView* plot_;
    QToolButton* pin_;
    QToolButton* more_;
    QMenu* menu_;
};

} // namespace streamwright::gui
