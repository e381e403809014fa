// SPDX-License-Identifier: GPL-3.0-or-later
// DeliveryOperator: a Firehose delivery stream in a pipeline. Each delivery of "records" at "in" is a PutRecordBatch,
// answered at once; a delivery of "shards" is a read of the source stream, answered when its records are in S3, so that
// the stream's checkpoint follows the delivery. See operator.h for who calls what.
//   intake -> (backup buffer) -> partition or none -> buffer -> object -> bucket
//   what fails -> error buffer -> object -> bucket
#pragma once

#include <memory>
#include <optional>

#include "core/runtime/operator.h"
#include "plugins/firehose/buffer_browser.h"
#include "plugins/firehose/delivery_metrics.h"
#include "plugins/firehose/delivery_stream.h"
#include "plugins/firehose/intake.h"
#include "plugins/firehose/object_making.h"
#include "plugins/firehose/partitioner.h"
#include "plugins/firehose/s3_delivery.h"
#include "plugins/firehose/settings.h"

namespace streamwright::firehose {

class DeliveryOperator : public Operator {
public:
    explicit DeliveryOperator(const NodeSetup& setup) : setup_(setup) { }
    ~DeliveryOperator() override;

    Result<void> open(Context& context) override;
    void step(Context& context) override;
    Result<void> apply(Context& context, const Json& properties) override;
    bool rewired(Context& context, const NodeSetup& setup) override;
    void close(Context& context) override;
    std::shared_ptr<Browsable> browsable() override;
    std::shared_ptr<Resource> resource() override { return resource_; }

private:
    enum class Seal { WhatIsDue, Everything };

    Result<void> openStream(Context& context, const DeliverySettings& settings);
    void closeWindow();
    void showDrawing();
    void use(DeliverySettings settings);
    void takeAnswers(Context& context, S3Delivery& delivery);
    void takeDelivered(Context& context, const PendingObject& object);
    void takeGivenUp(Context& context, const PendingObject& object);
    void takePuts(Context& context, Inlet& inlet);
    Receipt put(Context& context, const Delivery& delivery);
    void takeArrivals(Context& context);
    void takeReads(Context& context, Inlet& inlet);
    void route(Context& context, const Slice& slice, Time opened);
    void fail(Context& context, const Slice& slice, const RecordFailure& failure);
    void makeAndSend(Context& context, Seal seal);
    void settle(const PendingObject& object);
    void answerWhatIsDone();
    void controlIntake(Context& context);
    void recordGauges(Context& context);
    ByteCount undelivered() const;
    std::uint64_t copies() const { return backupBuffer_ ? 2 : 1; }

    NodeSetup setup_;
    std::optional<DeliverySettings> settings_;
    std::optional<DeliveryMetrics> metrics_;
    std::unique_ptr<DeliveryStream> stream_; // null when nothing but a Kinesis stream has ever been read
    std::vector<Inlet*> inlets_; // those known
    std::optional<Partitioner> partitioner_;
    std::optional<DeliveryBuffer> buffer_, errorBuffer_, backupBuffer_;
    std::optional<S3Delivery> toS3_, backupToS3_;
    IntakeLedger ledger_;
    const std::shared_ptr<BufferWindow> window_ = std::make_shared<BufferWindow>(); // held while the buffers change
    std::shared_ptr<DeliveryStreamResource> resource_;
    bool reading_ = true;
    bool saidFailing_ = false;
    bool saidFull_ = false;
    bool exceeded_ = false; // the partition limit, since the gauges were recorded
    Time lastGauges_ = Time::min();
    Time lastLimits_ = Time::min();
};

} // namespace streamwright::firehose
