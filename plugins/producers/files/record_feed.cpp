// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/files/record_feed.h"

namespace streamwright::producers {

Result<std::unique_ptr<RecordFeed>> RecordFeed::open(FeedOptions options)
{
    auto source = openFile(options.path);
    if (!source) return source.problem();
    return open(std::move(options), std::move(*source));
}

Result<std::unique_ptr<RecordFeed>> RecordFeed::open(FeedOptions options, std::unique_ptr<ByteSource> source)
{
    std::unique_ptr<RecordFeed> feed(new RecordFeed(std::move(options), std::move(source)));
    if (auto done = feed->chooseFormat(); !done) return done.problem();
    feed->rewind();
    return feed;
}

RecordFeed::RecordFeed(FeedOptions options, std::unique_ptr<ByteSource> source)
    : options_(std::move(options)),
      keyField_(options_.keyField),
      timeField_(options_.timeField),
      window_(std::move(source))
{
}

Result<void> RecordFeed::chooseFormat()
{
    if (const auto named = formatNamed(options_.format)) {
        format_ = *named;
        return {};
    }
    while (window_.text().size() < TextWindow::kPiece && window_.grow()) { }
    if (window_.failure()) return *window_.failure();
    const auto detected = detectFormat(options_.path, window_.text());
    if (!detected) return detected.problem();
    format_ = *detected;
    return {};
}

void RecordFeed::rewind()
{
    window_.restart();
    reader_ = makeReader(format_, {window_, json_, options_.maximumSize});
}

RecordFeed::Status RecordFeed::next()
{
    const Status status = reader_->next();
    if (status == Status::Failed) problem_ = *window_.failure();
    if (status == Status::Malformed) return malformed(reader_->line(), reader_->complaint());
    if (status != Status::Record) return status;
    record_ = {reader_->json(), {}, {}, reader_->line()};
    if (options_.keyField.empty() && options_.timeField.empty()) return status;
    const bool parsed = format_ == FileFormat::JsonLines || format_ == FileFormat::JsonArray;
    if (!parsed) {
        if (const auto fault = json_.parse(record_.json)) return malformed(record_.line, "not valid JSON: " + *fault);
    }
    if (!options_.keyField.empty()) {
        const auto key = json_.keyAt(keyField_);
        if (!key)
            return malformed(record_.line,
                             "the record has no text or number \"" + options_.keyField + "\" (PartitionKey)");
        record_.key = *key;
    }
    if (!options_.timeField.empty()) {
        const auto time = json_.timeAt(timeField_);
        if (!time)
            return malformed(record_.line,
                             "the record has no time \"" + options_.timeField + "\" that can be read (Timestamp)");
        record_.time = *time;
    }
    return status;
}

RecordFeed::Status RecordFeed::malformed(std::uint64_t line, const std::string& complaint)
{
    problem_ = Problem{ProblemCode::InvalidInput, complaint, options_.path + ":" + std::to_string(line)};
    return Status::Malformed;
}

} // namespace streamwright::producers
