// SPDX-License-Identifier: GPL-3.0-or-later
// Durations and instants as people write them: "500ms", "90s", "15m", "24h", "7d", "1h30m"; "2026-01-31T00:00:00Z".
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/units.h"

namespace streamwright {

Result<Duration> parseDuration(std::string_view text);
// The shortest such text: "1h30m", "250ms".
std::string durationText(Duration duration);
// ISO 8601 UTC with optional time and fraction: "2026-01-31", "2026-01-31T10:00:00.5Z".
Result<Time> parseIsoTime(std::string_view text);

} // namespace streamwright
