// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/duration_text.h"

#include <cctype>
#include <charconv>
#include <cmath>

namespace streamwright {

namespace {

struct Unit {
    std::string_view name;
    std::int64_t microseconds;
};
constexpr Unit kUnits[] = {{"d", 86'400'000'000}, {"h", 3'600'000'000}, {"m", 60'000'000},
                           {"s", 1'000'000},      {"ms", 1000},         {"us", 1}};
constexpr double kLongest = 100.0 * 366 * 86'400e6; // a hundred years

Problem notADuration(std::string_view text)
{
    return {ProblemCode::InvalidInput,
            "not a duration: \"" + std::string(text) + "\"; write 500ms, 90s, 15m, 24h, 7d or 1h30m", ""};
}

bool takeNumber(std::string_view& text, std::size_t digits, int& value)
{
    if (text.size() < digits) return false;
    const auto [end, error] = std::from_chars(text.data(), text.data() + digits, value);
    if (error != std::errc{} || end != text.data() + digits || value < 0) return false;
    text.remove_prefix(digits);
    return true;
}

bool takeLetter(std::string_view& text, char letter)
{
    if (text.empty() || text.front() != letter) return false;
    text.remove_prefix(1);
    return true;
}

} // namespace

Result<Duration> parseDuration(std::string_view text)
{
    std::string_view rest = text;
    double total = 0;
    if (rest.empty()) return notADuration(text);
    while (!rest.empty()) {
        double number = 0;
        const auto [end, error] =
            std::from_chars(rest.data(), rest.data() + rest.size(), number, std::chars_format::fixed);
        if (error != std::errc{} || number < 0) return notADuration(text);
        rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
        std::size_t letters = 0;
        while (letters < rest.size() && std::isalpha(static_cast<unsigned char>(rest[letters])))
            ++letters;
        const std::string_view name = rest.substr(0, letters);
        rest.remove_prefix(letters);
        const Unit* unit = nullptr;
        for (const Unit& candidate : kUnits)
            if (candidate.name == name) unit = &candidate;
        if (!unit) return notADuration(text);
        total += number * static_cast<double>(unit->microseconds);
        if (total > kLongest)
            return Problem{ProblemCode::InvalidInput, "longer than a hundred years: \"" + std::string(text) + "\"", ""};
    }
    return Duration(static_cast<std::int64_t>(std::llround(total)));
}

std::string durationText(Duration duration)
{
    std::int64_t rest = duration.count();
    std::string out;
    for (const Unit& unit : kUnits) {
        const std::int64_t count = rest / unit.microseconds;
        rest %= unit.microseconds;
        if (count != 0) out += std::to_string(count) + std::string(unit.name);
    }
    return out.empty() ? "0s" : out;
}

Result<Time> parseIsoTime(std::string_view text)
{
    const Problem bad{ProblemCode::InvalidInput,
                      "not a UTC time: \"" + std::string(text) + "\"; write 2026-01-31T10:00:00Z", ""};
    std::string_view rest = text;
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    if (!takeNumber(rest, 4, year) || !takeLetter(rest, '-') || !takeNumber(rest, 2, month) || !takeLetter(rest, '-') ||
        !takeNumber(rest, 2, day))
        return bad;
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return bad;
    std::int64_t fraction = 0;
    if (!rest.empty()) {
        if (!takeLetter(rest, 'T') && !takeLetter(rest, ' ')) return bad;
        if (!takeNumber(rest, 2, hour) || !takeLetter(rest, ':') || !takeNumber(rest, 2, minute)) return bad;
        if (takeLetter(rest, ':') && !takeNumber(rest, 2, second)) return bad;
        if (takeLetter(rest, '.')) {
            std::int64_t scale = 100'000;
            for (; !rest.empty() && std::isdigit(static_cast<unsigned char>(rest.front()));
                 rest.remove_prefix(1), scale /= 10)
                fraction += (rest.front() - '0') * scale;
        }
        takeLetter(rest, 'Z');
        if (!rest.empty() || hour > 23 || minute > 59 || second > 59) return bad;
    }
    return Time(std::chrono::sys_days(date)) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           seconds(second) + Duration(fraction);
}

} // namespace streamwright
