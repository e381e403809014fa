// SPDX-License-Identifier: GPL-3.0-or-later
// How an edge runs from the right side of a node to the left side of another. Pure geometry; any thread.
#pragma once

#include <QPainterPath>

namespace streamwright::gui {

enum class EdgeStyle { Curved, Orthogonal };

struct EdgeRoute {
    QPainterPath path;
    QPointF middle; // where the label stands
};

// to: the tip of the arrow. The path ends a little before it, horizontally.
EdgeRoute edgeRoute(QPointF from, QPointF to, EdgeStyle style);

inline constexpr double kArrowLength = 9, kArrowWidth = 8;

} // namespace streamwright::gui
