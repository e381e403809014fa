// SPDX-License-Identifier: GPL-3.0-or-later
// MoveGesture: drags what is selected, snapped to the grid (Alt: freely), with lines where it is aligned with a neighbour.
// The items move at once, the document at the release: one step. A single unconnected node let go over an edge is put into
// it; nodes let go in a group's frame become its members, members let go beyond it leave it (Shift: neither). GUI thread.
#pragma once

#include <unordered_map>

#include "app/gui/canvas/canvas_gesture.h"
#include "app/gui/canvas/canvas_scene.h"
#include "app/gui/canvas/group_drop.h"
#include "app/gui/canvas/wire_drop.h"

namespace streamwright::gui {

class MoveGesture : public CanvasGesture {
public:
    // grabbed: the item under the cursor, selected.
    MoveGesture(CanvasScene& scene, QGraphicsItem& grabbed, const Pointer& pointer);

    void move(const Pointer& pointer) override;
    void release(const Pointer& pointer) override;
    void cancel() override;
    void paint(QPainter& painter) override;

private:
    void place(QPointF by);
    void findGuides();
    QString what() const; // for the undo menu

    CanvasScene& scene_;
    const QPointF start_;
    QPointF grabbedFrom_;
    QPointF by_;
    std::unordered_map<std::string, QPointF> nodes_; // where they began
    std::unordered_map<std::string, QPointF> comments_;
    std::vector<QGraphicsItem*> commentItems_;
    std::vector<QLineF> guides_;
    Pointer pointer_;
    GroupDrop groups_;
    std::optional<WireDrop> wire_; // of a single unconnected node
};

} // namespace streamwright::gui
