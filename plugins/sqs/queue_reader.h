// SPDX-License-Identifier: GPL-3.0-or-later
// QueueReader: the receiving side of one edge: polls the queue as its worker would, within the worker's window, hands
// each receive on as one delivery, and turns receipts into deletes. Owned by a QueueOperator, used in its step only.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <vector>

#include "core/runtime/operator.h"
#include "plugins/sqs/dead_letter_sender.h"
#include "plugins/sqs/queue.h"

namespace streamwright::sqs {

class QueueReader {
public:
    QueueReader(Context& context, Queue& queue, DeadLetterSender& deadLetters, Outlet& outlet);

    bool serves(const Outlet& outlet) const { return &outlet == &outlet_; }
    // Deletes what was accepted, gives back at once what was throttled, leaves the rest to the visibility timeout.
    // Whether anything came.
    bool takeReceipts(Context& context);
    // Polls once if the worker would; how many messages left the queue, dead ones included.
    std::size_t poll(Context& context, Duration wait);
    // Messages that expired before anybody received them: told with the next delivery.
    void addLost(std::uint64_t messages) { lost_ += messages; }
    // When it wants to be called again although nothing comes.
    Time next(Time now, Duration wait);

private:
    bool mayReceive() const;
    bool isTime(Context& context, Duration wait);
    void settle(Context& context, const Receipt& receipt);
    void deleteAccepted(Context& context);
    void deliver(Context& context, const Received& received);
    Lane laneOf(const Received& received);

    Queue& queue_;
    DeadLetterSender& deadLetters_;
    Outlet& outlet_;
    const Duration pollInterval_;

    struct UnderWay {
        Lane lane = 0;
        std::vector<ReceiptHandle> handles;
    };
    std::map<DeliveryId, UnderWay> underWay_;
    std::set<Lane> freeLanes_; // of a standard queue: used before, free again
    Lane lanes_ = 0;
    std::deque<std::vector<ReceiptHandle>> accepted_; // to be deleted, one call each
    Time deleteAgain_{}; // after a refusal by the throughput limit
    Time receiveAgain_{}; // after a refusal, and between short polls
    Time waitingSince_ = kNever; // a long poll has been open since then
    std::uint64_t lost_ = 0;
    Metric &received_, &empty_, &deleted_, &throttled_;
};

} // namespace streamwright::sqs
