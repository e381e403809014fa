// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/delivery_operator.h"

#include <algorithm>

#include "core/record/deaggregation.h"

namespace streamwright::firehose {

namespace {

using Kind = PendingObject::Kind;

constexpr Duration kGaugesEvery = seconds(1);
constexpr Duration kLimitsEvery = std::chrono::minutes(1);
constexpr const char* kLost = "delivery to S3 failed for 24 hours";

ByteCount dataOf(const RecordBatch& batch)
{
    ByteCount bytes;
    for (const Record& record : batch.records())
        bytes += ByteCount(record.data.size());
    return bytes;
}

Subscription subscriptionOf(bool reading)
{
    Subscription subscription;
    subscription.start.kind = StartPosition::Kind::Latest;
    if (!reading) subscription.window.batches = 0;
    return subscription;
}

} // namespace

DeliveryOperator::~DeliveryOperator() { closeWindow(); }

// Nobody looks in any more, nor sends.
void DeliveryOperator::closeWindow()
{
    if (resource_) resource_->close();
    const MutexLock lock(window_->mutex);
    window_->buffer = nullptr;
}

// Tells clients what the node is now.
void DeliveryOperator::showDrawing()
{
    DeliveryStreamResource::Drawing drawing{setup_.properties, settings_->fromStream, {}, {}, {}};
    for (const EdgeInfo& edge : setup_.inputs)
        if (edge.protocol == "shards") drawing.source = edge.fromNode;
    for (const EdgeInfo& edge : setup_.outputs)
        (edge.fromPort == "backup" ? drawing.backup : drawing.bucket) = edge.toNode;
    resource_->draw(std::move(drawing), stream_.get());
}

std::shared_ptr<Browsable> DeliveryOperator::browsable()
{
    return std::make_shared<BufferBrowser>(window_, resource_, stream_ != nullptr);
}

Result<void> DeliveryOperator::open(Context& context)
{
    SettingsReading reading = readSettings(setup_);
    if (!reading.settings) return reading.problems.front();
    // A client's stream whose bucket is no more.
    if (context.outlets("out").empty())
        return Problem{ProblemCode::InvalidInput, "a delivery stream needs a bucket to deliver to", ""};
    const bool partitioned = reading.settings->partitions.has_value();
    const BufferingHints hints = reading.settings->primary.hints;
    buffer_.emplace(hints, 0, partitioned ? kMaxActivePartitions : 1);
    errorBuffer_.emplace(hints, 0);
    if (reading.settings->backup) backupBuffer_.emplace(reading.settings->backup->hints, 0);
    if (auto opened = openStream(context, *reading.settings); !opened) return opened;
    use(std::move(*reading.settings));
    metrics_.emplace(context);
    toS3_.emplace(*context.outlets("out").front());
    if (backupBuffer_) backupToS3_.emplace(*context.outlets("backup").front());
    const auto inlets = context.inlets("in");
    inlets_.assign(inlets.begin(), inlets.end());
    for (Inlet* inlet : inlets)
        inlet->subscribe(subscriptionOf(true));
    resource_ = std::make_shared<DeliveryStreamResource>(
        setup_.properties.value("DeliveryStreamName", context.nodeId()), context, stream_.get(), *metrics_);
    showDrawing();
    {
        const MutexLock lock(window_->mutex);
        window_->buffer = &*buffer_;
    }
    context.wakeAt(context.now()); // for what a former run left
    return {};
}

Result<void> DeliveryOperator::openStream(Context& context, const DeliverySettings& settings)
{
    if (settings.fromStream || stream_) return {};
    auto stream = DeliveryStream::open(context.nodeId(), context.store(), settings.quota);
    if (!stream) return stream.problem();
    stream_ = std::move(*stream);
    return {};
}

void DeliveryOperator::use(DeliverySettings settings)
{
    if (stream_ && settings_ && settings.quota != settings_->quota) stream_->setQuota(settings.quota);
    settings_ = std::move(settings);
    buffer_->setHints(settings_->primary.hints);
    buffer_->setDelimiterBytes(settings_->delimiter.size());
    errorBuffer_->setHints(settings_->primary.hints);
    if (backupBuffer_) backupBuffer_->setHints(settings_->backup->hints);
    if (settings_->partitions) partitioner_.emplace(*settings_->partitions, settings_->primary.naming);
}

void DeliveryOperator::step(Context& context)
{
    resource_->steps();
    const MutexLock lock(window_->mutex);
    takeAnswers(context, *toS3_);
    if (backupToS3_) takeAnswers(context, *backupToS3_);
    for (Inlet* inlet : context.inlets("in"))
        settings_->fromStream ? takeReads(context, *inlet) : takePuts(context, *inlet);
    if (stream_) takeArrivals(context);
    makeAndSend(context, Seal::WhatIsDue);
    answerWhatIsDone();
    controlIntake(context);
    recordGauges(context);

    Time next = std::min({buffer_->due(), errorBuffer_->due(), toS3_->nextTry()});
    if (backupBuffer_) next = std::min({next, backupBuffer_->due(), backupToS3_->nextTry()});
    if (next != kNever) context.wakeAt(next);
}

void DeliveryOperator::takeAnswers(Context& context, S3Delivery& delivery)
{
    const S3Delivery::Results results = delivery.takeAnswers(context.now(), context.random());
    for (const Kind kind : results.failures)
        (kind == Kind::Backup ? metrics_->backup : metrics_->toS3).success.record(0);
    for (const PendingObject& object : results.delivered)
        takeDelivered(context, object);
    for (const PendingObject& object : results.givenUp)
        takeGivenUp(context, object);
}

void DeliveryOperator::takeDelivered(Context& context, const PendingObject& object)
{
    const auto records = static_cast<double>(object.bundle.records);
    DeliveryMetrics::Delivery& metrics = object.kind == Kind::Backup ? metrics_->backup : metrics_->toS3;
    metrics.success.record(1);
    if (object.kind == Kind::ErrorOutput) {
        metrics_->errorOutputRecords.record(records);
    } else {
        metrics.bytes.record(static_cast<double>(object.bundle.bytes.value()));
        metrics.records.record(records);
        metrics.freshness.record(inSeconds(context.now() - object.bundle.opened));
    }
    if (object.kind == Kind::Data && partitioner_) metrics_->objectCount.record(1);
    settle(object);
}

// A partition's object goes to the error output when its retry duration is over; other data is lost after 24 hours.
void DeliveryOperator::takeGivenUp(Context& context, const PendingObject& object)
{
    if (object.kind == Kind::Data && partitioner_) {
        const RecordFailure failure{std::string("S3.") + object.lastError,
                                    "the object could not be delivered within the retry duration", object.attempts};
        for (const Slice& slice : object.bundle.slices)
            fail(context, slice, failure);
        return;
    }
    const std::string count = std::to_string(object.bundle.records);
    if (object.kind == Kind::Backup) {
        context.report(Severity::Warning, "backup copies of " + count + " records were given up: " + kLost);
    } else {
        context.lost(object.bundle.records, kLost);
        metrics_->recordsLost.record(static_cast<double>(object.bundle.records));
        context.report(Severity::Warning, count + " records were lost: " + kLost + " (" + object.lastError + ")");
    }
    settle(object);
}

void DeliveryOperator::takePuts(Context& context, Inlet& inlet)
{
    for (const Delivery& delivery : inlet.takeDeliveries())
        inlet.answer(put(context, delivery));
}

Receipt DeliveryOperator::put(Context& context, const Delivery& delivery)
{
    Receipt receipt{.delivery = delivery.id};
    const auto refuse = [&](Outcome outcome, const char* reason) {
        receipt.outcome = outcome;
        receipt.reason = reason;
    };
    const auto answer = stream_->putRecordBatch(delivery.batch, context.now());
    if (!answer) {
        context.report(Severity::Error, "a put request failed: " + answer.problem().text());
        refuse(Outcome::Failed, "InternalFailure");
        return receipt;
    }
    metrics_->recordPut(*delivery.batch, *answer);
    if (answer->refusal) {
        refuse(answer->refusal == kThrottledError ? Outcome::Throttled : Outcome::Failed, answer->refusal);
        return receipt;
    }
    for (const std::uint32_t index : answer->throttled)
        receipt.exceptions.push_back({index, Outcome::Throttled});
    if (!answer->throttled.empty()) receipt.reason = kThrottledError;
    return receipt;
}

void DeliveryOperator::takeArrivals(Context& context)
{
    for (Arrival& arrival : stream_->takeArrivals()) {
        const IntakeId intake = ledger_.open({.logEnd = arrival.logEnd}, arrival.records * copies(), arrival.arrived);
        for (Slice& slice : arrival.slices) {
            slice.intake = intake;
            route(context, slice, arrival.arrived);
        }
    }
}

void DeliveryOperator::takeReads(Context& context, Inlet& inlet)
{
    for (const Delivery& delivery : inlet.takeDeliveries()) {
        const auto size = static_cast<std::uint32_t>(delivery.batch->size());
        const auto bytes = static_cast<double>(dataOf(*delivery.batch).value());
        metrics_->streamBytes.record(bytes);
        metrics_->streamRecords.record(size);
        metrics_->incomingBytes.record(bytes);
        metrics_->incomingRecords.record(size);
        metrics_->millisBehindLatest.record(inMilliseconds(delivery.behind.age));
        const RecordBatchPtr users = userRecords(delivery.batch);
        const auto count = static_cast<std::uint32_t>(users->size());
        if (count == 0) { // aggregates of nothing
            inlet.answer({delivery.id, Outcome::Accepted, {}, ""});
            continue;
        }
        const IntakeId intake = ledger_.open({&inlet, delivery.id, 0}, count * copies(), context.now());
        route(context, {users, 0, count, intake, std::nullopt}, context.now());
    }
}

void DeliveryOperator::route(Context& context, const Slice& slice, Time opened)
{
    if (backupBuffer_) backupBuffer_->add({}, slice, opened);
    if (!partitioner_) {
        buffer_->add({}, slice, opened);
        return;
    }
    std::vector<std::string> partition;
    for (std::uint32_t i = slice.begin; i < slice.end; ++i) {
        Slice one = slice;
        one.begin = i;
        one.end = i + 1;
        const auto failure = partitioner_->partitionOf((*slice.batch)[i].data, *buffer_, partition);
        if (!failure) {
            buffer_->add(partition, one, opened);
            continue;
        }
        exceeded_ = exceeded_ || failure->code == kPartitionLimitExceeded;
        fail(context, one, *failure);
    }
}

void DeliveryOperator::fail(Context& context, const Slice& slice, const RecordFailure& failure)
{
    metrics_->recordsFailed.record(slice.size());
    BatchBuilder lines(slice.size());
    for (std::uint32_t i = slice.begin; i < slice.end; ++i) {
        const std::string line = errorLine(failure, (*slice.batch)[i].data, slice.arrival(i), context.now());
        lines.copy({.data = line, .time = slice.arrival(i)});
    }
    errorBuffer_->add({}, {lines.build(), 0, slice.size(), slice.intake, std::nullopt}, context.now());
}

void DeliveryOperator::makeAndSend(Context& context, Seal seal)
{
    std::vector<ObjectOrder> orders;
    const auto collect = [&](DeliveryBuffer& buffer, Kind kind, const Destination& destination,
                             std::string_view delimiter) {
        for (Bundle& bundle : seal == Seal::Everything ? buffer.takeAll() : buffer.takeSealed(context.now()))
            orders.push_back(
                {kind, std::move(bundle), &destination, delimiter, kind == Kind::Data && partitioner_.has_value()});
    };
    collect(*buffer_, Kind::Data, settings_->primary, settings_->delimiter);
    collect(*errorBuffer_, Kind::ErrorOutput, settings_->primary, {});
    if (backupBuffer_) collect(*backupBuffer_, Kind::Backup, *settings_->backup, {});

    for (PendingObject& object : makeObjects(std::move(orders), context)) {
        if (!settings_->fromStream)
            object.giveUpAt = context.now() + kDeliveryRetention; // a source stream keeps the data itself
        if (object.kind == Kind::Data && partitioner_) object.retryFor = settings_->partitionRetry;
        (object.kind == Kind::Backup ? *backupToS3_ : *toS3_).add(std::move(object));
    }
    toS3_->send(context.now());
    if (backupToS3_) backupToS3_->send(context.now());
}

void DeliveryOperator::settle(const PendingObject& object)
{
    for (const Slice& slice : object.bundle.slices)
        ledger_.settle(slice.intake, slice.size());
}

void DeliveryOperator::answerWhatIsDone()
{
    for (const IntakeLedger::Origin& origin : ledger_.takeDone())
        if (origin.inlet) origin.inlet->answer({.delivery = origin.delivery});
    if (stream_) stream_->forget(ledger_.doneUpTo());
}

// A blocked destination stops the reading of a stream; with direct puts, a full backlog refuses them.
void DeliveryOperator::controlIntake(Context& context)
{
    const bool failing = toS3_->failing() || (backupToS3_ && backupToS3_->failing());
    if (failing != saidFailing_)
        context.report(failing ? Severity::Warning : Severity::Information,
                       failing ? "the bucket does not take objects; they are tried again, with growing pauses"
                               : "the bucket takes objects again");
    saidFailing_ = failing;
    const bool full = undelivered() > settings_->backlog;
    if (full && !saidFull_)
        context.report(Severity::Warning,
                       "the backlog is full (BacklogMegabytes): nothing more is taken until the bucket takes objects");
    saidFull_ = full;
    if (!settings_->fromStream) {
        stream_->setFull(full);
    } else if (reading_ == (failing || full)) {
        reading_ = !reading_;
        for (Inlet* inlet : context.inlets("in"))
            inlet->subscribe(subscriptionOf(reading_));
    }
}

ByteCount DeliveryOperator::undelivered() const
{
    ByteCount bytes = buffer_->bytes() + errorBuffer_->bytes() + toS3_->bytes();
    if (backupToS3_) bytes += backupToS3_->bytes(); // the backup's buffer shares its bytes with the other
    return bytes;
}

void DeliveryOperator::recordGauges(Context& context)
{
    const Time now = context.now();
    if (now >= lastGauges_ + kGaugesEvery || lastGauges_ == Time::min()) {
        lastGauges_ = now;
        metrics_->bufferedBytes.record(static_cast<double>(undelivered().value()));
        if (const auto oldest = ledger_.oldest())
            metrics_->toS3.freshness.record(inSeconds(now - std::min(now, *oldest)));
        if (partitioner_) {
            metrics_->partitionCount.record(static_cast<double>(buffer_->activePartitions()));
            metrics_->partitionCountExceeded.record(exceeded_ ? 1 : 0);
            exceeded_ = false;
        }
    }
    if (!settings_->fromStream && (now >= lastLimits_ + kLimitsEvery || lastLimits_ == Time::min())) {
        lastLimits_ = now;
        metrics_->bytesLimit.record(static_cast<double>(settings_->quota.bytesPerSecond.value()));
        metrics_->recordsLimit.record(static_cast<double>(settings_->quota.recordsPerSecond));
        metrics_->requestsLimit.record(static_cast<double>(settings_->quota.requestsPerSecond));
    }
}

Result<void> DeliveryOperator::apply(Context& context, const Json& properties)
{
    NodeSetup edited = setup_;
    edited.properties = properties;
    SettingsReading reading = readSettings(edited);
    if (!reading.settings) return reading.problems.front();
    const MutexLock lock(window_->mutex);
    // What is in a partition was sorted by the old keys; its objects are named by them too.
    if (partitioner_) makeAndSend(context, Seal::Everything);
    setup_ = std::move(edited);
    use(std::move(*reading.settings));
    showDrawing();
    return {};
}

bool DeliveryOperator::rewired(Context& context, const NodeSetup& setup)
{
    SettingsReading reading = readSettings(setup);
    const auto outlets = context.outlets("out"), backups = context.outlets("backup");
    // S3BackupMode cannot change while running, and so neither can the backup's edge come or go.
    if (!reading.settings || outlets.empty() || backups.empty() == backupBuffer_.has_value()) return false;
    if (auto opened = openStream(context, *reading.settings); !opened) return false;
    const MutexLock lock(window_->mutex);
    const auto follow = [&](S3Delivery& delivery, Outlet& outlet) {
        if (&delivery.outlet() == &outlet) return;
        takeAnswers(context, delivery);
        delivery.moveTo(outlet);
    };
    follow(*toS3_, *outlets.front());
    if (backupToS3_) follow(*backupToS3_, *backups.front());
    const auto inlets = context.inlets("in");
    const auto known = std::exchange(inlets_, {inlets.begin(), inlets.end()});
    const auto isIn = [](const auto& list, const Inlet* inlet) {
        return std::find(list.begin(), list.end(), inlet) != list.end();
    };
    for (const Inlet* inlet : known)
        if (!isIn(inlets, inlet)) ledger_.forget(inlet);
    for (Inlet* inlet : inlets)
        if (!isIn(known, inlet)) inlet->subscribe(subscriptionOf(reading_));
    if (partitioner_ && setup.properties != setup_.properties) makeAndSend(context, Seal::Everything);
    setup_ = setup;
    use(std::move(*reading.settings));
    showDrawing();
    return true;
}

void DeliveryOperator::close(Context& context)
{
    resource_->close();
    const std::size_t objects = toS3_->objects() + (backupToS3_ ? backupToS3_->objects() : 0);
    const ByteCount left = undelivered();
    if (left == ByteCount(0) && objects == 0) return;
    const char* fate = settings_->fromStream       ? "; the source stream keeps them for the next run, if it is durable"
                       : context.store().durable() ? "; the next run goes on with them"
                                                   : "; without a data directory they end with the run";
    context.report(Severity::Information, "the run ends with " + std::to_string(left.value()) +
                                              " bytes in buffers and " + std::to_string(objects) +
                                              " objects not delivered" + fate);
}

} // namespace streamwright::firehose
