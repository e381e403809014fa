// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/record_place.h"

#include <algorithm>
#include <charconv>

#include "core/base/duration_text.h"

namespace streamwright {

Result<RecordPlace> parseRecordPlace(std::string_view text, Time start, Time now)
{
    const Problem unclear{
        ProblemCode::InvalidInput,
        "a time (00:05:12, +90s since the start, 2026-01-01T00:05:00Z) or a record (#1200) is expected"};
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.empty()) return unclear;
    if (text.front() == '+') {
        const auto since = parseDuration(text.substr(1));
        if (!since) return unclear;
        return RecordPlace(start + *since);
    }
    const std::string_view digits = text.substr(text.front() == '#' ? 1 : 0);
    if (!digits.empty() && std::ranges::all_of(digits, isDigit)) {
        std::uint64_t number = 0;
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (read.ec != std::errc() || number == 0) return unclear;
        return RecordPlace(number);
    }
    if (text.size() >= 4 && text.size() <= 15 && text.find(':') <= 2) {
        const std::string day = isoTime(now).substr(0, 11) + (text.find(':') == 1 ? "0" : "");
        const bool hasSeconds = text.find(':') != text.rfind(':');
        const auto time = parseIsoTime(day + std::string(text) + (hasSeconds ? "Z" : ":00Z"));
        if (!time) return unclear;
        return RecordPlace(*time);
    }
    const auto time = parseIsoTime(text);
    if (!time) return unclear;
    return RecordPlace(*time);
}

} // namespace streamwright
