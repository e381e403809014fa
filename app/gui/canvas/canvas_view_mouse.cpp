// SPDX-License-Identifier: GPL-3.0-or-later
// CanvasView, the mouse: which gesture a press begins, hovering, and what is dragged in from the palette.
#include <QApplication>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QScrollBar>

#include "app/gui/canvas/canvas_view.h"
#include "app/gui/canvas/move_gesture.h"
#include "app/gui/canvas/node_adder.h"
#include "app/gui/canvas/rubber_band.h"

namespace streamwright::gui {

namespace {

class PanGesture : public CanvasGesture {
public:
    PanGesture(QGraphicsView& view, QPoint start) : view_(view), last_(start)
    {
        view.viewport()->setCursor(Qt::ClosedHandCursor);
    }
    ~PanGesture() override { view_.viewport()->unsetCursor(); }

    void move(const Pointer& pointer) override
    {
        const QPoint by = pointer.inViewport - last_;
        last_ = pointer.inViewport;
        view_.horizontalScrollBar()->setValue(view_.horizontalScrollBar()->value() - by.x());
        view_.verticalScrollBar()->setValue(view_.verticalScrollBar()->value() - by.y());
    }
    void release(const Pointer& pointer) override { move(pointer); }
    void cancel() override { }

private:
    QGraphicsView& view_;
    QPoint last_;
};

QString kindOf(const QMimeData& data) { return QString::fromUtf8(data.data(kKindMime)); }

} // namespace

QGraphicsItem* CanvasView::itemUnder(QPointF at) const
{
    const auto under = scene_.items(at, Qt::IntersectsItemShape, Qt::DescendingOrder);
    return under.isEmpty() ? nullptr : under.front();
}

void CanvasView::select(QGraphicsItem* item, Qt::KeyboardModifiers modifiers)
{
    if (modifiers & Qt::ControlModifier) {
        item->setSelected(!item->isSelected());
    } else if (modifiers & Qt::ShiftModifier) {
        item->setSelected(true);
    } else if (!item->isSelected()) {
        scene_.selectOnly(*item);
    }
}

void CanvasView::mousePressEvent(QMouseEvent* event)
{
    setFocus(Qt::MouseFocusReason);
    if (gesture_) return;
    if (event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && spaceDown_)) {
        begin(std::make_unique<PanGesture>(*this, event->pos()));
        return;
    }
    if (event->button() != Qt::LeftButton) return;
    const Pointer at = pointer(event->pos(), event->modifiers());
    pressedItem_ = itemUnder(at.at);
    if (pressedItem_ && pressedItem_->type() != kNodeItem && pressedItem_->type() != kEdgeItem) {
        Selection& selection = scene_.workbench().selection;
        const Selected selected = selection.get();
        QGraphicsView::mousePressEvent(event);
        passing_ = scene_.mouseGrabberItem() != nullptr;
        if (passing_) return;
        selection.set(selected); // the scene clears it at a press that nobody takes
    }
    pressed_ = at;
    if (pressedItem_ && (at.modifiers & (Qt::ControlModifier | Qt::ShiftModifier) || !pressedItem_->isSelected()))
        select(pressedItem_, at.modifiers);
}

void CanvasView::mouseMoveEvent(QMouseEvent* event)
{
    if (passing_) {
        QGraphicsView::mouseMoveEvent(event);
        return;
    }
    const Pointer at = pointer(event->pos(), event->modifiers());
    if (pressed_ && !gesture_ &&
        (at.inViewport - pressed_->inViewport).manhattanLength() >= QApplication::startDragDistance())
        gesture_ = dragFrom(*pressed_);
    if (gesture_) {
        gesture_->move(at);
        viewport()->update();
    } else if (!event->buttons()) {
        hover(at.at);
        QGraphicsView::mouseMoveEvent(event);
    }
}

void CanvasView::mouseReleaseEvent(QMouseEvent* event)
{
    if (passing_) {
        passing_ = false;
        QGraphicsView::mouseReleaseEvent(event);
        return;
    }
    const Pointer at = pointer(event->pos(), event->modifiers());
    if (gesture_) {
        const std::unique_ptr<CanvasGesture> gesture = std::move(gesture_);
        gesture->release(at);
        viewport()->update();
    } else if (pressed_ && !(at.modifiers & (Qt::ControlModifier | Qt::ShiftModifier))) {
        click();
    }
    pressed_.reset();
    pressedItem_ = nullptr;
}

// Only what is under it stays selected.
void CanvasView::click()
{
    if (!pressedItem_)
        scene_.workbench().selection.clear();
    else if (pressedItem_->isSelected())
        scene_.selectOnly(*pressedItem_);
}

std::unique_ptr<CanvasGesture> CanvasView::dragFrom(const Pointer& pressed)
{
    if (const auto wire = wireAt(pressed.at))
        return std::make_unique<WiringTool>(
            scene_, *wire, visibleRect(), pressed,
            [this](const HeldWire& held, const Pointer& pointer) { emit wireDropped(held, pointer.at); });
    if (!pressedItem_) return std::make_unique<RubberBand>(scene_, pressed);
    if (pressedItem_->isSelected()) return std::make_unique<MoveGesture>(scene_, *pressedItem_, pressed);
    return nullptr;
}

std::optional<HeldWire> CanvasView::wireAt(QPointF at) const
{
    if (zoom() < kFlatZoom) return {};
    const auto heldBy = [](const EdgeItem& edge, bool moveBegin) {
        return moveBegin ? HeldWire{{edge.toNode(), edge.toPort()}, true, edge.key()}
                         : HeldWire{{edge.fromNode(), edge.fromPort()}, false, edge.key()};
    };
    if (const auto [node, port] = scene_.portAt(at); port) {
        // At the end of the selected edge it is the edge that is grabbed.
        for (EdgeItem* edge : scene_.edgesOf(node->id()))
            if (edge->isSelected() && (port->isInput ? edge->toNode() : edge->fromNode()) == node->id() &&
                (port->isInput ? edge->toPort() : edge->fromPort()) == port->name)
                return heldBy(*edge, !port->isInput);
        return HeldWire{{node->id(), port->name}, port->isInput, {}};
    }
    if (pressedItem_ && pressedItem_->type() == kEdgeItem) {
        const auto& edge = static_cast<const EdgeItem&>(*pressedItem_);
        return heldBy(edge, QLineF(at, edge.from()).length() < QLineF(at, edge.to()).length());
    }
    return {};
}

void CanvasView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || spaceDown_) return;
    const QPointF at = mapToScene(event->pos());
    QGraphicsItem* item = itemUnder(at);
    if (!item)
        emit quickAddWanted(at);
    else if (item->type() == kNodeItem || item->type() == kEdgeItem)
        emit openWanted(QString::fromStdString(itemId(*item)));
    else
        QGraphicsView::mouseDoubleClickEvent(event);
}

void CanvasView::hover(QPointF at)
{
    QGraphicsItem* item = itemUnder(at);
    const std::string node = item && item->type() == kNodeItem ? itemId(*item) : "";
    const std::string edge = item && item->type() == kEdgeItem ? itemId(*item) : "";
    const auto [portNode, port] = scene_.portAt(at);
    const std::string portName = port ? port->name : "";
    const bool isInput = port && port->isInput;
    for (const std::string& id : {hoveredNode_, node})
        if (NodeItem* old = scene_.node(id); old && (old != portNode || !port)) old->markPorts(PortMark::None);
    if (port) {
        portNode->markPorts(PortMark::None);
        portNode->markPort(portName, isInput, PortMark::Hovered);
        viewport()->setCursor(Qt::CrossCursor);
    } else if (!spaceDown_) {
        viewport()->unsetCursor();
    }
    if (node != hoveredNode_) {
        if (NodeItem* old = scene_.node(hoveredNode_)) {
            old->look().hovered = false;
            old->update();
        }
        hoveredNode_ = node;
        if (NodeItem* now = scene_.node(node)) {
            now->look().hovered = true;
            now->update();
        }
    }
    if (edge != hoveredEdge_) {
        if (EdgeItem* old = scene_.edge(hoveredEdge_)) old->setMark(EdgeMark::None);
        hoveredEdge_ = edge;
        if (EdgeItem* now = scene_.edge(edge)) now->setMark(EdgeMark::Hovered);
    }
}

void CanvasView::contextMenuEvent(QContextMenuEvent* event)
{
    if (gesture_) return;
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const auto selected = scene_.selectedItems();
    QGraphicsItem* item =
        byKey ? (selected.isEmpty() ? nullptr : selected.front()) : itemUnder(mapToScene(event->pos()));
    emit menuWanted(item, byKey && item ? viewport()->mapToGlobal(mapFromScene(item->sceneBoundingRect().center()))
                                        : event->globalPos());
    event->accept();
}

void CanvasView::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasFormat(kKindMime)) event->acceptProposedAction();
}

void CanvasView::dragMoveEvent(QDragMoveEvent* event)
{
    if (!event->mimeData()->hasFormat(kKindMime)) return;
    event->acceptProposedAction();
    const std::string kind = kindOf(*event->mimeData()).toStdString();
    if (!drop_ || drop_->kind() != kind) drop_ = std::make_unique<KindDrop>(scene_, kind);
    drop_->move(pointer(event->position().toPoint(), event->modifiers()));
    viewport()->update();
}

void CanvasView::dragLeaveEvent(QDragLeaveEvent*)
{
    drop_.reset();
    viewport()->update();
}

void CanvasView::dropEvent(QDropEvent* event)
{
    if (!event->mimeData()->hasFormat(kKindMime)) return;
    const Pointer at = pointer(event->position().toPoint(), event->modifiers());
    std::unique_ptr<KindDrop> drop = std::move(drop_);
    if (!drop) drop = std::make_unique<KindDrop>(scene_, kindOf(*event->mimeData()).toStdString());
    drop->release(at);
    setFocus(Qt::MouseFocusReason);
    event->acceptProposedAction();
}

} // namespace streamwright::gui
