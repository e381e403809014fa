// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/canvas_view.h"

#include <QApplication>
#include <QMouseEvent>
#include <QScrollBar>
#include <cmath>

#include "app/gui/canvas/move_gesture.h"
#include "app/gui/canvas/rubber_band.h"

namespace streamwright::gui {

namespace {

constexpr double kSmallestZoom = 0.02, kLargestZoom = 4;
// Far more than any drawing: so much can be scrolled over.
constexpr QRectF kWorld(-1e6, -1e6, 2e6, 2e6);

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

} // namespace

CanvasView::CanvasView(CanvasScene& scene, QWidget* parent) : QGraphicsView(&scene, parent), scene_(scene)
{
    setObjectName("canvas");
    setAccessibleName(tr("Canvas"));
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSceneRect(kWorld);
    setTransformationAnchor(NoAnchor);
    setResizeAnchor(AnchorViewCenter);
    setOptimizationFlags(DontSavePainterState | DontAdjustForAntialiasing);
    setViewportUpdateMode(SmartViewportUpdate);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->grabGesture(Qt::PinchGesture);
    connect(&scene.workbench().document, &DocumentModel::opened, this, [this] {
        cancelGesture();
        fitWanted_ = true;
    });
    connect(&scene, &CanvasScene::synced, this, [this] {
        pressedItem_ = nullptr;
        if (fitWanted_ && isVisible()) fit(scene_.drawingRect());
        if (isVisible()) fitWanted_ = false;
        scene_.freshen(visibleRect());
        viewport()->update();
    });
    connect(&scene, &CanvasScene::liveShown, this, [this] { scene_.freshen(visibleRect()); });
    connect(this, &CanvasView::viewChanged, this, [this] { scene_.freshen(visibleRect()); });
    centerOn(0, 0);
}

CanvasView::~CanvasView() = default;

QRectF CanvasView::visibleRect() const { return mapToScene(viewport()->rect()).boundingRect(); }

QPointF CanvasView::cursorPlace() const
{
    const QPoint at = viewport()->mapFromGlobal(QCursor::pos());
    return viewport()->rect().contains(at) ? mapToScene(at) : visibleRect().center();
}

void CanvasView::zoomAt(double factor, QPoint inViewport)
{
    const double wanted = std::clamp(zoom() * factor, kSmallestZoom, kLargestZoom);
    if (wanted == zoom()) return;
    const QPointF before = mapToScene(inViewport);
    setTransform(QTransform::fromScale(wanted, wanted));
    const QPoint drift = mapFromScene(before) - inViewport;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + drift.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() + drift.y());
    emit viewChanged();
}

void CanvasView::setZoom(double zoom) { zoomAt(zoom / this->zoom(), viewport()->rect().center()); }

void CanvasView::fit(const QRectF& rect)
{
    if (rect.isEmpty()) {
        setZoom(1);
        centerOn(0, 0);
        return;
    }
    constexpr double kMargin = 40;
    const double across = std::max(1.0, viewport()->width() - 2 * kMargin) / rect.width();
    const double down = std::max(1.0, viewport()->height() - 2 * kMargin) / rect.height();
    setZoom(std::min({across, down, 1.0}));
    centerOn(rect.center());
    emit viewChanged();
}

void CanvasView::fitDrawing()
{
    const QRectF selected = scene_.selectionRect();
    fit(selected.isEmpty() ? scene_.drawingRect() : selected);
}

void CanvasView::show(const QRectF& rect)
{
    if (!visibleRect().contains(rect)) centerOn(rect.center());
}

void CanvasView::setGridVisible(bool visible)
{
    gridVisible_ = visible;
    viewport()->update();
}

Pointer CanvasView::pointer(QPoint inViewport, Qt::KeyboardModifiers modifiers) const
{
    return {mapToScene(inViewport), inViewport, modifiers};
}

void CanvasView::begin(std::unique_ptr<CanvasGesture> gesture)
{
    cancelGesture();
    gesture_ = std::move(gesture);
}

void CanvasView::cancelGesture()
{
    pressed_.reset();
    if (!gesture_) return;
    const std::unique_ptr<CanvasGesture> gesture = std::move(gesture_);
    gesture->cancel();
    viewport()->update();
}

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
        QGraphicsView::mousePressEvent(event);
        passing_ = scene_.mouseGrabberItem() != nullptr;
        if (passing_) return;
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
        (at.inViewport - pressed_->inViewport).manhattanLength() >= QApplication::startDragDistance()) {
        if (!pressedItem_)
            gesture_ = std::make_unique<RubberBand>(scene_, *pressed_);
        else if (pressedItem_->type() != kEdgeItem && pressedItem_->isSelected())
            gesture_ = std::make_unique<MoveGesture>(scene_, *pressedItem_, *pressed_);
    }
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
        // A click: only what is under it stays selected.
        Workbench& bench = scene_.workbench();
        if (!pressedItem_)
            bench.selection.clear();
        else if (pressedItem_->isSelected())
            scene_.selectOnly(*pressedItem_);
    }
    pressed_.reset();
    pressedItem_ = nullptr;
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
    if (node != hoveredNode_) {
        if (NodeItem* old = scene_.node(hoveredNode_)) {
            old->look().hovered = false;
            old->markPorts(PortMark::None);
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

void CanvasView::wheelEvent(QWheelEvent* event)
{
    const QPoint turned = event->angleDelta();
    if (event->modifiers() & Qt::ControlModifier) {
        zoomAt(std::pow(1.0015, turned.y()), event->position().toPoint());
    } else {
        QPoint by = event->pixelDelta().isNull() ? turned / 2 : event->pixelDelta();
        if (event->modifiers() & Qt::ShiftModifier) by = {by.y() + by.x(), 0};
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - by.x());
        verticalScrollBar()->setValue(verticalScrollBar()->value() - by.y());
    }
    event->accept();
}

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
    } else {
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

void CanvasView::focusOutEvent(QFocusEvent* event)
{
    spaceDown_ = false;
    if (!gesture_) viewport()->unsetCursor();
    QGraphicsView::focusOutEvent(event);
}

void CanvasView::showEvent(QShowEvent* event)
{
    QGraphicsView::showEvent(event);
    if (std::exchange(fitWanted_, false)) fit(scene_.drawingRect());
}

void CanvasView::resizeEvent(QResizeEvent* event)
{
    QGraphicsView::resizeEvent(event);
    emit viewChanged();
}

void CanvasView::scrollContentsBy(int dx, int dy)
{
    QGraphicsView::scrollContentsBy(dx, dy);
    emit viewChanged();
}

void CanvasView::drawBackground(QPainter* painter, const QRectF& rect)
{
    painter->fillRect(rect, colour(Theme::Canvas));
    if (!gridVisible_ || zoom() < 0.1) return;
    const double step = zoom() < 0.4 ? 5 * kGridStep : kGridStep;
    static QList<QPointF> dots;
    dots.clear();
    for (double y = std::floor(rect.top() / step) * step; y <= rect.bottom(); y += step)
        for (double x = std::floor(rect.left() / step) * step; x <= rect.right(); x += step)
            dots.append({x, y});
    QPen pen(colour(Theme::CanvasGrid), 2);
    pen.setCosmetic(true);
    painter->setPen(pen);
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->drawPoints(dots.constData(), static_cast<int>(dots.size()));
}

void CanvasView::drawForeground(QPainter* painter, const QRectF&)
{
    painter->setRenderHint(QPainter::Antialiasing);
    if (gesture_) gesture_->paint(*painter);
    if (!scene_.items().isEmpty()) return;
    painter->save();
    painter->resetTransform();
    painter->setPen(colour(Theme::TextMuted));
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    painter->setFont(large);
    painter->drawText(viewport()->rect(), Qt::AlignCenter, tr("Drag a producer here, or press Tab"));
    painter->restore();
}

bool CanvasView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave && !gesture_) hover({1e9, 1e9});
    if (event->type() == QEvent::Gesture) {
        auto* pinch = static_cast<QPinchGesture*>(static_cast<QGestureEvent*>(event)->gesture(Qt::PinchGesture));
        if (pinch) zoomAt(pinch->scaleFactor(), viewport()->mapFromGlobal(pinch->hotSpot().toPoint()));
        return true;
    }
    if (event->type() == QEvent::NativeGesture) {
        const auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture)
            zoomAt(1 + gesture->value(), gesture->position().toPoint());
        return true;
    }
    return QGraphicsView::viewportEvent(event);
}

} // namespace streamwright::gui
