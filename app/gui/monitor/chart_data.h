// SPDX-License-Identifier: GPL-3.0-or-later
// ChartData: what one chart draws. Points are decimated already (two a pixel at most); x: seconds of the run. A value.
#pragma once

#include <QPointF>
#include <QString>
#include <cmath>
#include <string>
#include <vector>

namespace streamwright::gui {

struct ChartLine {
    std::string key; // names the line through its updates: hidden lines stay hidden
    QString label;
    std::vector<QPointF> points;
    std::vector<QPointF> baseline; // the same line of the run that is compared with; may be empty
};

struct ChartData {
    std::string key; // names the chart through its updates
    QString title;
    QString unit; // as SeriesData's
    std::vector<ChartLine> lines; // eight at most
    std::vector<QPointF> limit; // steps; empty = none
    QString note; // "+ 12 more"
};

inline constexpr int kMostLines = 8;

// The point of a line that is nearest to a time, null when none is within reach (seconds).
inline const QPointF* pointAt(const std::vector<QPointF>& points, double seconds, double reach)
{
    const QPointF* best = nullptr;
    for (const QPointF& point : points) {
        if (best && std::abs(point.x() - seconds) > std::abs(best->x() - seconds)) break;
        best = &point;
    }
    return best && std::abs(best->x() - seconds) <= reach ? best : nullptr;
}

} // namespace streamwright::gui
