// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/files/delimited_reader.h"

#include <algorithm>
#include <set>

#include "plugins/producers/ascii_writer.h"

namespace streamwright::producers {

namespace {

constexpr std::size_t kMaxColumns = 10'000;
constexpr std::size_t kLineEnd = 2;
constexpr std::size_t kMaxDigits = 15; // what every reader of JSON numbers keeps exactly

bool isPlainNumber(std::string_view text)
{
    if (text.starts_with('-')) text.remove_prefix(1);
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const auto whole = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), isDigit) - text.begin());
    if (whole == 0 || text.size() > kMaxDigits + 1 || (whole > 1 && text.front() == '0')) return false;
    if (whole == text.size()) return whole <= kMaxDigits;
    const std::string_view decimals = text.substr(whole + 1);
    return text[whole] == '.' && !decimals.empty() && std::all_of(decimals.begin(), decimals.end(), isDigit);
}

} // namespace

RecordReader::Status DelimitedReader::next()
{
    while (!over_) {
        const Row row = scan();
        const std::uint64_t begin = lineNow_;
        switch (row) {
        case Row::End:
            over_ = true;
            break;
        case Row::Failed:
            return Status::Failed;
        case Row::TooLong:
            passFirstLine();
            return tooLong(begin, input_.maximumSize);
        case Row::BrokenQuotes:
            passFirstLine();
            return malformed(begin, "text after a closing quote; a quote inside quotes is written twice");
        case Row::UnclosedQuote:
            passFirstLine();
            return malformed(begin, "a quote is opened and not closed within MaxRecordBytes");
        case Row::Whole:
            break;
        }
        if (row != Row::Whole) continue;
        if (isBlank()) {
            dropRow(at_);
            continue;
        }
        line_ = begin;
        if (!hasHeader_) {
            const Status status = takeHeader();
            dropRow(at_);
            if (status == Status::Malformed) return status;
            continue;
        }
        const bool fits = count_ == names_.size();
        if (fits) writeObject();
        dropRow(at_);
        if (!fits)
            return malformed(begin, "the row has " + std::to_string(count_) + (count_ == 1 ? " field" : " fields") +
                                        ", the header " + std::to_string(names_.size()));
        return Status::Record;
    }
    return Status::End;
}

// Scans the row at the window's begin into fields_; at_ is then behind its line end.
DelimitedReader::Row DelimitedReader::scan()
{
    where_ = Where::FieldStart;
    at_ = count_ = 0;
    field_ = {};
    fields_.clear();
    Row result = Row::Whole;
    for (bool atEnd = false;;) {
        const std::string_view text = input_.window.text();
        if (scanFields(text, atEnd, result)) return result;
        if (input_.window.grow()) continue;
        if (input_.window.failure()) return Row::Failed;
        if (input_.window.text().empty()) return Row::End;
        atEnd = true;
    }
}

// Goes on at at_; true when the row is over (result says how), false when more text is needed.
bool DelimitedReader::scanFields(std::string_view text, bool atEnd, Row& result)
{
    const std::size_t limit = input_.maximumSize + kLineEnd;
    for (; at_ < text.size() && at_ < limit; ++at_) {
        const char c = text[at_];
        if (where_ == Where::Quoted) {
            if (c == '"') where_ = Where::AfterQuote;
            continue;
        }
        if (c == separator_ || c == '\n') {
            endField(text, at_);
            if (c == '\n') {
                ++at_;
                return true;
            }
            where_ = Where::FieldStart;
            field_ = {at_ + 1, at_ + 1, false, false};
        } else if (where_ == Where::FieldStart && c == '"') {
            where_ = Where::Quoted;
            field_.quoted = true;
        } else if (where_ == Where::AfterQuote && c == '"') {
            where_ = Where::Quoted;
            field_.doubled = true;
        } else if (where_ == Where::AfterQuote) {
            const bool last = at_ + 1 == text.size();
            if (c == '\r' && last && !atEnd) return false;
            if (c == '\r' && (last || text[at_ + 1] == '\n')) continue;
            result = Row::BrokenQuotes;
            return true;
        } else {
            where_ = Where::Plain;
        }
    }
    if (at_ == limit) {
        result = where_ == Where::Quoted ? Row::UnclosedQuote : Row::TooLong;
        return true;
    }
    if (!atEnd) return false;
    endField(text, at_);
    result = where_ == Where::Quoted ? Row::UnclosedQuote : Row::Whole;
    return true;
}

void DelimitedReader::endField(std::string_view text, std::size_t end)
{
    const bool atLineEnd = end == text.size() || text[end] == '\n';
    if (atLineEnd && end > field_.begin && text[end - 1] == '\r') --end;
    field_.end = end;
    if (field_.quoted) {
        ++field_.begin;
        field_.end = std::max(field_.begin, end - 1);
    }
    if (fields_.size() <= (hasHeader_ ? names_.size() : kMaxColumns)) fields_.push_back(field_);
    ++count_;
}

bool DelimitedReader::isBlank() const
{
    return count_ == 1 && !fields_[0].quoted && fields_[0].begin == fields_[0].end;
}

void DelimitedReader::passFirstLine()
{
    while (true) {
        const std::string_view text = input_.window.text();
        const auto end = text.find('\n');
        dropRow(end == text.npos ? text.size() : end + 1);
        if (end != text.npos || !input_.window.grow()) return;
    }
}

void DelimitedReader::dropRow(std::size_t bytes)
{
    const std::string_view row = input_.window.text().substr(0, bytes);
    lineNow_ += static_cast<std::uint64_t>(std::count(row.begin(), row.end(), '\n'));
    input_.window.drop(bytes);
}

std::string_view DelimitedReader::unquoted(std::string_view text, const Field& field)
{
    const std::string_view inside = text.substr(field.begin, field.end - field.begin);
    if (!field.doubled) return inside;
    scratch_.clear();
    for (std::size_t i = 0; i < inside.size(); ++i) {
        scratch_.push_back(inside[i]);
        if (inside[i] == '"') ++i;
    }
    return scratch_;
}

RecordReader::Status DelimitedReader::takeHeader()
{
    over_ = true; // unless the header is good
    if (count_ > kMaxColumns)
        return malformed(lineNow_, "the header has more than " + std::to_string(kMaxColumns) + " columns");
    std::set<std::string, std::less<>> seen;
    const std::string_view text = input_.window.text();
    for (const Field& field : fields_) {
        std::string name(unquoted(text, field));
        if (name.empty()) name = "column" + std::to_string(names_.size() + 1);
        if (!seen.insert(name).second)
            return malformed(lineNow_,
                             "the header names the column \"" + name + "\" twice; give every column its own name");
        std::string escaped(name.size() * kMaxEscaped, '\0');
        escaped.resize(static_cast<std::size_t>(writeEscaped(escaped.data(), name) - escaped.data()));
        names_.push_back('"' + escaped + "\":");
    }
    over_ = false;
    hasHeader_ = true;
    return Status::Record;
}

void DelimitedReader::writeObject()
{
    const std::string_view text = input_.window.text();
    std::size_t most = 2 + TextWindow::kPadding;
    for (std::size_t i = 0; i < fields_.size(); ++i)
        most += names_[i].size() + 3 + (fields_[i].end - fields_[i].begin) * kMaxEscaped;
    if (object_.size() < most) object_.resize(most);
    char* at = object_.data();
    *at++ = '{';
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        if (i > 0) *at++ = ',';
        at = writeText(at, names_[i]);
        const std::string_view value = unquoted(text, fields_[i]);
        if (!fields_[i].quoted && isPlainNumber(value)) {
            at = writeText(at, value);
        } else {
            *at++ = '"';
            at = writeEscaped(at, value);
            *at++ = '"';
        }
    }
    *at++ = '}';
    json_ = std::string_view(object_.data(), static_cast<std::size_t>(at - object_.data()));
}

} // namespace streamwright::producers
