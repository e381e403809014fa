// SPDX-License-Identifier: GPL-3.0-or-later
// PlotView: the plot of one chart: lines drawn by Qt Charts in a fixed frame, with grid, axes, limit line and crosshair of
// our own around them. Qt Charts works anew on every line when an axis moves, so its axes are fixed from 0 to 1 and points
// come mapped: that also gives the logarithmic scale. Wheel zooms, drag pans, double-click resets. GUI thread.
#pragma once

#include <QTimer>
#include <QtCharts/QChartView>
#include <QtCharts/QLineSeries>
#include <array>
#include <set>

#include "app/gui/monitor/chart_data.h"
#include "app/gui/monitor/time_window.h"

namespace streamwright::gui {

class PlotView : public QChartView {
    Q_OBJECT
public:
    explicit PlotView(TimeWindow& window, QWidget* parent = nullptr);

    void setData(ChartData data);
    const ChartData& data() const { return data_; }
    // Lines by key.
    void setHidden(const std::set<std::string>& hidden);
    void setLogarithmic(bool on);
    bool logarithmic() const { return logarithmic_; }

    QRectF plotRect() const { return plot_; } // where the lines are, in the widget
    double timeAt(double x) const;
    double xOf(double seconds) const;
    double yOf(double value) const;
    double top() const { return top_; } // of the axis
    // What the box at the crosshair says, a line each; empty without a crosshair.
    QStringList crosshairText() const;

signals:
    void logarithmicChanged();

protected:
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void layOut();
    void restyle();
    void redraw(); // axis and points
    void rescale(); // the axis for what is visible
    void remap(); // the points into the frame
    void mapInto(QLineSeries& series, const std::vector<QPointF>& points);
    double shareOf(double value) const; // 0 at the bottom of the axis, 1 at its top
    std::vector<double> valueSteps() const;
    double highest(bool withLimit) const;
    double lowestAbove0() const;
    void paintLimit(QPainter& painter) const;
    void paintCrosshair(QPainter& painter) const;
    void paintBox(QPainter& painter, double x) const;

    TimeWindow& window_;
    ChartData data_;
    std::set<std::string> hidden_;
    bool logarithmic_ = false;
    bool smooth_ = true; // few points
    double bottom_ = 0, top_ = 1;
    QRectF plot_;
    QTimer soon_; // the window moved: the data that follows redraws, or else this
    bool hovered_ = false; // the mouse is over this chart
    std::optional<QPointF> dragged_; // from where
    std::array<QLineSeries*, kMostLines> lines_{}, baselines_{};
};

} // namespace streamwright::gui
