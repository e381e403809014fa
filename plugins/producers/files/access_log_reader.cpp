// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/files/access_log_reader.h"

#include <algorithm>

#include "plugins/producers/ascii_writer.h"
#include "plugins/producers/files/time_text.h"

namespace streamwright::producers {

namespace {

constexpr std::size_t kTimeSize = 20; // 10/Oct/2000:13:55:36

struct AccessLine {
    std::string_view host, ident, user, time, request, response, bytes, referrer, agent, rest;
    bool combined = false;
};

// Takes the parts of a line from its begin.
class Parts {
public:
    explicit Parts(std::string_view line) : rest_(line) { }

    // Up to the text, which is taken too; nothing if the text does not come.
    bool until(std::string_view end, std::string_view& part)
    {
        const auto at = rest_.find(end);
        if (at == rest_.npos) return false;
        part = rest_.substr(0, at);
        rest_.remove_prefix(at + end.size());
        return true;
    }
    // Between quotes; a backslash keeps the character behind it from ending the part.
    bool quoted(std::string_view& part)
    {
        if (!rest_.starts_with('"')) return false;
        std::size_t at = 1;
        while (at < rest_.size() && rest_[at] != '"')
            at += rest_[at] == '\\' ? 2 : 1;
        if (at >= rest_.size()) return false;
        part = rest_.substr(1, at - 1);
        rest_.remove_prefix(at + 1);
        return true;
    }
    std::string_view word()
    {
        const std::string_view word = rest_.substr(0, rest_.find(' '));
        rest_.remove_prefix(word.size());
        return word;
    }
    bool space()
    {
        const bool there = rest_.starts_with(' ');
        if (there) rest_.remove_prefix(1);
        return there;
    }
    std::string_view rest() const { return rest_; }

private:
    std::string_view rest_;
};

bool isNumberOrDash(std::string_view text)
{
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return text == "-" || (!text.empty() && text.size() <= 18 && std::all_of(text.begin(), text.end(), digit));
}

// What is wrong with the line, or nullptr.
const char* take(std::string_view text, AccessLine& line)
{
    Parts parts(text);
    if (!parts.until(" ", line.host) || !parts.until(" ", line.ident) || !parts.until(" [", line.user) ||
        line.host.empty())
        return "it must begin with: host ident user [time]";
    if (!parts.until("] ", line.time) || line.time.size() < kTimeSize || line.time[2] != '/' || !parseTime(line.time))
        return "the time must look like [10/Oct/2000:13:55:36 -0700]";
    if (!parts.quoted(line.request) || !parts.space()) return "the request must stand in quotes";
    line.response = parts.word();
    if (!isNumberOrDash(line.response) || !parts.space()) return "the status must be a number";
    line.bytes = parts.word();
    if (!isNumberOrDash(line.bytes)) return "the size must be a number or \"-\"";
    Parts tail = parts;
    line.combined = tail.space() && tail.quoted(line.referrer) && tail.space() && tail.quoted(line.agent);
    if (line.combined) parts = tail;
    parts.space();
    line.rest = parts.rest();
    return nullptr;
}

// Undoes the server's escaping of quotes and backslashes; its \xhh of other bytes stays as it is.
std::string plain(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) ++i;
        out.push_back(text[i]);
    }
    return out;
}

class ObjectWriter {
public:
    explicit ObjectWriter(std::string& into) : into_(into) { into_.assign(1, '{'); }

    void text(std::string_view name, std::string_view value)
    {
        member(name);
        if (value == "-") {
            into_ += "null";
            return;
        }
        const std::size_t before = into_.size();
        into_.resize(before + value.size() * kMaxEscaped + 2);
        char* at = into_.data() + before;
        *at++ = '"';
        at = writeEscaped(at, value);
        *at++ = '"';
        into_.resize(static_cast<std::size_t>(at - into_.data()));
    }
    void number(std::string_view name, std::string_view value)
    {
        member(name);
        value.remove_prefix(std::min(value.find_first_not_of('0'), value.size() - 1)); // JSON knows no leading zeros
        into_ += value == "-" ? "null" : value;
    }
    void close() { into_ += '}'; }

private:
    void member(std::string_view name)
    {
        if (into_.size() > 1) into_ += ',';
        into_.append("\"").append(name).append("\":");
    }
    std::string& into_;
};

// "10/Oct/2000:13:55:36 -0700" as "2000-10-10T13:55:36-07:00"; the time has been checked.
std::string isoWithZone(std::string_view time)
{
    const Time local = *parseTime(time.substr(0, kTimeSize));
    char iso[kIsoTimeSize];
    writeIsoTime(iso, local);
    std::string text(iso, 19);
    const std::string_view zone = time.substr(kTimeSize);
    std::string digits;
    std::copy_if(zone.begin(), zone.end(), std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    if (digits.empty()) return text.append("Z");
    digits.resize(4, '0');
    text += zone.find('-') == zone.npos ? '+' : '-';
    return text.append(digits, 0, 2).append(":").append(digits, 2, 2);
}

void write(const AccessLine& line, std::string& into)
{
    ObjectWriter object(into);
    object.text("host", line.host);
    object.text("ident", line.ident);
    object.text("authuser", line.user);
    object.text("datetime", isoWithZone(line.time));
    const std::string request = plain(line.request);
    object.text("request", request);
    const auto first = request.find(' '), last = request.rfind(' ');
    const bool threeParts = first != request.npos && last > first;
    object.text("method", threeParts ? std::string_view(request).substr(0, first) : "-");
    object.text("path", threeParts ? std::string_view(request).substr(first + 1, last - first - 1) : "-");
    object.number("response", line.response);
    object.number("bytes", line.bytes);
    if (line.combined) {
        object.text("referrer", plain(line.referrer));
        object.text("agent", plain(line.agent));
    }
    if (!line.rest.empty()) object.text("rest", line.rest);
    object.close();
}

} // namespace

bool looksLikeAccessLog(std::string_view line)
{
    AccessLine parts;
    return take(line, parts) == nullptr;
}

RecordReader::Status AccessLogReader::next()
{
    while (true) {
        const LineReader::Status status = lines_.next();
        if (status == LineReader::Status::End) return Status::End;
        if (status == LineReader::Status::Failed) return Status::Failed;
        if (status == LineReader::Status::TooLong) return tooLong(lines_.number(), input_.maximumSize);
        const std::string_view text = lines_.line();
        if (text.find_first_not_of(" \t\r") == text.npos) continue;
        AccessLine line;
        if (const char* fault = take(text, line))
            return malformed(lines_.number(), std::string("not a line of an access log: ") + fault);
        write(line, object_);
        const std::size_t size = object_.size();
        object_.resize(size + TextWindow::kPadding, ' ');
        json_ = std::string_view(object_).substr(0, size);
        line_ = lines_.number();
        return Status::Record;
    }
}

} // namespace streamwright::producers
