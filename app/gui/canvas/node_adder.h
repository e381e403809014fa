// SPDX-License-Identifier: GPL-3.0-or-later
// Adding a node by hand: at a place, into an edge, or at the loose end of a wire; always one step of undo, the new node
// selected. GUI thread.
#pragma once

#include <QPointF>

#include "app/gui/canvas/wiring_tool.h"

namespace streamwright::gui {

inline constexpr const char* kKindMime = "application/x-streamwright-kind";

// What a new node becomes a part of; "" = nothing.
struct Surroundings {
    std::string edge; // its key; the node is put into it, when it fits
    std::string group;
};

// centre: of the new card. Returns its id.
std::string addNodeAt(Workbench& bench, const std::string& kind, QPointF centre, const Surroundings& into = {});
// At the loose end of a wire, joined with it.
std::string addNodeToWire(Workbench& bench, const std::string& kind, const HeldWire& held, QPointF end);
// Near the middle, where nothing else is.
std::string addNodeNear(Workbench& bench, const std::string& kind, QPointF middle);

// Whether a new node of the kind could be put into the edge; the problem says why not.
Result<void> kindFitsEdge(const DocumentModel& document, const std::string& kind, const std::string& edge);

} // namespace streamwright::gui
