// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/timestamp_pattern.h"

#include <cstdio>

namespace streamwright::firehose {

namespace {

constexpr std::string_view kFields[] = {"yyyy", "yy", "MM", "M", "dd",  "d",   "HH", "H",
                                        "mm",   "m",  "ss", "s", "SSS", "DDD", "EEE"};
constexpr const char* kWeekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

Problem refused(std::string_view pattern, const std::string& why)
{
    return {ProblemCode::InvalidInput, "the timestamp pattern \"" + std::string(pattern) + "\" " + why};
}

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Takes 'literal' off the front, or '' for a quote; nothing when it does not end.
bool takeQuoted(std::string_view& rest, std::string& out)
{
    rest.remove_prefix(1);
    if (rest.starts_with('\'')) {
        out.push_back('\'');
        rest.remove_prefix(1);
        return true;
    }
    while (!rest.empty()) {
        const char c = rest.front();
        rest.remove_prefix(1);
        if (c != '\'') {
            out.push_back(c);
        } else if (rest.starts_with('\'')) {
            out.push_back('\'');
            rest.remove_prefix(1);
        } else {
            return true;
        }
    }
    return false;
}

struct Fields {
    int year;
    unsigned month, day, dayOfYear, weekday, hour, minute, second, millisecond;
};

Fields fieldsOf(Time time)
{
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(floor<std::chrono::milliseconds>(time - day));
    const auto newYear = sys_days(date.year() / January / 1);
    return {static_cast<int>(date.year()),
            static_cast<unsigned>(date.month()),
            static_cast<unsigned>(date.day()),
            static_cast<unsigned>((day - newYear).count() + 1),
            weekday(day).c_encoding(),
            static_cast<unsigned>(clock.hours().count()),
            static_cast<unsigned>(clock.minutes().count()),
            static_cast<unsigned>(clock.seconds().count()),
            static_cast<unsigned>(clock.subseconds().count())};
}

void appendNumber(std::string& out, unsigned value, std::size_t width)
{
    char text[16];
    std::snprintf(text, sizeof text, "%0*u", static_cast<int>(width), value);
    out += text;
}

void appendField(std::string& out, std::string_view field, const Fields& f)
{
    switch (field.front()) {
    case 'y':
        appendNumber(out, field.size() == 2 ? static_cast<unsigned>(f.year) % 100 : static_cast<unsigned>(f.year),
                     field.size());
        break;
    case 'M':
        appendNumber(out, f.month, field.size());
        break;
    case 'd':
        appendNumber(out, f.day, field.size());
        break;
    case 'H':
        appendNumber(out, f.hour, field.size());
        break;
    case 'm':
        appendNumber(out, f.minute, field.size());
        break;
    case 's':
        appendNumber(out, f.second, field.size());
        break;
    case 'S':
        appendNumber(out, f.millisecond, field.size());
        break;
    case 'D':
        appendNumber(out, f.dayOfYear, field.size());
        break;
    default:
        out += kWeekdays[f.weekday];
        break;
    }
}

} // namespace

Result<TimestampPattern> TimestampPattern::parse(std::string_view text)
{
    if (text.empty()) return refused(text, "is empty; write one like yyyy/MM/dd/HH");
    TimestampPattern pattern;
    std::string literal;
    const auto endLiteral = [&] {
        if (!literal.empty()) pattern.parts_.push_back({"", std::exchange(literal, {})});
    };
    for (std::string_view rest = text; !rest.empty();) {
        const char c = rest.front();
        if (c == '\'') {
            if (!takeQuoted(rest, literal)) return refused(text, "has a quote that does not end");
        } else if (isLetter(c)) {
            const std::string_view field = rest.substr(0, std::min(rest.find_first_not_of(c), rest.size()));
            if (std::find(std::begin(kFields), std::end(kFields), field) == std::end(kFields))
                return refused(text, "uses \"" + std::string(field) +
                                         "\"; yyyy yy MM M dd d HH H mm m ss s SSS DDD EEE are known here, and text "
                                         "between single quotes");
            endLiteral();
            pattern.parts_.push_back({std::string(field), ""});
            rest.remove_prefix(field.size());
        } else if (std::string_view("[]{}#").find(c) != std::string_view::npos) {
            return refused(text, "uses a reserved character, " + std::string(1, c) + ", outside of single quotes");
        } else {
            literal.push_back(c);
            rest.remove_prefix(1);
        }
    }
    endLiteral();
    return pattern;
}

void TimestampPattern::format(Time time, std::string& out) const
{
    const Fields fields = fieldsOf(time);
    for (const Part& part : parts_) {
        if (part.field.empty())
            out += part.literal;
        else
            appendField(out, part.field, fields);
    }
}

} // namespace streamwright::firehose
