// SPDX-License-Identifier: GPL-3.0-or-later
// CanvasGesture: something that a person does with a mouse button held down. The view makes one at the press, feeds it and
// drops it after release or cancel. GUI thread.
#pragma once

#include <QPainter>
#include <QPointF>

namespace streamwright::gui {

struct Pointer {
    QPointF at; // in the scene
    QPoint inViewport;
    Qt::KeyboardModifiers modifiers;
};

class CanvasGesture {
public:
    virtual ~CanvasGesture() = default;
    virtual void move(const Pointer& pointer) = 0;
    virtual void release(const Pointer& pointer) = 0;
    virtual void cancel() = 0; // everything is as before
    virtual void paint(QPainter&) { } // above all items, in the scene's coordinates
};

} // namespace streamwright::gui
