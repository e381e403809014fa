// SPDX-License-Identifier: GPL-3.0-or-later
// Channel: one edge at run time. Deliveries go forward; receipts (what became of each delivery) and the receiver's
// subscription (where to begin, how much it takes) come back. What one side writes in a tick the other sees in a later
// tick: the scheduler exchanges both directions at the barrier, so neither side needs a lock.
//   Outlet = the sender's end, Inlet = the receiver's end. Each belongs to its operator's step.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/base/units.h"
#include "core/record/record_batch.h"
#include "core/runtime/tap.h"

namespace streamwright {

using DeliveryId = std::uint64_t; // grows by one a delivery within a channel, from 1
using Lane = std::uint32_t; // order is kept within a lane (a shard, a message group ...)

// What the sender still holds for this lane of this edge behind a delivery.
struct Backlog {
    std::uint64_t records = 0;
    Duration age{0}; // of the oldest of them; 0 at the tip
};

struct Delivery {
    DeliveryId id = 0;
    Lane lane = 0;
    RecordBatchPtr batch;
    Backlog behind;
    std::uint64_t lost = 0; // records of the lane that expired before they could be delivered, since the last delivery
    std::uint32_t attempt = 1;
};

enum class Outcome : std::uint8_t {
    Accepted, // taken and, where the receiver is durable, on disk; processed, where the receiver is a worker
    Throttled, // refused by a limit: may be sent again later
    Failed, // refused or failed otherwise
};

struct Receipt {
    struct Exception {
        std::uint32_t index; // into the batch
        Outcome outcome;
    };
    DeliveryId delivery = 0;
    Outcome outcome = Outcome::Accepted;
    std::vector<Exception> exceptions; // records with another outcome, by index, ascending
    const char* reason =
        ""; // error code of what was not accepted, a literal ("ProvisionedThroughputExceededException")
};

// Credits: how much of the sender's data may be under way at once.
struct Window {
    std::size_t recordsPerBatch = std::numeric_limits<std::size_t>::max();
    std::size_t batchesPerLane = std::numeric_limits<std::size_t>::max();
    std::size_t batches = std::numeric_limits<std::size_t>::max(); // 0 = send nothing for now
};

struct StartPosition {
    enum class Kind { Latest, TrimHorizon, AtTime } kind = Kind::TrimHorizon;
    Time time{}; // AtTime
};

// What a receiver asks of a sender that is read from (a stream, a queue). Senders that push ignore the start.
struct Subscription {
    StartPosition start;
    Window window;
};

struct EdgeInfo {
    std::string fromNode, fromPort, toNode, toPort;
    std::string protocol; // what the outlet's port carries: "records", "shards", "messages", "objects", "dead-letters"
    Json properties; // complete: defaults filled in
    std::size_t index = 0; // position of the edge in the pipeline file

    // The same edge, wherever it stands in the file.
    bool sameAs(const EdgeInfo& other) const
    {
        return fromNode == other.fromNode && fromPort == other.fromPort && toNode == other.toNode &&
               toPort == other.toPort && protocol == other.protocol && properties == other.properties;
    }
};

// An edge that a node made in a run begins with, from or to a node that is there.
struct NewEdge {
    std::string port; // of the new node
    std::string otherNode, otherPort;
};

// "from.out>to.in": names an edge of a drawing and its run.
std::string edgeKey(const std::string& fromNode, const std::string& fromPort, const std::string& toNode,
                    const std::string& toPort);
inline std::string edgeKey(const EdgeInfo& edge)
{
    return edgeKey(edge.fromNode, edge.fromPort, edge.toNode, edge.toPort);
}

class Channel;

class Outlet {
public:
    const EdgeInfo& edge() const;
    // Sends a batch (never empty). The receipt comes back in a later step.
    DeliveryId send(RecordBatchPtr batch, Lane lane = 0, Backlog behind = {}, std::uint64_t lost = 0,
                    std::uint32_t attempt = 1);
    // The receipts that have come since the last call, in order of their arrival.
    std::vector<Receipt> takeReceipts();
    // Nothing until the receiver has subscribed (receivers of pushed records need not).
    const std::optional<Subscription>& subscription() const;
    // Whether the window allows one more delivery on the lane now.
    bool mayStart(Lane lane) const;
    std::size_t outstanding() const; // deliveries without receipt
    std::size_t outstanding(Lane lane) const;

private:
    friend class Channel;
    explicit Outlet(Channel& channel) : channel_(channel) { }
    Channel& channel_;
};

class Inlet {
public:
    const EdgeInfo& edge() const;
    void subscribe(Subscription subscription);
    // The deliveries that have come since the last call, in order. Each must be answered by exactly one receipt.
    std::vector<Delivery> takeDeliveries();
    void answer(Receipt receipt);

private:
    friend class Channel;
    explicit Inlet(Channel& channel) : channel_(channel) { }
    Channel& channel_;
};

class Channel {
public:
    explicit Channel(EdgeInfo edge);
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    Outlet& outlet() { return outlet_; }
    Inlet& inlet() { return inlet_; }
    const EdgeInfo& edge() const { return edge_; }

    struct Exchanged {
        bool receiverHasInput = false;
        bool senderHasInput = false;
    };
    // At the barrier: makes what each side wrote visible to the other.
    Exchanged exchange(Time now);
    // Records waiting in this channel on either side of the barrier.
    std::size_t waiting() const;

    // What has passed since the last call, and what is under way.
    struct Flow {
        std::uint64_t deliveries = 0, records = 0;
        ByteCount bytes;
        std::uint64_t throttled = 0, failed = 0; // records, by their receipts
        std::size_t outstanding = 0; // deliveries without receipt
        std::optional<Backlog> behind; // of the last delivery, if there was one
    };
    Flow takeFlow();
    // Null: nobody looks.
    void setTap(std::shared_ptr<Tap> tap) { tap_ = std::move(tap); }

    // One end was closed and opened anew, between two ticks and just after an exchange. What the old receiver has not
    // answered is answered as throttled, so that the sender sends it again; what the old sender waited for is forgotten.
    void replaceReceiver();
    void replaceSender();

private:
    friend class Outlet;
    friend class Inlet;

    const EdgeInfo edge_;
    Outlet outlet_;
    Inlet inlet_;

    // Sender's side.
    DeliveryId lastId_ = 0;
    std::vector<Delivery> sent_;
    std::vector<Receipt> receipts_;
    std::optional<Subscription> subscription_;
    struct UnderWay {
        Lane lane;
        std::uint32_t records;
    };
    std::unordered_map<DeliveryId, UnderWay> outstanding_;
    std::unordered_map<Lane, std::size_t> outstandingByLane_;
    // Receiver's side.
    std::vector<Delivery> deliveries_;
    std::vector<Receipt> answered_;
    std::optional<Subscription> asked_;

    void count(const Receipt& receipt, std::uint32_t records);

    DeliveryId forgotten_ = 0; // receipts of deliveries up to this one concern nobody
    Flow flow_;
    std::shared_ptr<Tap> tap_;
};

} // namespace streamwright
