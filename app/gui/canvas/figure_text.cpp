// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/figure_text.h"

#include <QLocale>
#include <cmath>

namespace streamwright::gui {

namespace {

// Three significant digits at most.
QString digits(double value)
{
    return QLocale::c().toString(value, 'f', value < 9.95 && value != std::floor(value) ? 1 : 0);
}

} // namespace

QString shortNumber(double value)
{
    if (value < 9'999.5) {
        QLocale locale = QLocale::c();
        locale.setNumberOptions(QLocale::DefaultNumberOptions);
        return value < 999.5 ? digits(value) : locale.toString(std::llround(value));
    }
    if (value < 999'500) return QLocale::c().toString(value / 1e3, 'f', 1) + " k";
    if (value < 999.5e6) return QLocale::c().toString(value / 1e6, 'f', 1) + " M";
    return QLocale::c().toString(value / 1e9, 'f', 1) + " G";
}

QString shortBytes(double bytes)
{
    if (bytes < 999.5) return digits(bytes) + " B";
    if (bytes < 999.5e3) return digits(bytes / 1e3) + " kB";
    if (bytes < 999.5e6) return digits(bytes / 1e6) + " MB";
    return digits(bytes / 1e9) + " GB";
}

QString shortAge(Duration age)
{
    const double s = std::chrono::duration<double>(age).count();
    if (s < 0.9995) return digits(s * 1e3) + " ms";
    if (s < 59.5) return digits(s) + " s";
    if (s < 3570) return digits(s / 60) + " min";
    if (s < 86'000) return digits(s / 3600) + " h";
    return digits(s / 86'400) + " d";
}

} // namespace streamwright::gui
