// SPDX-License-Identifier: GPL-3.0-or-later
// What the search popup offers over the canvas: kinds to add, and what the selected node or edge can be connected to.
// GUI thread.
#pragma once

#include "app/gui/canvas/search_popup.h"
#include "app/gui/canvas/wiring_tool.h"

namespace streamwright::gui {

// Every kind; taking one adds it there.
std::vector<SearchEntry> kindEntries(CanvasScene& scene, QPointF centre);
// Only those that a wire fits to; taking one adds it at the wire's end.
std::vector<SearchEntry> fittingKindEntries(Workbench& bench, const HeldWire& held, QPointF end);
// For the keyboard: every port that an edge of the node could go to, then the kinds that could be added to it.
std::vector<SearchEntry> connectionEntries(CanvasScene& scene, const std::string& node);
// Every port that one of the edge's ends could go to instead.
std::vector<SearchEntry> reconnectionEntries(CanvasScene& scene, const std::string& edge);

} // namespace streamwright::gui
