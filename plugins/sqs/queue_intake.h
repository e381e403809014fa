// SPDX-License-Identifier: GPL-3.0-or-later
// QueueIntake: what comes in at a queue's edges: records become SendMessageBatch calls, dead letters move in; each
// delivery is answered with what became of its records. Owned by a QueueOperator, used in its step only.
#pragma once

#include <vector>

#include "core/runtime/operator.h"
#include "plugins/sqs/message_record.h"
#include "plugins/sqs/queue.h"
#include "plugins/sqs/send_metrics.h"

namespace streamwright::sqs {

class QueueIntake {
public:
    QueueIntake(Context& context, Queue& queue, SendMetrics& metrics);

    // Takes everything that has come; whether there was anything.
    bool take(Context& context, Inlet& inlet);

private:
    // One call with the records [begin, end) of the batch; end is chosen here.
    std::size_t sendSome(Context& context, const RecordBatch& batch, std::size_t begin, Receipt& receipt);
    void moveIn(Context& context, const RecordBatch& batch, Receipt& receipt);
    void refuse(const Refusal& refusal, std::size_t index, Receipt& receipt);

    Queue& queue_;
    std::vector<RecordMessage> messages_; // of one call
    SendMetrics& metrics_;
    Metric& deadLetters_;
};

} // namespace streamwright::sqs
