// SPDX-License-Identifier: GPL-3.0-or-later
// Where the keyboard goes on the canvas: along the edges with left and right, among neighbours with up and down, through
// everything with Tab. GUI thread.
#pragma once

#include "app/gui/canvas/canvas_scene.h"

namespace streamwright::gui {

enum class Walk { Left, Right, Up, Down, Next, Previous };

// The node to go to; "" when there is none that way. from: "" = from nowhere.
std::string walkFrom(const CanvasScene& scene, const std::string& from, Walk walk);
// The next edge at a node, in the order they stand around it: of the edge selected before, or the first.
std::string nextEdgeAt(const CanvasScene& scene, const std::string& node, const std::string& before);

} // namespace streamwright::gui
