// SPDX-License-Identifier: GPL-3.0-or-later
// Layered layout (after Sugiyama): sources at the left, every edge to the right where the drawing has no circle, few
// crossings, short edges. Deterministic: the same drawing gives the same places. Any thread.
#pragma once

#include <map>
#include <set>
#include <string>

#include "app/session/arrange.h"

namespace streamwright {

struct LayoutGaps {
    double between = 100; // layers, side by side
    double within = 40; // a layer, one above the other
};

// Places of the nodes (all when empty), the upper left of the whole where it was (0, 0 when nothing had a place).
std::map<std::string, Point> autoLayout(const Pipeline& pipeline, const std::set<std::string>& nodes,
                                        const ExtentOf& extentOf, const LayoutGaps& gaps = {});
// autoLayout as a change, on the grid.
void layOut(Pipeline& pipeline, const std::set<std::string>& nodes, const ExtentOf& extentOf);

// Where every node is to be drawn: its place in the layout, and for those without one a place beside the others.
std::map<std::string, Point> placesOf(const Pipeline& pipeline, const ExtentOf& extentOf);

} // namespace streamwright
