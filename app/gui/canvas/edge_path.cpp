// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/edge_path.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace streamwright::gui {

namespace {

constexpr double kStub = 24; // straight out of a port before the first bend
constexpr double kCorner = 8;
constexpr double kDetour = 72; // how far below the nodes an edge runs back

QPointF onCubic(QPointF a, QPointF b, QPointF c, QPointF d) { return (a + 3 * b + 3 * c + d) / 8; }

// Where an edge that runs back passes: between the two nodes when there is room, else below both.
double returnHeight(QPointF from, QPointF to)
{
    return std::abs(to.y() - from.y()) > 2 * kDetour ? (from.y() + to.y()) / 2 : std::max(from.y(), to.y()) + kDetour;
}

EdgeRoute curved(QPointF from, QPointF to)
{
    EdgeRoute route;
    route.path.moveTo(from);
    const double dx = to.x() - from.x();
    if (dx > -kStub) {
        const double reach = std::clamp(dx / 2, 40.0, 220.0);
        const QPointF first = from + QPointF(reach, 0), second = to - QPointF(reach, 0);
        route.path.cubicTo(first, second, to);
        route.middle = onCubic(from, first, second, to);
        return route;
    }
    const double reach = std::min(60 - dx / 4, 160.0);
    route.middle = {(from.x() + to.x()) / 2, returnHeight(from, to)};
    const double bend = std::max(-dx / 2, 40.0);
    route.path.cubicTo(from + QPointF(reach, 0), route.middle + QPointF(bend + reach, 0), route.middle);
    route.path.cubicTo(route.middle - QPointF(bend + reach, 0), to - QPointF(reach, 0), to);
    return route;
}

void throughCorners(QPainterPath& path, const std::vector<QPointF>& points)
{
    path.moveTo(points.front());
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
        const QPointF in = points[i] - points[i - 1], out = points[i + 1] - points[i];
        const double inLength = std::hypot(in.x(), in.y()), outLength = std::hypot(out.x(), out.y());
        const double corner = std::min({kCorner, inLength / 2, outLength / 2});
        if (corner < 0.5) continue;
        path.lineTo(points[i] - in / inLength * corner);
        path.quadTo(points[i], points[i] + out / outLength * corner);
    }
    path.lineTo(points.back());
}

EdgeRoute orthogonal(QPointF from, QPointF to)
{
    EdgeRoute route;
    if (to.x() - from.x() >= 2 * kStub) {
        const double x = std::round((from.x() + to.x()) / 2);
        throughCorners(route.path, {from, {x, from.y()}, {x, to.y()}, to});
        route.middle = {x, (from.y() + to.y()) / 2};
        return route;
    }
    const double y = returnHeight(from, to), right = from.x() + kStub, left = to.x() - kStub;
    throughCorners(route.path, {from, {right, from.y()}, {right, y}, {left, y}, {left, to.y()}, to});
    route.middle = {(right + left) / 2, y};
    return route;
}

} // namespace

EdgeRoute edgeRoute(QPointF from, QPointF to, EdgeStyle style)
{
    const QPointF end = to - QPointF(kArrowLength - 1, 0);
    return style == EdgeStyle::Curved ? curved(from, end) : orthogonal(from, end);
}

} // namespace streamwright::gui
