// SPDX-License-Identifier: GPL-3.0-or-later
// From a node of the document to what its card shows, and where nodes without a place in the layout stand. GUI thread.
#pragma once

#include <QPointF>
#include <unordered_map>

#include "app/gui/canvas/node_painter.h"
#include "core/graph/pipeline.h"
#include "core/schema/node_kind.h"

namespace streamwright::gui {

// kind: null when unknown; it then has the ports that its edges name.
NodeFace nodeFace(const Node& node, const NodeKind* kind, const std::vector<const Edge*>& edges);

// The layout's places; nodes without one stand where the automatic layout puts them.
std::unordered_map<std::string, QPointF> nodePlaces(const Pipeline& pipeline);
// Writes them into the layout, in one go however many they are.
void setNodePlaces(Pipeline& pipeline, const std::unordered_map<std::string, QPointF>& places);

} // namespace streamwright::gui
