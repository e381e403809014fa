// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/file_source_operator.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "plugins/producers/ascii_writer.h"

namespace streamwright::producers {

namespace {

constexpr int kMostBatches = 64; // made in one step
constexpr int kMostMalformed = 1000; // passed over in one step
constexpr std::uint64_t kComplaintsInFull = 20;

FeedOptions feedOptionsOf(const NodeSetup& setup)
{
    const Json& properties = setup.properties;
    const std::filesystem::path path = properties.at("Path").get<std::string>();
    FeedOptions options;
    options.path =
        (std::filesystem::path(setup.folder) / path).lexically_normal().string(); // an absolute path stays as it is
    options.format = properties.at("Format").get<std::string>();
    options.keyField = properties.value("PartitionKey", "");
    options.timeField = properties.value("Timestamp", "");
    options.maximumSize = properties.at("MaxRecordBytes").get<std::size_t>();
    return options;
}

BatchLimits limitsOf(const Json& properties)
{
    return {properties.at("BatchSize").get<std::size_t>(),
            milliseconds(properties.at("LingerMilliseconds").get<std::int64_t>()),
            properties.at("TotalRecords").get<std::uint64_t>()};
}

ByteCount maxBatchBytesOf(const Json& properties)
{
    return ByteCount(properties.at("MaxBatchBytes").get<std::uint64_t>());
}

} // namespace

FileSourceOperator::FileSourceOperator(const NodeSetup& setup)
    : setup_(setup),
      limits_(limitsOf(setup.properties)),
      loop_(setup.properties.at("Loop").get<bool>()),
      maxBatchBytes_(maxBatchBytesOf(setup.properties))
{
}

Result<void> FileSourceOperator::open(Context& context)
{
    auto feed = RecordFeed::open(feedOptionsOf(setup_));
    if (!feed) return feed.problem();
    feed_ = std::move(*feed);
    pace_.emplace(setup_.properties, context.now());
    malformedMetric_ = &context.metric("RecordsMalformed");
    clients_.open(context, setup_.properties);
    context.wakeAt(context.now());
    return {};
}

void FileSourceOperator::step(Context& context)
{
    Time next = clients_.step(context);
    if (batchDue_ == kNever) plan(context);
    for (int batches = 0; batchDue_ <= context.now() && !paused_ && batches < kMostBatches; ++batches) {
        clients_.send(context, batch_.build());
        recorded_.clear();
        plan(context);
    }
    next = std::min(next, paused_ ? context.now() : batchDue_);
    if (next != kNever) context.wakeAt(next);
}

// Reads records into the batch until it is complete, and says when it is due.
void FileSourceOperator::plan(Context& context)
{
    paused_ = false;
    batchDue_ = kNever;
    bool ended = false, full = false;
    while (batch_.size() < limits_.size) {
        if (!hasNext_) {
            const Reading reading = read(context);
            ended = reading == Reading::Over;
            paused_ = reading == Reading::Paused;
            if (paused_) return;
            if (ended) break;
        }
        const bool never = nextDue_ == kNever; // the rate is 0
        full = batch_.size() > 0 && batch_.payload() + nextSize() > maxBatchBytes_;
        if (never || full || (batch_.size() > 0 && nextDue_ > firstDue_ + limits_.linger)) break;
        addRecord();
    }
    if (batch_.size() == 0) return;
    batchDue_ = ended || full || batch_.size() >= limits_.size ? lastDue_ : firstDue_ + limits_.linger;
}

FileSourceOperator::Reading FileSourceOperator::read(Context& context)
{
    for (int malformed = 0; malformed < kMostMalformed;) {
        if (over_ || (limits_.totalRecords != 0 && number_ >= limits_.totalRecords)) return Reading::Over;
        switch (feed_->next()) {
        case RecordFeed::Status::Record:
            ++number_;
            ++roundRecords_;
            nextDue_ = pace_->due(number_, feed_->record().time);
            hasNext_ = true;
            return Reading::Record;
        case RecordFeed::Status::Malformed:
            ++malformed;
            takeMalformed(context);
            break;
        case RecordFeed::Status::End:
            over_ = !startNextRound();
            break;
        case RecordFeed::Status::Failed:
            over_ = true;
            context.report(Severity::Error, "the file cannot be read further: " + feed_->problem().text());
            break;
        }
    }
    return Reading::Paused;
}

bool FileSourceOperator::startNextRound()
{
    if (!loop_ || roundRecords_ == 0) return false;
    ++round_;
    feed_->rewind();
    pace_->endRound(std::exchange(roundRecords_, 0));
    return true;
}

void FileSourceOperator::takeMalformed(Context& context)
{
    malformedMetric_->record(1);
    if (round_ > 1) return;
    if (++complaints_ <= kComplaintsInFull) context.report(Severity::Error, feed_->problem().text());
}

// Of the record behind the batch, with its key.
ByteCount FileSourceOperator::nextSize() const
{
    const FeedRecord& record = feed_->record();
    return ByteCount(record.json.size() + (record.key.empty() ? kMaxDecimal : record.key.size()));
}

void FileSourceOperator::addRecord()
{
    const FeedRecord& record = feed_->record();
    char number[kMaxDecimal];
    std::string_view key = record.key;
    if (!setup_.properties.contains("PartitionKey"))
        key = {number, static_cast<std::size_t>(writeDecimal(number, number_) - number)};
    batch_.copy({key, record.json, {}, nextDue_, 0});
    recorded_.push_back(record.time);
    if (batch_.size() == 1) firstDue_ = nextDue_;
    lastDue_ = nextDue_;
    hasNext_ = false;
}

Result<void> FileSourceOperator::apply(Context& context, const Json& properties)
{
    setup_.properties = properties;
    limits_ = limitsOf(properties);
    loop_ = properties.at("Loop").get<bool>();
    maxBatchBytes_ = maxBatchBytesOf(properties);
    clients_.apply(properties);
    pace_->change(properties, context.now());
    // What was planned for later gets its new time.
    const std::uint64_t firstNumber = number_ + 1 - batch_.size() - (hasNext_ ? 1 : 0);
    const RecordBatchPtr planned = batch_.build();
    for (std::size_t i = 0; i < planned->size(); ++i) {
        Record record = (*planned)[i];
        if (record.time > context.now()) {
            if (i == 0 || (*planned)[i - 1].time <= context.now()) pace_->returnTo(context.now());
            record.time = pace_->due(firstNumber + i, recorded_[i]);
        }
        batch_.view(record);
        if (i == 0) firstDue_ = record.time;
        lastDue_ = record.time;
    }
    batch_.keep(planned);
    if (hasNext_) {
        pace_->returnTo(std::max(context.now(), lastDue_));
        nextDue_ = pace_->due(number_, feed_->record().time);
    }
    plan(context);
    return {};
}

bool FileSourceOperator::rewired(Context& context, const NodeSetup& setup)
{
    clients_.rewire(context);
    return setup.properties == setup_.properties || apply(context, setup.properties);
}

void FileSourceOperator::close(Context& context)
{
    if (complaints_ > kComplaintsInFull)
        context.report(Severity::Error,
                       "and " + std::to_string(complaints_ - kComplaintsInFull) + " more malformed records");
}

std::vector<Problem> checkFileSource(const NodeSetup& setup)
{
    std::vector<Problem> problems;
    if (setup.properties.contains("Timestamp") && setup.properties.contains("RecordsPerSecond"))
        problems.push_back({ProblemCode::InvalidInput,
                            "give Timestamp (the recorded pace) or RecordsPerSecond, not both", "/RecordsPerSecond"});
    if (const auto feed = RecordFeed::open(feedOptionsOf(setup)); !feed)
        problems.push_back({feed.problem().code, feed.problem().text(), "/Path"});
    return problems;
}

} // namespace streamwright::producers
