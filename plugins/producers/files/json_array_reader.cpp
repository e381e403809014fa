// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/files/json_array_reader.h"

#include <algorithm>

namespace streamwright::producers {

namespace {
bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
} // namespace

// The next character that is no space, left in the window; '\0' at the end of the file.
char JsonArrayReader::skipSpace()
{
    while (true) {
        const std::string_view text = input_.window.text();
        std::size_t at = 0;
        for (; at < text.size() && isSpace(text[at]); ++at)
            lineNow_ += text[at] == '\n';
        const char found = at < text.size() ? text[at] : '\0';
        input_.window.drop(at);
        if (at < text.size()) return found == '\0' ? '?' : found;
        if (!input_.window.grow()) return '\0';
    }
}

RecordReader::Status JsonArrayReader::next()
{
    while (stage_ != Stage::Over) {
        const char c = skipSpace();
        if (input_.window.failure()) return Status::Failed;
        if (stage_ == Stage::BeforeArray) {
            if (c != '[') return startArray();
            input_.window.drop(1);
            stage_ = Stage::First;
        } else if (c == '\0') {
            stage_ = Stage::Over;
            return malformed(lineNow_, "the file ends before the array does (\"]\" is missing)");
        } else if (c == ']') {
            return endArray();
        } else if (c == ',') {
            const bool misplaced = stage_ != Stage::AfterElement;
            input_.window.drop(1);
            stage_ = Stage::AfterComma;
            if (misplaced) return malformed(lineNow_, "a comma without an element before it");
        } else if (stage_ == Stage::AfterElement) {
            stage_ = Stage::AfterComma; // the element itself may be good
            return malformed(lineNow_, "a comma is missing before this element");
        } else {
            stage_ = Stage::AfterElement;
            return element();
        }
    }
    return Status::End;
}

RecordReader::Status JsonArrayReader::startArray()
{
    stage_ = Stage::Over;
    return malformed(lineNow_, "a JSON array must begin with \"[\"; set Format if the file is of another");
}

RecordReader::Status JsonArrayReader::endArray()
{
    const bool dangling = stage_ == Stage::AfterComma;
    const std::uint64_t line = lineNow_;
    input_.window.drop(1);
    stage_ = Stage::Over;
    const char c = skipSpace();
    if (input_.window.failure()) return Status::Failed;
    if (c != '\0') return malformed(lineNow_, "the file goes on after the end of the array; what follows is not read");
    return dangling ? malformed(line, "a comma without an element after it") : Status::End;
}

RecordReader::Status JsonArrayReader::element()
{
    const std::uint64_t begin = lineNow_;
    const Extent extent = measure();
    if (input_.window.failure()) return Status::Failed;
    if (extent == Extent::TooLong) {
        input_.window.drop(size_);
        return tooLong(begin, input_.maximumSize);
    }
    JsonText::minify(input_.window.text().substr(0, size_), compact_);
    input_.window.drop(size_);
    if (extent == Extent::Unclosed) return malformed(begin, "the file ends inside this element");
    if (const auto fault = input_.json.parse(compact_)) return malformed(begin, "not valid JSON: " + *fault);
    json_ = compact_;
    line_ = begin;
    return Status::Record;
}

// Finds the end of the element at the window's begin; of one that is too long all but a rest of size_ is dropped.
JsonArrayReader::Extent JsonArrayReader::measure()
{
    open_.clear();
    inString_ = escaped_ = closed_ = false;
    bool tooLong = false;
    for (size_ = 0;;) {
        const std::string_view text = input_.window.text();
        for (const std::size_t end = std::min(text.size(), input_.maximumSize + 1); size_ < end; ++size_)
            if (!step(text[size_]) && (size_ > 0 || tooLong)) return tooLong ? Extent::TooLong : Extent::Whole;
        if (size_ > input_.maximumSize) {
            input_.window.drop(size_);
            size_ = 0;
            tooLong = true;
        } else if (!input_.window.grow()) {
            if (tooLong) return Extent::TooLong;
            return open_.empty() && !inString_ ? Extent::Whole : Extent::Unclosed;
        }
    }
}

// Takes one character into the element; false if the element ends before it.
bool JsonArrayReader::step(char c)
{
    if (c == '\n') inString_ = escaped_ = false; // JSON strings hold no bare line break: this one was not closed
    if (inString_) {
        const bool closing = c == '"' && !escaped_;
        escaped_ = c == '\\' && !escaped_;
        inString_ = !closing;
        closed_ = closing && open_.empty();
        return true;
    }
    const bool outside = open_.empty();
    if (closed_ || (outside && (isSpace(c) || c == ',' || c == ']' || c == '}'))) return false;
    lineNow_ += c == '\n';
    if (c == '"') inString_ = true;
    if (c == '{' || c == '[') open_.push_back(c);
    if (c == '}' || c == ']') closeBracket(c);
    return true;
}

// A bracket of the other kind closes everything inside the pair that it belongs to.
void JsonArrayReader::closeBracket(char c)
{
    const auto partner = open_.rfind(c == '}' ? '{' : '[');
    open_.resize(partner == open_.npos ? 0 : partner);
    closed_ = open_.empty();
}

} // namespace streamwright::producers
