// SPDX-License-Identifier: GPL-3.0-or-later
// Where in a resource's records a person wants to go: "00:05:12" (a time of the day of the run), "2026-01-01T00:05", "+90s"
// (since the run began) or "#1200" (the 1,200th record, the oldest being the first). Pure function; any thread.
#pragma once

#include <string_view>
#include <variant>

#include "core/base/result.h"
#include "core/base/units.h"

namespace streamwright {

using RecordPlace = std::variant<Time, std::uint64_t>; // a time, or a record counted from 1

// now: of the run, whose day a time of day is of; start: of the run.
Result<RecordPlace> parseRecordPlace(std::string_view text, Time start, Time now);

} // namespace streamwright
