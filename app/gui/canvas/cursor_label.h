// SPDX-License-Identifier: GPL-3.0-or-later
// The words beside the cursor while something is dragged: where it would go, or why it cannot. GUI thread.
#pragma once

#include <QPainter>

namespace streamwright::gui {

// at: of the cursor in the viewport. frame: the colour of what is said.
void paintCursorLabel(QPainter& painter, QPoint at, const QString& text, const QColor& frame);

} // namespace streamwright::gui
