// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/rubber_band.h"

namespace streamwright::gui {

namespace {

void merge(std::set<std::string>& wanted, const std::set<std::string>& before, Qt::KeyboardModifiers modifiers)
{
    if (modifiers & Qt::ControlModifier) {
        for (const std::string& id : before)
            if (!wanted.erase(id)) wanted.insert(id);
    } else if (modifiers & Qt::ShiftModifier) {
        wanted.insert(before.begin(), before.end());
    }
}

} // namespace

RubberBand::RubberBand(CanvasScene& scene, const Pointer& pointer)
    : scene_(scene),
      start_(pointer.at),
      before_(scene.workbench().selection.get()),
      frame_(start_, start_)
{
}

void RubberBand::move(const Pointer& pointer)
{
    frame_ = QRectF(start_, pointer.at).normalized();
    Selected wanted;
    for (const QGraphicsItem* item : scene_.items(frame_, Qt::IntersectsItemShape)) {
        switch (item->type()) {
        case kNodeItem:
            wanted.nodes.insert(itemId(*item));
            break;
        case kEdgeItem: // an edge is meant when all of it is in the frame
            if (frame_.contains(static_cast<const EdgeItem*>(item)->from()) &&
                frame_.contains(static_cast<const EdgeItem*>(item)->to()))
                wanted.edges.insert(itemId(*item));
            break;
        case kCommentItem:
            wanted.comments.insert(itemId(*item));
            break;
        case kGroupItem:
            if (frame_.contains(item->sceneBoundingRect())) wanted.groups.insert(itemId(*item));
            break;
        default:
            break;
        }
    }
    merge(wanted.nodes, before_.nodes, pointer.modifiers);
    merge(wanted.edges, before_.edges, pointer.modifiers);
    merge(wanted.comments, before_.comments, pointer.modifiers);
    merge(wanted.groups, before_.groups, pointer.modifiers);
    scene_.workbench().selection.set(std::move(wanted));
}

void RubberBand::cancel() { scene_.workbench().selection.set(before_); }

void RubberBand::paint(QPainter& painter)
{
    QColor ground = colour(Theme::Accent);
    QPen pen(ground, 1);
    pen.setCosmetic(true);
    ground.setAlphaF(0.12F);
    painter.setPen(pen);
    painter.setBrush(ground);
    painter.drawRect(frame_);
}

} // namespace streamwright::gui
