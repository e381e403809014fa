// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/canvas_panel.h"

namespace streamwright::gui {

CanvasPanel::CanvasPanel(Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) { }

QList<QAction*> CanvasPanel::editActions() const { return {}; }
QList<QAction*> CanvasPanel::arrangeActions() const { return {}; }
QList<QAction*> CanvasPanel::viewActions() const { return {}; }
void CanvasPanel::paintDrawing(QPainter&, const QRectF&) { }

} // namespace streamwright::gui
