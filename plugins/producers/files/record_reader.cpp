// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/files/record_reader.h"

#include <algorithm>

#include "plugins/producers/files/access_log_reader.h"
#include "plugins/producers/files/delimited_reader.h"
#include "plugins/producers/files/json_array_reader.h"
#include "plugins/producers/files/json_lines_reader.h"

namespace streamwright::producers {

namespace {

struct Ending {
    std::string_view ending;
    FileFormat format;
};
constexpr Ending kEndings[] = {{".jsonl", FileFormat::JsonLines},
                               {".ndjson", FileFormat::JsonLines},
                               {".csv", FileFormat::Csv},
                               {".tsv", FileFormat::Tsv},
                               {".tab", FileFormat::Tsv}};

bool isWholeJson(std::string_view text)
{
    std::string padded(text);
    padded.resize(text.size() + TextWindow::kPadding, ' ');
    JsonText json;
    return !json.parse(std::string_view(padded).substr(0, text.size()));
}

Problem unknown(std::string message, const std::string& path)
{
    return Problem{ProblemCode::InvalidInput, std::move(message), path};
}

Result<FileFormat> detectJson(const std::string& path, std::string_view text, std::string_view firstLine)
{
    const bool wholeLine = firstLine.size() < text.size() && isWholeJson(firstLine);
    const bool more = text.substr(firstLine.size()).find_first_not_of(" \t\r\n") != text.npos;
    if (text.front() == '[') return wholeLine && more ? FileFormat::JsonLines : FileFormat::JsonArray;
    if (firstLine.size() == text.size() || wholeLine) return FileFormat::JsonLines;
    return unknown(
        "begins with one JSON object over several lines; it needs to be JSON Lines (an object a line) or a JSON "
        "array of records",
        path);
}

// Forms that look like text from afar but are not.
const char* foreignForm(std::string_view head)
{
    if (head.starts_with("\x1F\x8B")) return "is compressed with gzip; unpack it first (gunzip)";
    if (head.starts_with("PK\x03\x04")) return "is a ZIP archive; unpack it first (unzip)";
    if (head.starts_with("\x28\xB5\x2F\xFD")) return "is compressed with Zstandard; unpack it first (unzstd)";
    if (head.starts_with("PAR1")) return "is a Parquet file; export it as JSON Lines or CSV first";
    if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF"))
        return "is UTF-16; convert it to UTF-8 first (iconv)";
    return nullptr;
}

} // namespace

RecordReader::Status RecordReader::malformed(std::uint64_t line, std::string complaint)
{
    line_ = line;
    complaint_ = std::move(complaint);
    json_ = {};
    return Status::Malformed;
}

RecordReader::Status RecordReader::tooLong(std::uint64_t line, std::size_t maximumSize)
{
    return malformed(line, "the record is longer than MaxRecordBytes (" + std::to_string(maximumSize) + ")");
}

std::unique_ptr<RecordReader> makeReader(FileFormat format, const ReaderInput& input)
{
    switch (format) {
    case FileFormat::JsonArray:
        return std::make_unique<JsonArrayReader>(input);
    case FileFormat::Csv:
        return std::make_unique<DelimitedReader>(input, ',');
    case FileFormat::Tsv:
        return std::make_unique<DelimitedReader>(input, '\t');
    case FileFormat::AccessLog:
        return std::make_unique<AccessLogReader>(input);
    case FileFormat::JsonLines:
        break;
    }
    return std::make_unique<JsonLinesReader>(input);
}

Result<FileFormat> detectFormat(const std::string& path, std::string_view head)
{
    if (head.find_first_not_of(" \t\r\n") == head.npos) return unknown("the file is empty", path);
    if (const char* remedy = foreignForm(head)) return unknown(remedy, path);
    std::string lower = path;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    for (const Ending& known : kEndings)
        if (lower.ends_with(known.ending)) return known.format;
    const std::string_view text = head.substr(head.find_first_not_of(" \t\r\n"));
    std::string_view firstLine = text.substr(0, text.find('\n'));
    if (text.front() == '[' || text.front() == '{') return detectJson(path, text, firstLine);
    if (firstLine.ends_with('\r')) firstLine.remove_suffix(1);
    if (looksLikeAccessLog(firstLine)) return FileFormat::AccessLog;
    if (firstLine.find('\t') != firstLine.npos) return FileFormat::Tsv;
    if (firstLine.find(',') != firstLine.npos) return FileFormat::Csv;
    return unknown("cannot tell its format; set Format to JsonLines, JsonArray, CSV, TSV or AccessLog", path);
}

std::optional<FileFormat> formatNamed(std::string_view name)
{
    if (name == "JsonLines") return FileFormat::JsonLines;
    if (name == "JsonArray") return FileFormat::JsonArray;
    if (name == "CSV") return FileFormat::Csv;
    if (name == "TSV") return FileFormat::Tsv;
    if (name == "AccessLog") return FileFormat::AccessLog;
    return {};
}

} // namespace streamwright::producers
