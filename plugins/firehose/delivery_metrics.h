// SPDX-License-Identifier: GPL-3.0-or-later
// The metrics of a delivery stream under their CloudWatch names, found once at open. Owned by the operator.
#pragma once

#include "core/runtime/operator.h"
#include "plugins/firehose/delivery_stream.h"

namespace streamwright::firehose {

enum class PutKind { Record, Batch };

struct DeliveryMetrics {
    explicit DeliveryMetrics(Context& context);

    // What a PutRecord or PutRecordBatch leaves in the metrics, whoever made it. Any thread.
    void recordPut(const RecordBatch& batch, const PutAnswer& answer, PutKind kind = PutKind::Batch);

    Metric &incomingBytes, &incomingRecords, &incomingPutRequests, &throttledRecords;
    Metric &bytesLimit, &recordsLimit, &requestsLimit;
    Metric &batchBytes, &batchRecords, &batchRequests, &putBytes, &putRequests;
    Metric &streamBytes, &streamRecords, &millisBehindLatest;
    // To the destination or to the backup bucket.
    struct Delivery {
        Metric &bytes, &records, &success, &freshness;
    };
    Delivery toS3, backup;
    Metric &objectCount, &partitionCount, &partitionCountExceeded;
    Metric &errorOutputRecords, &recordsFailed, &recordsLost, &bufferedBytes;
};

} // namespace streamwright::firehose
