// SPDX-License-Identifier: GPL-3.0-or-later
// Places of nodes: moving, snapping, aligning, distributing. Plain functions on the value (inside Document::edit). Places
// are upper left corners, in the drawing's units. Any thread.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "app/session/pipeline_edits.h"

namespace streamwright {

constexpr double kGrid = 20; // what snapping snaps to

struct Extent {
    double width = 180, height = 72;
};
// How large a node is drawn; whoever draws knows. Empty: all as Extent{}.
using ExtentOf = std::function<Extent(const std::string& node)>;

// The node's place in the layout; none when it has none there (or something that is no place).
std::optional<Point> placeOf(const Pipeline& pipeline, const std::string& node);
std::map<std::string, Point> writtenPlaces(const Pipeline& pipeline); // of all that have one, at once
void setPlace(Pipeline& pipeline, const std::string& node, Point place);
void setPlaces(Pipeline& pipeline, const std::map<std::string, Point>& places);
void removePlaces(Pipeline& pipeline, const std::set<std::string>& nodes);
void renamePlace(Pipeline& pipeline, const std::string& node, const std::string& newId);
Point snapped(Point place, double grid = kGrid);

// By the same way, notes and nodes of groups included; nodes without a place start where placesOf() draws them.
void moveParts(Pipeline& pipeline, const Parts& parts, Point by, const ExtentOf& extentOf = {});
void snapParts(Pipeline& pipeline, const Parts& parts, double grid = kGrid, const ExtentOf& extentOf = {});
// The parts' nodes and those of its groups.
std::set<std::string> nodesOf(const Pipeline& pipeline, const Parts& parts);

enum class Alignment { Left, Centre, Right, Top, Middle, Bottom };
void align(Pipeline& pipeline, const std::set<std::string>& nodes, Alignment alignment, const ExtentOf& extentOf);
// Equal gaps between the outermost two. Fewer than three nodes stay.
enum class Direction { Horizontal, Vertical };
void distribute(Pipeline& pipeline, const std::set<std::string>& nodes, Direction direction, const ExtentOf& extentOf);

// A free place for a new node at or near the one wished for.
Point freePlace(const Pipeline& pipeline, Point wish, const ExtentOf& extentOf);

} // namespace streamwright
