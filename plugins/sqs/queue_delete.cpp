// SPDX-License-Identifier: GPL-3.0-or-later
// Queue: deletes, visibility changes and purges.
#include "plugins/sqs/limits.h"
#include "plugins/sqs/queue.h"

namespace streamwright::sqs {

namespace {

Refusal throttled()
{
    return {RefusalCode::RequestThrottled, "Rate exceeded: a FIFO queue takes 300 delete calls per second."};
}

Refusal expiredHandle()
{
    return {RefusalCode::InvalidParameterValue,
            "Value for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired."};
}

Refusal failed(const Problem& problem) { return {RefusalCode::InternalFailure, problem.text()}; }

} // namespace

Answer<std::vector<std::optional<Refusal>>> Queue::deleteMessages(std::span<const ReceiptHandle> handles, Time at)
{
    CHECK(!handles.empty() && handles.size() <= kBatchEntries);
    MutexLock lock(mutex_);
    const Time now = advance(at);
    if (fifo_ && !throughput_.admit(FifoThroughput::Action::Delete, now)) return throttled();
    const FifoThroughput::Entries admitted = admitDeletes(handles);
    std::vector<std::optional<Refusal>> answers;
    std::vector<MessageNumber> gone;
    for (std::size_t i = 0; i < handles.size(); ++i)
        answers.push_back(checkDelete(handles[i], admitted[i], gone));
    if (gone.empty()) return answers;
    if (const auto appended = appendEvent(encode(EventKind::Deleted, gone)); !appended)
        return failed(appended.problem());
    for (const MessageNumber number : gone)
        if (Message* message = messages_.find(number)) messages_.erase(*message);
    return answers;
}

FifoThroughput::Entries Queue::admitDeletes(std::span<const ReceiptHandle> handles)
{
    if (!fifo_) return FifoThroughput::Entries().set();
    std::vector<std::string_view> groups;
    for (const ReceiptHandle& handle : handles) {
        const Message* message = messages_.find(handle.number);
        groups.push_back(message ? std::string_view(message->group->id) : std::string_view());
    }
    return throughput_.admitEntries(FifoThroughput::Action::Delete, groups, now_);
}

std::optional<Refusal> Queue::checkDelete(const ReceiptHandle& handle, bool admitted, std::vector<MessageNumber>& gone)
{
    if (!admitted) return throttled();
    const Message* message = messages_.find(handle.number);
    if (!message) return std::nullopt; // deleting again succeeds
    const bool newest = handle.receive == message->receives;
    if (fifo_ && !(newest && message->state == MessageState::InFlight)) return expiredHandle();
    // On a standard queue an older handle succeeds but deletes nothing: the message has been received since.
    if (newest) gone.push_back(handle.number);
    return std::nullopt;
}

std::optional<Refusal> Queue::changeVisibility(const ReceiptHandle& handle, Duration timeout, Time at)
{
    if (timeout < Duration::zero() || timeout > kVisibilityTimeoutMaximum)
        return Refusal{RefusalCode::InvalidParameterValue,
                       "Value " + std::to_string(std::chrono::floor<std::chrono::seconds>(timeout).count()) +
                           " for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be an integer "
                           "between 0 and 43200."};
    MutexLock lock(mutex_);
    const Time now = advance(at);
    Message* message = messages_.find(handle.number);
    if (!message)
        return Refusal{
            RefusalCode::InvalidParameterValue,
            "Value for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available "
            "for visibility timeout change."};
    if (handle.receive != message->receives) return expiredHandle();
    const bool timedOut = message->state == MessageState::Visible && message->until != Time{};
    if (timedOut && !fifo_) return std::nullopt; // too late, but no fault
    if (message->state != MessageState::InFlight)
        return Refusal{RefusalCode::MessageNotInflight, "The specified message isn't in flight."};
    const Time until = now + timeout;
    if (until > message->lastReceived + kVisibilityTimeoutMaximum)
        return Refusal{
            RefusalCode::InvalidParameterValue,
            "Value " + std::to_string(std::chrono::floor<std::chrono::seconds>(timeout).count()) +
                " for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message "
                "is beyond the limit [43200 seconds]."};
    const auto appended =
        appendEvent(encode(EventKind::VisibilityChanged, std::vector<MessageVisibility>{{handle.number, until}}));
    if (!appended) return failed(appended.problem());
    messages_.changeVisibility(*message, until, now);
    return std::nullopt;
}

Answer<std::size_t> Queue::purge(Time at)
{
    MutexLock lock(mutex_);
    const Time now = advance(at);
    if (lastPurge_ && now < *lastPurge_ + kPurgeInterval)
        return Refusal{RefusalCode::PurgeQueueInProgress,
                       "Only one PurgeQueue operation on " + name_ + " is allowed every 60 seconds."};
    if (const auto appended = appendEvent(encode(EventKind::Purged, std::vector<MessageNumber>())); !appended)
        return failed(appended.problem());
    const std::size_t gone = messages_.size();
    messages_.clear();
    lastPurge_ = now;
    return gone;
}

} // namespace streamwright::sqs
