// SPDX-License-Identifier: GPL-3.0-or-later
// The drawing from afar: thousands of nodes and edges as flat shapes, painted in a few strokes instead of item by item.
// GUI thread.
#pragma once

#include "app/gui/canvas/canvas_scene.h"

namespace streamwright::gui {

// painter: in the scene's coordinates.
void paintOverview(QPainter& painter, const CanvasScene& scene, const QRectF& exposed);

} // namespace streamwright::gui
