// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/queue_resource.h"

#include <algorithm>

#include "plugins/sqs/queue_properties.h"

namespace streamwright::sqs {

namespace {

// The operator samples its gauges so often while there are calls.
constexpr Duration kBusyInterval = seconds(1);
// A poll that has been called takes its message within this time, or it has hung up and the others are called.
constexpr Duration kPatience = milliseconds(20);

Refusal gone() { return {RefusalCode::QueueDoesNotExist, "The specified queue does not exist."}; }

} // namespace

QueueResource::QueueResource(const Setup& setup)
    : name_(setup.name),
      node_(setup.node),
      queue_(setup.queue),
      wake_(setup.wake),
      sendMetrics_(setup.metric),
      received_(setup.metric("NumberOfMessagesReceived")),
      empty_(setup.metric("NumberOfEmptyReceives")),
      deleted_(setup.metric("NumberOfMessagesDeleted")),
      throttled_(setup.metric("ThrottledRequests")),
      moved_(setup.metric("NumberOfMessagesMovedToDeadLetterQueue")),
      movedIn_(setup.metric("NumberOfDeadLettersReceived")),
      store_(setup.store),
      findQueue_(setup.findQueue)
{
    if (const auto stored = setup.store.get(factsKey())) facts_ = decodeQueueFacts(*stored);
    if (facts_.created == Time{}) {
        facts_.created = facts_.modified = setup.now;
        setup.store.put(factsKey(), encode(facts_));
    }
    created_ = facts_.created;
}

Answer<std::vector<Answer<Sent>>> QueueResource::send(std::span<const NewMessage> batch, Time at)
{
    const MutexLock lock(gate_);
    if (!wake_) return gone();
    auto answers = queue_->send(batch, at);
    sendMetrics_.record(batch, answers);
    touched(at, batch.size());
    return answers;
}

Answer<Received> QueueResource::receive(ReceiveRequest request, Time at)
{
    const auto to = target();
    const bool edge = edge_;
    request.keepsDead = !edge && !to;
    Received dead;
    auto answer = [&]() -> Answer<Received> {
        const MutexLock lock(gate_);
        if (!wake_) return gone();
        auto received = queue_->receive(request, at);
        if (!received) {
            if (received.refusal().code == RefusalCode::RequestThrottled) throttled_.record(1);
            return received;
        }
        if (!received->messages.empty()) received_.record(static_cast<double>(received->messages.size()));
        if (!received->dead.empty()) {
            dead = {{}, std::move(received->dead), received->owners};
            received->dead.clear();
        }
        if (edge && !dead.dead.empty()) {
            const MutexLock deadLock(deadMutex_);
            dead_.push_back(std::move(dead));
            if (!waking_.exchange(true)) wake_();
        }
        touched(at, 0);
        return received;
    }();
    if (!dead.dead.empty()) carry(dead, at);
    return answer;
}

void QueueResource::countEmptyReceive()
{
    const MutexLock lock(gate_);
    if (wake_) empty_.record(1);
}

Answer<std::vector<std::optional<Refusal>>> QueueResource::deleteMessages(std::span<const ReceiptHandle> handles,
                                                                          Time at)
{
    const MutexLock lock(gate_);
    if (!wake_) return gone();
    auto answers = queue_->deleteMessages(handles, at);
    std::uint64_t deleted = 0;
    bool throttled = !answers;
    for (std::size_t i = 0; answers && i < handles.size(); ++i) {
        deleted += !(*answers)[i];
        throttled |= (*answers)[i] && (*answers)[i]->code == RefusalCode::RequestThrottled;
    }
    if (deleted > 0) deleted_.record(static_cast<double>(deleted));
    if (throttled) throttled_.record(1);
    touched(at, 1);
    return answers;
}

std::optional<Refusal> QueueResource::changeVisibility(const ReceiptHandle& handle, Duration timeout, Time at)
{
    const MutexLock lock(gate_);
    if (!wake_) return gone();
    auto refusal = queue_->changeVisibility(handle, timeout, at);
    if (!refusal) touched(at, 1);
    return refusal;
}

Answer<std::size_t> QueueResource::purge(Time at)
{
    const MutexLock lock(gate_);
    if (!wake_) return gone();
    auto answer = queue_->purge(at);
    touched(at, 0);
    return answer;
}

Answer<std::vector<Answer<Sent>>> QueueResource::moveIn(std::span<const DeadLetter> letters, Time at)
{
    const MutexLock lock(gate_);
    if (!wake_) return gone();
    auto answers = queue_->moveIn(letters, at);
    std::uint64_t taken = 0;
    for (std::size_t i = 0; answers && i < letters.size(); ++i)
        taken += (*answers)[i] && !(*answers)[i]->duplicate && !letters[i].source.empty();
    if (taken > 0) movedIn_.record(static_cast<double>(taken));
    touched(at, letters.size());
    return answers;
}

Answer<Received> QueueResource::takeOut(std::size_t most, Time at)
{
    const MutexLock lock(gate_);
    if (!wake_) return gone();
    return queue_->takeOut(most, at);
}

void QueueResource::settleMove(std::span<const MessageNumber> moved, std::span<const MessageNumber> returned, Time at)
{
    const MutexLock lock(gate_);
    if (!wake_) return;
    if (!moved.empty()) queue_->finishMove(moved, at);
    if (!returned.empty()) queue_->returnMove(returned, at);
    touched(at, moved.size() + returned.size());
}

void QueueResource::carry(const Received& received, Time at)
{
    const auto to = target();
    const std::string arn = queueArn(name_);
    std::vector<MessageNumber> moved, returned;
    for (const ReceivedMessage& message : received.dead) {
        const std::vector<MessageAttribute> attributes = decodeMessageAttributes(message.attributes);
        DeadLetter letter;
        letter.message = {message.body, message.groupId, message.deduplicationId, attributes, {}, {}};
        letter.id = message.id;
        letter.sent = message.sent;
        letter.source = arn;
        letter.receives = message.receives;
        const auto answers = to ? to->moveIn(std::span(&letter, 1), at) : gone();
        const bool taken = answers && answers->front();
        (taken ? moved : returned).push_back(message.handle.number);
    }
    {
        const MutexLock lock(gate_);
        if (wake_ && !moved.empty()) moved_.record(static_cast<double>(moved.size()));
    }
    settleMove(moved, returned, at);
}

void QueueResource::touched(Time at, std::size_t messages)
{
    const bool polls = waiters_.any();
    const bool deliverable = (polls || readers_) && messages > 0 && queue_->deliverable(at);
    if (polls && deliverable) waiters_.notify(messages);
    active_ = true;
    const Time planned = nextStep_;
    const bool concerned = readers_ || polls ? (readers_ && deliverable) || queue_->nextEvent() < planned : false;
    const bool late = planned > at + (waiters_.any() && deliverable ? kPatience : kBusyInterval);
    if ((concerned || late) && !waking_.exchange(true)) wake_();
}

void QueueResource::await(api::Host& host, Time deadline, std::function<void()> retry)
{
    waiters_.add(deadline, std::move(retry));
    // A message may have come before the poll was known.
    if (queue_->deliverable(host.now())) waiters_.notify(1);
    arm(host);
}

void QueueResource::arm(api::Host& host)
{
    const Time wanted = std::min(waiters_.firstDeadline(), queue_->nextEvent());
    {
        const MutexLock lock(alarmMutex_);
        if (!waiters_.any() || wanted >= alarmAt_) return;
        alarmAt_ = wanted;
    }
    host.at(wanted, [weak = weak_from_this(), &host, wanted] {
        if (const auto self = weak.lock()) self->alarm(host, wanted);
    });
}

void QueueResource::alarm(api::Host& host, Time t)
{
    {
        const MutexLock lock(alarmMutex_);
        if (t != alarmAt_) return; // an earlier one has taken its place
        alarmAt_ = kNever;
    }
    const Time now = std::max(host.now(), t);
    waiters_.notifyDue(now);
    if (waiters_.any() && queue_->deliverable(now)) waiters_.notify(PollWaiters::kAll);
    arm(host);
}

QueueFacts QueueResource::facts() const
{
    const MutexLock lock(factsMutex_);
    return facts_;
}

bool QueueResource::changeFacts(const std::function<void(QueueFacts&)>& change)
{
    const MutexLock lock(gate_);
    if (!wake_) return false;
    const MutexLock factsLock(factsMutex_);
    change(facts_);
    store_.put(factsKey(), encode(facts_));
    return true;
}

Redrive QueueResource::redrive() const
{
    const MutexLock lock(linkMutex_);
    return redrive_;
}

void QueueResource::setRedrive(Redrive redrive)
{
    const MutexLock lock(linkMutex_);
    edge_ = !redrive.edgeNode.empty();
    redrive_ = std::move(redrive);
}

std::shared_ptr<QueueResource> QueueResource::target() const
{
    const MutexLock lock(linkMutex_);
    const std::string_view name = nameInArn(redrive_.targetArn);
    if (name.empty() || name == name_ || !findQueue_) return nullptr;
    auto target = std::static_pointer_cast<QueueResource>(findQueue_(name));
    return target && !target->closed() && target->queue().fifo() == queue_->fifo() ? target : nullptr;
}

QueueResource::Asked QueueResource::beginStep()
{
    waking_ = false;
    const MutexLock lock(deadMutex_);
    return {active_.exchange(false), std::exchange(dead_, {})};
}

Time QueueResource::servePolls(Time now, bool called)
{
    if (!waiters_.any()) return kNever;
    if (!queue_->deliverable(now)) {
        waitingSince_ = kNever;
        return called ? now + kPatience : kNever;
    }
    if (waitingSince_ == kNever) {
        waitingSince_ = now;
        if (!called) waiters_.notify(1); // it is the pipeline's or time's doing
    } else if (now >= waitingSince_ + kPatience) {
        waitingSince_ = now;
        waiters_.notify(PollWaiters::kAll);
    }
    return waitingSince_ + kPatience;
}

void QueueResource::close()
{
    {
        const MutexLock lock(gate_);
        wake_ = nullptr;
        closed_ = true;
    }
    {
        const MutexLock lock(linkMutex_);
        findQueue_ = nullptr;
    }
    waiters_.notify(PollWaiters::kAll);
}

} // namespace streamwright::sqs
