// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/canvas_view.h"

#include <QGestureEvent>
#include <QHelpEvent>
#include <QPinchGesture>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>
#include <cmath>

#include "app/gui/canvas/canvas_tips.h"
#include "app/gui/canvas/overview.h"

namespace streamwright::gui {

namespace {

constexpr double kSmallestZoom = 0.02, kLargestZoom = 4;
constexpr int kMargin = 40; // around what is brought into sight
// Far more than any drawing: so much can be scrolled over.
constexpr QRectF kWorld(-1e6, -1e6, 2e6, 2e6);

} // namespace

CanvasView::CanvasView(CanvasScene& scene, QWidget* parent) : QGraphicsView(&scene, parent), scene_(scene)
{
    setObjectName("canvas");
    setAccessibleName(tr("Canvas"));
    setAccessibleDescription(
        tr("Tab and the arrow keys walk the drawing, E its edges, C connects, Enter opens the form"));
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
        // A gesture holds on to what may be gone now.
        pressedItem_ = nullptr;
        pressed_.reset();
        gesture_.reset();
        drop_.reset();
        if (fitWanted_ && isVisible()) fit(scene_.drawingRect());
        if (isVisible()) fitWanted_ = false;
        freshen();
        viewport()->update();
    });
    connect(&scene, &CanvasScene::liveShown, this, &CanvasView::freshen);
    connect(this, &CanvasView::viewChanged, this, &CanvasView::freshen);
    connect(&scene.workbench().selection, &Selection::changed, this, &CanvasView::showFocus);
    setAcceptDrops(true);
    viewport()->setAcceptDrops(true);
    centerOn(0, 0);
}

CanvasView::~CanvasView() = default;

void CanvasView::freshen()
{
    if (isOverview())
        viewport()->update();
    else
        scene_.freshen(visibleRect());
}

void CanvasView::paintEvent(QPaintEvent* event)
{
    if (!isOverview()) {
        QGraphicsView::paintEvent(event);
        return;
    }
    const QRectF exposed = mapToScene(event->rect()).boundingRect();
    QPainter painter(viewport());
    painter.setTransform(viewportTransform());
    drawBackground(&painter, exposed);
    paintOverview(painter, scene_, exposed);
    drawForeground(&painter, exposed);
}

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
    const double across = std::max(1, viewport()->width() - 2 * kMargin) / rect.width();
    const double down = std::max(1, viewport()->height() - 2 * kMargin) / rect.height();
    setZoom(std::min({across, down, 1.0}));
    centerOn(rect.center());
    emit viewChanged();
}

void CanvasView::fitDrawing()
{
    const QRectF selected = scene_.selectionRect();
    fit(selected.isEmpty() ? scene_.drawingRect() : selected);
}

void CanvasView::reveal(const QRectF& rect)
{
    if (!visibleRect().contains(rect)) ensureVisible(rect, kMargin, kMargin);
}

void CanvasView::centreOn(QPointF at)
{
    centerOn(at);
    emit viewChanged();
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
    if (drop_) drop_->paint(*painter);
    const Pipeline& pipeline = scene_.workbench().document.pipeline();
    if (!pipeline.nodes.empty() || !pipeline.comments.empty()) return;
    painter->save();
    painter->resetTransform();
    painter->setPen(colour(Theme::TextMuted));
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    painter->setFont(large);
    painter->drawText(viewport()->rect(), Qt::AlignCenter, tr("Drag a producer here, or press Tab"));
    painter->restore();
}

void CanvasView::tip(QHelpEvent& event)
{
    const QPointF at = mapToScene(event.pos());
    const auto [portNode, port] = scene_.portAt(at);
    const QGraphicsItem* item = itemUnder(at);
    tipped_.clear();
    if (port) {
        QToolTip::showText(event.globalPos(), portTip(scene_, *portNode, *port), viewport());
    } else if (item && item->type() == kEdgeItem) {
        QToolTip::showText(event.globalPos(), edgeTip(scene_, static_cast<const EdgeItem&>(*item)), viewport());
    } else if (item && item->type() == kNodeItem) {
        tipped_ = itemId(*item);
        QToolTip::showText(event.globalPos(), nodeTip(scene_, static_cast<const NodeItem&>(*item), {}), viewport());
        explain(event.globalPos());
    } else {
        QToolTip::hideText();
    }
}

// The engine says more a moment later: keys and what would help.
void CanvasView::explain(QPoint global)
{
    RunBridge& run = scene_.workbench().run;
    run.ask(
        this,
        [&registry = scene_.workbench().document.registry(), id = tipped_, moment = run.moment()](Engine& engine) {
            return std::pair(id, explainNode(engine, registry, id, moment).lines);
        },
        [this, global](const std::pair<std::string, std::vector<std::string>>& answer) {
            const NodeItem* item = scene_.node(answer.first);
            if (item && answer.first == tipped_ && QToolTip::isVisible() && !answer.second.empty())
                QToolTip::showText(global, nodeTip(scene_, *item, answer.second), viewport());
        });
}

bool CanvasView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave && !gesture_) hover({1e9, 1e9});
    if (event->type() == QEvent::ToolTip) {
        tip(*static_cast<QHelpEvent*>(event));
        return true;
    }
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
