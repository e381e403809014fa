// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/queue_gauges.h"

#include <algorithm>

namespace streamwright::sqs {

namespace {
constexpr Duration kBusyInterval = seconds(1);
constexpr Duration kIdleInterval = std::chrono::minutes(1);
} // namespace

QueueGauges::QueueGauges(Context& context)
    : visible_(context.metric("ApproximateNumberOfMessagesVisible")),
      notVisible_(context.metric("ApproximateNumberOfMessagesNotVisible")),
      delayed_(context.metric("ApproximateNumberOfMessagesDelayed")),
      age_(context.metric("ApproximateAgeOfOldestMessage")),
      groups_(context.metric("ApproximateNumberOfGroupsWithInflightMessages"))
{
}

bool QueueGauges::step(Queue& queue, Time now, bool active)
{
    if (active) next_ = std::min(next_, last_ + kBusyInterval);
    if (now < next_) return false;
    const bool holds = sample(queue, now);
    last_ = now;
    next_ = active ? now + kBusyInterval : holds ? now + kIdleInterval : kNever;
    return true;
}

bool QueueGauges::sample(Queue& queue, Time now)
{
    const QueueCounts counts = queue.counts(now);
    visible_.record(static_cast<double>(counts.visible));
    notVisible_.record(static_cast<double>(counts.notVisible));
    delayed_.record(static_cast<double>(counts.delayed));
    age_.record(inSeconds(counts.oldestAge));
    if (queue.fifo()) groups_.record(static_cast<double>(counts.groupsInFlight));
    return counts.visible + counts.notVisible + counts.delayed > 0;
}

} // namespace streamwright::sqs
