// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/ascii_writer.h"

#include <array>
#include <chrono>

#include "core/base/check.h"

namespace streamwright::producers {

namespace {

constexpr auto kPairs = [] {
    std::array<char, 200> pairs{};
    for (std::size_t i = 0; i < 100; ++i) {
        pairs[2 * i] = static_cast<char>('0' + i / 10);
        pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return pairs;
}();

constexpr std::array<std::uint64_t, 10> kPowers = {1,       10,        100,        1'000,       10'000,
                                                   100'000, 1'000'000, 10'000'000, 100'000'000, 1'000'000'000};

int digitsOf(std::uint64_t number)
{
    int digits = 1;
    for (; number >= 10'000; number /= 10'000)
        digits += 4;
    return digits + (number >= 10) + (number >= 100) + (number >= 1000);
}

// The bytes of the well-formed UTF-8 character at the start of text; 0 if there is none.
std::size_t utf8Length(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
    const unsigned lead = byte(0);
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return tail(1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        const bool overlong = lead == 0xE0 && byte(1) < 0xA0, surrogate = lead == 0xED && byte(1) > 0x9F;
        return tail(1) && tail(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const bool overlong = lead == 0xF0 && byte(1) < 0x90, beyond = lead == 0xF4 && byte(1) > 0x8F;
        return tail(1) && tail(2) && tail(3) && !overlong && !beyond ? 4 : 0;
    }
    return 0;
}

char* writeControl(char* at, unsigned char c)
{
    static constexpr char kHex[] = "0123456789abcdef";
    *at++ = '\\';
    switch (c) {
    case '"':
        *at++ = '"';
        return at;
    case '\\':
        *at++ = '\\';
        return at;
    case '\n':
        *at++ = 'n';
        return at;
    case '\r':
        *at++ = 'r';
        return at;
    case '\t':
        *at++ = 't';
        return at;
    case '\b':
        *at++ = 'b';
        return at;
    case '\f':
        *at++ = 'f';
        return at;
    default:
        break;
    }
    at = writeText(at, "u00");
    *at++ = kHex[c >> 4];
    *at++ = kHex[c & 15];
    return at;
}

} // namespace

char* writePadded(char* at, std::uint64_t number, int digits)
{
    char* end = at + digits;
    char* p = end;
    for (; p - at >= 2; number /= 100) {
        p -= 2;
        std::memcpy(p, &kPairs[2 * (number % 100)], 2);
    }
    if (p > at) *--p = static_cast<char>('0' + number % 10);
    return end;
}

char* writeDecimal(char* at, std::uint64_t number) { return writePadded(at, number, digitsOf(number)); }

char* writeSigned(char* at, std::int64_t number)
{
    if (number >= 0) return writeDecimal(at, static_cast<std::uint64_t>(number));
    *at++ = '-';
    return writeDecimal(at, ~static_cast<std::uint64_t>(number) + 1);
}

char* writeFixed(char* at, std::int64_t units, int decimals)
{
    CHECK(decimals >= 0 && decimals < static_cast<int>(kPowers.size()));
    if (decimals == 0) return writeSigned(at, units);
    if (units < 0) *at++ = '-';
    const std::uint64_t size = units < 0 ? ~static_cast<std::uint64_t>(units) + 1 : static_cast<std::uint64_t>(units);
    const std::uint64_t power = kPowers[static_cast<std::size_t>(decimals)];
    at = writeDecimal(at, size / power);
    *at++ = '.';
    return writePadded(at, size % power, decimals);
}

char* writeIsoTime(char* at, Time time)
{
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const auto millis = static_cast<std::uint64_t>(floor<std::chrono::milliseconds>(time - day).count());
    at = writePadded(at, static_cast<std::uint64_t>(int(date.year())), 4);
    *at++ = '-';
    at = writePadded(at, unsigned(date.month()), 2);
    *at++ = '-';
    at = writePadded(at, unsigned(date.day()), 2);
    *at++ = 'T';
    at = writePadded(at, millis / 3'600'000, 2);
    *at++ = ':';
    at = writePadded(at, millis / 60'000 % 60, 2);
    *at++ = ':';
    at = writePadded(at, millis / 1000 % 60, 2);
    *at++ = '.';
    at = writePadded(at, millis % 1000, 3);
    *at++ = 'Z';
    return at;
}

char* writeEscaped(char* at, std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
            *at++ = text[i++];
        } else if (c < 0x80) {
            at = writeControl(at, c);
            ++i;
        } else if (const std::size_t length = utf8Length(text.substr(i))) {
            at = writeText(at, text.substr(i, length));
            i += length;
        } else {
            *at++ = static_cast<char>(0xC0 | (c >> 6));
            *at++ = static_cast<char>(0x80 | (c & 0x3F));
            ++i;
        }
    }
    return at;
}

} // namespace streamwright::producers
