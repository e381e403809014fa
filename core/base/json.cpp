// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <vector>

#include "core/base/json_nesting.h"

namespace streamwright {

namespace {

struct Position {
    int line = 1;
    int column = 1;
};

Position positionOf(std::string_view text, std::size_t offset)
{
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const auto lastBreak = before.rfind('\n');
    return {1 + static_cast<int>(std::count(before.begin(), before.end(), '\n')),
            static_cast<int>(before.size() - (lastBreak == before.npos ? 0 : lastBreak + 1)) + 1};
}

std::string placeText(Position p) { return "line " + std::to_string(p.line) + ", column " + std::to_string(p.column); }

// The library's message without its "[json.exception...] parse error at line 1, column 2: " head.
std::string bareMessage(std::string message)
{
    const auto colon = message.find(": ");
    return colon == std::string::npos ? message : message.substr(colon + 2);
}

// Builds the value and refuses what the library would silently take: duplicate keys, bottomless nesting.
class StrictBuilder : public nlohmann::detail::json_sax_dom_parser<Json> {
    using Base = nlohmann::detail::json_sax_dom_parser<Json>;

public:
    explicit StrictBuilder(Json& root) : Base(root, false) { }

    bool start_object(std::size_t size)
    {
        keys_.emplace_back();
        return deeper() && Base::start_object(size);
    }
    bool end_object()
    {
        keys_.pop_back();
        --depth_;
        return Base::end_object();
    }
    bool start_array(std::size_t size) { return deeper() && Base::start_array(size); }
    bool end_array()
    {
        --depth_;
        return Base::end_array();
    }
    bool key(std::string& name)
    {
        if (!keys_.back().insert(name).second) return fail("the key \"" + name + "\" stands twice in one object");
        return Base::key(name);
    }
    bool parse_error(std::size_t offset, const std::string&, const nlohmann::detail::exception& error)
    {
        offset_ = offset == 0 ? 0 : offset - 1;
        hasOffset_ = true;
        return fail(bareMessage(error.what()));
    }

    const std::string& message() const { return message_; }
    bool hasOffset() const { return hasOffset_; }
    std::size_t offset() const { return offset_; }

private:
    bool deeper()
    {
        return ++depth_ <= kMostJsonNesting ||
               fail("nested deeper than " + std::to_string(kMostJsonNesting) + " levels");
    }
    bool fail(std::string message)
    {
        message_ = std::move(message);
        return false;
    }

    std::vector<std::set<std::string>> keys_;
    std::string message_;
    std::size_t offset_ = 0;
    bool hasOffset_ = false;
    int depth_ = 0;
};

// Counts what the parser takes, so that a refusal of ours has a place as well.
class CountingIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountingIterator(const char* at, const char** furthest) : at_(at), furthest_(furthest) { }
    reference operator*() const { return *at_; }
    CountingIterator& operator++()
    {
        ++at_;
        if (furthest_) *furthest_ = at_;
        return *this;
    }
    CountingIterator operator++(int)
    {
        CountingIterator old = *this;
        ++*this;
        return old;
    }
    bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
    bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

private:
    const char* at_;
    const char** furthest_;
};

// Walks a well-formed text to the value that a pointer names.
class PointerFinder {
public:
    explicit PointerFinder(std::string_view text) : text_(text) { }

    std::size_t find(std::string_view pointer)
    {
        skipSpace();
        while (!pointer.empty() && pointer.front() == '/') {
            pointer.remove_prefix(1);
            const auto end = std::min(pointer.find('/'), pointer.size());
            const std::size_t parent = at_;
            if (!enter(unescaped(pointer.substr(0, end)))) return parent;
            pointer.remove_prefix(end);
        }
        return at_;
    }

private:
    static std::string unescaped(std::string_view token)
    {
        std::string out;
        for (std::size_t i = 0; i < token.size(); ++i) {
            if (token[i] == '~' && i + 1 < token.size())
                out.push_back(token[++i] == '1' ? '/' : '~');
            else
                out.push_back(token[i]);
        }
        return out;
    }

    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    void skipSpace()
    {
        while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
            ++at_;
    }
    std::string_view takeString()
    {
        const std::size_t start = at_++;
        while (at_ < text_.size() && text_[at_] != '"')
            at_ += text_[at_] == '\\' ? 2 : 1;
        at_ = std::min(at_ + 1, text_.size());
        return text_.substr(start, at_ - start);
    }
    void skipValue()
    {
        int depth = 0;
        do {
            const char c = peek();
            if (c == '\0') return;
            if (c == '"') {
                takeString();
            } else {
                depth += (c == '{' || c == '[') - (c == '}' || c == ']');
                if (depth < 0) return;
                ++at_;
            }
        } while (depth > 0 || (peek() != ',' && peek() != '}' && peek() != ']' && peek() != '\0'));
    }

    bool enter(const std::string& token)
    {
        const char open = peek();
        if (open != '{' && open != '[') return false;
        ++at_;
        for (std::size_t index = 0;; ++index) {
            skipSpace();
            if (peek() == '}' || peek() == ']' || peek() == '\0') return false;
            bool match = open == '[' && std::to_string(index) == token;
            if (open == '{') {
                match = Json::parse(takeString(), nullptr, false) == token;
                skipSpace();
                ++at_; // the colon
                skipSpace();
            }
            if (match) return true;
            skipValue();
            skipSpace();
            if (peek() == ',') ++at_;
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

} // namespace

Result<Json> parseJson(std::string_view text)
{
    Json value;
    StrictBuilder builder(value);
    const char* furthest = text.data();
    const char* end = text.data() + text.size();
    const bool good =
        Json::sax_parse(CountingIterator(text.data(), &furthest), CountingIterator(end, nullptr), &builder);
    if (good) return value;
    const std::size_t offset =
        builder.hasOffset() ? builder.offset() : static_cast<std::size_t>(furthest - text.data());
    return Problem{ProblemCode::InvalidInput, "not valid JSON: " + builder.message(),
                   placeText(positionOf(text, offset))};
}

int lineOfPointer(std::string_view text, std::string_view pointer)
{
    return positionOf(text, PointerFinder(text).find(pointer)).line;
}

std::string pointerToken(std::string_view key)
{
    std::string out;
    for (const char c : key) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out.push_back(c);
    }
    return out;
}

} // namespace streamwright
