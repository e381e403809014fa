// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/delivery_stream.h"

namespace streamwright::firehose {

namespace {

constexpr std::size_t kRecordsARead = 10'000;

TokenBucket bucketOf(std::uint64_t perSecond) { return TokenBucket(perSecond, perSecond); }

// The API's shape rules: one record that breaks them fails the whole request.
const char* refusalOf(const RecordBatch& batch)
{
    if (batch.size() > kMaxBatchRecords) return "ValidationException";
    ByteCount bytes;
    for (const Record& record : batch.records()) {
        if (ByteCount(record.data.size()) > kMaxRecordSize) return "ValidationException";
        bytes += ByteCount(record.data.size());
    }
    return bytes > kMaxBatchSize ? "InvalidArgumentException" : nullptr;
}

} // namespace

DeliveryStream::DeliveryStream(DirectPutQuota quota)
    : requests_(bucketOf(quota.requestsPerSecond)),
      records_(bucketOf(quota.recordsPerSecond)),
      bytes_(bucketOf(quota.bytesPerSecond.value()))
{
}

Result<std::unique_ptr<DeliveryStream>> DeliveryStream::open(const std::string& node, LogStore& store,
                                                             DirectPutQuota quota)
{
    std::unique_ptr<DeliveryStream> stream(new DeliveryStream(quota));
    if (!store.durable()) return stream;
    auto log = store.log(node + "/buffer");
    if (!log) return log.problem();
    stream->log_ = std::move(*log);
    stream->recover();
    return stream;
}

void DeliveryStream::recover()
{
    const MutexLock lock(mutex_);
    for (std::uint64_t position = log_->first(); position < log_->next();) {
        LogRead read = log_->read(position, kRecordsARead, kMaxBatchSize);
        if (read.records.empty()) return;
        BatchBuilder builder(read.records.size());
        for (const Record& record : read.records)
            builder.view(record);
        for (auto& owner : read.owners)
            builder.keep(std::move(owner));
        position = read.next;
        const auto size = static_cast<std::uint32_t>(read.records.size());
        arrivals_.push_back(
            {{{builder.build(), 0, size, 0, std::nullopt}}, size, read.records.front().time, read.next});
    }
}

bool DeliveryStream::takeTokens(ByteCount size, Time now)
{
    return records_.has(1, now) && bytes_.take(size.value(), now) && records_.take(1, now);
}

Result<PutAnswer> DeliveryStream::putRecordBatch(const RecordBatchPtr& batch, Time now)
{
    PutAnswer answer;
    answer.refusal = refusalOf(*batch);
    if (answer.refusal) return answer;

    const MutexLock lock(mutex_);
    latest_ = now = std::max(latest_, now);
    if (full_ || !requests_.take(1, now)) {
        answer.refusal = kThrottledError;
        return answer;
    }
    Arrival arrival{{}, 0, now, 0};
    const auto size = static_cast<std::uint32_t>(batch->size());
    for (std::uint32_t i = 0; i < size; ++i) {
        const ByteCount bytes((*batch)[i].data.size());
        if (!takeTokens(bytes, now)) {
            answer.throttled.push_back(i);
            continue;
        }
        answer.bytes += bytes;
        ++arrival.records;
        if (arrival.slices.empty() || arrival.slices.back().end != i)
            arrival.slices.push_back({batch, i, i + 1, 0, now});
        else
            ++arrival.slices.back().end;
    }
    if (arrival.records == 0) return answer;
    if (log_) {
        for (const Slice& slice : arrival.slices)
            if (auto written = writeLog(slice, now); !written) return written.problem();
        arrival.logEnd = log_->next();
    }
    arrivals_.push_back(std::move(arrival));
    return answer;
}

Result<void> DeliveryStream::writeLog(const Slice& slice, Time now)
{
    for (std::uint32_t i = slice.begin; i < slice.end; ++i) {
        const auto appended = log_->append({.data = (*slice.batch)[i].data, .time = now});
        if (!appended) return appended.problem();
    }
    return {};
}

std::vector<Arrival> DeliveryStream::takeArrivals()
{
    const MutexLock lock(mutex_);
    return std::exchange(arrivals_, {});
}

void DeliveryStream::forget(std::uint64_t position)
{
    if (log_ && position > log_->first()) log_->trim(position);
}

void DeliveryStream::setQuota(DirectPutQuota quota)
{
    const MutexLock lock(mutex_);
    requests_ = bucketOf(quota.requestsPerSecond);
    records_ = bucketOf(quota.recordsPerSecond);
    bytes_ = bucketOf(quota.bytesPerSecond.value());
}

void DeliveryStream::setFull(bool full)
{
    const MutexLock lock(mutex_);
    full_ = full;
}

} // namespace streamwright::firehose
