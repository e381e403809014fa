// SPDX-License-Identifier: GPL-3.0-or-later
// QueueOperator: a queue in a pipeline: records and dead letters in, messages and dead letters out. Owned by the
// engine.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/runtime/browse_gate.h"
#include "core/runtime/operator.h"
#include "plugins/sqs/dead_letter_sender.h"
#include "plugins/sqs/queue.h"
#include "plugins/sqs/queue_gauges.h"
#include "plugins/sqs/queue_intake.h"
#include "plugins/sqs/queue_reader.h"
#include "plugins/sqs/queue_resource.h"

namespace streamwright::sqs {

class QueueOperator : public Operator {
public:
    explicit QueueOperator(const NodeSetup& setup);
    ~QueueOperator() override;

    Result<void> open(Context& context) override;
    void step(Context& context) override;
    Result<void> apply(Context& context, const Json& properties) override;
    bool rewired(Context& context, const NodeSetup& setup) override;
    void close(Context& context) override;
    std::shared_ptr<Browsable> browsable() override;
    std::shared_ptr<Resource> resource() override { return resource_; }

private:
    // The readers poll in turn until none gets anything, or all that was visible has been received.
    bool pollAll(Context& context);
    void countLost(Context& context);
    // What the resource is to know of the node.
    void tellResource(Context& context);
    void tidyLog(Time now, bool sampled);

    const std::string kind_;
    Json properties_;
    QueueSettings settings_;
    std::shared_ptr<Queue> queue_;
    std::shared_ptr<SendMetrics> sendMetrics_;
    std::shared_ptr<BrowseGate> gate_;
    std::shared_ptr<QueueResource> resource_;
    std::unique_ptr<QueueIntake> intake_;
    std::unique_ptr<DeadLetterSender> deadLetters_;
    std::unique_ptr<QueueGauges> gauges_;
    std::vector<QueueReader> readers_;
    std::size_t firstReader_ = 0;
    Time nextEvent_ = kNever; // of the queue, as of the last step
    std::uint64_t copiedForward_ = 0; // the log may be cut before this: what was copied forward from there is durable
    std::uint64_t cut_ = 0;
    Metric* lost_ = nullptr;
};

} // namespace streamwright::sqs
