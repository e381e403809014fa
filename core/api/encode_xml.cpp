// SPDX-License-Identifier: GPL-3.0-or-later
// XML of the query protocol: the output shape gives the elements their names. What the shape does not know is written by
// its own name.
#include <array>
#include <charconv>
#include <cmath>
#include <deque>

#include "core/api/encode.h"
#include "core/api/time_text.h"
#include "core/base/base64.h"
#include "core/base/check.h"

namespace streamwright::api {

namespace {

void appendEscaped(std::string& to, std::string_view text)
{
    constexpr std::string_view kHex = "0123456789ABCDEF";
    for (const char c : text) {
        switch (c) {
        case '&':
            to += "&amp;";
            break;
        case '<':
            to += "&lt;";
            break;
        case '>':
            to += "&gt;";
            break;
        case '"':
            to += "&quot;";
            break;
        case '\t':
        case '\n':
            to += c;
            break;
        default:
            if (static_cast<unsigned char>(c) >= 0x20) {
                to += c;
                break;
            }
            to += "&#x";
            if (c >= 0x10) to += kHex[static_cast<unsigned char>(c) >> 4];
            to.append(1, kHex[c & 15]).append(1, ';');
        }
    }
}

class XmlWriter : public Writer {
public:
    XmlWriter(std::string& into, const Shape& output) : into_(into), next_{{}, &output, false} { }

    void beginMap() override
    {
        const bool root = levels_.empty();
        if (next_.shape && next_.shape->type == Shape::Type::Map) {
            const bool wrapped = !next_.flattened;
            if (wrapped) open(next_.name);
            levels_.push_back({Level::Map, next_.shape, next_.name, wrapped ? "entry" : next_.name, wrapped});
        } else {
            if (!root) open(next_.name);
            levels_.push_back({Level::Structure, next_.shape, next_.name, {}, !root});
        }
    }
    void endMap() override { end(); }

    void key(std::string_view name) override
    {
        const Level& level = levels_.back();
        if (level.kind == Level::Map) {
            open(level.item);
            element(level.shape->keyName, name);
            next_ = {level.shape->valueName, level.shape->element, level.shape->element->flattened};
            return;
        }
        const Shape::Field* field = level.shape ? level.shape->field(name) : nullptr;
        if (field)
            next_ = {field->queryName, field->shape, field->flattened};
        else
            next_ = {names_.emplace_back(name), nullptr, false};
    }

    void beginList() override
    {
        const bool wrapped = !next_.flattened;
        if (wrapped) open(next_.name);
        const std::string_view item = !wrapped      ? next_.name
                                      : next_.shape ? std::string_view(next_.shape->elementName)
                                                    : "member";
        const Shape* element = next_.shape ? next_.shape->element : nullptr;
        levels_.push_back({Level::List, next_.shape, next_.name, item, wrapped});
        next_ = {item, element, element && element->flattened};
    }
    void endList() override { end(); }

    void string(std::string_view utf8) override { scalar(utf8); }
    void integer(std::int64_t value) override { number(value); }
    void real(double value) override
    {
        if (std::isfinite(value))
            number(value);
        else
            scalar(std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }
    void boolean(bool value) override { scalar(value ? "true" : "false"); }
    void blob(std::string_view bytes) override
    {
        std::string text;
        appendBase64(text, bytes);
        scalar(text);
    }
    void time(Time value) override
    {
        std::string text;
        appendIso(text, value);
        scalar(text);
    }

private:
    // A structure, list or map that has begun.
    struct Level {
        enum Kind { Structure, List, Map } kind;
        const Shape* shape;
        std::string_view name;
        std::string_view item; // the element around each of a list or a map
        bool wrapped; // in an element of that name, to be closed
    };
    // The value to come.
    struct Next {
        std::string_view name;
        const Shape* shape = nullptr;
        bool flattened = false;
    };

    void open(std::string_view name) { into_.append("<").append(name).append(">"); }
    void close(std::string_view name) { into_.append("</").append(name).append(">"); }
    void element(std::string_view name, std::string_view text)
    {
        open(name);
        appendEscaped(into_, text);
        close(name);
    }
    void scalar(std::string_view text)
    {
        element(next_.name, text);
        valueDone();
    }
    template <typename Number>
    void number(Number value)
    {
        std::array<char, 32> digits;
        const char* end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        scalar({digits.data(), static_cast<std::size_t>(end - digits.data())});
    }
    void end()
    {
        CHECK(!levels_.empty());
        if (levels_.back().wrapped) close(levels_.back().name);
        levels_.pop_back();
        if (!levels_.empty()) valueDone();
    }
    void valueDone()
    {
        const Level& level = levels_.back();
        if (level.kind == Level::Map) close(level.item);
        if (level.kind != Level::List) return;
        const Shape* element = level.shape ? level.shape->element : nullptr;
        next_ = {level.item, element, element && element->flattened};
    }

    std::string& into_;
    std::vector<Level> levels_;
    Next next_;
    std::deque<std::string> names_; // that no shape has
};

} // namespace

std::unique_ptr<Writer> xmlWriter(std::string& into, const Shape& output)
{
    return std::make_unique<XmlWriter>(into, output);
}

std::string escapeXml(std::string_view text)
{
    std::string out;
    appendEscaped(out, text);
    return out;
}

} // namespace streamwright::api
