// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/shell/human_text.h"

#include <cmath>

namespace streamwright::gui {

namespace {

QString scaled(double value, double step, std::initializer_list<const char*> units)
{
    auto unit = units.begin();
    while (std::abs(value) >= step * 0.9995 && unit + 1 != units.end()) {
        value /= step;
        ++unit;
    }
    const int decimals = std::abs(value) >= 99.95 || std::abs(value - std::round(value)) < 0.05 ? 0 : 1;
    const QString number = QString::number(value, 'f', decimals);
    return (*unit)[0] == '\0' ? number : number + " " + *unit;
}

} // namespace

QString clockText(Duration elapsed)
{
    const auto total = std::chrono::floor<std::chrono::seconds>(elapsed).count();
    const auto days = total / 86400;
    const QString time = QString("%1:%2:%3")
                             .arg(total / 3600 % 24, 2, 10, QChar('0'))
                             .arg(total / 60 % 60, 2, 10, QChar('0'))
                             .arg(total % 60, 2, 10, QChar('0'));
    return days > 0 ? QString("%1 d %2").arg(days).arg(time) : time;
}

QString countText(double count) { return scaled(count, 1000, {"", "k", "M", "G", "T"}); }
QString bytesText(double bytes) { return scaled(bytes, 1024, {"B", "KiB", "MiB", "GiB", "TiB"}); }
QString rateText(double perSecond, const QString& unit) { return countText(perSecond) + " " + unit; }

} // namespace streamwright::gui
