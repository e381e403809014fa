// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the live view: numbers, shares and times as a person reads them. Pure functions; any thread.
#pragma once

#include <string>

#include "core/base/units.h"

namespace streamwright {

std::string inWords(double number); // "1,875", "12.4", "0.25"
std::string bytesInWords(double bytes); // "1.2 MiB"
std::string shareInWords(double share); // "98 %"
std::string ageInWords(double seconds); // "850 ms", "35 s", "4 min", "3.2 h"

} // namespace streamwright
