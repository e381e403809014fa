// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/canvas_actions.h"

namespace streamwright::gui {

CanvasActions::CanvasActions(Workbench& workbench, QGraphicsView* view, NodeRect nodeRect, QObject* parent)
    : QObject(parent),
      workbench_(workbench),
      view_(view),
      nodeRect_(std::move(nodeRect)),
      snap_(new QAction(tr("Snap to grid"), this))
{
}

QMenu* CanvasActions::contextMenu(const CanvasTarget&) { return new QMenu; }
void CanvasActions::renameNode(const std::string&) { }
bool CanvasActions::eventFilter(QObject* watched, QEvent* event) { return QObject::eventFilter(watched, event); }

} // namespace streamwright::gui
