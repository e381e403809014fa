// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/record_text.h"

#include <algorithm>
#include <cstdint>

#include "core/base/json.h"
#include "core/base/json_nesting.h"

namespace streamwright {

namespace {

// How many bytes the UTF-8 character at the front has; 0 when there is none.
std::size_t characterSize(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t lead = byte(0);
    const std::size_t size = lead < 0x80   ? 1
                             : lead < 0xC2 ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
    if (size == 0 || size > text.size()) return 0;
    for (std::size_t i = 1; i < size; ++i)
        if ((byte(i) & 0xC0) != 0x80) return 0;
    if ((lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F) || (lead == 0xF0 && byte(1) < 0x90) ||
        (lead == 0xF4 && byte(1) > 0x8F))
        return 0;
    return size;
}

bool isText(std::string_view data)
{
    while (!data.empty()) {
        const std::size_t size = characterSize(data);
        const char c = data.front();
        if (size == 0 || (static_cast<std::uint8_t>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7F)
            return false;
        data.remove_prefix(size);
    }
    return true;
}

std::string base64(std::string_view data)
{
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((data.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < data.size(); at += 3) {
        std::uint32_t three = 0;
        for (std::size_t i = 0; i < 3; ++i)
            three = three << 8 | (at + i < data.size() ? static_cast<std::uint8_t>(data[at + i]) : 0u);
        for (std::size_t i = 0; i < 4; ++i)
            out += at + i <= data.size() ? kDigits[three >> (18 - 6 * i) & 63] : '=';
    }
    return out;
}

std::string csvField(std::string_view text)
{
    if (text.find_first_of(",\"\r\n") == text.npos) return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted += '"';
}

Json textOrBase64(std::string_view text) { return isText(text) ? std::string(text) : base64(text); }

} // namespace

RecordForm formOf(std::string_view data)
{
    const std::size_t first = data.find_first_not_of(" \t\r\n");
    if (first != data.npos && (data[first] == '{' || data[first] == '[') && !nestsTooDeep(data) && Json::accept(data))
        return RecordForm::Json;
    return isText(data) ? RecordForm::Text : RecordForm::Bytes;
}

std::string previewOf(std::string_view data, std::size_t most)
{
    std::string line;
    for (std::size_t characters = 0; !data.empty() && characters < most; ++characters) {
        const std::size_t size = characterSize(data);
        const char c = data.front();
        if (c == '\n' || c == '\r' || c == '\t')
            line += ' ';
        else if (size == 0 || static_cast<std::uint8_t>(c) < 0x20 || c == 0x7F)
            line += "\u00B7";
        else
            line += data.substr(0, size);
        data.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return line;
}

std::string hexDump(std::string_view data)
{
    constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    for (std::size_t at = 0; at < data.size(); at += 16) {
        for (int shift = 28; shift >= 0; shift -= 4)
            out += kDigits[at >> shift & 15];
        const std::string_view row = data.substr(at, 16);
        for (std::size_t i = 0; i < 16; ++i) {
            out += i % 8 == 0 ? "  " : " ";
            const auto byte = i < row.size() ? static_cast<std::uint8_t>(row[i]) : 0;
            out += i < row.size() ? std::string{kDigits[byte >> 4], kDigits[byte & 15]} : "  ";
        }
        out += "  |";
        for (const char c : row)
            out += c >= 0x20 && c < 0x7F ? c : '.';
        out += "|\n";
    }
    return out;
}

std::string jsonLine(const BrowseRow& record)
{
    Json line = {{"time", isoTime(record.time)}, {"part", record.part}, {"sequence", record.sequence}};
    line["key"] = textOrBase64(record.key);
    for (const auto& [name, value] : record.attributes)
        line["attributes"][textOrBase64(name).get<std::string>()] = textOrBase64(value);
    switch (formOf(record.data)) {
    case RecordForm::Json:
        line["data"] = Json::parse(record.data);
        break;
    case RecordForm::Text:
        line["data"] = record.data;
        break;
    case RecordForm::Bytes:
        line["dataBase64"] = base64(record.data);
        break;
    }
    return line.dump() + "\n";
}

std::string_view csvHead() { return "time,part,sequence,key,size,data\r\n"; }

std::string csvLine(const BrowseRow& record)
{
    return isoTime(record.time) + ',' + csvField(record.part) + ',' + csvField(record.sequence) + ',' +
           csvField(isText(record.key) ? std::string(record.key) : base64(record.key)) + ',' +
           std::to_string(record.size) + ',' +
           csvField(isText(record.data) ? std::string(record.data) : base64(record.data)) + "\r\n";
}

} // namespace streamwright
