// SPDX-License-Identifier: GPL-3.0-or-later
// TimeLine: the whole run as a strip at the foot of the monitor: drag the handle back to see canvas, edges and charts as
// they were then; events are marks on it. Wheel zooms, double-click shows all of it. Seconds of the run. GUI thread.
#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "app/session/series.h"

namespace streamwright::gui {

// How an event looks and what its kind is called.
QColor eventColour(TimelineEvent::Kind kind);
QString eventName(TimelineEvent::Kind kind);
void paintEventMark(QPainter& painter, TimelineEvent::Kind kind, const QPointF& middle, double size);

class TimeLine : public QWidget {
    Q_OBJECT
public:
    struct Mark {
        double seconds = 0;
        TimelineEvent event;
    };

    explicit TimeLine(QWidget* parent = nullptr);

    void setEnd(double seconds);
    void setMarks(std::vector<Mark> marks);
    // What the charts show, as a frame.
    void setShown(double from, double to);
    void setMoment(std::optional<double> seconds); // none = live
    std::optional<double> moment() const { return moment_; }
    double xOf(double seconds) const;
    double secondsAt(double x) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {sizeHint().width() / 3, sizeHint().height()}; }

signals:
    void momentWanted(std::optional<double> seconds);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    QRectF strip() const;
    void want(double seconds);
    void showAll();
    const Mark* markAt(const QPoint& at) const;

    double end_ = 0;
    double from_ = 0, to_ = 60; // of the run: what the strip shows
    bool zoomed_ = false, dragged_ = false;
    double shownFrom_ = 0, shownTo_ = 0;
    std::vector<Mark> marks_;
    std::optional<double> moment_;
};

} // namespace streamwright::gui
