// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/queue_reader.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "core/base/digest.h"
#include "plugins/sqs/limits.h"
#include "plugins/sqs/message_record.h"

namespace streamwright::sqs {

namespace {

// A worker's client tries a throttled call again no sooner than this.
constexpr Duration kThrottledRetry = milliseconds(10);
// A worker that has just received asks again no sooner than this, when it did not get everything at once.
constexpr Duration kNextReceive = milliseconds(1);
// Lanes of a FIFO queue: message groups by hash.
constexpr Lane kFifoLanes = 1 << 16;
// A lane that is never used: what the window says of it is what it says of a new one.
constexpr Lane kAnyLane = std::numeric_limits<Lane>::max();

} // namespace

QueueReader::QueueReader(Context& context, Queue& queue, DeadLetterSender& deadLetters, Outlet& outlet)
    : queue_(queue),
      deadLetters_(deadLetters),
      outlet_(outlet),
      pollInterval_(milliseconds(outlet.edge().properties.at("PollMilliseconds").get<std::int64_t>())),
      received_(context.metric("NumberOfMessagesReceived")),
      empty_(context.metric("NumberOfEmptyReceives")),
      deleted_(context.metric("NumberOfMessagesDeleted")),
      throttled_(context.metric("ThrottledRequests"))
{
}

bool QueueReader::takeReceipts(Context& context)
{
    const std::vector<Receipt> receipts = outlet_.takeReceipts();
    for (const Receipt& receipt : receipts)
        settle(context, receipt);
    deleteAccepted(context);
    return !receipts.empty();
}

void QueueReader::settle(Context& context, const Receipt& receipt)
{
    const UnderWay delivery = std::move(underWay_.extract(receipt.delivery).mapped());
    if (!queue_.fifo()) freeLanes_.insert(delivery.lane);
    std::vector<Outcome> outcomes(delivery.handles.size(), receipt.outcome);
    for (const Receipt::Exception& exception : receipt.exceptions)
        outcomes[exception.index] = exception.outcome;
    std::vector<ReceiptHandle> accepted;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (outcomes[i] == Outcome::Accepted) accepted.push_back(delivery.handles[i]);
        // A refusal says that the message is visible again already.
        if (outcomes[i] == Outcome::Throttled)
            (void)queue_.changeVisibility(delivery.handles[i], Duration::zero(), context.now());
    }
    if (!accepted.empty()) accepted_.push_back(std::move(accepted));
}

void QueueReader::deleteAccepted(Context& context)
{
    const Time now = context.now();
    while (!accepted_.empty() && now >= deleteAgain_) {
        const std::vector<ReceiptHandle> handles = std::move(accepted_.front());
        accepted_.pop_front();
        const auto answers = queue_.deleteMessages(handles, now);
        std::uint64_t deleted = 0;
        std::vector<ReceiptHandle> throttled;
        for (std::size_t i = 0; i < handles.size(); ++i) {
            const std::optional<Refusal> refusal = answers ? (*answers)[i] : answers.refusal();
            deleted += !refusal;
            // Any other refusal: the handle has expired, the message has been or will be delivered again.
            if (refusal && refusal->code == RefusalCode::RequestThrottled) throttled.push_back(handles[i]);
        }
        if (deleted > 0) deleted_.record(static_cast<double>(deleted));
        if (throttled.empty()) continue;
        throttled_.record(1);
        accepted_.push_front(std::move(throttled));
        deleteAgain_ = std::max(now + kThrottledRetry, queue_.readyAt(FifoThroughput::Action::Delete, now));
    }
}

bool QueueReader::mayReceive() const
{
    const auto& subscription = outlet_.subscription();
    return subscription && subscription->window.recordsPerBatch > 0 && outlet_.mayStart(kAnyLane);
}

bool QueueReader::isTime(Context& context, Duration wait)
{
    const Time now = context.now();
    if (!mayReceive()) {
        waitingSince_ = kNever;
        return false;
    }
    if (now < receiveAgain_) return false;
    if (wait == Duration::zero() || queue_.deliverable(now)) return true;
    if (waitingSince_ == kNever) waitingSince_ = now;
    if (now >= waitingSince_ + wait) {
        empty_.record(1);
        waitingSince_ = now;
    }
    return false;
}

std::size_t QueueReader::poll(Context& context, Duration wait)
{
    if (!isTime(context, wait)) return 0;
    const Time now = context.now();
    ReceiveRequest request;
    request.maximum = std::min(kReceiveMessagesMaximum, outlet_.subscription()->window.recordsPerBatch);
    request.longPolling = wait > Duration::zero();
    request.keepsDead = !deadLetters_.takes();
    const auto received = queue_.receive(request, now);
    if (!received) {
        const bool throttled = received.refusal().code == RefusalCode::RequestThrottled;
        if (throttled) throttled_.record(1);
        receiveAgain_ = throttled ? queue_.readyAt(FifoThroughput::Action::Receive, now) : now + pollInterval_;
        return 0;
    }
    waitingSince_ = kNever;
    deadLetters_.add(context, *received);
    if (!received->messages.empty()) {
        received_.record(static_cast<double>(received->messages.size()));
        deliver(context, *received);
    } else if (!request.longPolling) { // a long poll goes on waiting
        empty_.record(1);
        receiveAgain_ = now + pollInterval_;
    }
    return received->messages.size() + received->dead.size();
}

void QueueReader::deliver(Context& context, const Received& received)
{
    UnderWay underWay;
    underWay.lane = laneOf(received);
    BatchBuilder batch(received.messages.size());
    for (const ReceivedMessage& message : received.messages) {
        const std::string extra = receivedExtra(message, queue_.fifo());
        char* room = batch.allocate(extra.size());
        std::memcpy(room, extra.data(), extra.size());
        batch.view({message.groupId, message.body, {room, extra.size()}, message.sent, message.sequence});
        underWay.handles.push_back(message.handle);
    }
    for (const auto& owner : received.owners)
        batch.keep(owner);
    const QueueCounts counts = queue_.counts(context.now());
    const Backlog behind{counts.visible, counts.oldestAge};
    const DeliveryId id = outlet_.send(batch.build(), underWay.lane, behind, std::exchange(lost_, 0));
    underWay_.emplace(id, std::move(underWay));
}

Lane QueueReader::laneOf(const Received& received)
{
    if (queue_.fifo()) return static_cast<Lane>(stableHash(received.messages.front().groupId) % kFifoLanes);
    // A standard queue promises no order: deliveries under way at the same time have lanes of their own.
    if (freeLanes_.empty()) return lanes_++;
    return freeLanes_.extract(freeLanes_.begin()).value();
}

Time QueueReader::next(Time now, Duration wait)
{
    Time next = accepted_.empty() ? kNever : deleteAgain_;
    if (!mayReceive()) return next;
    if (receiveAgain_ > now) return std::min(next, receiveAgain_);
    if (wait == Duration::zero() || queue_.deliverable(now)) return std::min(next, now + kNextReceive);
    return waitingSince_ == kNever ? next : std::min(next, waitingSince_ + wait);
}

} // namespace streamwright::sqs
