// SPDX-License-Identifier: GPL-3.0-or-later
// PutClient: what an SDK client does at one edge. Every batch is one request; records that the receiver throttles or
// fails are sent again, together, after an exponential back-off with full jitter (a random part of BaseMilliseconds *
// 2^(n-1) after the n-th attempt, at most 20 s), and given up after MaxAttempts. Records that wait for a receipt, for a
// retry or for a free window are bounded by their number and by the memory they hold: a new batch that would exceed a
// bound is dropped. Owned by an operator, used in its step only.
#pragma once

#include <deque>
#include <map>
#include <vector>

#include "core/runtime/operator.h"

namespace streamwright::producers {

struct PutSettings {
    std::uint32_t maxAttempts = 5;
    Duration base{0};
    std::uint64_t maxPending = 0; // records
    ByteCount maxPendingBytes;

    // The properties Retry, MaxPendingRecords and MaxPendingMiB.
    static PutSettings read(const Json& properties);
};

struct PutMetrics {
    explicit PutMetrics(Context& context);
    Metric &sent, &retried, &put, &errors, &dropped, &buffering;
};

class PutClient {
public:
    PutClient(Outlet& outlet, PutMetrics& metrics) : outlet_(outlet), metrics_(metrics) { }

    // A new batch (never empty); its oldest record has waited so long.
    void send(Context& context, const PutSettings& settings, const RecordBatchPtr& batch, Duration waited);
    // Takes receipts and sends what is to be sent again; returns when it wants to be called next.
    Time step(Context& context, const PutSettings& settings);
    bool serves(const Outlet& outlet) const { return &outlet == &outlet_; }
    // The edge is gone: what has not been answered is dropped.
    void giveUp(Context& context, const PutSettings& settings);

private:
    struct Request {
        RecordBatchPtr batch;
        RecordBatchPtr source; // the batch first sent, which owns the bytes
        std::uint32_t attempt = 1;
    };

    void take(Context& context, const PutSettings& settings, const Receipt& receipt);
    void retry(Context& context, const PutSettings& settings, Request request,
               const std::vector<std::uint32_t>& refused);
    void settle(const Request& request, std::size_t records);
    void drop(Context& context, std::uint64_t records, const char* why, const std::string& remedy);
    void sendReady();

    Outlet& outlet_;
    PutMetrics& metrics_;
    std::map<DeliveryId, Request> underWay_;
    std::multimap<Time, Request> later_; // to be sent again at that time
    std::deque<Request> ready_; // waits for the receiver's window
    std::uint64_t pending_ = 0; // records
    ByteCount pendingBytes_; // of the sources
    Time nextReport_{};
    std::uint64_t droppedUntold_ = 0; // since the last report
};

} // namespace streamwright::producers
