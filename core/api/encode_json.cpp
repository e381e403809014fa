// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include "core/api/encode.h"
#include "core/api/time_text.h"
#include "core/base/base64.h"

namespace streamwright::api {

namespace {

constexpr auto kEscaped = [] {
    std::array<bool, 256> escaped{};
    for (std::size_t c = 0; c < 0x20; ++c)
        escaped[c] = true;
    escaped['"'] = escaped['\\'] = true;
    return escaped;
}();

// Whether none of eight characters needs an escape.
bool allPlain(const char* eight)
{
    constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101, kHighs = kOnes << 7;
    std::uint64_t word = 0;
    std::memcpy(&word, eight, sizeof word);
    const std::uint64_t quote = word ^ kOnes * '"', backslash = word ^ kOnes * '\\';
    const std::uint64_t control = (word - kOnes * 0x20) & ~word;
    return ((control | ((quote - kOnes) & ~quote) | ((backslash - kOnes) & ~backslash)) & kHighs) == 0;
}

bool allPlain(std::string_view text)
{
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8)
        if (!allPlain(text.data() + i)) return false;
    return std::none_of(text.begin() + static_cast<std::ptrdiff_t>(i), text.end(),
                        [](char c) { return kEscaped[static_cast<unsigned char>(c)]; });
}

void appendEscaped(std::string& to, std::string_view text)
{
    constexpr std::string_view kHex = "0123456789abcdef";
    for (const char c : text) {
        if (!kEscaped[static_cast<unsigned char>(c)]) {
            to += c;
            continue;
        }
        to += '\\';
        switch (c) {
        case '"':
        case '\\':
            to += c;
            break;
        case '\n':
            to += 'n';
            break;
        case '\r':
            to += 'r';
            break;
        case '\t':
            to += 't';
            break;
        default:
            to.append("u00").append(1, kHex[c >> 4]).append(1, kHex[c & 15]);
        }
    }
}

void appendQuoted(std::string& to, std::string_view text)
{
    if (allPlain(text)) {
        const auto at = to.size();
        to.resize(at + text.size() + 2);
        to[at] = to.back() = '"';
        std::copy(text.begin(), text.end(), to.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    } else {
        to += '"';
        appendEscaped(to, text);
        to += '"';
    }
}

class JsonWriter : public Writer {
public:
    explicit JsonWriter(std::string& into) : into_(into) { }

    void beginMap() override { begin('{'); }
    void endMap() override { end('}'); }
    void beginList() override { begin('['); }
    void endList() override { end(']'); }
    void key(std::string_view name) override
    {
        separate();
        appendQuoted(into_, name);
        into_ += ':';
        comma_ = false;
    }
    void string(std::string_view utf8) override
    {
        separate();
        appendQuoted(into_, utf8);
    }
    void integer(std::int64_t value) override { number(value); }
    void real(double value) override
    {
        if (std::isfinite(value))
            number(value);
        else
            string(std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }
    void boolean(bool value) override
    {
        separate();
        into_ += value ? "true" : "false";
    }
    void blob(std::string_view bytes) override
    {
        separate();
        into_ += '"';
        appendBase64(into_, bytes);
        into_ += '"';
    }
    void time(Time value) override
    {
        separate();
        appendEpochSeconds(into_, value);
    }

private:
    void separate()
    {
        if (comma_) into_ += ',';
        comma_ = true;
    }
    void begin(char bracket)
    {
        separate();
        into_ += bracket;
        comma_ = false;
    }
    void end(char bracket)
    {
        into_ += bracket;
        comma_ = true;
    }
    template <typename Number>
    void number(Number value)
    {
        separate();
        std::array<char, 32> digits;
        into_.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
    }

    std::string& into_;
    bool comma_ = false; // the next member or element needs one before it
};

} // namespace

std::unique_ptr<Writer> jsonWriter(std::string& into) { return std::make_unique<JsonWriter>(into); }

} // namespace streamwright::api
