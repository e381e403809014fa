// SPDX-License-Identifier: GPL-3.0-or-later
// RecordFeed: the records of a file with their partition keys and times, from whichever format the file has. What is
// broken is told of as a Problem with the place "file:line" and passed over; a record without a usable key or time
// (where they are asked for) counts as broken. Memory does not depend on the file's length. One owner, one thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "plugins/producers/files/record_reader.h"

namespace streamwright::producers {

struct FeedOptions {
    std::string path;
    std::string format = "Auto";
    std::string keyField; // "" = records have no key
    std::string timeField; // "" = records have no time
    std::size_t maximumSize = 1 << 20;
};

struct FeedRecord {
    std::string_view json;
    std::string_view key;
    Time time{};
    std::uint64_t line = 0;
};

class RecordFeed {
public:
    using Status = RecordReader::Status;

    // Opens the file, or reads the bytes as if they stood in it.
    static Result<std::unique_ptr<RecordFeed>> open(FeedOptions options);
    static Result<std::unique_ptr<RecordFeed>> open(FeedOptions options, std::unique_ptr<ByteSource> source);

    Status next();
    const FeedRecord& record() const { return record_; } // its views end with the next next()
    const Problem& problem() const { return problem_; } // after Malformed and Failed
    void rewind();
    FileFormat format() const { return format_; }
    std::size_t memory() const { return window_.memory(); }

private:
    RecordFeed(FeedOptions options, std::unique_ptr<ByteSource> source);
    Result<void> chooseFormat();
    Status malformed(std::uint64_t line, const std::string& complaint);

    const FeedOptions options_;
    const FieldPath keyField_, timeField_;
    TextWindow window_;
    JsonText json_;
    FileFormat format_ = FileFormat::JsonLines;
    std::unique_ptr<RecordReader> reader_;
    FeedRecord record_;
    Problem problem_;
};

} // namespace streamwright::producers
