// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"

#include <cstdio>

namespace streamwright {

std::string isoTime(Time t)
{
    using namespace std::chrono;
    const auto day = floor<days>(t);
    const year_month_day date(day);
    const hh_mm_ss clock(floor<std::chrono::milliseconds>(t - day));
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(date.year()), unsigned(date.month()),
                  unsigned(date.day()), int(clock.hours().count()), int(clock.minutes().count()),
                  int(clock.seconds().count()), int(clock.subseconds().count()));
    return text;
}

} // namespace streamwright
