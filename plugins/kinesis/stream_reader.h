// SPDX-License-Identifier: GPL-3.0-or-later
// StreamReader: one consumer of a stream in a pipeline: it reads every shard on the consumer's behalf (GetRecords once a
// poll, or pushed to a registered consumer), parents before children, hands the records over as the consumer's window
// allows, and keeps the checkpoint that the receipts move. Owned by the StreamOperator; used in its step only.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>

#include "core/runtime/operator.h"
#include "plugins/kinesis/stream.h"

namespace streamwright::kinesis {

class StreamReader {
public:
    StreamReader(Context& context, Stream& stream, Outlet& outlet);

    // Takes receipts, reads and sends what is due. Returns when it wants to be called again without new input.
    Time step(Context& context);
    bool serves(const Outlet& outlet) const { return &outlet == &outlet_; }
    // Records are pushed to it: it must be stepped when some have come.
    bool isPushed() const { return fanOut_; }
    // The consumer goes: takes its last receipts and writes down how far it has come.
    void leave(Context& context);
    // Writes the checkpoints that have moved.
    void saveCheckpoints(Context& context);

private:
    struct Pending {
        DeliveryId id;
        std::uint64_t from, next;
        bool done = false;
    };
    struct LaneState {
        std::shared_ptr<Shard> shard;
        std::uint64_t position = 0; // where the next read begins
        std::uint64_t checkpoint = 0; // everything before it has been processed
        bool saved = true;
        std::deque<Pending> pending; // handed over, not yet checkpointed
        LogRead fetched; // read, not yet handed over (from fetchedAt on)
        std::size_t fetchedAt = 0;
        Time nextPoll{};
        TokenBucket budget{kReadBytesPerSecond.value(), kReadBytesPerSecond.value()}; // fan-out
        std::uint64_t lost = 0;
        bool atEnd = false;

        bool hasFetched() const { return fetchedAt < fetched.records.size(); }
        bool finished() const { return atEnd && !hasFetched() && pending.empty(); }
    };
    struct Waiting {
        std::shared_ptr<Shard> shard;
        std::uint64_t from = 0; // where TRIM_HORIZON began, or will begin
    };
    struct ShardMetrics {
        Metric *outgoingBytes, *outgoingRecords, *iteratorAge, *throttled;
    };

    void takeReceipts();
    void takeReceipt(LaneState& lane, const Receipt& receipt);
    void refreshLanes(Context& context);
    void forgetExpired(Context& context, const ShardMap& map);
    void countLost(Context& context, ShardIndex index, std::uint64_t records);
    void addLane(Context& context, const ShardInfo& info, bool atTheTip);
    bool parentsFinished(const ShardMap& map, const ShardInfo& info) const;
    Time stepLane(Context& context, ShardIndex index, LaneState& lane);
    // False when throttled.
    bool fetch(Context& context, ShardIndex index, LaneState& lane);
    void recordFetch(Context& context, ShardIndex index, const GetResult& result);
    void handOver(Context& context, ShardIndex index, LaneState& lane);
    ShardMetrics& shardMetrics(Context& context, ShardIndex index);
    std::string checkpointKey(ShardIndex index) const;

    Stream& stream_;
    Outlet& outlet_;
    const bool fanOut_;
    const Duration poll_;
    const std::string consumer_;
    const std::string checkpointPrefix_;
    std::map<ShardIndex, LaneState> lanes_;
    std::unordered_map<DeliveryId, ShardIndex> sentTo_; // deliveries without receipt
    std::map<ShardIndex, ShardMetrics> shardMetrics_;
    std::map<ShardIndex, Waiting> waiting_; // for their parents to be read
    std::uint64_t lostUntold_ = 0; // of shards that are gone; told with the next delivery
    bool resumed_ = false; // has read this stream in an earlier run
    std::uint64_t generation_ = 0;
    bool laneFinished_ = false;
    Time nextSave_{};
    struct {
        Metric *bytes, *records, *success, *age, *consumerAge, *throttled, *lost;
    } metrics_{};
};

} // namespace streamwright::kinesis
