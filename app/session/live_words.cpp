// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/live_words.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace streamwright {

namespace {

std::string format(const char* pattern, double value)
{
    char text[48];
    std::snprintf(text, sizeof text, pattern, value);
    return text;
}

} // namespace

std::string inWords(double number)
{
    if (std::abs(number) < 1 && number != 0) return format("%.2g", number);
    if (std::abs(number) < 100 && number != std::floor(number)) return format("%.1f", number);
    std::string text = format("%.0f", number);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > (number < 0 ? 1 : 0); at -= 3)
        text.insert(static_cast<std::size_t>(at), 1, ',');
    return text;
}

std::string bytesInWords(double bytes)
{
    const char* const units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
    std::size_t unit = 0;
    while (bytes >= 1024 && unit + 1 < std::size(units)) {
        bytes /= 1024;
        ++unit;
    }
    return (unit == 0 || bytes >= 100 ? format("%.0f", bytes) : format("%.1f", bytes)) + " " + units[unit];
}

std::string shareInWords(double share) { return format("%.0f %%", share * 100); }

std::string ageInWords(double seconds)
{
    if (seconds < 1) return format("%.0f ms", seconds * 1000);
    if (seconds < 120) return format("%.0f s", seconds);
    if (seconds < 7200) return format("%.0f min", seconds / 60);
    return format("%.1f h", seconds / 3600);
}

} // namespace streamwright
