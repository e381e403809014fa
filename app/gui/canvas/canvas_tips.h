// SPDX-License-Identifier: GPL-3.0-or-later
// What hovering over a node, an edge or a port tells: rich text. GUI thread.
#pragma once

#include "app/gui/canvas/canvas_scene.h"

namespace streamwright::gui {

QString stateWord(NodeState state);
// explanation: sentences of explainNode; empty = what the live view says.
QString nodeTip(CanvasScene& scene, const NodeItem& node, const std::vector<std::string>& explanation);
QString edgeTip(CanvasScene& scene, const EdgeItem& edge);
QString portTip(CanvasScene& scene, const NodeItem& node, const PortFace& port);

} // namespace streamwright::gui
