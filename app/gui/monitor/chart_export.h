// SPDX-License-Identifier: GPL-3.0-or-later
// A chart as a file: PNG and SVG show it as it is on the board with its title and legend, CSV has a row a time and a column
// a line. GUI thread.
#pragma once

#include <QString>

namespace streamwright::gui {

class TimeChart;
struct ChartData;

bool saveChart(TimeChart& chart, const QString& path); // by the ending: .png, .svg, .csv
QString chartTable(const ChartData& data); // as CSV

} // namespace streamwright::gui
