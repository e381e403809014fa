// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/stores/object_key.h"

#include "plugins/stores/limits.h"

namespace streamwright::stores {

namespace {

constexpr std::size_t kPiece = 200; // file systems take names of 255 bytes
constexpr std::string_view kEmptySegment = "%-";
constexpr std::string_view kGoesOn = "%+";
constexpr char kHexDigits[] = "0123456789ABCDEF";

void escape(std::string& out, unsigned char c)
{
    out.push_back('%');
    out.push_back(kHexDigits[c >> 4]);
    out.push_back(kHexDigits[c & 15]);
}

std::string escapedSegment(std::string_view segment)
{
    if (segment.empty()) return std::string(kEmptySegment);
    const bool dots = segment == "." || segment == "..";
    std::string out;
    for (const char c : segment) {
        const auto byte = static_cast<unsigned char>(c);
        if (dots || byte < 0x20 || byte == 0x7F || c == '%')
            escape(out, byte);
        else
            out.push_back(c);
    }
    return out;
}

int hexValue(char c)
{
    const std::string_view digits = kHexDigits;
    const auto at = digits.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

std::optional<std::string> unescapedSegment(std::string_view text)
{
    if (text == kEmptySegment) return std::string();
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out.push_back(text[i]);
            continue;
        }
        if (text.size() - i < 3) return std::nullopt;
        const int high = hexValue(text[i + 1]), low = hexValue(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        out.push_back(static_cast<char>(high * 16 + low));
        i += 2;
    }
    return out;
}

// Takes what stands before the next slash off the front.
std::string_view takeSegment(std::string_view& rest, bool& more)
{
    const auto slash = rest.find('/');
    more = slash != std::string_view::npos;
    const std::string_view segment = rest.substr(0, slash);
    rest.remove_prefix(more ? slash + 1 : rest.size());
    return segment;
}

} // namespace

Result<void> checkKey(std::string_view key)
{
    if (key.empty()) return Problem{ProblemCode::InvalidInput, "an object key cannot be empty"};
    if (key.size() <= kMaxKeyBytes) return {};
    return Problem{ProblemCode::LimitExceeded, "an object key has at most " + std::to_string(kMaxKeyBytes) +
                                                   " bytes, this one has " + std::to_string(key.size())};
}

std::string keyToPath(std::string_view key)
{
    std::string path;
    for (bool more = true; more;) {
        const std::string segment = escapedSegment(takeSegment(key, more));
        for (std::size_t at = 0; at < segment.size(); at += kPiece) {
            path.append(segment, at, kPiece);
            if (at + kPiece < segment.size()) path.append(kGoesOn).push_back('/');
        }
        if (more) path.push_back('/');
    }
    return path;
}

std::optional<std::string> pathToKey(std::string_view path)
{
    if (path.ends_with('%')) path.remove_suffix(1);
    std::string key, pieces;
    std::string_view rest = path;
    for (bool more = true; more;) {
        std::string_view segment = takeSegment(rest, more);
        const bool goesOn = more && segment.ends_with(kGoesOn);
        if (goesOn) segment.remove_suffix(kGoesOn.size());
        pieces.append(segment);
        if (goesOn) continue;
        const auto plain = unescapedSegment(pieces);
        if (!plain) return std::nullopt;
        key.append(*plain);
        if (more) key.push_back('/');
        pieces.clear();
    }
    if (key.empty() || keyToPath(key) != path) return std::nullopt;
    return key;
}

} // namespace streamwright::stores
