// SPDX-License-Identifier: GPL-3.0-or-later
// RecordReader: the records of one file format, one after the other, each as one line of JSON. A broken record is told
// of with its line and passed over; the records around it stay. Holds one record and one piece of the file, however
// long the file is. One owner, one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "plugins/producers/files/json_text.h"
#include "plugins/producers/files/text_window.h"

namespace streamwright::producers {

enum class FileFormat { JsonLines, JsonArray, Csv, Tsv, AccessLog };

class RecordReader {
public:
    // Record: json() is there. Malformed: complaint() says why something was passed over. Failed: the file can be read
    // no further (the window knows why).
    enum class Status { Record, Malformed, End, Failed };

    virtual ~RecordReader() = default;
    virtual Status next() = 0;

    // Ends with the next next(); TextWindow::kPadding bytes behind it are readable.
    std::string_view json() const { return json_; }
    const std::string& complaint() const { return complaint_; }
    // Of the file, from 1, where what next() spoke of begins.
    std::uint64_t line() const { return line_; }

protected:
    Status malformed(std::uint64_t line, std::string complaint);
    Status tooLong(std::uint64_t line, std::size_t maximumSize);

    std::string_view json_;
    std::uint64_t line_ = 0;

private:
    std::string complaint_;
};

// What a reader reads, and how long a record may be.
struct ReaderInput {
    TextWindow& window;
    JsonText& json; // checks the records that come as JSON; afterwards it holds the record last given
    std::size_t maximumSize;
};

std::unique_ptr<RecordReader> makeReader(FileFormat format, const ReaderInput& input);

// Tells the format by the name and, where that says nothing, by the first bytes (the window's text).
Result<FileFormat> detectFormat(const std::string& path, std::string_view head);
// Of the property Format; nothing for "Auto".
std::optional<FileFormat> formatNamed(std::string_view name);

} // namespace streamwright::producers
