// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/time_text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace streamwright::api {

namespace {

// The years 1 to 9999.
constexpr std::int64_t kLeastMilliseconds = -62'135'596'800'000, kEndMilliseconds = 253'402'300'800'000;

bool inRange(std::int64_t milliseconds)
{
    return milliseconds >= kLeastMilliseconds && milliseconds < kEndMilliseconds;
}

// Reads from the front of a text; after the first misfit every answer is of no meaning and ok is false.
struct Reader {
    std::string_view text;
    bool ok = true;

    bool take(char c)
    {
        if (text.empty() || text.front() != c) return false;
        text.remove_prefix(1);
        return true;
    }
    void expect(char c) { ok = take(c) && ok; }
    int digits(std::size_t count)
    {
        int number = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (text.empty() || text.front() < '0' || text.front() > '9') {
                ok = false;
                return 0;
            }
            number = number * 10 + (text.front() - '0');
            text.remove_prefix(1);
        }
        return number;
    }
    Duration fraction()
    {
        std::int64_t micros = 0, unit = 100'000;
        while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
            micros += (text.front() - '0') * unit;
            unit /= 10;
            text.remove_prefix(1);
        }
        return Duration(micros);
    }
};

std::optional<Time> timeOfIso(std::string_view text)
{
    using namespace std::chrono;
    Reader in{text};
    const int year = in.digits(4);
    in.expect('-');
    const int month = in.digits(2);
    in.expect('-');
    const int day = in.digits(2);
    const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                              std::chrono::day(static_cast<unsigned>(day))};
    if (!in.ok || !date.ok()) return std::nullopt;
    Time time = sys_days(date);
    if (in.text.empty() && inRange(epochMilliseconds(time))) return time;
    in.expect('T');
    const int hour = in.digits(2);
    in.expect(':');
    const int minute = in.digits(2);
    int second = 0;
    if (in.take(':')) second = in.digits(2);
    if (!in.ok || hour > 24 || minute > 59 || second > 60) return std::nullopt;
    time += hours(hour) + minutes(minute) + std::chrono::seconds(second);
    if (in.take('.')) time += in.fraction();
    if (!in.take('Z') && !in.text.empty()) {
        const bool east = in.take('+');
        if (!east) in.expect('-');
        const int zoneHours = in.digits(2);
        in.take(':');
        const Duration zone = hours(zoneHours) + minutes(in.digits(2));
        time += east ? -zone : zone;
    }
    return in.ok && in.text.empty() && inRange(epochMilliseconds(time)) ? std::optional(time) : std::nullopt;
}

} // namespace

void appendEpochSeconds(std::string& to, Time time)
{
    std::int64_t all = epochMilliseconds(time);
    if (all < 0) {
        to += '-';
        all = -all;
    }
    std::array<char, 24> digits;
    to.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), all / 1000).ptr);
    const int rest = static_cast<int>(all % 1000);
    if (rest == 0) return;
    to += '.';
    to += static_cast<char>('0' + rest / 100);
    if (rest % 100 == 0) return;
    to += static_cast<char>('0' + rest / 10 % 10);
    if (rest % 10 != 0) to += static_cast<char>('0' + rest % 10);
}

void appendIso(std::string& to, Time time)
{
    std::string text = isoTime(time);
    if (const std::size_t point = text.find(".000Z"); point != std::string::npos) text.erase(point, 4);
    to += text;
}

std::optional<Time> timeOfSeconds(double seconds)
{
    if (!(std::abs(seconds) < static_cast<double>(kEndMilliseconds) / 1000)) return std::nullopt;
    const Time time(Duration(std::llround(seconds * 1e6)));
    return inRange(epochMilliseconds(time)) ? std::optional(time) : std::nullopt;
}

std::optional<Time> timeOfMilliseconds(std::int64_t milliseconds)
{
    if (!inRange(milliseconds)) return std::nullopt;
    return Time(std::chrono::milliseconds(milliseconds));
}

std::optional<Time> timeOfText(std::string_view text)
{
    double seconds = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), seconds, std::chars_format::fixed);
    if (error == std::errc() && end == text.data() + text.size()) return timeOfSeconds(seconds);
    return timeOfIso(text);
}

} // namespace streamwright::api
