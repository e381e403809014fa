// SPDX-License-Identifier: GPL-3.0-or-later
// QueueGauges: the metrics that describe a queue's state, sampled at most once a second while something happens, once a
// minute while messages lie there and nothing happens, and not at all while it is empty and idle. Owned by a
// QueueOperator, used in its step only.
#pragma once

#include "core/runtime/operator.h"
#include "plugins/sqs/queue.h"

namespace streamwright::sqs {

class QueueGauges {
public:
    explicit QueueGauges(Context& context);

    // active: something has happened in this step. Whether a sample was taken.
    bool step(Queue& queue, Time now, bool active);
    Time next() const { return next_; }

private:
    bool sample(Queue& queue, Time now); // whether the queue holds anything

    Metric &visible_, &notVisible_, &delayed_, &age_, &groups_;
    Time last_{};
    Time next_{}; // one sample at the start
};

} // namespace streamwright::sqs
