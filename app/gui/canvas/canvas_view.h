// SPDX-License-Identifier: GPL-3.0-or-later
// CanvasView: looks at the scene: pan, zoom, grid, and which gesture a press of the mouse begins. Owned by CanvasPanel.
// GUI thread.
#pragma once

#include <QGraphicsView>
#include <memory>

#include "app/gui/canvas/canvas_gesture.h"
#include "app/gui/canvas/canvas_scene.h"
#include "app/gui/canvas/kind_drop.h"
#include "app/gui/canvas/wiring_tool.h"

namespace streamwright::gui {

class CanvasView : public QGraphicsView {
    Q_OBJECT
public:
    explicit CanvasView(CanvasScene& scene, QWidget* parent = nullptr);
    ~CanvasView() override;

    CanvasScene& canvas() { return scene_; }
    double zoom() const { return transform().m11(); }
    void setZoom(double zoom); // the middle stays
    void zoomAt(double factor, QPoint inViewport);
    void fit(const QRectF& rect); // all of it in sight, never larger than 1:1
    void fitDrawing(); // the selection, if there is any, else everything
    void reveal(const QRectF& rect); // scrolls only when it is not in sight
    void centreOn(QPointF at);
    QRectF visibleRect() const; // in the scene
    QPointF cursorPlace() const; // of the mouse in the scene, or the middle of the view when it is elsewhere

    const KindDrop* drop() const { return drop_.get(); } // what is dragged in from the palette; null = nothing
    void setGridVisible(bool visible);
    void begin(std::unique_ptr<CanvasGesture> gesture);
    void cancelGesture();
    bool inGesture() const { return gesture_ != nullptr; }

signals:
    void viewChanged(); // another part is visible, or at another zoom
    void quickAddWanted(QPointF at); // in the scene
    void openWanted(const QString& nodeOrEdge); // by a double-click
    void wireDropped(const streamwright::gui::HeldWire& held, QPointF at); // a new wire, over nothing
    void menuWanted(QGraphicsItem* item, QPoint global); // item: null on the empty canvas

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool) override { return false; } // Tab walks the graph
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    bool viewportEvent(QEvent* event) override;

private:
    bool isOverview() const { return zoom() < kFlatZoom; }
    void freshen();
    Pointer pointer(QPoint inViewport, Qt::KeyboardModifiers modifiers) const;
    void select(QGraphicsItem* item, Qt::KeyboardModifiers modifiers);
    void hover(QPointF at);
    void click();
    std::unique_ptr<CanvasGesture> dragFrom(const Pointer& pressed);
    std::optional<HeldWire> wireAt(QPointF at) const; // that a drag from there would hold
    bool walkByKey(int key, Qt::KeyboardModifiers modifiers);
    void nudge(QPointF by);
    void showFocus();
    void tip(QHelpEvent& event);
    void explain(QPoint global);
    QGraphicsItem* itemUnder(QPointF at) const;

    CanvasScene& scene_;
    std::unique_ptr<CanvasGesture> gesture_;
    std::unique_ptr<KindDrop> drop_;
    std::optional<Pointer> pressed_; // the button is down and may become a drag
    QGraphicsItem* pressedItem_ = nullptr;
    bool passing_ = false; // the items themselves handle this press
    bool spaceDown_ = false;
    bool gridVisible_ = true;
    bool fitWanted_ = false; // as soon as the view has a size
    std::string hoveredNode_, hoveredEdge_, focusedNode_;
    std::string walkedFrom_; // the node whose edges the key E goes through
    std::string tipped_;
};

} // namespace streamwright::gui
