// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/quantity.h"

#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <optional>

namespace streamwright {

namespace {

enum class Dimension { None, Time, Bytes, Count, Share };

struct Unit {
    const char* text; // lower case, as written
    Dimension dimension;
    double factor; // of the dimension's base: seconds, bytes, one
};

constexpr std::array kUnits = {
    Unit{"us", Dimension::Time, 1e-6},
    Unit{"ms", Dimension::Time, 1e-3},
    Unit{"milliseconds", Dimension::Time, 1e-3},
    Unit{"s", Dimension::Time, 1},
    Unit{"sec", Dimension::Time, 1},
    Unit{"second", Dimension::Time, 1},
    Unit{"seconds", Dimension::Time, 1},
    Unit{"m", Dimension::Time, 60},
    Unit{"min", Dimension::Time, 60},
    Unit{"minute", Dimension::Time, 60},
    Unit{"minutes", Dimension::Time, 60},
    Unit{"h", Dimension::Time, 3600},
    Unit{"hour", Dimension::Time, 3600},
    Unit{"hours", Dimension::Time, 3600},
    Unit{"d", Dimension::Time, 86400},
    Unit{"day", Dimension::Time, 86400},
    Unit{"days", Dimension::Time, 86400},
    Unit{"b", Dimension::Bytes, 1},
    Unit{"bytes", Dimension::Bytes, 1},
    Unit{"k", Dimension::Bytes, 1024},
    Unit{"kb", Dimension::Bytes, 1024},
    Unit{"kib", Dimension::Bytes, 1024},
    Unit{"m", Dimension::Bytes, 1048576},
    Unit{"mb", Dimension::Bytes, 1048576},
    Unit{"mib", Dimension::Bytes, 1048576},
    Unit{"g", Dimension::Bytes, 1073741824},
    Unit{"gb", Dimension::Bytes, 1073741824},
    Unit{"gib", Dimension::Bytes, 1073741824},
    Unit{"k", Dimension::Count, 1e3},
    Unit{"m", Dimension::Count, 1e6},
    Unit{"million", Dimension::Count, 1e6},
    Unit{"g", Dimension::Count, 1e9},
    Unit{"%", Dimension::Share, 0.01},
};

struct Known {
    const char* name; // CloudWatch's word
    const char* sign;
    Dimension dimension;
    double factor;
};

constexpr std::array kKnown = {
    Known{"Microseconds", "us", Dimension::Time, 1e-6},
    Known{"Milliseconds", "ms", Dimension::Time, 1e-3},
    Known{"Seconds", "s", Dimension::Time, 1},
    Known{"Minutes", "min", Dimension::Time, 60},
    Known{"Hours", "h", Dimension::Time, 3600},
    Known{"Days", "d", Dimension::Time, 86400},
    Known{"Bytes", "bytes", Dimension::Bytes, 1},
    Known{"KiB", "KiB", Dimension::Bytes, 1024},
    Known{"MiB", "MiB", Dimension::Bytes, 1048576},
    Known{"GiB", "GiB", Dimension::Bytes, 1073741824},
    Known{"Bytes/Second", "bytes/s", Dimension::Bytes, 1},
    Known{"Count", "", Dimension::Count, 1},
    Known{"Count/Second", "/s", Dimension::Count, 1},
    Known{"Percent", "%", Dimension::Share, 0.01},
};

const Known* knownUnit(const std::string& unit)
{
    for (const Known& known : kKnown)
        if (unit == known.name) return &known;
    return nullptr;
}

bool isShare(const Field& field)
{
    return field.unit.empty() && field.type == Field::Type::Number && field.minimum == 0.0 && field.maximum == 1.0;
}

Known unitOf(const Field& field)
{
    if (const Known* known = knownUnit(field.unit)) return *known;
    if (isShare(field)) return {"", "", Dimension::Share, 1};
    return {"", "", field.unit.empty() ? Dimension::Count : Dimension::None, 1};
}

std::string lowered(std::string_view text)
{
    std::string out;
    for (const char c : text)
        out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

// How much of the field's unit one of the text's unit is.
std::optional<double> factorOf(const Known& wanted, const std::string& written)
{
    const std::string sign = lowered(wanted.sign);
    if (written.empty() || written == sign || (!sign.empty() && written + "/s" == sign)) return 1;
    for (const Unit& unit : kUnits) {
        if (unit.dimension != wanted.dimension) continue;
        if (written == unit.text || written == std::string(unit.text) + sign) return unit.factor / wanted.factor;
    }
    return {};
}

// Twelve digits: what is lost in a change of unit does not show.
double rounded(double value)
{
    char text[40];
    std::snprintf(text, sizeof text, "%.12g", value);
    return std::strtod(text, nullptr);
}

Problem notANumber(const Field& field, std::string_view text)
{
    const Known unit = unitOf(field);
    const char* example = "";
    if (unit.dimension == Dimension::Time) example = ", for example 90s or 1h30m";
    if (unit.dimension == Dimension::Bytes) example = ", for example 5 MiB";
    if (unit.dimension == Dimension::Share && !*unit.sign) example = ", for example 0.25 or 25%";
    return {ProblemCode::InvalidInput, "\"" + std::string(text) + "\" is not a number" + example, ""};
}

std::string plain(double value)
{
    char text[64];
    std::snprintf(text, sizeof text, std::abs(value) < 1e15 ? "%.12g" : "%.0f", value);
    if (std::string_view(text).find('e') == std::string_view::npos) return text;
    std::snprintf(text, sizeof text, std::abs(value) < 1 ? "%.12f" : "%.0f", value);
    std::string out = text;
    if (out.find('.') != std::string::npos) out.erase(out.find_last_not_of('0') + 1);
    return out;
}

std::string durationWords(double seconds)
{
    struct Part {
        double size;
        const char* sign;
    };
    std::string out;
    int parts = 0;
    for (const Part part : {Part{86400, " d"}, Part{3600, " h"}, Part{60, " min"}, Part{1, " s"}}) {
        const bool last = part.size == 1;
        const double n = last ? std::round(seconds * 1000) / 1000 : std::floor(seconds / part.size + 1e-9);
        if (n <= 0) continue;
        if (++parts > 2) return "~ " + out;
        seconds -= n * part.size;
        out += (out.empty() ? "" : " ") + plain(n) + part.sign;
    }
    return out;
}

std::string sizeWords(double bytes)
{
    constexpr const char* kSigns[] = {" bytes", " KiB", " MiB", " GiB", " TiB"};
    std::size_t step = 0;
    for (; bytes >= 1024 && step + 1 < std::size(kSigns); ++step)
        bytes /= 1024;
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", bytes);
    return text + std::string(kSigns[step]);
}

} // namespace

std::string unitSign(const std::string& unit)
{
    const Known* known = knownUnit(unit);
    return known ? known->sign : unit;
}

std::string numberText(double value)
{
    std::string text = plain(value);
    std::size_t end = text.find('.');
    if (end == std::string::npos) end = text.size();
    const std::size_t begin = text.starts_with('-') ? 1 : 0;
    while (end > begin + 3)
        text.insert(end -= 3, 1, ',');
    return text;
}

std::string inOtherUnit(const Field& field, double value)
{
    const Known unit = unitOf(field);
    const double base = value * unit.factor;
    if (unit.dimension == Dimension::Time && value > 0) {
        const bool larger = unit.factor < 1 ? base >= 1 : unit.factor < 3600 ? base >= 60 : base >= 86400;
        return larger ? durationWords(base) : "";
    }
    if (unit.dimension == Dimension::Bytes && value >= 1024)
        return sizeWords(base) + (field.unit == "Bytes/Second" ? "/s" : "");
    if (unit.dimension == Dimension::Share && unit.factor == 1) return plain(rounded(value * 100)) + " %";
    return {};
}

Result<Json> parseQuantity(const Field& field, std::string_view text)
{
    const Known unit = unitOf(field);
    std::string clean;
    for (const char c : text)
        if (!std::isspace(static_cast<unsigned char>(c)) && c != ',' && c != '_') clean += c;
    const char* at = clean.data();
    const char* const end = at + clean.size();
    double sum = 0;
    int parts = 0;
    while (at != end) {
        double number = 0;
        const auto [next, error] = std::from_chars(at, end, number);
        if (error != std::errc() || !std::isfinite(number)) return notANumber(field, text);
        at = next;
        const char* word = at;
        while (at != end && !std::isdigit(static_cast<unsigned char>(*at)) && *at != '-' && *at != '.')
            ++at;
        const std::string written = lowered({word, static_cast<std::size_t>(at - word)});
        const auto factor = factorOf(unit, written);
        // Only durations are written in several parts.
        if (!factor || (++parts > 1 && (unit.dimension != Dimension::Time || written.empty())))
            return notANumber(field, text);
        sum += number * *factor;
    }
    if (parts == 0) return notANumber(field, text);
    sum = std::abs(sum) < 1e12 ? rounded(sum) : sum;
    if (std::trunc(sum) == sum && std::abs(sum) < 9e15) return Json(static_cast<std::int64_t>(sum));
    return Json(sum);
}

} // namespace streamwright
