// SPDX-License-Identifier: GPL-3.0-or-later
// Times as the protocols write them: seconds since 1970 as a plain decimal with at most three digits after the point, or
// ISO 8601. Pure functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/units.h"

namespace streamwright::api {

void appendEpochSeconds(std::string& to, Time time); // "1700000000.123", cut to milliseconds
void appendIso(std::string& to, Time time); // "2026-01-31T23:59:59Z", with ".123" unless it is 0

std::optional<Time> timeOfSeconds(double seconds);
std::optional<Time> timeOfMilliseconds(std::int64_t milliseconds);
// "2026-01-31T23:59:59.123Z", "2026-01-31T23:59:59+01:00", without a zone: UTC; or seconds since 1970.
std::optional<Time> timeOfText(std::string_view text);

} // namespace streamwright::api
