// SPDX-License-Identifier: GPL-3.0-or-later
// How the monitor writes figures: values with a metric's unit ("1.2 k/s", "880 KiB/s", "2.5 s"), times of the run ("02:05")
// and the round steps of an axis. Pure functions; any thread.
#pragma once

#include <QString>
#include <vector>

namespace streamwright::gui {

// unit: CloudWatch's words (Count, Bytes, Milliseconds, Seconds, Percent) or a thing ("records"); "/Second" or "/s": a rate.
QString valueText(double value, const QString& unit);
QString axisText(double value, const QString& unit); // without "/s", which the title says
QString unitText(const QString& unit); // beside a chart's title: "records/s", "bytes/s"; "" where the axis says it
// "02:05", "1:02:05", "-00:03"; with tenths below a second of step.
QString runTimeText(double seconds, double step = 1);

// Round positions within [low, high], at most most of them; bytes have steps of powers of two.
std::vector<double> roundSteps(double low, double high, int most, bool bytes);
// The same for times: 1, 2, 5, 10, 15, 30 s, minutes, hours.
std::vector<double> timeSteps(double low, double high, int most, double* step = nullptr);
// The next round value at or above value: the top of an axis.
double roundTop(double value, bool bytes);
bool isBytes(const QString& unit);

} // namespace streamwright::gui
