// SPDX-License-Identifier: GPL-3.0-or-later
// SendMetrics: what a SendMessageBatch call leaves in a queue's metrics, whoever made it: an edge of the pipeline or a
// person. Valid as long as the run; any thread.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "core/runtime/operator.h"
#include "plugins/sqs/queue.h"

namespace streamwright::sqs {

// The queue's metric of that name.
using MetricSource = std::function<Metric&(std::string_view)>;

class SendMetrics {
public:
    explicit SendMetrics(const MetricSource& metric)
        : sent_(metric("NumberOfMessagesSent")),
          size_(metric("SentMessageSize")),
          deduplicated_(metric("NumberOfDeduplicatedSentMessages")),
          throttled_(metric("ThrottledRequests")),
          rejected_(metric("NumberOfMessagesRejected"))
    {
    }

    // All but the messages refused for breaking a rule.
    void record(std::span<const NewMessage> call, const Answer<std::vector<Answer<Sent>>>& answers);
    void recordRejected() { rejected_.record(1); }

private:
    Metric &sent_, &size_, &deduplicated_, &throttled_, &rejected_;
};

} // namespace streamwright::sqs
