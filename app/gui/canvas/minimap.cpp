// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/minimap.h"

#include <QMouseEvent>
#include <QPainter>

#include "app/gui/canvas/node_painter.h"

namespace streamwright::gui {

Minimap::Minimap(CanvasView& view, QWidget* parent) : QWidget(parent), view_(view)
{
    setObjectName("minimap");
    setAccessibleName(tr("Minimap"));
    setToolTip(tr("The whole drawing: click or drag to go there"));
    setCursor(Qt::PointingHandCursor);
    resize(200, 130);
    later_.setSingleShot(true);
    later_.setInterval(100);
    connect(&later_, &QTimer::timeout, this, &Minimap::redraw);
    const auto soon = [this] {
        if (isVisible() && !later_.isActive()) later_.start();
    };
    for (const auto signal : {&CanvasScene::synced, &CanvasScene::nodesMoved, &CanvasScene::liveShown})
        connect(&view.canvas(), signal, this, soon);
    connect(&view.canvas().workbench().selection, &Selection::changed, this, soon);
    connect(&Theme::instance(), &Theme::changed, this, &Minimap::redraw);
    connect(&view, &CanvasView::viewChanged, this, [this] { update(); });
}

void Minimap::placeInCorner()
{
    const QSize room = parentWidget()->size();
    const int across = std::clamp(std::min(room.width() / 6, room.height() / 4 * 20 / 13), 60, 220);
    if (across != width()) {
        resize(across, across * 13 / 20);
        later_.start();
    }
    move(room.width() - width() - 12, room.height() - height() - 12);
}

QPointF Minimap::toScene(QPointF at) const { return shown_.topLeft() + at / scale_; }
QPointF Minimap::fromScene(QPointF at) const { return (at - shown_.topLeft()) * scale_; }

void Minimap::redraw()
{
    if (!isVisible()) return;
    CanvasScene& scene = view_.canvas();
    QRectF all = scene.drawingRect();
    if (all.isEmpty()) all = QRectF(-400, -300, 800, 600);
    all.adjust(-all.width() * 0.06 - 60, -all.height() * 0.06 - 60, all.width() * 0.06 + 60, all.height() * 0.06 + 60);
    scale_ = std::min(width() / all.width(), height() / all.height());
    const QSizeF size = QSizeF(this->size()) / scale_;
    shown_ = QRectF(all.center() - QPointF(size.width() / 2, size.height() / 2), size);

    drawing_ = QPixmap(this->size() * devicePixelRatio());
    drawing_.setDevicePixelRatio(devicePixelRatio());
    drawing_.fill(colour(Theme::Surface));
    QPainter painter(&drawing_);
    for (const auto& [id, item] : scene.nodes()) {
        if (!item->isVisible()) continue;
        QRectF card(fromScene(item->card().topLeft()), item->card().size() * scale_);
        card.setSize(card.size().expandedTo(QSizeF(2, 2)));
        painter.fillRect(card, item->isSelected() ? colour(Theme::Accent) : scene.flatColour(*item));
    }
    update();
}

void Minimap::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.drawPixmap(0, 0, drawing_);
    const QRectF visible = view_.visibleRect();
    QRectF frame(fromScene(visible.topLeft()), visible.size() * scale_);
    frame = frame.intersected(QRectF(rect()).adjusted(1, 1, -1, -1));
    QColor ink = colour(Theme::Accent);
    painter.setPen(QPen(ink, 1.5));
    ink.setAlphaF(0.12F);
    painter.setBrush(ink);
    painter.drawRect(frame);
    painter.setPen(colour(Theme::Border));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void Minimap::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) view_.centreOn(toScene(event->position()));
}

void Minimap::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton) view_.centreOn(toScene(event->position()));
}

void Minimap::showEvent(QShowEvent*)
{
    placeInCorner();
    redraw();
}

} // namespace streamwright::gui
