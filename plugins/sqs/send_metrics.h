// SPDX-License-Identifier: GPL-3.0-or-later
// SendMetrics: what a SendMessageBatch call leaves in a queue's metrics, whoever made it: an edge of the pipeline or a
// person. Valid as long as the run; any thread.
#pragma once

#include <span>
#include <vector>

#include "core/runtime/operator.h"
#include "plugins/sqs/queue.h"

namespace streamwright::sqs {

class SendMetrics {
public:
    explicit SendMetrics(Context& context)
        : sent_(context.metric("NumberOfMessagesSent")),
          size_(context.metric("SentMessageSize")),
          deduplicated_(context.metric("NumberOfDeduplicatedSentMessages")),
          throttled_(context.metric("ThrottledRequests")),
          rejected_(context.metric("NumberOfMessagesRejected"))
    {
    }

    // All but the messages refused for breaking a rule.
    void record(std::span<const NewMessage> call, const Answer<std::vector<Answer<Sent>>>& answers);
    void recordRejected() { rejected_.record(1); }

private:
    Metric &sent_, &size_, &deduplicated_, &throttled_, &rejected_;
};

} // namespace streamwright::sqs
