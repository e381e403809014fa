// SPDX-License-Identifier: GPL-3.0-or-later
// CanvasBar: the few actions that a hand on the mouse wants while drawing, over the lower left corner of the canvas. Owned
// by the view; GUI thread.
#pragma once

#include <QAction>
#include <QFrame>

namespace streamwright::gui {

class CanvasBar : public QFrame {
    Q_OBJECT
public:
    // A null action is a gap.
    CanvasBar(const QList<QAction*>& actions, QWidget* parent);

    void placeInCorner();

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace streamwright::gui
