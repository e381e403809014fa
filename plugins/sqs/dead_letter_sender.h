// SPDX-License-Identifier: GPL-3.0-or-later
// DeadLetterSender: carries the messages a queue gives up on to the queue at its port deadLetters. They leave the
// source once the other queue has them; what it does not take is offered again. Without an edge they go where the
// redrive policy says, at the tick's end. Owned by a QueueOperator, used in its
// step only.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/runtime/operator.h"
#include "plugins/sqs/queue_resource.h"

namespace streamwright::sqs {

class DeadLetterSender {
public:
    DeadLetterSender(Context& context, QueueResource& resource);

    // Whether there is a queue for dead messages: at the port, or by the ARN of the redrive policy.
    bool takes() const { return outlet_ || resource_.hasTarget(); }
    // Takes over what a receive found dead, if anything.
    void add(Context& context, const Received& received);
    // Takes receipts and sends what is due; whether anything happened.
    bool step(Context& context);
    // The edge may be another one or none: what was under way is offered there, or goes back to the queue.
    void rewire(Context& context);
    // When there is something to be offered again; kNever.
    Time nextTry() const { return again_.empty() ? kNever : tryAgain_; }

private:
    struct Letters {
        RecordBatchPtr batch;
        std::vector<MessageNumber> numbers; // of its records
    };
    void settle(Context& context, const Receipt& receipt);

    QueueResource& resource_;
    Queue& queue_;
    const std::string sourceArn_;
    Metric& moved_;
    Outlet* outlet_ = nullptr; // null: no edge
    std::vector<Letters> fresh_;
    std::vector<Letters> again_;
    Time tryAgain_{};
    std::map<DeliveryId, Letters> underWay_;
    bool reported_ = false;
};

} // namespace streamwright::sqs
