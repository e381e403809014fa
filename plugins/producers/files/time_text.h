// SPDX-License-Identifier: GPL-3.0-or-later
// Reading the times that files hold. Without a zone a time is UTC. Any thread.
//   ISO 8601           2001-01-01, 2001-01-01T00:47, 2001-01-01 00:47:05.123456+02:00 (also with / for -)
//   access logs        10/Oct/2000:13:55:36 -0700
//   since the epoch    a number: below 10^11 seconds, below 10^14 milliseconds, below 10^17 microseconds, else
//     nanoseconds
#pragma once

#include <optional>
#include <string_view>

#include "core/base/units.h"

namespace streamwright::producers {

std::optional<Time> parseTime(std::string_view text);
std::optional<Time> timeOfEpochNumber(double number);
std::optional<Time> timeOfEpochNumber(std::int64_t number);

} // namespace streamwright::producers
