// SPDX-License-Identifier: GPL-3.0-or-later
// RubberBand: selects what a frame touches; Shift adds to what was selected, Ctrl toggles. GUI thread.
#pragma once

#include <QSet>

#include "app/gui/canvas/canvas_gesture.h"
#include "app/gui/canvas/canvas_scene.h"

namespace streamwright::gui {

class RubberBand : public CanvasGesture {
public:
    RubberBand(CanvasScene& scene, const Pointer& pointer);

    void move(const Pointer& pointer) override;
    void release(const Pointer& pointer) override { move(pointer); }
    void cancel() override;
    void paint(QPainter& painter) override;

private:
    CanvasScene& scene_;
    const QPointF start_;
    const Selected before_;
    QRectF frame_;
};

} // namespace streamwright::gui
