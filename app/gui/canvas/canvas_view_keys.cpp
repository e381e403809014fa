// SPDX-License-Identifier: GPL-3.0-or-later
// CanvasView, the keyboard: walking the drawing, nudging, the focus ring.
#include <QAccessible>
#include <QKeyEvent>

#include "app/gui/canvas/canvas_access.h"
#include "app/gui/canvas/graph_walk.h"
#include "app/gui/canvas/node_faces.h"
#include "app/session/arrange.h"

namespace streamwright::gui {

namespace {

std::optional<Walk> walkOf(int key)
{
    switch (key) {
    case Qt::Key_Left:
        return Walk::Left;
    case Qt::Key_Right:
        return Walk::Right;
    case Qt::Key_Up:
        return Walk::Up;
    case Qt::Key_Down:
        return Walk::Down;
    case Qt::Key_Tab:
        return Walk::Next;
    case Qt::Key_Backtab:
        return Walk::Previous;
    default:
        return {};
    }
}

QPointF stepOf(Walk walk)
{
    switch (walk) {
    case Walk::Left:
        return {-kGridStep, 0};
    case Walk::Right:
        return {kGridStep, 0};
    case Walk::Up:
        return {0, -kGridStep};
    case Walk::Down:
        return {0, kGridStep};
    default:
        return {};
    }
}

} // namespace

void CanvasView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        spaceDown_ = true;
        viewport()->setCursor(Qt::OpenHandCursor);
    } else if (event->key() == Qt::Key_Escape) {
        if (gesture_)
            cancelGesture();
        else
            scene_.workbench().selection.clear();
    } else if (!walkByKey(event->key(), event->modifiers())) {
        QGraphicsView::keyPressEvent(event);
    }
}

void CanvasView::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        spaceDown_ = false;
        if (!gesture_) viewport()->unsetCursor();
    }
    QGraphicsView::keyReleaseEvent(event);
}

void CanvasView::focusInEvent(QFocusEvent* event)
{
    QGraphicsView::focusInEvent(event);
    showFocus();
}

void CanvasView::focusOutEvent(QFocusEvent* event)
{
    spaceDown_ = false;
    showFocus();
    if (!gesture_) viewport()->unsetCursor();
    QGraphicsView::focusOutEvent(event);
}

bool CanvasView::walkByKey(int key, Qt::KeyboardModifiers modifiers)
{
    Workbench& bench = scene_.workbench();
    const Selected& selected = bench.selection.get();
    const EdgeItem* edge =
        selected.edges.size() == 1 && selected.nodes.empty() ? scene_.edge(*selected.edges.begin()) : nullptr;
    const std::string node = scene_.currentNode();
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        if (!node.empty()) emit bench.propertyWanted(QString::fromStdString(node), {});
        if (edge) emit openWanted(QString::fromStdString(edge->key()));
        return !node.empty() || edge;
    }
    if (key == Qt::Key_E && !(modifiers & ~Qt::ShiftModifier)) {
        const std::string next = nextEdgeAt(scene_, edge ? walkedFrom_ : node, edge ? edge->key() : "");
        if (next.empty()) return false;
        if (!edge) walkedFrom_ = node;
        bench.selection.selectEdge(next);
        reveal(QRectF(scene_.edge(next)->from(), scene_.edge(next)->to()).normalized());
        return true;
    }
    const auto walk = walkOf(key);
    if (!walk) return false;
    if (modifiers & Qt::ControlModifier) {
        if (stepOf(*walk).isNull()) return false;
        nudge(stepOf(*walk));
        return true;
    }
    if (*walk == Walk::Next && selected.empty()) {
        emit quickAddWanted(cursorPlace());
        return true;
    }
    std::string next;
    if (edge)
        next = *walk == Walk::Left || *walk == Walk::Previous ? edge->fromNode() : edge->toNode();
    else
        next = walkFrom(scene_, node, *walk);
    if (const NodeItem* item = scene_.node(next)) {
        bench.selection.selectNode(next);
        reveal(item->card());
    }
    return true;
}

void CanvasView::nudge(QPointF by)
{
    const Selected selected = scene_.workbench().selection.get();
    if (selected.nodes.empty() && selected.comments.empty() && selected.groups.empty()) return;
    scene_.workbench().document.edit(
        tr("Nudge"),
        [&](Pipeline& pipeline) {
            setNodePlaces(pipeline, nodePlaces(pipeline));
            moveParts(pipeline, {selected.nodes, {}, selected.comments, selected.groups}, {by.x(), by.y()});
        },
        "nudge");
}

// A ring around the node that the keys act on.
void CanvasView::showFocus()
{
    const std::string now = hasFocus() ? scene_.currentNode() : "";
    if (now == focusedNode_) return;
    for (const std::string& id : {focusedNode_, now})
        if (NodeItem* item = scene_.node(id)) {
            item->look().focused = id == now;
            item->update();
        }
    focusedNode_ = now;
    if (now.empty() || !QAccessible::isActive()) return;
    QAccessibleEvent told(this, QAccessible::Focus);
    told.setChild(spokenIndex(scene_, now));
    QAccessible::updateAccessibility(&told);
}

} // namespace streamwright::gui
