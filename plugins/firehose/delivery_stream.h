// SPDX-License-Identifier: GPL-3.0-or-later
// DeliveryStream: the front of a delivery stream: takes put requests by the service's rules (sizes, Direct PUT quotas,
// failures by record) and keeps what was taken until the operator fetches it. In a durable store what was taken is in a
// log as well, until it is delivered: it is safe once the store has committed. Thread-safe; owned by the operator.
#pragma once

#include <memory>
#include <vector>

#include "core/base/mutex.h"
#include "core/base/token_bucket.h"
#include "core/log/log_store.h"
#include "plugins/firehose/delivery_buffer.h"
#include "plugins/firehose/limits.h"

namespace streamwright::firehose {

inline constexpr char kThrottledError[] = "ServiceUnavailableException"; // an array: it has one address

struct PutAnswer {
    const char* refusal = nullptr; // why nothing of the request was taken, an error code of the API (a literal)
    std::vector<std::uint32_t> throttled; // records not taken: kThrottledError, by index, ascending
    ByteCount bytes; // taken
};

// What one request brought in.
struct Arrival {
    std::vector<Slice> slices; // without an intake
    std::uint64_t records = 0;
    Time arrived{}; // of its first record
    std::uint64_t logEnd = 0; // in a durable store: the position behind its last record
};

class DeliveryStream {
public:
    // Takes up what a former run left in the store.
    static Result<std::unique_ptr<DeliveryStream>> open(const std::string& node, LogStore& store, DirectPutQuota quota);

    // PutRecordBatch. A now before that of an earlier call counts as that. A problem is the machine's (the log cannot be written to), never the request's.
    Result<PutAnswer> putRecordBatch(const RecordBatchPtr& batch, Time now) EXCLUDES(mutex_);
    // What was taken since the last call, in the order of its arrival.
    std::vector<Arrival> takeArrivals() EXCLUDES(mutex_);
    // Everything before that position of the log is delivered.
    void forget(std::uint64_t position);

    void setQuota(DirectPutQuota quota) EXCLUDES(mutex_);
    // No room for more: every record is answered with ServiceUnavailableException.
    void setFull(bool full) EXCLUDES(mutex_);

private:
    explicit DeliveryStream(DirectPutQuota quota);
    void recover();
    bool takeTokens(ByteCount size, Time now) REQUIRES(mutex_);
    Result<void> writeLog(const Slice& slice, Time now) REQUIRES(mutex_);

    std::shared_ptr<ShardLog> log_; // null in a store that is not durable; constant after open
    Mutex mutex_;
    TokenBucket requests_ GUARDED_BY(mutex_);
    TokenBucket records_ GUARDED_BY(mutex_);
    TokenBucket bytes_ GUARDED_BY(mutex_);
    bool full_ GUARDED_BY(mutex_) = false;
    Time latest_ GUARDED_BY(mutex_){}; // of the calls so far
    std::vector<Arrival> arrivals_ GUARDED_BY(mutex_);
};

} // namespace streamwright::firehose
