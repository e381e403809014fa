// SPDX-License-Identifier: GPL-3.0-or-later
// Minimap: the whole drawing, small, over the lower right corner of the canvas, with the part in sight as a frame that can
// be clicked and dragged. Owned by the canvas panel; GUI thread.
#pragma once

#include <QPixmap>
#include <QTimer>
#include <QWidget>

#include "app/gui/canvas/canvas_view.h"

namespace streamwright::gui {

class Minimap : public QWidget {
    Q_OBJECT
public:
    Minimap(CanvasView& view, QWidget* parent);

    void placeInCorner(); // of the parent
    QPointF toScene(QPointF at) const;
    QPointF fromScene(QPointF at) const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void redraw();

    CanvasView& view_;
    QTimer later_; // changes, gathered
    QPixmap drawing_;
    QRectF shown_; // the part of the scene that the map shows
    double scale_ = 1;
};

} // namespace streamwright::gui
