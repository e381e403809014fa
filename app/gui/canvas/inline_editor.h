// SPDX-License-Identifier: GPL-3.0-or-later
// Editing in place on the canvas: a field over the thing, for a node's name, a note's text, a group's title. Return (in a
// note Ctrl+Return) or a click elsewhere takes what is written, Escape leaves it. One step of undo each. GUI thread.
#pragma once

#include <QGraphicsView>

#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

// Rects are of the scene.
void editNodeName(Workbench& workbench, QGraphicsView& view, const std::string& node, const QRectF& card);
void editNoteText(Workbench& workbench, QGraphicsView& view, const std::string& comment);
void editGroupTitle(Workbench& workbench, QGraphicsView& view, const std::string& group, const QRectF& title);

} // namespace streamwright::gui
