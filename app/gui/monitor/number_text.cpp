// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/monitor/number_text.h"

#include <array>
#include <cmath>

namespace streamwright::gui {

namespace {

constexpr double kKibi = 1024;

bool isRate(const QString& unit) { return unit.endsWith("/Second") || unit.endsWith("/s"); }
QString baseUnit(const QString& unit) { return unit.section('/', 0, 0); }

// Three figures that mean something: 0.25, 1.5, 15, 150.
QString shortNumber(double value)
{
    const double size = std::abs(value);
    const int decimals = size == 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
    QString text = QString::number(value, 'f', decimals);
    if (text.contains('.')) {
        while (text.endsWith('0'))
            text.chop(1);
        if (text.endsWith('.')) text.chop(1);
    }
    return text;
}

QString scaled(double value, double base, const std::array<const char*, 5>& names, const char* gap)
{
    std::size_t i = 0;
    while (std::abs(value) >= base * 0.9995 && i + 1 < names.size()) {
        value /= base;
        ++i;
    }
    const QString name = names[i];
    return name.isEmpty() ? shortNumber(value) : shortNumber(value) + gap + name;
}

QString durationText(double seconds)
{
    const double size = std::abs(seconds);
    if (size < 1) return shortNumber(seconds * 1000) + " ms";
    if (size < 120) return shortNumber(seconds) + " s";
    if (size < 7200) return shortNumber(seconds / 60) + " min";
    return shortNumber(seconds / 3600) + " h";
}

double roundStep(double rough, bool bytes)
{
    if (bytes && rough >= 1) return std::exp2(std::ceil(std::log2(rough)));
    const double power = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (rough <= factor * power * 1.0001) return factor * power;
    return 10 * power;
}

std::vector<double> stepsOf(double low, double high, double step)
{
    std::vector<double> out;
    for (auto i = static_cast<long>(std::ceil(low / step - 1e-9)); static_cast<double>(i) * step <= high + step * 1e-9;
         ++i)
        out.push_back(static_cast<double>(i) * step);
    return out;
}

} // namespace

bool isBytes(const QString& unit) { return baseUnit(unit) == "Bytes"; }

QString valueText(double value, const QString& unit)
{
    if (!std::isfinite(value)) return "-";
    const QString base = baseUnit(unit);
    const QString rate = isRate(unit) ? "/s" : "";
    if (base == "Bytes") return scaled(value, kKibi, {"B", "KiB", "MiB", "GiB", "TiB"}, " ") + rate;
    if (base == "Milliseconds") return durationText(value / 1000);
    if (base == "Seconds") return durationText(value);
    if (base == "Percent") return shortNumber(value) + " %";
    return scaled(value, 1000, {"", "k", "M", "G", "T"}, " ") + rate;
}

QString axisText(double value, const QString& unit) { return valueText(value, baseUnit(unit)); }

QString unitText(const QString& unit)
{
    const QString base = baseUnit(unit);
    if (base == "Milliseconds" || base == "Seconds" || base == "Count" || base.isEmpty())
        return isRate(unit) ? "per second" : QString();
    return (base == "Percent" ? "%" : base.toLower()) + (isRate(unit) ? "/s" : "");
}

QString runTimeText(double seconds, double step)
{
    const bool negative = seconds < 0;
    const double size = std::abs(seconds);
    auto whole = static_cast<long long>(step < 1 ? std::floor(size + 1e-6) : std::round(size));
    const long long hours = whole / 3600;
    whole %= 3600;
    QString text =
        hours ? QString("%1:%2:%3").arg(hours).arg(whole / 60, 2, 10, QChar('0')).arg(whole % 60, 2, 10, QChar('0'))
              : QString("%1:%2").arg(whole / 60, 2, 10, QChar('0')).arg(whole % 60, 2, 10, QChar('0'));
    if (step < 1) text += QString::number(size - std::floor(size + 1e-6), 'f', 1).mid(1);
    return negative ? "-" + text : text;
}

std::vector<double> roundSteps(double low, double high, int most, bool bytes)
{
    if (!(high > low) || most < 1) return {};
    return stepsOf(low, high, roundStep((high - low) / most, bytes));
}

std::vector<double> timeSteps(double low, double high, int most, double* step)
{
    if (!(high > low) || most < 1) return {};
    const double rough = (high - low) / most;
    double chosen = 0;
    for (const double s :
         {0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0})
        if (s >= rough) {
            chosen = s;
            break;
        }
    if (chosen == 0) chosen = 3600 * std::ceil(rough / 3600);
    if (step) *step = chosen;
    return stepsOf(low, high, chosen);
}

double roundTop(double value, bool bytes)
{
    if (!(value > 0) || !std::isfinite(value)) return 1;
    const double step = roundStep(value / 4, bytes);
    return std::ceil(value / step - 1e-9) * step;
}

} // namespace streamwright::gui
