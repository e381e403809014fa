// SPDX-License-Identifier: GPL-3.0-or-later
// MoveGesture: drags what is selected, snapped to the grid (Alt: freely), with lines where it is aligned with a neighbour.
// The items move at once, the document at the release: one step. A single unconnected node let go over an edge is put into
// it. GUI thread.
#pragma once

#include <unordered_map>

#include "app/gui/canvas/canvas_gesture.h"
#include "app/gui/canvas/canvas_scene.h"

namespace streamwright::gui {

class MoveGesture : public CanvasGesture {
public:
    // grabbed: the item under the cursor, selected.
    MoveGesture(CanvasScene& scene, QGraphicsItem& grabbed, const Pointer& pointer);
    ~MoveGesture() override;

    void move(const Pointer& pointer) override;
    void release(const Pointer& pointer) override;
    void cancel() override;
    void paint(QPainter& painter) override;

private:
    void place(QPointF by);
    void findGuides();
    void findSplice();

    CanvasScene& scene_;
    const QPointF start_;
    QPointF grabbedFrom_;
    QPointF by_;
    std::unordered_map<std::string, QPointF> nodes_; // where they began
    std::unordered_map<std::string, QPointF> comments_;
    std::vector<QGraphicsItem*> commentItems_;
    std::vector<QLineF> guides_;
    std::string splice_; // the edge that the node would be put into
};

} // namespace streamwright::gui
