// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/kind_drop.h"

#include "app/gui/canvas/cursor_label.h"
#include "app/gui/canvas/node_adder.h"

namespace streamwright::gui {

KindDrop::KindDrop(CanvasScene& scene, std::string kind)
    : scene_(scene),
      kind_(std::move(kind)),
      wire_(scene, [this](const std::string& edge) { return kindFitsEdge(scene_.workbench().document, kind_, edge); }),
      groups_(scene, {})
{
}

void KindDrop::move(const Pointer& pointer)
{
    pointer_ = pointer;
    wire_.follow({pointer.at - QPointF(kNodeWidth / 2, kNodeHeight / 2), QSizeF(kNodeWidth, kNodeHeight)});
    groups_.follow(pointer.at);
}

void KindDrop::release(const Pointer& pointer)
{
    move(pointer);
    const QString refusal = wire_.refusal();
    addNodeAt(scene_.workbench(), kind_, pointer.at, {wire_.edge(), groups_.group()});
    if (!refusal.isEmpty()) emit scene_.workbench().message(refusal);
}

void KindDrop::paint(QPainter& painter)
{
    if (!wire_.refusal().isEmpty())
        paintCursorLabel(painter, pointer_.inViewport, wire_.refusal(), colour(Theme::Failing));
}

} // namespace streamwright::gui
