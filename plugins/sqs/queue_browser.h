// SPDX-License-Identifier: GPL-3.0-or-later
// QueueBrowser: a look into a queue (browsable.h): its parts are the visible, the delayed and the messages in flight. Looking
// receives nothing. Shares the queue with its operator.
#pragma once

#include "core/runtime/browse_gate.h"
#include "plugins/sqs/queue.h"
#include "plugins/sqs/send_metrics.h"

namespace streamwright::sqs {

class QueueBrowser : public Browsable {
public:
    QueueBrowser(std::shared_ptr<Queue> queue, std::shared_ptr<SendMetrics> metrics, std::shared_ptr<BrowseGate> gate)
        : queue_(std::move(queue)),
          metrics_(std::move(metrics)),
          gate_(std::move(gate))
    {
    }

    std::vector<BrowsePart> parts() const override;
    std::shared_ptr<const BrowseView> view(const std::string& part, Time now) const override;
    // key: the message group; attributes: MessageDeduplicationId, DelaySeconds and the sender's own.
    Result<BrowseSent> send(const BrowseSend& record, Time now) override;
    bool takesRecords() const override { return true; }
    // The message groups of what came in the span and is still there.
    Result<LoadExplanation> explainLoad(const std::string& part, Time from, Time to) const override;

private:
    const std::shared_ptr<Queue> queue_;
    const std::shared_ptr<SendMetrics> metrics_; // only behind the gate
    const std::shared_ptr<BrowseGate> gate_;
};

} // namespace streamwright::sqs
