// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/files/time_text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace streamwright::producers {

namespace {

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// Takes a text apart from its begin; `good` says whether everything so far was there.
struct Scanner {
    std::string_view rest;
    bool good = true;

    int digits(std::size_t count)
    {
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            good = good && i < rest.size() && rest[i] >= '0' && rest[i] <= '9';
            if (!good) return 0;
            value = value * 10 + (rest[i] - '0');
        }
        rest.remove_prefix(count);
        return value;
    }
    bool accept(char c)
    {
        if (!rest.starts_with(c)) return false;
        rest.remove_prefix(1);
        return true;
    }
    void expect(char c) { good = good && accept(c); }
};

struct Clock {
    int hours = 0, minutes = 0, seconds = 0;
    int micros = 0;
    Duration span() const
    {
        return std::chrono::hours(hours) + std::chrono::minutes(minutes) + streamwright::seconds(seconds) +
               Duration(micros);
    }
    bool valid() const { return hours < 24 && minutes < 60 && seconds <= 60; } // 60: a leap second
};

std::optional<Time> combine(int year, int month, int day, const Clock& clock, Duration offset)
{
    using namespace std::chrono;
    const year_month_day date(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                              std::chrono::day(static_cast<unsigned>(day)));
    if (!date.ok() || year < 1 || !clock.valid()) return {};
    return Time(sys_days(date)) + clock.span() - offset;
}

// "Z", "+02", "+0200", "+02:00"; nothing = UTC.
Duration zone(Scanner& scan)
{
    if (scan.accept('Z') || scan.accept('z') || scan.rest.empty()) return Duration(0);
    const bool west = scan.rest.starts_with('-');
    if (!west && !scan.rest.starts_with('+')) {
        scan.good = false;
        return Duration(0);
    }
    scan.rest.remove_prefix(1);
    const int hours = scan.digits(2);
    scan.accept(':');
    const int minutes = scan.rest.empty() ? 0 : scan.digits(2);
    scan.good = scan.good && hours < 24 && minutes < 60;
    const Duration offset = std::chrono::hours(hours) + std::chrono::minutes(minutes);
    return west ? -offset : offset;
}

int fraction(Scanner& scan)
{
    int micros = 0, unit = 100'000;
    bool any = false;
    for (; !scan.rest.empty() && scan.rest.front() >= '0' && scan.rest.front() <= '9';
         scan.rest.remove_prefix(1), unit /= 10) {
        micros += (scan.rest.front() - '0') * unit;
        any = true;
    }
    scan.good = scan.good && any;
    return micros;
}

std::optional<Time> parseIso(std::string_view text)
{
    Scanner scan{text};
    const int year = scan.digits(4);
    const char separator = scan.rest.starts_with('/') ? '/' : '-';
    scan.expect(separator);
    const int month = scan.digits(2);
    scan.expect(separator);
    const int day = scan.digits(2);
    Clock clock;
    Duration offset{0};
    if (scan.good && !scan.rest.empty()) {
        scan.good = scan.accept('T') || scan.accept('t') || scan.accept(' ');
        clock.hours = scan.digits(2);
        scan.expect(':');
        clock.minutes = scan.digits(2);
        if (scan.accept(':')) {
            clock.seconds = scan.digits(2);
            if (scan.accept('.') || scan.accept(',')) clock.micros = fraction(scan);
        }
        scan.accept(' ');
        offset = zone(scan);
    }
    if (!scan.good || !scan.rest.empty()) return {};
    return combine(year, month, day, clock, offset);
}

std::optional<Time> parseAccessLog(std::string_view text)
{
    Scanner scan{text};
    const int day = scan.digits(2);
    scan.expect('/');
    int month = 0;
    for (std::size_t i = 0; i < kMonths.size(); ++i)
        if (scan.rest.starts_with(kMonths[i])) month = static_cast<int>(i) + 1;
    if (!scan.good || month == 0) return {};
    scan.rest.remove_prefix(3);
    scan.expect('/');
    const int year = scan.digits(4);
    scan.expect(':');
    Clock clock;
    clock.hours = scan.digits(2);
    scan.expect(':');
    clock.minutes = scan.digits(2);
    scan.expect(':');
    clock.seconds = scan.digits(2);
    scan.accept(' ');
    const Duration offset = zone(scan);
    if (!scan.good || !scan.rest.empty()) return {};
    return combine(year, month, day, clock, offset);
}

} // namespace

std::optional<Time> timeOfEpochNumber(double number)
{
    const double size = std::abs(number);
    const double micros = size < 1e11 ? number * 1e6 : size < 1e14 ? number * 1e3 : size < 1e17 ? number : number / 1e3;
    if (!(size < 1e20)) return {}; // also NaN
    return Time(Duration(std::llround(micros)));
}

std::optional<Time> timeOfEpochNumber(std::int64_t number)
{
    constexpr std::int64_t kSeconds = 100'000'000'000, kMilliseconds = kSeconds * 1000,
                           kMicroseconds = kMilliseconds * 1000;
    const auto within = [number](std::int64_t bound) { return number > -bound && number < bound; };
    if (within(kSeconds)) return Time(Duration(number * 1'000'000));
    if (within(kMilliseconds)) return Time(Duration(number * 1000));
    return Time(Duration(within(kMicroseconds) ? number : number / 1000));
}

std::optional<Time> parseTime(std::string_view text)
{
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    const char* end = text.data() + text.size();
    std::int64_t whole = 0;
    if (const auto [at, error] = std::from_chars(text.data(), end, whole); error == std::errc() && at == end)
        return timeOfEpochNumber(whole);
    double number = 0;
    if (const auto [at, error] = std::from_chars(text.data(), end, number, std::chars_format::fixed);
        error == std::errc() && at == end)
        return timeOfEpochNumber(number);
    if (auto iso = parseIso(text)) return iso;
    return parseAccessLog(text);
}

} // namespace streamwright::producers
