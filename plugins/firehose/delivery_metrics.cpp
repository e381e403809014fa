// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/delivery_metrics.h"

namespace streamwright::firehose {

DeliveryMetrics::DeliveryMetrics(Context& context)
    : incomingBytes(context.metric("IncomingBytes")),
      incomingRecords(context.metric("IncomingRecords")),
      incomingPutRequests(context.metric("IncomingPutRequests")),
      throttledRecords(context.metric("ThrottledRecords")),
      bytesLimit(context.metric("BytesPerSecondLimit")),
      recordsLimit(context.metric("RecordsPerSecondLimit")),
      requestsLimit(context.metric("PutRequestsPerSecondLimit")),
      batchBytes(context.metric("PutRecordBatch.Bytes")),
      batchRecords(context.metric("PutRecordBatch.Records")),
      batchRequests(context.metric("PutRecordBatch.Requests")),
      putBytes(context.metric("PutRecord.Bytes")),
      putRequests(context.metric("PutRecord.Requests")),
      streamBytes(context.metric("DataReadFromKinesisStream.Bytes")),
      streamRecords(context.metric("DataReadFromKinesisStream.Records")),
      millisBehindLatest(context.metric("KinesisMillisBehindLatest")),
      toS3{context.metric("DeliveryToS3.Bytes"), context.metric("DeliveryToS3.Records"),
           context.metric("DeliveryToS3.Success"), context.metric("DeliveryToS3.DataFreshness")},
      backup{context.metric("BackupToS3.Bytes"), context.metric("BackupToS3.Records"),
             context.metric("BackupToS3.Success"), context.metric("BackupToS3.DataFreshness")},
      objectCount(context.metric("DeliveryToS3.ObjectCount")),
      partitionCount(context.metric("PartitionCount")),
      partitionCountExceeded(context.metric("PartitionCountExceeded")),
      errorOutputRecords(context.metric("ErrorOutput.Records")),
      recordsFailed(context.metric("RecordsFailed")),
      recordsLost(context.metric("RecordsLost")),
      bufferedBytes(context.metric("BufferedBytes"))
{
}

void DeliveryMetrics::recordPut(const RecordBatch& batch, const PutAnswer& answer, PutKind kind)
{
    ByteCount bytes;
    for (const Record& record : batch.records())
        bytes += ByteCount(record.data.size());
    const bool single = kind == PutKind::Record;
    (single ? putBytes : batchBytes).record(static_cast<double>(bytes.value()));
    (single ? putRequests : batchRequests).record(1);
    if (!single) batchRecords.record(static_cast<double>(batch.size()));
    const bool throttledWhole = answer.refusal == kThrottledError;
    const std::size_t throttled = throttledWhole ? batch.size() : answer.throttled.size();
    if (!answer.refusal || throttledWhole) throttledRecords.record(static_cast<double>(throttled));
    if (answer.refusal || throttled == batch.size()) return;
    incomingBytes.record(static_cast<double>(answer.bytes.value()));
    incomingRecords.record(static_cast<double>(batch.size() - throttled));
    incomingPutRequests.record(1);
}

} // namespace streamwright::firehose
