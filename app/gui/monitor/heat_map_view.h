// SPDX-License-Identifier: GPL-3.0-or-later
// HeatMapView: the load of every part of a node (a row each, by hash range) over time: colour = share of the limit, a
// notch = throttled. Rows are put together where there are more than pixels; the hottest of them shows. GUI thread.
#pragma once

#include <QImage>
#include <QWidget>
#include <optional>

#include "app/gui/monitor/time_window.h"
#include "app/session/series.h"

namespace streamwright::gui {

class HeatMapView : public QWidget {
    Q_OBJECT
public:
    explicit HeatMapView(TimeWindow& window, QWidget* parent = nullptr);

    struct Cell {
        std::size_t row = 0, column = 0; // of the map
        bool operator==(const Cell&) const = default;
    };

    void setMap(HeatMap map, Time runStart);
    const HeatMap& map() const { return map_; }
    QRectF plotRect() const;
    QRectF cellRect(const Cell& cell) const;
    std::optional<Cell> cellAt(const QPointF& at) const; // the hottest of those under one pixel
    QString describe(const Cell& cell) const; // "shardId-3, 0 .. 25 %, at 02:05: 104 % of its limit, throttled"
    void select(std::optional<Cell> cell);
    std::size_t columnsWanted() const;
    QSize minimumSizeHint() const override;

    // 0 = idle, 1 = at the limit.
    static QColor heatColour(double share);

signals:
    void cellChosen(const HeatMapView::Cell& cell);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Lane { // rows drawn as one
        std::size_t first = 0, last = 0; // [first, last)
    };
    void redraw();
    double secondsOf(std::size_t column) const;
    double xOf(double seconds) const;
    Lane laneOf(std::size_t lane) const;
    std::size_t laneCount() const;
    double labelWidth() const;
    void choose(const Cell& cell);
    void paintRowLabels(QPainter& painter) const;
    void paintTimes(QPainter& painter) const;
    void paintNotches(QPainter& painter) const;
    void paintReadout(QPainter& painter) const;

    TimeWindow& window_;
    HeatMap map_;
    Time runStart_{};
    QImage image_; // a pixel a cell
    std::vector<std::vector<bool>> throttled_; // by lane and column
    // By name and time, for the map moves under it.
    struct Chosen {
        std::string part;
        Time time{};
    };
    std::optional<Chosen> chosen_;
    std::optional<QPointF> mouse_;
    qsizetype sharedLabel_ = 0; // letters that the labels of all rows begin with: left out beside the rows
};

} // namespace streamwright::gui
